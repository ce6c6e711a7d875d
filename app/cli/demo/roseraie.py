"""A third conseil being composed: those drawn are called, another draw is prepared, candidacies wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.cli.demo import bodies, people
from app.cli.demo.diary import Diary
from app.cli.demo.town import Town, read
from app.domain.councils import queries, services
from app.domain.councils.models import CallAnswer, CandidacyChannel
from app.domain.councils.rules.drawing import Share
from app.domain.councils.services import Application
from app.domain.governance.models import Gender, Recruitment
from app.domain.shared import clock

PREPARED, ANNOUNCED, DRAWN, CALLED, ASKED = -25, -12, -8, -6, -4


def plan(diary: Diary, town: Town) -> None:
    """Drawn last week: two answered, the others are to be called; the young people will be drawn apart."""
    facts = read("councils")
    diary.note(PREPARED, bodies.prepare_conseil, town, facts["third"])
    diary.note(ANNOUNCED, _announce, town, facts)
    diary.note(DRAWN, _draw, town, facts)
    diary.note(CALLED, _call, town, facts, hour=17)
    diary.note(CALLED + 1, _prepare_the_young, town, facts, hour=11)
    diary.note(ASKED, _ask, town, facts, hour=18)


def _announce(town: Town, facts: dict[str, Any]) -> None:
    quartier = facts["third"]["quartier"]
    body = bodies.conseil_of(town, quartier)
    draw_id = bodies.prepare_draw(
        town, facts, body, f"Habitantes et habitants, {quartier}", (Share("16+", 0, None, 16),), ("tires_au_sort",)
    )
    bodies.announce_draw(town, facts, draw_id, clock.now() + timedelta(days=3))


def _draw(town: Town, facts: dict[str, Any]) -> None:
    services.draw_lots(
        draw=queries.draw_by_id(_drawn(town, facts)), event_value=facts["third"]["event_value"],
        witnesses=facts["witnesses"], actor=town.staff("agente"),
    )  # fmt: skip


def _drawn(town: Town, facts: dict[str, Any]) -> int:
    return queries.public_draws_of(bodies.conseil_of(town, facts["third"]["quartier"])).items[0].id


def _call(town: Town, facts: dict[str, Any]) -> None:
    """The first says yes, the second no: somebody of the same kind is called instead. The others wait."""
    draw_id = _drawn(town, facts)
    for answer in (CallAnswer.ACCEPTED, CallAnswer.REFUSED):
        draw = queries.draw_by_id(draw_id)
        call = min((one for one in draw.calls if one.answer is None), key=lambda one: one.rank)
        services.answer_call(draw=draw, call_id=call.id, answer=answer, actor=town.staff("agente"))
        bodies.flushed(call)


def _prepare_the_young(town: Town, facts: dict[str, Any]) -> None:
    """Two seats of young people: the list is read, the quotas hold, nothing is announced yet."""
    body = bodies.conseil_of(town, facts["third"]["quartier"])
    bands = (Share("16-24", 2, None, 16, 24), Share("25+", 0, None, 25, None))
    bodies.prepare_draw(town, facts, body, facts["third"]["young"], bands, ("jeunes",))


def _ask(town: Town, facts: dict[str, Any]) -> None:
    """The resident of the demonstration waits for an answer; somebody else was offered a seat."""
    body = bodies.conseil_of(town, facts["third"]["quartier"])
    [volunteers] = [one.seat_type for one in queries.open_seats_by(body, (Recruitment.VOLUNTEER,))]
    first, last, gender, born, why = facts["third"]["invited"]
    told = Application(first, last, why, phone="04 00 00 00 00", gender=Gender(gender), birth_year=born)
    actor = town.staff("animateur")
    held = services.enter_candidacy(
        body=body, seat_type=volunteers, application=told, channel=CandidacyChannel.PHONE, actor=actor
    )
    bodies.flushed(held)
    services.accept_candidacy(candidacy=held, actor=actor)
    services.invite(candidacy=held, actor=actor)
    own = Application("Nadia", "Benkacem", facts["third"]["why"], gender=Gender.WOMAN, birth_year=1988)
    services.apply(body=body, seat_type=volunteers, application=own, actor=town.person(people.RESIDENT))

"""The séances that were held, from their convocation to their minutes, and the avis that was answered late."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from app.cli.demo.diary import Diary
from app.cli.demo.town import Town, read
from app.database import db
from app.domain.councils import queries as councils
from app.domain.councils import services as voice
from app.domain.councils.models import ItemAnswer, MeansKind
from app.domain.councils.rules.advice import Answered
from app.domain.councils.rules.voting import Vote
from app.domain.governance import queries, services
from app.domain.governance.models import (
    AgendaItem,
    AttendanceWay,
    Body,
    BodyKind,
    DecisionKind,
    Presence,
    Seance,
    VoteKind,
)
from app.domain.governance.services import Followed
from app.domain.shared import clock

CALLED_BEFORE = 18
ANSWERED_LATE, TRAINED = -62, -120
# A séance of the steering committee, whose relevé was sent after the next one.
STEERED, STEERED_AGAIN = -300, -110
HOUR = time(18, 30)


def plan(diary: Diary, town: Town) -> None:
    """Three séances of the conseil, two of the steering committee, an avis sent after the second and answered late."""
    facts = read("councils")
    for rank, held in enumerate(facts["held"]):
        diary.note(held["day"] - CALLED_BEFORE, _call, town, facts, rank, hour=9)
        diary.note(held["day"], _open, town, held, hour=18.6)
        diary.note(held["day"], _hold, town, held, hour=20.5)
    for day, title in ((STEERED, "Orientations de l’année"), (STEERED_AGAIN, "Programmation de l’année")):
        diary.note(day - CALLED_BEFORE, _call_steering, town, title, day, hour=9)
        diary.note(day, _hold_steering, town, title, hour=12)
    diary.note(facts["held"][1]["day"] - 2, _write_avis, town, facts["late"], hour=17)
    diary.note(facts["held"][1]["day"] + 1, _advise, town, facts["late"], hour=10)
    diary.note(ANSWERED_LATE, _answer_late, town, facts, hour=10)
    diary.note(TRAINED, _train, town, hour=17)


def _call(town: Town, facts: dict[str, Any], rank: int) -> None:
    held, actor = facts["held"][rank], town.staff("animateur")
    seance = services.plan_seance(
        body=queries.body_by_id(town.council_id), title=held["title"], starts_at=town.moment(held["day"], HOUR),
        place=facts["place"], agenda="\n".join(held["agenda"]), is_public=True, actor=actor,
    )  # fmt: skip
    db.session.flush()
    services.convene(seance=queries.seance_by_id(seance.id), actor=actor)


def _last_of(body_id: int, title: str) -> Seance:
    page = queries.seances_of(queries.body_by_id(body_id))
    return queries.seance_by_id(next(one.id for one in page.items if one.title == title))


def _open(town: Town, held: dict[str, Any]) -> None:
    """Almost everybody is there."""
    actor, seance = town.staff("animateur"), _last_of(town.council_id, held["title"])
    _note_who_came(seance, actor)
    services.open_seance(seance=seance, presided_by="La présidente du conseil", secretaries="Bruno", actor=actor)


def _hold(town: Town, held: dict[str, Any]) -> None:
    """Each item says something, the last is decided by a show of hands; then the séance closes."""
    actor, seance = town.staff("animateur"), _last_of(town.council_id, held["title"])
    said = iter(held["said"])
    for item in _items(seance):
        if item.source_kind:
            _follow(seance, item, Followed(item.version, decision="Le compte rendu est approuvé.",
                                           decision_kind=DecisionKind.VALIDATION), actor)  # fmt: skip
            continue
        last = item.title == held["agenda"][-1]
        _follow(seance, item, _said(item, next(said), held["decision"] if last else ""), actor)
        if last:
            services.add_action(
                seance=seance, item=item, what=held["action"], responsible="La présidente",
                due_on=clock.today() + timedelta(days=60), actor=actor,
            )  # fmt: skip
    services.close_seance(seance=queries.seance_by_id(seance.id), actor=actor)


def _items(seance: Seance) -> list[AgendaItem]:
    return [one for one in queries.items_of(seance) if one.on_agenda]


def _said(item: AgendaItem, points: str, decision: str) -> Followed:
    if not decision:
        return Followed(item.version, points=points)
    return Followed(
        item.version, points=points, decision=decision, decision_kind=DecisionKind.VALIDATION,
        vote_kind=VoteKind.HANDS, votes_for=8, votes_against=1, votes_abstain=1,
    )  # fmt: skip


def _follow(seance: Seance, item: AgendaItem, followed: Followed, actor: Any) -> None:
    services.take_up(seance=seance, item=item, actor=actor)
    services.follow_item(roll=queries.roll_of(seance), item=item, followed=followed, actor=actor)
    db.session.flush()


def _note_who_came(seance: Seance, actor: Any) -> None:
    roll = queries.roll_of(seance)
    for rank, line in enumerate(roll.lines):
        presence = Presence.EXCUSED if rank % 7 == 3 else Presence.PRESENT
        services.note_presence(
            roll=roll, mandate_id=line.mandate.id, presence=presence, way=AttendanceWay.SHEET, actor=actor
        )
    db.session.flush()


# --- The steering committee ---------------------------------------------------------------------------------------


def _copil(town: Town) -> Body:
    found = next(one for one in queries.bodies_of_contract(town.contract_id) if one.kind is BodyKind.COPIL)
    return queries.body_by_id(found.id)


def _call_steering(town: Town, title: str, day: int) -> None:
    facts, actor, body = town.facts["steering"], town.staff("agente"), _copil(town)
    seance = services.plan_seance(
        body=body, title=title, starts_at=town.moment(day, time(9)), place=facts["next_place"],
        agenda="Lire les avis des conseils citoyens\nChoisir les priorités", is_public=False, actor=actor,
    )  # fmt: skip
    db.session.flush()
    services.convene(seance=queries.seance_by_id(seance.id), actor=actor)


def _hold_steering(town: Town, title: str) -> None:
    """Both co-presidents are there; the relevé of the first séance is sent once its minutes are approved."""
    actor, body = town.staff("agente"), _copil(town)
    seance = _last_of(body.id, title)
    _note_who_came(seance, actor)
    services.open_seance(seance=seance, presided_by="Les deux coprésidences", secretaries="Hélène", actor=actor)
    for item in _items(seance):
        decision = "Le compte rendu est approuvé." if item.source_kind else "Les priorités de l’année sont retenues."
        followed = Followed(item.version, decision=decision, decision_kind=DecisionKind.VALIDATION)
        _follow(seance, item, followed, actor)
    services.close_seance(seance=queries.seance_by_id(seance.id), actor=actor)
    db.session.flush()
    first = _last_of(body.id, "Orientations de l’année")
    if first.id != seance.id:
        services.send_releve(seance=first, actor=actor)


# --- The avis -----------------------------------------------------------------------------------------------------


def _write_avis(town: Town, late: dict[str, Any]) -> None:
    voice.begin_avis(
        body=councils.body_in_its_space(town.council_id), subject=late["subject"], context=late["context"],
        items=late["items"], actor=town.staff("animateur"),
    )  # fmt: skip


def _advise(town: Town, late: dict[str, Any]) -> None:
    actor, body = town.staff("animateur"), councils.body_in_its_space(town.council_id)
    avis = next(one for one in councils.avis_in_space(body) if one.subject == late["subject"])
    met = councils.past_seances(body)[0]
    day = clock.in_paris(met.starts_at).date()
    voice.adopt_avis(avis=avis, vote=Vote(8, 1, 1, day, "12 membres présents, 7 nécessaires", "", met.id), actor=actor)
    voice.send_avis(avis=avis, addressed=_copil(town), actor=actor)


def _answer_late(town: Town, facts: dict[str, Any]) -> None:
    late, body = facts["late"], councils.body_in_its_space(town.council_id)
    avis = next(one for one in councils.avis_in_space(body) if one.subject == late["subject"])
    given = {1: Answered(ItemAnswer.PARTLY, late["reasons"][0]), 2: Answered(ItemAnswer.RETAINED, late["reasons"][1])}
    voice.answer_avis(avis=councils.avis_by_id(avis.id), answers=given, actor=town.staff("agente"))


def _train(town: Town) -> None:
    """A room, a projector, and an evening to learn how to read a budget."""
    body, actor = queries.body_by_id(town.council_id), town.staff("agente")
    voice.give_means(body=body, kind=MeansKind.PREMISES, name="Salle du premier étage, maison des habitants",
                     conditions="Le jeudi soir, clé à l’accueil.", provider="La commune", since=clock.today(),
                     actor=actor)  # fmt: skip
    members = [one.member for one in councils.mandates_in_force(body)][:6]
    voice.note_training(
        body=body, title="Lire le budget d’une commune", held_on=clock.today(), provider="École de rénovation urbaine",
        words="", members=members, actor=actor,
    )  # fmt: skip

"""The instances of the contract as they are composed: models, seats, people drawn, volunteers, co-presidents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from app.cli.demo import people
from app.cli.demo.diary import Diary
from app.cli.demo.town import Town, read
from app.database import db
from app.domain.accounts.models import Role, Scope
from app.domain.councils import queries as councils
from app.domain.councils import services as drawing
from app.domain.councils.models import CallAnswer, CandidacyChannel
from app.domain.councils.rules.drawing import Share, Wish, facts_of
from app.domain.councils.services import Application
from app.domain.governance import queries, rules, services
from app.domain.governance.models import (
    Body,
    BodyKind,
    EndReason,
    Gender,
    Mandate,
    OfficeKind,
    PaperKind,
    Recruitment,
    Seat,
    Standing,
)
from app.domain.governance.services import Identity
from app.domain.shared import clock
from app.domain.territories.queries import quartiers

CREATED, ANNOUNCED, DRAWN, INSTALLED, LEFT, ANSWERED, SECOND, TERM = -578, -571, -567, -558, -90, -84, -30, -15
# How long the conseil keeps a signature drawn on the tablet, in days.
SIGNATURES_KEPT = 60
SEATS = {"conseil_citoyen": 20, "copil_2": 10}
COLUMNS = {
    "id": "Numéro", "sexe": "Civilité", "âge": "Né en", "last_name": "Nom", "first_name": "Prénom", "birth": "Né en",
}  # fmt: skip


def plan(diary: Diary, town: Town) -> None:
    """The committees and the first conseil are composed; later somebody leaves it, and another conseil is prepared."""
    facts = read("councils")
    diary.note(CREATED, _create, town, facts)
    diary.note(ANNOUNCED, _announce, town, facts, town.facts["council"]["quartier"])
    diary.note(DRAWN, _draw, town, facts)
    diary.note(DRAWN + 3, _seat_candidates, town, facts)
    diary.note(INSTALLED, _install, town)
    # What the worker does once nobody can contest any more.
    diary.note(DRAWN + 62, drawing.close_draws, hour=3)
    diary.note(LEFT, _leave, town, facts)
    diary.note(ANSWERED, _replace, town)
    diary.note(SECOND, _prepare_second, town, facts)
    diary.note(-3, _announce, town, facts, facts["second"]["quartier"], hour=11)


def _create(town: Town, facts: dict[str, Any]) -> None:
    actor = town.staff("agente")
    copil = _body(town, town.facts["steering"]["name"], "copil_2", None)
    services.install(body=copil, actor=actor)
    _open_seats(copil, "copil_2", town)
    _seat_presidents(town, copil, facts)
    for key, code in (("cotech", "cotech"), ("commission", "commission")):
        services.install(body=_body(town, facts[key]["name"], code, copil), actor=actor)
    council = town.facts["council"]
    body = _body(town, council["name"], "conseil_citoyen", copil, council["quartier"])
    town.council_id = body.id
    _open_seats(body, "conseil_citoyen", town)
    services.add_body_paper(
        body=body, kind=PaperKind.CHARTER, title="Charte du conseil citoyen", reference="", dated_on=clock.today(),
        words="", signatures=12, actor=actor,
    )  # fmt: skip
    people.give_role(town, "animateur", Role.ANIMATEUR, Scope.BODY, body.id)


def _body(town: Town, name: str, code: str, parent: Body | None, quartier: str = "") -> Body:
    preset = rules.presets()[code]
    made = services.create_body(
        contract_id=town.contract_id, kind=preset.kind, name=name, preset=preset, parent=parent,
        quartiers=[town.quartier(quartier)] if quartier else (), actor=town.staff("agente"),
    )  # fmt: skip
    return queries.body_by_id(made.id)


def _open_seats(body: Body, code: str, town: Town) -> None:
    known = [one for one in quartiers(body.contract_id) if one.id in {held.id for held in body.quartiers}]
    services.open_seats(
        body=body, rule=rules.presets()[code].composition, total=SEATS[code],
        quartiers={one.name: one.id for one in known}, populations={one.name: one.population or 0 for one in known},
        actor=town.staff("agente"),
    )  # fmt: skip


def _seat_presidents(town: Town, copil: Body, facts: dict[str, Any]) -> None:
    actor = town.staff("agente")
    for seat, (first, last, gender, quality) in zip(
        queries.open_seats(copil), facts["copil"]["presidents"], strict=False
    ):
        services.name_seat(seat=seat, label=quality, actor=actor)
        identity = Identity(first, last, Gender(gender), quality=quality)
        # An elected co-president sits until the end of the elected mandate, which has just come.
        ends_on = town.day(TERM) if gender == "man" else None
        mandate = _give(seat, identity, Recruitment.RIGHT, town, ends_on)
        services.give_office(mandate=mandate, kind=OfficeKind.CO_CHAIR, starts_on=clock.today(), actor=actor)


def _give(seat: Seat, identity: Identity, recruitment: Recruitment, town: Town, ends_on: date | None = None) -> Mandate:
    actor = town.staff("agente")
    member = services.add_member(identity=identity, email=None, actor=actor)
    return flushed(
        services.give_mandate(
            seat=queries.seat_for_update(seat.id), member=flushed(member), standing=Standing.TITULAR,
            recruitment=recruitment, starts_on=clock.today(), ends_on=ends_on, actor=actor,
        )
    )  # fmt: skip


def flushed(thing: Any) -> Any:
    db.session.flush()
    return thing


# --- The draw -----------------------------------------------------------------------------------------------------


def _announce(town: Town, facts: dict[str, Any], quartier: str) -> None:
    """The rule and the digests are public before the event."""
    bands = (Share("16-24", 2, None, 16, 24), Share("25+", 0, None, 25, None))
    draw_id = prepare_draw(town, facts, conseil_of(town, quartier), f"Habitantes et habitants, {quartier}", bands)
    event_at = clock.start_of(clock.today() + timedelta(days=3)) + timedelta(hours=21)
    if quartier == facts["second"]["quartier"]:
        event_at = town.moment(5, time(20, 30))
    announce_draw(town, facts, draw_id, event_at)


def prepare_draw(
    town: Town, facts: dict[str, Any], body: Body, title: str, bands: tuple[Share, ...], codes: tuple[str, ...] = ()
) -> int:
    """A rule for the free seats (of these kinds only, when some are said) and a list, whose quotas hold."""
    actor = town.staff("agente")
    free = councils.open_seats_by(body, (Recruitment.DRAW,))
    kinds = [(one.seat_type.id, one.vacant) for one in free if not codes or one.seat_type.code in codes]
    wish = Wish(
        title=title, seats=sum(vacant for _id, vacant in kinds), sources=(Share(facts["source"]),), bands=bands,
        on=clock.today(),
    )  # fmt: skip
    draw = drawing.begin_draw(body=body, title=wish.title, facts=facts_of(wish), seat_types=dict(kinds), actor=actor)
    flushed(draw)
    loaded = drawing.load_list(
        draw=draw, source=facts["source"], name="liste-electorale.csv", content=_roll(facts), encoding="utf-8",
        actor=actor,
    )  # fmt: skip
    flushed(loaded)
    drawing.map_list(draw=councils.draw_by_id(draw.id), loaded=loaded, columns=COLUMNS, actor=actor)
    return draw.id


def announce_draw(town: Town, facts: dict[str, Any], draw_id: int, event_at: datetime) -> None:
    """From then on nothing of it changes."""
    drawing.publish_draw(
        draw=councils.draw_by_id(draw_id), event_words=facts["event"], event_at=event_at, people_told=False,
        actor=town.staff("agente"),
    )  # fmt: skip


def conseil_of(town: Town, quartier: str) -> Body:
    """The conseil citoyen of a quartier, by its name."""
    return next(one for one in _conseils(town) if quartier in {held.name for held in one.quartiers})


def _conseils(town: Town) -> list[Body]:
    kept = [one for one in queries.bodies_of_contract(town.contract_id) if one.kind is BodyKind.CONSEIL_CITOYEN]
    return [councils.body_in_its_space(one.id) for one in kept]


def _roll(facts: dict[str, Any]) -> bytes:
    """Eighty people, as many women as men; one in four is young. Every name is invented."""
    lines = ["Numéro;Civilité;Né en;Nom;Prénom"]
    year = clock.today().year
    for rank in range(80):
        title, names = (("Mme", facts["first_women"]), ("M.", facts["first_men"]))[rank % 2]
        born = year - (19 + rank % 5 if rank % 8 < 2 else 30 + rank % 45)
        lines.append(
            f"{1000 + rank};{title};{born};{facts['last'][(rank * 7 + rank // 20) % 20]};{names[rank // 2 % 10]}"
        )
    return ("\n".join(lines) + "\n").encode()


def _draw(town: Town, facts: dict[str, Any]) -> None:
    """Drawn before two witnesses; one person refuses, the next of the same kind is called; six alternates."""
    actor, body = town.staff("agente"), councils.body_in_its_space(town.council_id)
    [draw] = councils.draws_of(body).items
    drawing.draw_lots(
        draw=councils.draw_by_id(draw.id), event_value=facts["event_value"], witnesses=facts["witnesses"], actor=actor
    )
    answer_all(draw.id, town, refusing=1)
    for _alternate in range(6):
        drawing.call_alternate(draw=councils.draw_by_id(draw.id), actor=actor)
        answer_all(draw.id, town)


def answer_all(draw_id: int, town: Town, refusing: int = 0) -> None:
    while waiting := [one for one in councils.draw_by_id(draw_id).calls if one.answer is None]:
        call = min(waiting, key=lambda one: one.rank)
        answer = CallAnswer.REFUSED if refusing else CallAnswer.ACCEPTED
        refusing = max(0, refusing - 1)
        drawing.answer_call(
            draw=councils.draw_by_id(draw_id), call_id=call.id, answer=answer, actor=town.staff("agente")
        )
        flushed(call)


# --- Candidacies and life -----------------------------------------------------------------------------------------


def _seat_candidates(town: Town, facts: dict[str, Any]) -> None:
    body, actor = councils.body_in_its_space(town.council_id), town.staff("animateur")
    kinds = {
        one.seat_type.recruitment: one.seat_type
        for one in councils.open_seats_by(body, (Recruitment.VOLUNTEER, Recruitment.APPLICATION))
    }
    for first, last, gender, born, why in facts["volunteers"]:
        told = Application(first, last, why, phone="04 00 00 00 00", gender=Gender(gender), birth_year=born)
        _welcome(body, kinds[Recruitment.VOLUNTEER], told, actor)
    for first, last, gender, name, quality in facts["associations"]:
        told = Application(
            first, last, "Nous voyons chaque jour les familles du quartier.", phone="04 00 00 00 00",
            gender=Gender(gender), organisation_name=name, quality=quality,
        )  # fmt: skip
        _welcome(body, kinds[Recruitment.APPLICATION], told, actor)


def _welcome(body: Body, kind: Any, told: Application, actor: Any) -> None:
    held = drawing.enter_candidacy(
        body=body, seat_type=kind, application=told, channel=CandidacyChannel.PHONE, actor=actor
    )
    flushed(held)
    drawing.accept_candidacy(candidacy=held, actor=actor)
    drawing.invite(candidacy=held, actor=actor)
    drawing.take_seat(candidacy=held, channel=CandidacyChannel.PHONE, actor=actor)


def _install(town: Town) -> None:
    """The conseil begins; a woman drawn presides and has an account; it writes how it meets."""
    actor, body = town.staff("agente"), queries.body_by_id(town.council_id)
    services.install(body=body, actor=actor)
    drawn = [one for one in _titulars(body) if one.recruitment is Recruitment.DRAW]
    chair = next(one for one in drawn if one.member.gender is Gender.WOMAN)
    services.link_account(member=chair.member, person=town.person(people.COUNCILLOR), actor=actor)
    services.give_office(mandate=chair, kind=OfficeKind.CHAIR, starts_on=clock.today(), actor=actor)
    content = replace(rules.PROPOSAL, signature_days=SIGNATURES_KEPT)
    services.write_functioning(
        body=body, content=content, in_force_on=clock.today(), source="Charte du conseil citoyen",
        actor=town.staff("animateur"),
    )  # fmt: skip


def _titulars(body: Body) -> list[Mandate]:
    return [one for one in queries.mandates_in_force(body) if one.standing is Standing.TITULAR]


def _leave(town: Town, facts: dict[str, Any]) -> None:
    """A member writes that they leave; the seat is offered to the first alternate who keeps the rule."""
    actor, body = town.staff("agente"), queries.body_by_id(town.council_id)
    alternates = [one for one in queries.mandates_in_force(body) if one.standing is Standing.ALTERNATE]
    offices = {one.mandate_id for one in queries.offices_in_force(body)}
    # Chance decides who is on the list: whoever leaves is somebody an alternate may follow.
    followed = {(one.seat.seat_type_id, one.member.gender) for one in alternates}
    leaver = next(
        one
        for one in reversed(_titulars(body))
        if (one.seat.seat_type_id, one.member.gender) in followed and one.id not in offices
    )
    services.end_mandate(
        mandate=leaver, reason=EndReason.RESIGNED, words=facts["leaver"]["words"], on=clock.today(), actor=actor
    )
    flushed(leaver)
    services.offer_seat(seat=queries.seat_for_update(leaver.seat_id), actor=actor)


def _replace(town: Town) -> None:
    body = queries.body_by_id(town.council_id)
    for seat in queries.open_seats(body):
        for offer in queries.offers_of(seat):
            services.answer_offer(offer=offer, accepted=True, actor=town.staff("agente"))


def _prepare_second(town: Town, facts: dict[str, Any]) -> None:
    """Another conseil is prepared; its own animator receives candidacies."""
    body = prepare_conseil(town, facts["second"])
    people.give_role(town, "animateur2", Role.ANIMATEUR, Scope.BODY, body.id)


def prepare_conseil(town: Town, said: dict[str, Any]) -> Body:
    """A conseil citoyen of a quartier, whose seats are open."""
    copil = next(one for one in queries.bodies_of_contract(town.contract_id) if one.kind is BodyKind.COPIL)
    body = _body(town, said["name"], "conseil_citoyen", copil, said["quartier"])
    _open_seats(body, "conseil_citoyen", town)
    return body

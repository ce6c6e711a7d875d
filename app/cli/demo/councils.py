"""The instances of the contract and their séances: one held, one to come that lacks its agenda, one convened."""

from __future__ import annotations

from datetime import time

from app.cli.demo import people
from app.cli.demo.diary import Diary
from app.cli.demo.town import Town
from app.domain.accounts.models import Role, Scope
from app.domain.governance import queries, services
from app.domain.governance.models import BodyKind

CREATED, HELD, NEXT, STEERING = -575, -424, 6, 20


def plan(diary: Diary, town: Town) -> None:
    """The conseil citoyen met before the vote and meets again next week; the steering committee meets next month."""
    diary.note(CREATED, _create, town)
    diary.note(HELD - 14, _plan_past, town)
    diary.note(-4, _plan_next, town, hour=17)
    diary.note(-6, _plan_steering, town, hour=9)


def _create(town: Town) -> None:
    facts = town.facts["council"]
    council = services.create_body(
        contract_id=town.contract_id, kind=BodyKind.CONSEIL_CITOYEN, name=facts["name"],
        quartiers=[town.quartier(facts["quartier"])], actor=town.staff("agente"),
    )  # fmt: skip
    town.council_id = council.id
    people.give_role(town, "animateur", Role.ANIMATEUR, Scope.BODY, council.id)


def _plan_past(town: Town) -> None:
    facts, actor = town.facts["council"], town.staff("animateur")
    seance = services.plan_seance(
        body=queries.body_by_id(town.council_id), title=facts["past_title"],
        starts_at=town.moment(HELD, time(18)), place=_meeting_place(town),
        agenda=facts["past_agenda"], is_public=True, actor=actor,
    )  # fmt: skip
    services.convene(seance=seance, actor=actor)


def _plan_next(town: Town) -> None:
    services.plan_seance(
        body=queries.body_by_id(town.council_id), title=town.facts["council"]["next_title"],
        starts_at=town.moment(NEXT, time(18, 30)), place=_meeting_place(town), agenda="",
        is_public=True, actor=town.staff("animateur"),
    )  # fmt: skip


def _plan_steering(town: Town) -> None:
    facts, actor = town.facts["steering"], town.staff("agente")
    committee = services.create_body(
        contract_id=town.contract_id, kind=BodyKind.COPIL, name=facts["name"], quartiers=(), actor=actor
    )
    seance = services.plan_seance(
        body=committee, title=facts["next_title"], starts_at=town.moment(STEERING, time(9)),
        place=facts["next_place"], agenda=facts["next_agenda"], is_public=False, actor=actor,
    )  # fmt: skip
    services.convene(seance=seance, actor=actor)


def _meeting_place(town: Town) -> str:
    name = town.facts["council"]["quartier"]
    return str(next(one["meeting_place"] for one in town.facts["quartiers"] if one["name"] == name))

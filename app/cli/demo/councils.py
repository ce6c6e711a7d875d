"""The instances of the contract and their séances: those held, one to come that lacks its agenda, one convened."""

from __future__ import annotations

from datetime import time

from app.cli.demo import bodies, meetings
from app.cli.demo.diary import Diary
from app.cli.demo.town import Town
from app.domain.governance import queries, services
from app.domain.governance.models import BodyKind

NEXT, STEERING = 6, 20


def plan(diary: Diary, town: Town) -> None:
    """The bodies are composed and meet; the conseil meets again next week, the steering committee next month."""
    bodies.plan(diary, town)
    meetings.plan(diary, town)
    diary.note(-4, _plan_next, town, hour=17)
    diary.note(-6, _plan_steering, town, hour=9)


def _plan_next(town: Town) -> None:
    services.plan_seance(
        body=queries.body_by_id(town.council_id), title=town.facts["council"]["next_title"],
        starts_at=town.moment(NEXT, time(18, 30)), place=_meeting_place(town), agenda="",
        is_public=True, actor=town.staff("animateur"),
    )  # fmt: skip


def _plan_steering(town: Town) -> None:
    facts, actor = town.facts["steering"], town.staff("agente")
    committee = next(one for one in queries.bodies_of_contract(town.contract_id) if one.kind is BodyKind.COPIL)
    seance = services.plan_seance(
        body=queries.body_by_id(committee.id), title=facts["next_title"], starts_at=town.moment(STEERING, time(9)),
        place=facts["next_place"], agenda=facts["next_agenda"], is_public=False, actor=actor,
    )  # fmt: skip
    services.convene(seance=seance, actor=actor)


def _meeting_place(town: Town) -> str:
    name = town.facts["council"]["quartier"]
    return str(next(one["meeting_place"] for one in town.facts["quartiers"] if one["name"] == name))

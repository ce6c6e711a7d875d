"""The realisation of the winners: works that begin, pass their milestones, spend, and one ribbon."""

from __future__ import annotations

from typing import Any

from app.cli.demo.diary import Diary
from app.cli.demo.drawings import draw
from app.cli.demo.town import Town
from app.domain.budgets import queries, services
from app.domain.budgets.models import Project
from app.domain.shared.files import keep_photo

# The day works not yet begun are planned.
PLANNED_AHEAD = -30


def plan(diary: Diary, town: Town, key: str, facts: list[dict[str, Any]], day: int) -> None:
    """The council confirms the winners, then each project goes its way."""
    diary.note(day, _begin, town, key, day, hour=9)
    for works in facts:
        _plan_project(diary, town, works)


def _plan_project(diary: Diary, town: Town, facts: dict[str, Any]) -> None:
    began = facts.get("began", PLANNED_AHEAD)
    if "began" in facts:
        diary.note(began, _start, town, facts, hour=9)
    for milestone in facts["milestones"]:
        diary.note(began, _plan_milestone, town, facts, milestone)
        if "done" in milestone:
            diary.note(milestone["done"], _complete, town, facts, milestone, hour=16)
    if "revision" in facts:
        diary.note(began + 10, _revise, town, facts)
    for line in facts.get("spendings", ()):
        diary.note(line["day"], _spend, town, facts, line, hour=11)
    if "delivered" in facts:
        diary.note(facts["delivered"], _deliver, town, facts, hour=17)


def _begin(town: Town, key: str, day: int) -> None:
    council = town.day(day - 3)
    services.begin_realisation(
        edition=town.edition(key), confirmed_by=f"Délibération du conseil municipal n° {council.year}-47",
        confirmed_on=council, actor=town.staff("agente"),
    )  # fmt: skip


def _start(town: Town, facts: dict[str, Any]) -> None:
    services.start_works(project=_project(town, facts), began_on=town.day(facts["began"]), actor=town.staff("agente"))


def _plan_milestone(town: Town, facts: dict[str, Any], milestone: dict[str, Any]) -> None:
    services.plan_milestone(
        project=_project(town, facts), label=milestone["label"], planned_on=town.day(milestone["planned"]),
        actor=town.staff("agente"),
    )  # fmt: skip


def _revise(town: Town, facts: dict[str, Any]) -> None:
    services.revise_cost(
        project=_project(town, facts), after_cents=facts["revised_euros"] * 100, reason=facts["revision"],
        actor=town.staff("agente"),
    )  # fmt: skip


def _spend(town: Town, facts: dict[str, Any], line: dict[str, Any]) -> None:
    services.spend(
        project=_project(town, facts), label=line["label"], amount_cents=line["euros"] * 100,
        spent_on=town.day(line["day"]), actor=town.staff("agente"),
    )  # fmt: skip


def _deliver(town: Town, facts: dict[str, Any]) -> None:
    services.deliver(
        project=_project(town, facts), delivered_on=town.day(facts["delivered"]), note=facts["note"],
        actor=town.staff("agente"),
    )  # fmt: skip


def _project(town: Town, facts: dict[str, Any]) -> Project:
    project = queries.project_of_idea(town.idea(facts["title"]).id)
    if project is None:
        raise LookupError(f"{facts['title']} is not a project")
    return project


def _complete(town: Town, facts: dict[str, Any], done: dict[str, Any]) -> None:
    milestone = next(one for one in _project(town, facts).milestones if one.label == done["label"])
    services.complete_milestone(
        milestone=queries.milestone_by_id(milestone.id), done_on=town.day(done["done"]), note=done.get("note", ""),
        photo_id=_photo(town, done), actor=town.staff("agente"),
    )  # fmt: skip


def _photo(town: Town, facts: dict[str, Any]) -> str | None:
    if "picture" not in facts:
        return None
    photo = keep_photo(
        upload=draw(facts["picture"]), description=facts["picture_words"], store=town.store,
        actor=town.staff("agente"), public=True,
    )  # fmt: skip
    return photo.id

"""The three editions of the budget participatif: one lived to its realisation, one in the vote, one in the call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from app.cli.demo import ideas, studies, votes, works
from app.cli.demo.diary import Diary
from app.cli.demo.studies import YOUTH
from app.cli.demo.town import Town, read
from app.domain.budgets import services
from app.domain.budgets.rules.presets import CRITERIA, ballot_preset
from app.domain.budgets.rules.reglement import ReglementContent, Reserve, ReservedFor, Section
from app.domain.processes.models import Degree, PhaseCode
from app.domain.processes.rules import Eligibility, Span
from app.domain.processes.services import Description
from app.domain.shared import clock
from app.domain.shared.criteria import Criterion

# Demonstration values, like every number of a règlement.
MOST_EUROS = 60_000
LEAST_AGE_TO_VOTE = 11
KEPT_CRITERIA = ("interet_general", "localisation", "competence", "investissement", "fonctionnement_induit", "delai")


@dataclass(frozen=True)
class Days:
    """The first day of each phase and the day after the last, counted from today."""

    framing: int
    call: int
    study: int
    announcement: int
    vote: int
    realisation: int
    end: int

    def calendar(self, town: Town) -> dict[PhaseCode, Span]:
        """The same as the calendar of a démarche."""
        bounds = [
            clock.start_of(town.day(day))
            for day in (
                self.framing, self.call, self.study, self.announcement, self.vote, self.realisation, self.end
            )
        ]  # fmt: skip
        return {code: Span(*span) for code, span in zip(PhaseCode, pairwise(bounds), strict=True)}


CLOSED = Days(-560, -540, -490, -430, -420, -400, 330)
VOTING = Days(-225, -205, -140, -32, -8, 13, 540)
CALLING = Days(-45, -22, 24, 110, 140, 165, 700)


def plan(diary: Diary, town: Town) -> None:
    """Writes the three lives in the diary."""
    closed, voting, calling = read("closed"), read("voting"), read("calling")
    _plan_call(diary, town, "closed", closed, CLOSED, year=town.today.year - 1, last=CLOSED.study - 8)
    studies.plan(diary, town, "closed", closed["ideas"], CLOSED.study + 2, CLOSED.announcement - 5)
    _plan_vote(diary, town, "closed", CLOSED)
    votes.plan(diary, town, "closed", closed["ideas"], first=CLOSED.vote, last=CLOSED.realisation - 1, absent=3)
    votes.plan_count(diary, town, "closed", CLOSED.realisation + 1)
    works.plan(diary, town, "closed", closed["works"], CLOSED.realisation + 20)

    _plan_call(diary, town, "voting", voting, VOTING, year=town.today.year, last=VOTING.study - 8)
    studies.plan(diary, town, "voting", voting["ideas"], VOTING.study + 2, VOTING.announcement - 5)
    _plan_vote(diary, town, "voting", VOTING)
    votes.plan(diary, town, "voting", voting["ideas"], first=VOTING.vote, last=-1, absent=16)

    _plan_call(diary, town, "calling", calling, CALLING, year=town.today.year + 1, last=-3)


def _plan_call(diary: Diary, town: Town, key: str, facts: dict[str, Any], days: Days, *, year: int, last: int) -> None:
    """The edition is prepared, its call opened, and ideas come until ``last``."""
    diary.note(days.framing, _create, town, key, facts, days, year, hour=9)
    diary.note(days.call, _act, town, key, services.open_call, hour=8)
    ideas.plan_call(diary, town, key, facts["ideas"], days.call + 1, last)


def _plan_vote(diary: Diary, town: Town, key: str, days: Days) -> None:
    """The call closes, the list is published at the announcement, the box is ready the day before the vote."""
    for day, hour, act in (
        (days.study, 8, services.close_call),
        (days.announcement + 1, 9, services.publish_list),
        (days.vote - 1, 16, services.open_vote),
    ):
        diary.note(day, _act, town, key, act, hour=hour)


def _act(town: Town, key: str, act: Callable[..., object]) -> None:
    """An agent moves the edition one step on."""
    act(edition=town.edition(key), actor=town.staff("agente"))


def _create(town: Town, key: str, facts: dict[str, Any], days: Days, year: int) -> None:
    agent = town.staff("agente")
    description = Description(
        title=facts["title"].format(year=year), object=facts["object"], degree=Degree.CODECISION,
        stakes=facts["stakes"], decided_by=facts["decided_by"],
        public_words="Toutes les personnes qui habitent, travaillent ou étudient dans les trois quartiers",
    )  # fmt: skip
    edition = services.create_edition(
        contract_id=town.contract_id, description=description, quartiers=(), actor=agent
    )  # fmt: skip
    town.editions[key] = edition.id
    services.schedule(edition=edition, calendar=days.calendar(town), actor=agent)
    services.amend(edition=edition, change=lambda _empty: _content(facts), actor=agent)


def _content(facts: dict[str, Any]) -> ReglementContent:
    """The règlement: seven points, three at most to a project, a project too dear for what is left is passed."""
    preset = ballot_preset("points")
    if preset is None:
        raise LookupError("the preset of seven points is gone")
    reserves: tuple[Reserve, ...] = ()
    if "youth_euros" in facts:
        reserves = (
            Reserve(YOUTH, "Les projets pour les jeunes", ReservedFor.PUBLIC, facts["youth_euros"] * 100),
        )  # fmt: skip
    content = ReglementContent(
        envelope_cents=facts["envelope_euros"] * 100,
        section=Section.INVESTISSEMENT,
        max_project_cents=MOST_EUROS * 100,
        criteria=tuple(Criterion(code, str(CRITERIA[code])) for code in KEPT_CRITERIA),
        voters=Eligibility(min_age=LEAST_AGE_TO_VOTE, exclude_agents=True),
        reserves=reserves,
    )
    return preset.applied_to(content)

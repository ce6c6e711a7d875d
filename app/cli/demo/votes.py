"""The votes of the town: who votes when, what for, the batches sealed each evening, the count opened by two agents."""

from __future__ import annotations

import random
from typing import Any

from app.cli.demo.diary import Diary
from app.cli.demo.people import RESIDENT
from app.cli.demo.town import Town
from app.domain.ballots import services
from app.domain.budgets import services as budgets
from app.domain.processes.rules import can_take_part

# Three projects with seven points, three at most to one: what people do with such a ballot.
SHARES = ((3, 3, 1), (3, 2, 2), (3, 3), (2, 2, 3), (3, 1, 1))
# One voter in so many leaves a blank ballot.
BLANK_ONE_IN = 13
AT_HOME = 3
SEED = "la Garrigue"


def plan(
    diary: Diary, town: Town, key: str, facts: list[dict[str, Any]], *, first: int, last: int, absent: int
) -> None:
    """The residents vote in an order that is nobody's, between two days; ``absent`` of them do not (not yet, perhaps).

    The resident of the demonstration has voted in the past editions and not in the present one.
    """
    # The same town each time it is loaded; no secret is drawn here.
    draw = random.Random(f"{key}, {SEED}")  # noqa: S311
    voters = [name for name in town.residents if name != RESIDENT]
    draw.shuffle(voters)
    voters = voters[: len(voters) - absent]
    if last < -1:
        voters.append(RESIDENT)
    favours = {idea["title"]: (idea["favour"], idea["quartier"]) for idea in facts if "favour" in idea}
    for rank, name in enumerate(voters):
        day = first + (last - first) * rank // max(1, len(voters) - 1)
        # Counted, not drawn: a few blank ballots are there, whatever the draw.
        blank = rank % BLANK_ONE_IN == BLANK_ONE_IN // 2
        diary.note(day, _vote, town, key, name, {} if blank else favours, draw, hour=9 + draw.random() * 10)
    for day in range(first, last + 1):
        diary.note(day, services.seal_everything_due, hour=22)


def _vote(town: Town, key: str, name: str, favours: dict[str, tuple[int, str]], draw: random.Random) -> None:
    scrutin, person = town.scrutin(key), town.person(name)
    if not can_take_part(scrutin.eligibility, person):
        return
    if not favours:
        services.cast(scrutin=scrutin, choices={}, actor=person)
        return
    weights: dict[str, int] = {}
    for project in scrutin.projects:
        favour, quartier = favours[project.title]
        is_at_home = person.quartier is not None and person.quartier.name == quartier
        weights[project.ref] = favour * (AT_HOME if is_at_home else 2)
    services.cast(scrutin=scrutin, choices=_choices(weights, draw), actor=person)


def _choices(weights: dict[str, int], draw: random.Random) -> dict[str, int]:
    """A ballot: three different projects at most, the most liked the most often."""
    left, choices = dict(weights), {}
    for points in draw.choice(SHARES):
        ref = draw.choices(list(left), list(left.values()))[0]
        choices[ref] = points
        del left[ref]
    return choices


def plan_count(diary: Diary, town: Town, key: str, day: int) -> None:
    """Two agents open the count the day after the closing, and the results are announced two days later."""
    diary.note(day, _open_count, town, key, "agente", hour=10)
    diary.note(day, _open_count, town, key, "agent2", hour=10.2)
    diary.note(day + 2, _announce, town, key, hour=11)


def _open_count(town: Town, key: str, who: str) -> None:
    services.open_count(scrutin_id=town.scrutin(key).id, actor=town.staff(who))


def _announce(town: Town, key: str) -> None:
    budgets.announce_results(edition=town.edition(key), actor=town.staff("agente"))

"""Before anything is published: can this rule be met by these lists, whatever the event gives?

Without households the answer is yes or no. With one person per household, who stands for a household depends on the
event: the answer is then yes for sure, no for sure, or maybe, and trials say how often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.councils.rules.draw.conflicts import Limit, conflict, told
from app.domain.councils.rules.draw.feasible import feasible
from app.domain.councils.rules.draw.pools import Person
from app.domain.councils.rules.draw.questions import Question
from app.domain.councils.rules.draw.rule import Rule
from app.domain.councils.rules.draw.walk import called_order, question_of

TRIALS = 40


@dataclass(frozen=True)
class Outlook:
    """What is to be expected. ``people`` may be called; ``failed`` of ``trials`` invented events left seats empty."""

    feasible: bool
    certain: bool
    people: int
    limits: Sequence[Limit] = ()
    sentence: str = ""
    trials: int = 0
    failed: int = 0


def outlook(rule: Rule, people: Sequence[Person]) -> Outlook:
    """Whether the quotas can be met and, if not, the fewest that conflict. Raises the ``Refusal`` of ``filling``."""
    if not rule.one_per_household:
        question = question_of(rule, (person.labels for person in people))
        return Outlook(True, True, len(people)) if feasible(question) else _no(rule, question, len(people))
    households = _households(people)
    if feasible(question_of(rule, _sure(households))):
        return Outlook(True, True, len(households))
    # The most there can be: each kind in every household where it lives.
    most = question_of(rule, [labels for kinds in households.values() for labels in kinds])
    if len(households) < rule.seats:
        return _no(rule, Question(rule.seats, {(): len(households)}, [], ()), len(households))
    if not feasible(most):
        return _no(rule, most, len(households))
    return _tried(rule, people, len(households))


def _households(people: Sequence[Person]) -> dict[str, Counter[tuple[str, ...]]]:
    homes: dict[str, Counter[tuple[str, ...]]] = {}
    for person in people:
        homes.setdefault(person.household or person.id, Counter())[person.labels] += 1
    return homes


def _sure(households: dict[str, Counter[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """The kinds of the households where everybody is of one kind: whoever comes first, they count."""
    return [next(iter(kinds)) for kinds in households.values() if len(kinds) == 1]


def _tried(rule: Rule, people: Sequence[Person], households: int) -> Outlook:
    worst = None
    failed = 0
    for number in range(TRIALS):
        question = question_of(rule, (person.labels for person in called_order(rule, people, f"essai {number}")))
        if not feasible(question):
            failed += 1
            worst = worst or question
    if worst is None:
        return Outlook(True, False, households, trials=TRIALS)
    return replace(_no(rule, worst, households), feasible=failed < TRIALS, certain=False, trials=TRIALS, failed=failed)


def _no(rule: Rule, question: Question, people: int) -> Outlook:
    limits = conflict(rule, question) if question.bounds or not rule.quotas else []
    return Outlook(False, True, people, limits, told(rule, question, limits))

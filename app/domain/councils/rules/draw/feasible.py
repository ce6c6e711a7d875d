"""Can the seats still be filled? An exact yes, with a way to fill them, or an exact no. Our own code, without a solver.

The search takes one person at a time where it is tightest, narrows every bound after each, and comes back when it is
stuck; a question that failed once is remembered. Real rules are answered in a few dozen steps. When the steps are
spent, ``states`` answers by another method whose cost is known; a question beyond both is refused, never guessed.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from flask_babel import lazy_gettext as _l

from app.domain.councils.rules.draw import states
from app.domain.councils.rules.draw.questions import Group, Question, tightened
from app.domain.shared.refusals import Refusal

# A first search, short: it finds nearly every yes and most no. Then the bits the other method may use, some seconds at
# most. Then a long search.
FEW_STEPS: Final = 60
MOST_BITS: Final = 2**24
MOST_STEPS: Final = 10_000

# How many of each group fill the seats. Empty when we only know that it can be done.
Filling: TypeAlias = dict[Group, int]


def filling(question: Question) -> Filling | None:
    """One way of filling the seats within every bound, or None when there is none.

    Raises a ``Refusal`` (code ``too_complex``) when the rule crosses more than both methods can answer.
    """
    try:
        return _Search(FEW_STEPS + question.seats).fill(question)
    except _Spent:
        if states.cost(question) <= MOST_BITS:
            return {} if states.reachable(question) else None
    try:
        return _Search(MOST_STEPS).fill(question)
    except _Spent:
        sentence = _l("Cette règle croise trop de critères à la fois : retirez un critère ou réunissez des catégories.")
        raise Refusal(sentence, field="quotas", code="too_complex") from None


def feasible(question: Question) -> bool:
    """Whether the seats can be filled with every quota between its bounds, both included."""
    return filling(question) is not None


class _Spent(Exception):
    """The steps are spent and nothing is proved."""


class _Search:
    """A depth-first search that narrows first and remembers what failed."""

    def __init__(self, steps: int) -> None:
        self.left = steps
        self.failed: set[tuple[object, ...]] = set()

    def fill(self, question: Question) -> Filling | None:
        """Seats one person of the most needed group; if that leads nowhere, does without this group."""
        tight = tightened(question)
        if tight is None:
            return None
        if tight.seats == 0:
            return {}
        key = (tight.seats, tuple(tight.groups.items()), tuple(tight.bounds))
        if key in self.failed:
            return None
        self.left -= 1
        if self.left < 0:
            raise _Spent
        group = _most_needed(tight)
        found = self.fill(tight.after(group))
        if found is not None:
            return {**found, group: found.get(group, 0) + 1}
        found = self.fill(tight.without(group))
        if found is None:
            self.failed.add(key)
        return found


def _most_needed(question: Question) -> Group:
    """A group of the quota that asks for most of those it may take; in it, the group the other quotas ask for most.

    Only the speed depends on this choice: the answer does not.
    """
    needs = [
        (low / room if room else 0.0, (low + high) / room if room else 0.0)
        for (low, high), room in zip(question.bounds, question.rooms(), strict=True)
    ]
    tightest = max(range(len(needs)), key=lambda place: needs[place], default=None)
    groups = [group for group in question.groups if tightest in group] or list(question.groups)
    return max(groups, key=lambda group: sum(needs[place][1] for place in group))

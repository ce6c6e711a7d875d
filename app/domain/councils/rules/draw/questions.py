"""The question of the walk: seats to fill, groups of people who count alike, and bounds on quotas.

People who count in the same quotas are interchangeable: they form a group, known by the quotas it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

# The places, in the list of quotas, of the quotas a group counts in.
Group: TypeAlias = tuple[int, ...]
Bound: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Question:
    """Seats to fill from groups of so many people each, with bounds on each quota, both included.

    ``families`` are lists of quotas no group can belong to two of (the categories of one criterion): they make the
    answer quick and change nothing to it.
    """

    seats: int
    groups: Mapping[Group, int]
    bounds: Sequence[Bound]
    families: Sequence[Sequence[int]] = ()

    def after(self, group: Group) -> Question:
        """What is left to answer once one person of the group sits."""
        bounds = list(self.bounds)
        for place in group:
            bounds[place] = (bounds[place][0] - 1, bounds[place][1] - 1)
        return Question(self.seats - 1, {**self.groups, group: self.groups[group] - 1}, bounds, self.families)

    def without(self, group: Group) -> Question:
        """What is left to answer when nobody else of the group sits."""
        groups = {other: size for other, size in self.groups.items() if other != group}
        return Question(self.seats, groups, self.bounds, self.families)

    def rooms(self) -> list[int]:
        """How many people each quota could still take them from."""
        rooms = [0] * len(self.bounds)
        for group, size in self.groups.items():
            for place in group:
                rooms[place] += size
        return rooms


def tightened(question: Question) -> Question | None:
    """The same question with the narrowest bounds each quota allows the others, or None when the answer is no.

    Every step follows from the bounds alone, so no possible panel is lost.
    """
    seats = question.seats
    bounds = [(max(low, 0), min(high, seats)) for low, high in question.bounds]
    groups = {group: min(size, seats) for group, size in question.groups.items() if size > 0}
    while True:
        now = Question(seats, groups, bounds, question.families)
        narrow = _narrowed(now)
        if narrow is None:
            return None
        bounds, groups = narrow
        if bounds == now.bounds and groups == now.groups:
            return now


def _narrowed(question: Question) -> tuple[list[Bound], dict[Group, int]] | None:
    seats, rooms, total = question.seats, question.rooms(), sum(question.groups.values())
    if total < seats:
        return None
    bounds = [
        (max(low, seats - total + room), min(high, room))
        for (low, high), room in zip(question.bounds, rooms, strict=True)
    ]
    for family in question.families:
        _narrow_family(family, seats, sum(rooms[place] for place in family) == total, bounds)
    if any(low > high for low, high in bounds):
        return None
    # When a quota asks for every seat, nobody outside it sits; nobody sits beyond the highest bound of their quotas.
    needed = {place for place, (low, _) in enumerate(bounds) if low >= seats}
    groups = {
        group: min([size, *[bounds[place][1] for place in group]])
        for group, size in question.groups.items()
        if needed.issubset(group)
    }
    return bounds, {group: size for group, size in groups.items() if size > 0}


def _narrow_family(family: Sequence[int], seats: int, covers: bool, bounds: list[Bound]) -> None:
    """What the minimums of the other categories leave; and, when everybody has a category, what they cannot fill."""
    lows, highs = sum(bounds[place][0] for place in family), sum(bounds[place][1] for place in family)
    for place in family:
        low, high = bounds[place]
        least = seats - (highs - high) if covers else 0
        bounds[place] = (max(low, least), min(high, seats - (lows - low)))

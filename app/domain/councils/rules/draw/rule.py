"""The rule of a draw, as data: seats, criteria, quotas, sources, households, alternates. Written in JSON, published.

Nothing of it is decided by this code: sizes, ages and proportions are the site's. `docs/tirage.md` describes the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal, TypeAlias

from app.domain.shared.canonical import digest

SOURCE: Final = "source"
ALL: Final = "all"
# Text kept apart from the names of criteria: columns with a meaning of their own.
RESERVED: Final = ("id", "household", SOURCE)

Labels: TypeAlias = tuple[str, ...]
AgeFrom: TypeAlias = Literal["age", "birth_year", "birth_date"]


@dataclass(frozen=True)
class Band:
    """An age band, in whole years, both ends included; None leaves an end open."""

    name: str
    low: int | None
    high: int | None

    def holds(self, age: int) -> bool:
        return (self.low is None or age >= self.low) and (self.high is None or age <= self.high)


@dataclass(frozen=True)
class Criterion:
    """A criterion and its categories. ``words`` translates what lists write; ``bands`` derives an age, on a day."""

    name: str
    categories: tuple[str, ...]
    words: Mapping[str, str]
    bands: tuple[Band, ...] = ()
    age_from: AgeFrom = "age"
    on: date | None = None


@dataclass(frozen=True)
class Quota:
    """Between ``low`` and ``high`` seats, both included, for those who have all the categories of ``of``."""

    of: tuple[tuple[str, str], ...]
    low: int
    high: int

    def to_facts(self) -> dict[str, object]:
        return {"of": dict(self.of), "min": self.low, "max": self.high}


@dataclass(frozen=True)
class Source:
    """A list of origin: the file it comes in and the columns of that file when they differ."""

    name: str
    file: str
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Rule:
    """A rule that was read and holds together. ``facts`` is the JSON it came from, which its digest is of."""

    facts: Mapping[str, object]
    seats: int
    criteria: tuple[Criterion, ...]
    quotas: tuple[Quota, ...]
    sources: tuple[Source, ...]
    columns: Mapping[str, str]
    one_per_household: bool
    # How many alternates for each seat, of the same kind; None keeps everybody left, in the public order.
    alternates: int | None

    @cached_property
    def sha256(self) -> str:
        """The digest of the rule: JSON with sorted keys and no spaces, whatever the file's layout."""
        return digest(self.facts)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of a person's labels: the source first, when there are sources, then the criteria by name."""
        return ((SOURCE,) if self.sources else ()) + tuple(criterion.name for criterion in self.criteria)

    @cached_property
    def families(self) -> Sequence[Sequence[int]]:
        """The quotas of the same criteria together: nobody counts in two of a family."""
        families: dict[tuple[str, ...], list[int]] = {}
        for place, quota in enumerate(self.quotas):
            families.setdefault(tuple(name for name, _ in quota.of), []).append(place)
        return list(families.values())

    def group_of(self, labels: Labels) -> tuple[int, ...]:
        """The quotas in which people with these labels count."""
        has = set(zip(self.fields, labels, strict=True))
        return tuple(place for place, quota in enumerate(self.quotas) if has.issuperset(quota.of))

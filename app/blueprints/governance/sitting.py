"""Who sits, as pages show it: by college and kind of seat, with parity, ages and vacancies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.governance.models import Gender, Mandate, Seat, Standing
from app.domain.shared.suppression import suppress

# The bounds of the age bands shown (droit-et-pratique §2.2: under 26, 26 to 59, 60 and over).
BANDS = ((0, 25), (26, 59), (60, 200))


@dataclass(frozen=True)
class Line:
    """One kind of seat of a college on a day."""

    college: str
    kind: str
    seats: int
    holders: Sequence[Mandate]
    alternates: Sequence[Mandate]

    @property
    def vacant(self) -> int:
        """How many seats nobody holds."""
        return self.seats - len(self.holders)


@dataclass(frozen=True)
class Sitting:
    """Everybody who sat on a day."""

    lines: Sequence[Line]
    day: date

    @property
    def seats(self) -> int:
        return sum(line.seats for line in self.lines)

    @property
    def vacant(self) -> int:
        return sum(line.vacant for line in self.lines)

    @property
    def holders(self) -> list[Mandate]:
        return [mandate for line in self.lines for mandate in line.holders]

    @property
    def genders(self) -> dict[Gender, int]:
        """What members declared; nothing is guessed."""
        declared = [mandate.member.gender for mandate in self.holders]
        return {gender: declared.count(gender) for gender in Gender}

    @property
    def ages(self) -> list[int]:
        """How many by age band, then how many unknown."""
        ages = [mandate.member.age_in(self.day.year) for mandate in self.holders]
        known = [sum(1 for age in ages if age is not None and low <= age <= high) for low, high in BANDS]
        return [*known, ages.count(None)]

    def published(self, threshold: int) -> tuple[list[int | None], list[int | None]]:
        """Genders and ages as everybody may read them: what would point at somebody is hidden."""
        return suppress(list(self.genders.values()), threshold), suppress(self.ages, threshold)


def sitting_of(seats: Iterable[Seat], day: date) -> Sitting:
    """The sitting of a body on a day, from its seats with everybody who held them."""
    groups: dict[int, list[Seat]] = {}
    for seat in seats:
        groups.setdefault(seat.seat_type_id, []).append(seat)
    return Sitting([_line(held, day) for held in groups.values()], day)


def _line(seats: list[Seat], day: date) -> Line:
    kind = seats[0].seat_type
    held = [mandate for seat in seats for mandate in seat.mandates if mandate.holds_on(day)]
    alternates = [mandate for mandate in held if mandate.standing is Standing.ALTERNATE]
    return Line(
        kind.college.name, kind.name, len(seats),
        [mandate for mandate in held if mandate.standing is Standing.TITULAR],
        sorted(alternates, key=lambda one: (one.rank is None, one.rank or 0, one.id)),
    )  # fmt: skip

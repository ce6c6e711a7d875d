"""What the composition of a body asks of a draw for its free seats: a proposal, which the agent changes at will."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.councils.rules.drawing import Share, Wish
from app.domain.governance.rules import CompositionRule


@dataclass(frozen=True)
class FreeSeat:
    """A seat to be drawn that nobody holds: its kind, the ages it is open to (included), its quartier if it has one."""

    college: str
    kind: str
    min_age: int | None = None
    max_age: int | None = None
    quartier: str = ""


def proposed_wish(
    rule: CompositionRule | None, free: Sequence[FreeSeat], names: Sequence[str], quartiers: Sequence[str]
) -> Wish:
    """A wish for the free seats: parity of their colleges, bands of the ages they ask, minimum of each quartier.

    ``names`` are those of their colleges, ``quartiers`` those of the body. Without a rule parity is proposed (CC-R05).
    """
    colleges = [one for one in rule.colleges if one.code in {seat.college for seat in free}] if rule else []
    kinds = {seat.kind for seat in free}
    sources = [
        source.strip().capitalize()
        for college in colleges
        for kind in college.kinds
        if kind.code in kinds
        for source in kind.sources.split(",")
        if source.strip()
    ]
    return Wish(
        title=", ".join(dict.fromkeys(names)), seats=len(free),
        sources=tuple(Share(name) for name in dict.fromkeys(sources)),
        parity=any(one.parity for one in colleges) if colleges else True,
        bands=bands_of(free), quartiers=_quartiers(free, quartiers),
    )  # fmt: skip


def bands_of(free: Sequence[FreeSeat]) -> tuple[Share, ...]:
    """The bands the ages of the seats cut, with the seats only that band can fill; none when any age may sit.

    An age that no seat is open to is in no band: nobody of that age is on a list that is read.
    """
    cuts = {seat.min_age for seat in free if seat.min_age} | {
        seat.max_age + 1 for seat in free if seat.max_age is not None
    }
    if not cuts:
        return ()
    starts = [0, *sorted(cuts)]
    bands = []
    for low, following in zip(starts, [*starts[1:], None], strict=True):
        high = None if following is None else following - 1
        if any(_open_to(seat, low, high) for seat in free):
            least = sum(1 for seat in free if (seat.min_age or 0, seat.max_age) == (low, high))
            bands.append(Share(_named(low, high), least, None, low or None, high))
    return tuple(bands)


def _open_to(seat: FreeSeat, low: int, high: int | None) -> bool:
    return (seat.min_age or 0) <= low and (seat.max_age is None or (high is not None and high <= seat.max_age))


def _named(low: int, high: int | None) -> str:
    """A band as the form reads it: "-24", "16-24", "25+"."""
    if high is None:
        return f"{low}+"
    return f"{low}-{high}" if low else f"-{high}"


def _quartiers(free: Sequence[FreeSeat], names: Sequence[str]) -> tuple[Share, ...]:
    """The quartiers of the body with the seats kept for each; none when there is only one to speak of."""
    if len(names) < 2:
        return ()
    kept = Counter(seat.quartier for seat in free)
    return tuple(Share(name, kept[name]) for name in names)

"""The six phases of an edition as a line of life: what is done, what runs, what is late, what comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.budgets.models.editions import Edition, EditionState
from app.domain.processes.models import PhaseCode
from app.domain.processes.rules import ORDER

# The first state in which each phase is behind: an act ends a phase, not its date alone.
_BEHIND: Final = {
    PhaseCode.FRAMING: EditionState.CALL,
    PhaseCode.CALL: EditionState.STUDY,
    PhaseCode.STUDY: EditionState.ANNOUNCED,
    PhaseCode.ANNOUNCEMENT: EditionState.VOTE,
    PhaseCode.VOTE: EditionState.COUNTED,
    PhaseCode.REALISATION: EditionState.CLOSED,
}
_RANK: Final = {state: rank for rank, state in enumerate(EditionState)}


@dataclass(frozen=True)
class PhaseLine:
    """One phase: ``state`` is ``done``, ``now``, ``next`` or ``late``; its dates are UTC, ``None`` when not dated."""

    code: PhaseCode
    state: str
    starts_at: datetime | None
    ends_at: datetime | None


def phase_lines(edition: Edition, now: datetime) -> tuple[PhaseLine, ...]:
    """The six phases in order. Needs the calendar.

    The first phase whose act is not done is the present one: it runs, or is late when its dates are past. Those after
    it wait for it, whatever their dates.
    """
    present = next((code for code in ORDER if not is_behind(edition.state, code)), None)
    return tuple(_line(edition, code, now, is_present=code is present) for code in ORDER)


def _line(edition: Edition, code: PhaseCode, now: datetime, is_present: bool) -> PhaseLine:
    phase = edition.process.phase(code)
    starts_at = phase.starts_at if phase else None
    ends_at = phase.ends_at if phase else None
    if is_behind(edition.state, code):
        state = "done"
    elif not is_present or starts_at is None or ends_at is None or now < starts_at:
        state = "next"
    elif now >= ends_at and code is not PhaseCode.VOTE:
        state = "late"
    else:
        # The box closes by itself: between the end of the vote and its count, nothing is late for the voters.
        state = "now"
    return PhaseLine(code, state, starts_at, ends_at)


def is_behind(state: EditionState, code: PhaseCode) -> bool:
    """Whether a phase is over for an edition in this state."""
    return _RANK[state] >= _RANK[_BEHIND[code]]

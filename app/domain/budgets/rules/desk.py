"""What waits for the agents of an edition, and since when it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.budgets.models.editions import Edition, EditionState
from app.domain.processes.models import PhaseCode
from app.domain.shared import clock


@dataclass(frozen=True)
class Waiting:
    """Something an agent has to do: in words, before which day, and whether that day is past."""

    edition_id: int
    title: str
    what: Any
    due: date | None
    late: bool


# What each state waits for, and the phase before whose end it is done.
_AWAITED: dict[EditionState, tuple[Any, PhaseCode, bool]] = {
    # The last word says whether it is due when the phase begins rather than when it ends.
    EditionState.PREPARATION: (_l("Ouvrir l’appel à idées"), PhaseCode.CALL, True),
    EditionState.CALL: (_l("Clore l’appel à idées"), PhaseCode.STUDY, True),
    EditionState.STUDY: (_l("Publier la liste des projets"), PhaseCode.ANNOUNCEMENT, False),
    EditionState.ANNOUNCED: (_l("Ouvrir le vote"), PhaseCode.VOTE, True),
    EditionState.VOTE: (_l("Annoncer les résultats"), PhaseCode.REALISATION, True),
    EditionState.COUNTED: (_l("Commencer la réalisation"), PhaseCode.REALISATION, False),
    EditionState.REALISATION: (_l("Clore l’édition"), PhaseCode.REALISATION, False),
}


def next_act_of(edition: Edition, now: datetime) -> Waiting | None:
    """The next act of an edition and its day, ``None`` when it is closed. Needs ``process.phases`` loaded."""
    awaited = _AWAITED.get(edition.state)
    if awaited is None:
        return None
    what, code, at_start = awaited
    phase = edition.process.phase(code)
    due = None if phase is None else phase.starts_at if at_start else phase.ends_at
    day = None if due is None else clock.in_paris(due).date()
    return Waiting(edition.id, edition.process.title, what, day, due is not None and now >= due)

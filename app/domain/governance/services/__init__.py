"""What happens in governance: results become records, records are corrected, bodies live, séances are held."""

from __future__ import annotations

from app.domain.governance.services.bodies import create_body
from app.domain.governance.services.records import correct_record, file_record
from app.domain.governance.services.seances import (
    NOTHING_MORE,
    Practical,
    change_seance,
    convene,
    plan_seance,
    remind_of_unready_seances,
)

__all__ = [
    "NOTHING_MORE",
    "Practical",
    "change_seance",
    "convene",
    "correct_record",
    "create_body",
    "file_record",
    "plan_seance",
    "remind_of_unready_seances",
]

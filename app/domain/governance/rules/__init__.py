"""What governance promises, given the facts and the hour."""

from __future__ import annotations

from app.domain.governance.rules.register import (
    GENESIS,
    Break,
    Kept,
    Sealed,
    can_be_corrected,
    check_chain,
    sha256,
    written_instant,
)
from app.domain.governance.rules.seances import can_be_planned, can_change, can_convene, ends_after, lacks

__all__ = [
    "GENESIS",
    "Break",
    "Kept",
    "Sealed",
    "can_be_corrected",
    "can_be_planned",
    "can_change",
    "can_convene",
    "check_chain",
    "ends_after",
    "lacks",
    "sha256",
    "written_instant",
]

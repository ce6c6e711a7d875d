"""What happens in a budget participatif: one function per act."""

from __future__ import annotations

from app.domain.budgets.services.editions import close_call, create_edition, describe, open_call, schedule
from app.domain.budgets.services.reglements import amend, apply_preset, freeze, remove_reserve, write_reserve

__all__ = [
    "amend",
    "apply_preset",
    "close_call",
    "create_edition",
    "describe",
    "freeze",
    "open_call",
    "remove_reserve",
    "schedule",
    "write_reserve",
]

"""The pages of governance: the register, the bodies and their séances."""

from app.blueprints.governance.views import (
    bodies,
    bodies_kept,
    composition,
    members,
    names,
    register,
    seances,
    seances_agenda,
    seances_attendance,
    seances_calls,
    seances_live,
    seances_minutes,
    seances_rules,
    terms,
)
from app.blueprints.governance.views.room import bp

__all__ = [
    "bodies",
    "bodies_kept",
    "bp",
    "composition",
    "members",
    "names",
    "register",
    "seances",
    "seances_agenda",
    "seances_attendance",
    "seances_calls",
    "seances_live",
    "seances_minutes",
    "seances_rules",
    "terms",
]

"""The pages of governance: the register, the bodies and their séances."""

from app.blueprints.governance.views import (
    bodies,
    register,
    seances,
    seances_agenda,
    seances_attendance,
    seances_calls,
    seances_live,
    seances_minutes,
    seances_rules,
)
from app.blueprints.governance.views.room import bp

__all__ = [
    "bodies",
    "bp",
    "register",
    "seances",
    "seances_agenda",
    "seances_attendance",
    "seances_calls",
    "seances_live",
    "seances_minutes",
    "seances_rules",
]

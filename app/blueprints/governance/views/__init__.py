"""The pages of governance: the register, the bodies and their séances."""

from app.blueprints.governance.views import bodies, register, seances
from app.blueprints.governance.views.room import bp

__all__ = ["bodies", "bp", "register", "seances"]

"""The pages of budgets: what the public sees, how agents prepare, study, and follow the works."""

from __future__ import annotations

from app.blueprints.budgets.views import acts, preparation, public, study, works
from app.blueprints.budgets.views.room import bp

__all__ = ["acts", "bp", "preparation", "public", "study", "works"]

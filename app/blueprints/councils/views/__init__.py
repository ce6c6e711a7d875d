"""The pages of councils: what they say, their space, their means."""

from app.blueprints.councils.views import (
    advice,
    candidacies,
    draws,
    ledger,
    means,
    referrals,
    space,
    subjects,
    warnings,
)
from app.blueprints.councils.views.room import bp

__all__ = ["advice", "bp", "candidacies", "draws", "ledger", "means", "referrals", "space", "subjects", "warnings"]

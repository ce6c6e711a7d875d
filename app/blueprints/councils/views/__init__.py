"""The pages of councils: what they say, their space, their means."""

from app.blueprints.councils.views import advice, referrals, space
from app.blueprints.councils.views.room import bp

__all__ = ["advice", "bp", "referrals", "space"]

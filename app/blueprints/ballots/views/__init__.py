"""The pages of a vote: voting, counting, what is published."""

from app.blueprints.ballots.views import counting, voting
from app.blueprints.ballots.views.room import bp

__all__ = ["bp", "counting", "voting"]

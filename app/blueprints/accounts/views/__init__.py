"""The pages of accounts: join, sign in and out, cards, one's own page, administration."""

from __future__ import annotations

from app.blueprints.accounts.room import bp
from app.blueprints.accounts.views import addresses, cards, joining, journal, own, passwords, people, sessions

__all__ = ["addresses", "bp", "cards", "joining", "journal", "own", "passwords", "people", "sessions"]

"""The blueprint of accounts, to which each group of pages adds its views."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("accounts", __name__)

# A workshop signs twenty people up behind one address; a machine that guesses is stopped long before it guesses right.
TRIES = "15/minute;150/hour"
LETTERS = "10/minute;60/hour"

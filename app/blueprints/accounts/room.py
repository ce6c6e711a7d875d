"""The blueprint of accounts, to which each group of pages adds its views."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.domain.accounts.rules import normal_identifier
from app.extensions import unnamed

bp = Blueprint("accounts", __name__)

# A workshop signs twenty people up behind one address; a machine that guesses is stopped long before it guesses right.
TRIES = "15/minute;150/hour"
LETTERS = "10/minute;60/hour"
# Failures on one identifier, from wherever they come. More than one line may try in that time: nobody alone keeps
# somebody else out, and whoever is kept out waits ten minutes at most, or asks for a new password.
ACCOUNT_TRIES = "40/10minute"


def account_tried() -> str:
    """The identifier tried, held by somebody or not: being told to wait says nothing of who has an account."""
    return unnamed(f"account:{normal_identifier(request.form.get('identifier', ''))}")


def has_failed(response: Response) -> bool:
    """Only failures count against an account: signing in often is no attack."""
    return response.status_code == 422

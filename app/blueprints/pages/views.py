"""The pages that explain: what is done here in plain words, accessibility, legal notices."""

from __future__ import annotations

from flask import Blueprint, Response

from app.domain.accounts.policies import anyone
from app.web.access import access
from app.web.pages import respond

bp = Blueprint("pages", __name__)


@bp.get("/comprendre")
@access(anyone)
def explain() -> Response:
    """What a contrat de ville, a budget participatif and a vote are."""
    return respond("pages/explain.html")


@bp.get("/accessibilite")
@access(anyone)
def accessibility() -> Response:
    """The declaration of accessibility."""
    return respond("pages/accessibility.html")

"""The pages that explain: what is done here in plain words, accessibility, legal notices, personal data."""

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
    """The declaration of accessibility, in its compulsory form."""
    return respond("pages/accessibility.html")


@bp.get("/mentions-legales")
@access(anyone)
def legal() -> Response:
    """Who publishes this site."""
    return respond("pages/legal.html")


@bp.get("/donnees-personnelles")
@access(anyone)
def personal_data() -> Response:
    """What is kept of people, why, how long, and their rights."""
    return respond("pages/personal_data.html")

"""The pages of governance."""

from __future__ import annotations

from flask import Blueprint, Response

from app.domain.accounts.policies import anyone
from app.web.access import access
from app.web.pages import respond

bp = Blueprint("governance", __name__)


@bp.get("/registre")
@access(anyone)
def register() -> Response:
    """The list."""
    return respond("governance/register.html")

"""The three home pages."""

from __future__ import annotations

from flask import Blueprint, Response

from app.domain.accounts.policies import anyone, is_staff
from app.web.access import access
from app.web.pages import respond

bp = Blueprint("home", __name__)


@bp.get("/")
@access(anyone)
def index() -> Response:
    """What is open in my quartier."""
    return respond("home/index.html")


@bp.get("/a-traiter")
@access(is_staff)
def desk() -> Response:
    """What waits for staff: late, today, soon."""
    return respond("home/desk.html")

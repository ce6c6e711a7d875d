"""The pages of ideas."""

from __future__ import annotations

from flask import Blueprint, Response

from app.domain.accounts.policies import anyone
from app.web.access import access
from app.web.pages import respond

bp = Blueprint("ideas", __name__)


@bp.get("/idees")
@access(anyone)
def index() -> Response:
    """The list."""
    return respond("ideas/index.html")

"""The pages of budgets."""

from __future__ import annotations

from flask import Blueprint, Response

from app.domain.accounts.policies import anyone
from app.web.access import access
from app.web.pages import respond

bp = Blueprint("budgets", __name__)


@bp.get("/budgets-participatifs")
@access(anyone)
def index() -> Response:
    """The list."""
    return respond("budgets/index.html")

"""The gallery of components, where people build."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.blueprints.gallery import samples
from app.domain.accounts.policies import anyone
from app.web.access import access
from app.web.pages import respond

bp = Blueprint("gallery", __name__)


@bp.get("/composants")
@access(anyone)
def index() -> ResponseReturnValue:
    """Every component in every state."""
    return respond("gallery/index.html", **samples.values())


@bp.get("/composants/ecran")
@access(anyone)
def room() -> ResponseReturnValue:
    """The screen of a room, as a projector shows it."""
    return respond("gallery/room.html")

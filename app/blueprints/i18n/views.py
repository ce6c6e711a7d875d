"""The choice of language, kept on the device."""

from __future__ import annotations

from flask import Blueprint, current_app, request, session
from flask.typing import ResponseReturnValue

from app.domain.accounts.policies import anyone
from app.web.access import access
from app.web.addresses import safe_address
from app.web.pages import done

bp = Blueprint("i18n", __name__)


@bp.post("/langue")
@access(anyone)
def choose() -> ResponseReturnValue:
    """Keeps the language chosen and comes back to the page."""
    code = request.form.get("language", "")
    if code in current_app.config["LANGUAGES"]:
        session["language"] = code
    return done(safe_address(request.form.get("next", "")))

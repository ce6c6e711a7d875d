"""One page for every refusal: what happened, what to do, whom to call. It never causes another error."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.database import db
from app.domain.shared.refusals import Missing, Refusal
from app.web import typed
from app.web.access import Refused, SignInNeeded, current_person
from app.web.application import READING
from app.web.pages import wants_fragment
from app.web.security import comes_from_elsewhere

log = structlog.get_logger()
LAST_RESORT = Path(__file__).resolve().parents[2] / "templates" / "errors/500.html"


def show_refusal(
    heading: str, sentence: object, status: int, what_next: list[tuple[str, str]] | None = None
) -> Response:
    """The page of a refusal, or its sentence alone when htmx waits for a fragment."""
    if wants_fragment():
        response = make_response(render_template("errors/_refusal.html", sentence=sentence), status)
        response.headers["HX-Retarget"] = "#flashes"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    links = what_next if what_next is not None else [(url_for("home.index"), _("Revenir à l’accueil"))]
    page = render_template(
        "errors/refusal.html", heading=heading, sentence=sentence, what_next=links, reference=secrets.token_hex(3)
    )
    return make_response(page, status)


def on_missing(_error: object) -> Response:
    return show_refusal(
        _("Cette page n’existe pas"),
        _("L’adresse est peut-être incomplète, ou la page a été retirée. Vérifiez l’adresse ou repartez de l’accueil."),
        404,
    )


def on_refusal(refusal: Refusal) -> Response:
    back = [(request.referrer, _("Revenir à la page précédente"))] if _own(request.referrer) else None
    return show_refusal(_("Ce n’est pas possible maintenant"), refusal.sentence, 409, back)


def on_refused(error: Refused) -> Response:
    return show_refusal(_("Cette page ne vous est pas ouverte"), error.refusal.sentence, 403)


def on_sign_in_needed(error: SignInNeeded) -> Response:
    if request.method in READING and not wants_fragment():
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)  # type: ignore[return-value]
    if request.method in READING or not request.form:
        return show_refusal(
            _("Connectez-vous d’abord"), error.refusal.sentence, 403, [(url_for("accounts.sign_in"), _("Me connecter"))]
        )
    return offer_again(403)


def on_csrf(_error: CSRFError) -> Response:
    db.session.rollback()
    if comes_from_elsewhere():
        return show_refusal(
            _("Ce formulaire vient d’un autre site"),
            _("Par sécurité, il n’a pas été pris en compte. Repartez de l’accueil pour faire cette démarche."),
            400,
        )
    return offer_again(400)


def offer_again(status: int) -> Response:
    """The page of a session that ended: what was typed is shown, and goes on after signing in or one more click."""
    form = typed.from_request()
    page = render_template(
        "errors/expired.html", typed=form, sealed=typed.seal(form), signed_in=current_person() is not None
    )
    return make_response(page, status)


def on_http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if error.code == 404:
        return on_missing(error)
    headings = {
        405: (_("Cette page ne s’ouvre pas ainsi"), _("Repartez de la page précédente et utilisez ses boutons.")),
        413: (_("C’est trop lourd"), _("Le fichier envoyé est trop lourd. Choisissez une photo plus légère.")),
        429: (_("Trop d’essais"), _("Attendez quelques minutes avant de recommencer.")),
    }
    default = (_("Cette demande n’a pas pu être lue"), _("Revenez à la page précédente et recommencez."))
    heading, sentence = headings.get(error.code, default)
    return show_refusal(heading, sentence, error.code)


def on_crash(error: Exception) -> Response:
    """The last resort: extends nothing and queries nothing. The log says where, never what was typed."""
    log.error(
        "crash", path=request.url_rule.rule if request.url_rule else "?", kind=type(error).__name__, exc_info=error
    )
    return make_response(LAST_RESORT.read_text(encoding="utf-8"), 500)


def _own(address: str | None) -> bool:
    return bool(address) and str(address).startswith(request.host_url)


def prepare(app: Flask) -> None:
    """Plugs the pages in; in tests and development an unexpected error shows itself instead."""
    app.register_error_handler(SignInNeeded, on_sign_in_needed)
    app.register_error_handler(Refused, on_refused)
    app.register_error_handler(CSRFError, on_csrf)
    app.register_error_handler(Missing, on_missing)
    app.register_error_handler(Refusal, on_refusal)
    app.register_error_handler(HTTPException, on_http)
    if not app.testing and not app.debug:
        app.register_error_handler(Exception, on_crash)

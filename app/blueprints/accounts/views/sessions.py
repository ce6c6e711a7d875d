"""Signing in and out."""

from __future__ import annotations

from flask import g, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user, logout_user

from app.blueprints.accounts.forms.joining import SignInForm
from app.blueprints.accounts.room import ACCOUNT_TRIES, TRIES, account_tried, bp, has_failed
from app.domain.accounts import services
from app.domain.accounts.models import Person
from app.domain.accounts.policies import anyone, signed_in
from app.extensions import limiter
from app.web import typed
from app.web.access import access, current_person
from app.web.addresses import safe_address
from app.web.pages import done, respond


@bp.route("/connexion", methods=["GET", "POST"])
@limiter.limit(TRIES, methods=["POST"])
@limiter.limit(ACCOUNT_TRIES, methods=["POST"], key_func=account_tried, deduct_when=has_failed)
@access(anyone)
def sign_in() -> ResponseReturnValue:
    """Signs somebody in, then goes on with what they were doing."""
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        with form.refusals():
            person, token = services.sign_in(identifier=form.identifier.data or "", password=form.password.data or "")
            open_session(person, token)
            kept = typed.unseal(form.typed.data or "")
            if kept is not None:
                return respond("errors/resume.html", typed=kept)
            return done(safe_address(form.next.data), _("Bonjour %(name)s.", name=person.pseudonym))
    return respond("accounts/sign_in.html", status=form.status, form=form)


def open_session(person: Person, token: str) -> None:
    """Starts a new browser session: nothing of the one before is kept but the language."""
    _forget_session(person.language)
    person.sign_in_token = token
    login_user(person)


@bp.post("/deconnexion")
@access(signed_in)
def sign_out() -> ResponseReturnValue:
    """Ends the session, on the server too."""
    services.sign_out(token=current_person().sign_in_token or "")
    close_session()
    return done(url_for("home.index"), _("Vous êtes déconnectée ou déconnecté."))


def close_session() -> None:
    """Forgets who was signed in on this device."""
    logout_user()
    _forget_session()


def _forget_session(language: str | None = None) -> None:
    kept = session.get("language") or language
    session.clear()
    # The token already given to this request belongs to the session that ends: the page to come needs its own.
    g.pop("csrf_token", None)
    if kept:
        session["language"] = kept

"""The pages of accounts: join, sign in and out, one's own page, administration."""

from __future__ import annotations

from flask import Blueprint, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user, logout_user

from app.blueprints.accounts.forms import SignInForm
from app.domain.accounts import services
from app.domain.accounts.policies import anyone, is_admin, signed_in
from app.extensions import limiter
from app.web import typed
from app.web.access import access, current_person
from app.web.addresses import safe_address
from app.web.pages import done, respond

bp = Blueprint("accounts", __name__)


@bp.route("/connexion", methods=["GET", "POST"])
@limiter.limit("10/minute;100/hour", methods=["POST"])
@access(anyone)
def sign_in() -> ResponseReturnValue:
    """Signs somebody in, then goes on with what they were doing."""
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        with form.refusals():
            person, token = services.sign_in(identifier=form.identifier.data or "", password=form.password.data or "")
            return open_session(person, token, form)
    return respond("accounts/sign_in.html", status=form.status, form=form)


def open_session(person: object, token: str, form: SignInForm) -> ResponseReturnValue:
    """Starts a new browser session (nothing of the one before is kept but the language), and resumes a kept form."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    person.sign_in_token = token  # type: ignore[attr-defined]
    login_user(person)
    kept = typed.unseal(form.typed.data or "")
    if kept is not None:
        return respond("errors/resume.html", typed=kept)
    return done(safe_address(form.next.data), _("Bonjour %(name)s.", name=person.pseudonym))  # type: ignore[attr-defined]


@bp.post("/deconnexion")
@access(signed_in)
def sign_out() -> ResponseReturnValue:
    """Ends the session, on the server too."""
    services.sign_out(token=current_person().sign_in_token or "")
    logout_user()
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    return done(url_for("home.index"), _("Vous êtes déconnectée ou déconnecté."))


@bp.get("/inscription")
@access(anyone)
def sign_up() -> ResponseReturnValue:
    """Creates an account."""
    return respond("accounts/sign_up.html")


@bp.get("/mon-compte")
@access(signed_in)
def account() -> ResponseReturnValue:
    """One's own page."""
    return respond("accounts/account.html")


@bp.get("/administration")
@access(is_admin)
def administration() -> ResponseReturnValue:
    """What administrators do."""
    return respond("accounts/administration.html")

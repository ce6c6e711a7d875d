"""A password forgotten, then chosen again through a letter."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.accounts.forms.joining import ForgottenForm, NewPasswordForm
from app.blueprints.accounts.room import LETTERS, TRIES, bp
from app.blueprints.accounts.views.sessions import open_session
from app.domain.accounts import queries, services
from app.domain.accounts.policies import anyone
from app.extensions import limiter
from app.web.access import access
from app.web.addresses import public_address
from app.web.pages import done, respond


@bp.route("/mot-de-passe", methods=["GET", "POST"])
@limiter.limit(LETTERS, methods=["POST"])
@access(anyone)
def forgotten() -> ResponseReturnValue:
    """Sends a link to the address, if it has an account; the same page follows in any case."""
    form = ForgottenForm()
    if form.validate_on_submit():
        with form.refusals():
            services.ask_new_password(
                email=form.email.data or "",
                link_to=lambda token: public_address("accounts.new_password", token=token),
            )
            return done(url_for("accounts.letter_sent"))
    return respond("accounts/forgotten.html", status=form.status, form=form)


def reset_link(token: str) -> str:
    """The token of a link that still lives. A dead one says what to do (409)."""
    if queries.password_reset(token) is None:
        raise services.dead_link()
    return token


@bp.route("/mot-de-passe/<token>", methods=["GET", "POST"])
@limiter.limit(TRIES, methods=["POST"])
@access(anyone, subject=reset_link)
def new_password(token: str) -> ResponseReturnValue:
    """Sets the password, once, and opens a session."""
    form = NewPasswordForm()
    if form.validate_on_submit():
        with form.refusals():
            person, session_token = services.choose_new_password(token=token, password=form.password.data or "")
            open_session(person, session_token)
            return done(
                url_for("accounts.account"), _("Votre mot de passe est changé. Vous êtes connectée ou connecté.")
            )
    return respond("accounts/new_password.html", status=form.status, form=form)

"""Joining with an e-mail: the form, the letter, the confirmation."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.accounts.forms.joining import ConfirmForm, SignUpForm
from app.blueprints.accounts.room import LETTERS, TRIES, bp
from app.blueprints.accounts.views.sessions import open_session
from app.domain.accounts import queries, services
from app.domain.accounts.models import PendingAccount
from app.domain.accounts.policies import anyone
from app.extensions import limiter
from app.web.access import access
from app.web.addresses import public_address
from app.web.pages import done, respond


@bp.route("/inscription", methods=["GET", "POST"])
@limiter.limit(LETTERS, methods=["POST"])
@access(anyone)
def sign_up() -> ResponseReturnValue:
    """Asks for an account; the same page follows whether or not the address is known."""
    form = SignUpForm()
    if form.validate_on_submit():
        with form.refusals():
            services.ask_to_join(
                email=form.email.data or "",
                password=form.password.data or "",
                profile=form.profile(),
                link_to=lambda token: public_address("accounts.confirm", token=token),
                sign_in_at=public_address("accounts.sign_in"),
            )
            return done(url_for("accounts.letter_sent"))
    return respond("accounts/sign_up.html", status=form.status, form=form)


@bp.get("/courrier-envoye")
@access(anyone)
def letter_sent() -> ResponseReturnValue:
    """Says to look into one's letter box."""
    return respond("accounts/letter_sent.html")


def waiting(token: str) -> tuple[str, PendingAccount]:
    """The token of a link, and the sign-up it was sent for. A dead link says what to do (409)."""
    pending = queries.pending_account(token)
    if pending is None:
        raise services.dead_link()
    return token, pending


@bp.route("/inscription/confirmer/<token>", methods=["GET", "POST"])
@limiter.limit(TRIES, methods=["POST"])
@access(anyone, subject=waiting)
def confirm(link: tuple[str, PendingAccount]) -> ResponseReturnValue:
    """Makes the account when the button is pressed: a mail scanner that opens the link changes nothing."""
    token, pending = link
    form = ConfirmForm(pseudonym=pending.pseudonym)
    if form.validate_on_submit():
        with form.refusals():
            person, session_token = services.confirm_account(token=token, pseudonym=form.pseudonym.data or "")
            open_session(person, session_token)
            return done(url_for("home.index"), _("Bienvenue %(name)s, votre compte est prêt.", name=person.pseudonym))
    return respond("accounts/confirm.html", status=form.status, form=form)

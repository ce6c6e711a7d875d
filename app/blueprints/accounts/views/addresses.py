"""The e-mail of one's own account: changed, added, removed."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.accounts.forms.own import AddressForm, PasswordForm
from app.blueprints.accounts.room import LETTERS, TRIES, bp
from app.domain.accounts import queries, rules, services
from app.domain.accounts.policies import signed_in
from app.extensions import limiter
from app.web.access import access, current_person
from app.web.addresses import public_address
from app.web.forms import Form
from app.web.pages import done, respond


@bp.route("/mon-compte/adresse", methods=["GET", "POST"])
@limiter.limit(LETTERS, methods=["POST"])
@access(signed_in)
def change_address() -> ResponseReturnValue:
    """Asks for another e-mail; the same page follows whether or not somebody has it."""
    person, form = current_person(), AddressForm()
    if form.validate_on_submit():
        with form.refusals():
            services.ask_address(
                person=person, email=form.email.data or "", password=form.password.data or "",
                link_to=lambda token: public_address("accounts.confirm_address", token=token),
                sign_in_at=public_address("accounts.sign_in"), actor=person,
            )  # fmt: skip
            return done(url_for("accounts.letter_sent"))
    return respond(
        "accounts/change_address.html", status=form.status, form=form, person=person,
        waiting=queries.address_change_of(person), may_remove=bool(rules.can_remove_email(person)),
    )  # fmt: skip


@bp.route("/mon-compte/adresse/confirmer/<token>", methods=["GET", "POST"])
@limiter.limit(TRIES, methods=["POST"])
@access(signed_in)
def confirm_address(token: str) -> ResponseReturnValue:
    """Changes the e-mail when the button is pressed: a mail scanner that opens the link changes nothing."""
    person, form = current_person(), Form()
    change = queries.address_change(person, token)
    if change is None:
        raise services.dead_link()
    if form.validate_on_submit():
        services.confirm_address(person=person, token=token, actor=person)
        return done(url_for("accounts.account"), _("Votre adresse e-mail est confirmée."))
    return respond("accounts/confirm_address.html", token=token, address=change.email)


@bp.route("/mon-compte/adresse/retirer", methods=["GET", "POST"])
@limiter.limit(TRIES, methods=["POST"])
@access(signed_in)
def remove_address() -> ResponseReturnValue:
    """Removes the e-mail of somebody who has a card, after their password."""
    person, form = current_person(), PasswordForm()
    if form.validate_on_submit():
        with form.refusals():
            services.remove_address(person=person, password=form.password.data or "", actor=person)
            return done(url_for("accounts.account"), _("Votre adresse e-mail est retirée. Gardez bien votre carte."))
    return respond(
        "accounts/remove_address.html", status=form.status, form=form, person=person,
        verdict=rules.can_remove_email(person),
    )  # fmt: skip

"""One's own page, and what one does there."""

from __future__ import annotations

import json

from flask import Response, make_response, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.accounts import holdings
from app.blueprints.accounts.forms.own import ChangePasswordForm, OwnProfileForm, PasswordForm
from app.blueprints.accounts.room import TRIES, bp
from app.blueprints.accounts.views.sessions import close_session
from app.domain.accounts import queries, services
from app.domain.accounts.policies import signed_in
from app.domain.ballots.services import may_leave
from app.domain.shared import clock
from app.domain.shared.refusals import require
from app.extensions import limiter
from app.web.access import access, current_person
from app.web.pages import done, respond


@bp.get("/mon-compte")
@access(signed_in)
def account() -> ResponseReturnValue:
    """One's own page: what one was told, what one has done, what can be changed."""
    person = current_person()
    notices = queries.notices_of(person, request.args.get("page", 1, type=int))
    return respond(
        "accounts/account.html", person=person, notices=notices, lines=holdings.status_lines(person),
        candidate=holdings.has_candidacies(person),
        pages=lambda number: url_for("accounts.account", page=number),
    )  # fmt: skip


@bp.route("/mon-compte/profil", methods=["GET", "POST"])
@access(signed_in)
def profile() -> ResponseReturnValue:
    """Changes what one says of oneself."""
    person = current_person()
    form = OwnProfileForm(person)
    if form.validate_on_submit():
        with form.refusals():
            changed = form.profile(form.language.data)
            require(holdings.may_become(person, changed))
            services.change_profile(person=person, profile=changed, actor=person)
            holdings.follow_name(person, person)
            session["language"] = form.language.data
            return done(url_for("accounts.account"), _("Vos informations sont à jour."))
    return respond("accounts/profile.html", status=form.status, form=form)


@bp.route("/mon-compte/mot-de-passe", methods=["GET", "POST"])
@limiter.limit(TRIES, methods=["POST"])
@access(signed_in)
def change_password() -> ResponseReturnValue:
    """Changes the password; the other devices are signed out."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        person = current_person()
        with form.refusals():
            services.change_password(
                person=person, current=form.current_password.data or "", new=form.new_password.data or "", actor=person
            )
            return done(
                url_for("accounts.account"), _("Votre mot de passe est changé. Vos autres appareils sont déconnectés.")
            )
    return respond("accounts/change_password.html", status=form.status, form=form)


@bp.post("/mon-compte/deconnexion-partout")
@access(signed_in)
def sign_out_everywhere() -> ResponseReturnValue:
    """Ends every session, this one included."""
    person = current_person()
    services.end_all_sessions(person=person, actor=person)
    close_session()
    return done(url_for("home.index"), _("Tous vos appareils sont déconnectés."))


@bp.post("/mon-compte/mes-donnees")
@access(signed_in)
def own_data() -> Response:
    """Gives everything the platform holds about the person, as one file."""
    person = current_person()
    held = {**services.export_own_data(person=person, actor=person), **holdings.held_elsewhere(person)}
    answer = make_response(json.dumps(held, ensure_ascii=False, indent=2))
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="mes-donnees-{clock.today().isoformat()}.json"'
    return answer


@bp.route("/mon-compte/fermer", methods=["GET", "POST"])
@limiter.limit(TRIES, methods=["POST"])
@access(signed_in)
def close() -> ResponseReturnValue:
    """Closes the account, after its password."""
    form = PasswordForm()
    if form.validate_on_submit():
        person = current_person()
        with form.refusals():
            require(may_leave(person.id))
            services.close_account(person=person, actor=person, password=form.password.data or "")
            holdings.leave(person, person)
            close_session()
            return done(url_for("home.index"), _("Votre compte est fermé, et ce qui disait qui vous êtes est effacé."))
    return respond("accounts/close.html", status=form.status, form=form)

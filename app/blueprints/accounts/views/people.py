"""The administration of people: look for somebody, give and withdraw roles, close an account, set the brackets."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.accounts import holdings
from app.blueprints.accounts.forms.staff import BracketsForm, RoleForm, SearchForm
from app.blueprints.accounts.places import all_places
from app.blueprints.accounts.room import bp
from app.blueprints.administration import respond_within
from app.domain.accounts import queries, rules, services
from app.domain.accounts.models import Person, Role, RoleGrant
from app.domain.accounts.policies import is_admin
from app.domain.ballots.services import may_leave
from app.domain.shared import clock
from app.domain.shared.refusals import require
from app.web.access import access, current_person
from app.web.pages import done


@bp.get("/administration")
@access(is_admin)
def administration() -> ResponseReturnValue:
    """What administrators do."""
    return respond_within("accounts/administration.html")


@bp.route("/administration/personnes", methods=["GET", "POST"])
@access(is_admin)
def people() -> ResponseReturnValue:
    """Looks for somebody. It is a POST because the search is written in the journal."""
    form, found = SearchForm(), None
    if form.validate_on_submit():
        with form.refusals():
            number = request.form.get("page", 1, type=int)
            found = services.search_people(terms=form.terms.data or "", number=number, actor=current_person())
    return respond_within("accounts/people.html", status=form.status, form=form, found=found)


def show_person(person: Person, form: RoleForm, **values: Any) -> ResponseReturnValue:
    """The page of a person: roles held and withdrawn, and the form that gives another."""
    names = queries.pseudonyms_of(
        [grant.granted_by_id for grant in person.grants] + [grant.withdrawn_by_id for grant in person.grants]
    )
    return respond_within(
        "accounts/person.html", status=form.status, person=person, form=form, places=all_places(), names=names,
        is_self=person.id == current_person().id, kept=_kept(person), **values,
    )  # fmt: skip


def _kept(person: Person) -> dict[int, str]:
    """The roles of a person that nobody can withdraw now, and why."""
    administration, today = queries.administration(), clock.today()
    verdicts = {one.id: rules.somebody_administers_without([one], administration, today) for one in person.grants}
    return {number: str(verdict) for number, verdict in verdicts.items() if not verdict}


@bp.route("/administration/personnes/<int:person_id>", methods=["GET", "POST"])
@access(is_admin, subject=queries.person_by_id)
def person(person: Person) -> ResponseReturnValue:
    """Shows a person without their address, and gives them a role."""
    form = RoleForm(all_places())
    if form.validate_on_submit():
        scope, number = form.chosen_place
        with form.refusals():
            services.give_role(
                person=person, role=Role(form.role.data), scope=scope, scope_id=number, ends_on=form.ends_on.data,
                actor=current_person(),
            )  # fmt: skip
            return done(_address(person.id), _("Le rôle est donné à %(name)s.", name=person.pseudonym))
    return show_person(person, form)


@bp.post("/administration/personnes/<int:person_id>/coordonnees")
@access(is_admin, subject=queries.person_by_id)
def read_contact(person: Person) -> ResponseReturnValue:
    """Shows how to reach a person; it is written in the journal."""
    email, card = services.read_contact(person=person, actor=current_person())
    return show_person(person, RoleForm(all_places(), formdata=None), contact=" – ".join(filter(None, (email, card))))


@bp.post("/administration/personnes/<int:person_id>/fermer")
@access(is_admin, subject=queries.person_by_id)
def close_for(person: Person) -> ResponseReturnValue:
    """Closes the account of somebody who asked for it."""
    require(may_leave(person.id))
    services.close_account(person=person, actor=current_person())
    holdings.leave(person, current_person())
    return done(_address(person.id), _("Le compte est fermé."))


@bp.post("/administration/roles/<int:grant_id>/retirer")
@access(is_admin, subject=queries.grant_by_id)
def withdraw_role(grant: RoleGrant) -> ResponseReturnValue:
    """Withdraws a role."""
    services.withdraw_role(grant=grant, actor=current_person())
    return done(_address(grant.person_id), _("Le rôle est retiré."))


@bp.route("/administration/ages", methods=["GET", "POST"])
@access(is_admin)
def brackets() -> ResponseReturnValue:
    """Changes the age brackets people choose from."""
    held = queries.age_brackets()
    form = BracketsForm(starts=", ".join(str(bracket.min_age) for bracket in held))
    if form.validate_on_submit():
        with form.refusals():
            services.set_brackets(starts=form.ages(), actor=current_person())
            return done(url_for("accounts.brackets"), _("Les tranches d’âge sont à jour."))
    return respond_within("accounts/brackets.html", status=form.status, form=form, brackets=held)


def _address(person_id: int) -> str:
    return url_for("accounts.person", person_id=person_id)

"""The acts that take an edition from phase to phase, and the page from which an agent leads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.budgets.forms import ConfirmForm
from app.blueprints.budgets.views import shown, tasks
from app.blueprints.budgets.views.room import bp
from app.domain.accounts.models import Person, Role, Scope
from app.domain.accounts.policies import is_agent
from app.domain.budgets import queries, services
from app.domain.budgets.models import EDITION_LIFE, Edition
from app.domain.budgets.policies import can_manage
from app.domain.shared import clock
from app.web.access import access, current_person
from app.web.pages import done, respond


def contracts_of(person: Person) -> set[int] | None:
    """The contracts an agent works for, ``None`` for all of them."""
    held = [
        grant for grant in person.grants if grant.role in {Role.AGENT, Role.ADMIN} and grant.holds_on(clock.today())
    ]
    if any(grant.scope is Scope.EVERYWHERE for grant in held):
        return None
    return {grant.scope_id for grant in held if grant.scope is Scope.CONTRACT and grant.scope_id is not None}


@bp.get("/budgets-participatifs/pilotage")
@access(is_agent)
def dashboard() -> Response:
    """The editions an agent leads, with where each stands."""
    page = queries.editions_of_contracts(contracts_of(current_person()), request.args.get("page", 1, type=int))
    lines = {edition.id: shown.present_line(edition) for edition in page.items}
    address = shown.pages_of("budgets.dashboard")
    return respond("budgets/dashboard.html", page=page, page_address=address, lines=lines, tones=shown.TONES)


@bp.get("/budgets-participatifs/<int:edition_id>/pilotage")
@access(can_manage, subject=queries.edition_by_id)
def manage(edition: Edition) -> Response:
    """What is to be done now for this edition."""
    return show_manage(edition, ConfirmForm())


def show_manage(edition: Edition, form: ConfirmForm) -> Response:
    """The page of an agent for an edition, with the refusal of the act just tried, if any."""
    return respond(
        "budgets/manage.html",
        status=form.status,
        edition=edition,
        form=form,
        tone=shown.TONES[edition.state],
        steps=shown.phase_steps(edition),
        tasks=tasks.task_list(edition),
        obstacles=tasks.obstacles(edition) if EDITION_LIFE.allows("open_call", edition.state) else [],
        verbs=EDITION_LIFE.verbs(edition.state),
    )


def act(edition: Edition, service: Callable[..., Any], message: str) -> ResponseReturnValue:
    """Runs an act that needs nothing but its button; a refusal comes back to the agent's page with its reason."""
    form = ConfirmForm()
    if form.validate_on_submit():
        with form.refusals():
            service(edition=edition, actor=current_person())
            return done(url_for("budgets.manage", edition_id=edition.id), message)
    return show_manage(queries.edition_by_id(edition.id), form)


@bp.post("/budgets-participatifs/<int:edition_id>/ouvrir-l-appel")
@access(can_manage, subject=queries.edition_by_id)
def open_call(edition: Edition) -> ResponseReturnValue:
    """Opens the call for ideas."""
    return act(edition, services.open_call, _("L’appel à idées est ouvert, et le règlement est au registre."))


@bp.post("/budgets-participatifs/<int:edition_id>/clore-l-appel")
@access(can_manage, subject=queries.edition_by_id)
def close_call(edition: Edition) -> ResponseReturnValue:
    """Closes the call: the study begins."""
    return act(edition, services.close_call, _("L’appel à idées est clos : l’étude commence."))

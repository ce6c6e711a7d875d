"""The bodies: staff create them and see their séances."""

from __future__ import annotations

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.governance.forms import BodyForm
from app.blueprints.governance.views.room import bp, page_number
from app.domain.accounts.policies import agent_of_contract, is_agent, is_staff
from app.domain.governance import queries, rules, services
from app.domain.governance.models import Body, BodyKind
from app.domain.governance.policies import can_lead_body
from app.domain.territories.queries import contracts, quartiers
from app.web.access import access, current_person
from app.web.forms import choice
from app.web.pages import done, respond


@bp.get("/instances")
@access(is_staff)
def bodies() -> Response:
    """The bodies of the contracts."""
    page = queries.bodies(page_number())
    return respond(
        "governance/bodies.html",
        page=page,
        managed={body.id for body in page.items if can_lead_body(current_person(), body)},
        page_address=lambda number: url_for("governance.bodies", page=number),
        may_create=bool(is_agent(current_person())),
    )


@bp.route("/instances/nouvelle", methods=["GET", "POST"])
@access(is_agent)
def create_body() -> ResponseReturnValue:
    """Creates an instance."""
    form = BodyForm()
    reached = [contract for contract in contracts() if agent_of_contract(current_person(), contract.id)]
    form.contract_id.choices = [choice(contract.id, contract.name) for contract in reached]
    known = {quartier.id: quartier for quartier in quartiers()}
    form.quartier_ids.choices = [choice(quartier.id, quartier.name) for quartier in known.values()]
    if form.validate_on_submit():
        with form.refusals():
            body = services.create_body(
                contract_id=form.contract_id.data,
                kind=BodyKind(form.kind.data),
                name=form.name.data or "",
                quartiers=[known[chosen] for chosen in form.quartier_ids.data or ()],
                actor=current_person(),
            )
            return done(url_for("governance.body", body_id=body.id), _("L’instance est créée."))
    return respond("governance/create_body.html", status=form.status, form=form)


@bp.get("/instances/<int:body_id>")
@access(can_lead_body, subject=queries.body_by_id)
def body(body: Body) -> Response:
    """An instance and its séances."""
    page = queries.seances_of(body, page_number())
    return respond(
        "governance/body.html",
        body=body,
        page=page,
        lacks={seance.id: rules.lacks(seance) for seance in page.items},
        page_address=lambda number: url_for("governance.body", body_id=body.id, page=number),
    )

"""The bodies: everybody reads them; agents create them from models."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.governance.bodies_forms import BodyForm, whole_or_none
from app.blueprints.governance.sitting import sitting_of
from app.blueprints.governance.views.room import bp, page_number
from app.domain.accounts.policies import agent_of_contract, anyone, is_agent
from app.domain.governance import queries, rules, services
from app.domain.governance.models import Body, BodyKind
from app.domain.governance.policies import can_compose_body, can_lead_body, can_read_members, can_see_seance
from app.domain.shared import clock
from app.domain.territories.queries import contracts, quartiers
from app.web.access import access, current_person
from app.web.addresses import asked_number
from app.web.forms import choice
from app.web.pages import done, respond


@bp.get("/instances")
@access(anyone)
def bodies() -> Response:
    """The bodies of the contracts, by kind and by quartier."""
    kind = next((one for one in BodyKind if one.value == request.args.get("sorte")), None)
    asked: dict[str, Any] = {"sorte": kind.value if kind else None, "quartier": asked_number("quartier")}
    page = queries.list_bodies(kind, asked["quartier"], page_number())
    return respond(
        "governance/bodies.html",
        page=page,
        groups=[(place, list(held)) for place, held in groupby(page.items, _place)],
        filters=_filters(asked),
        page_address=lambda number: url_for("governance.bodies", page=number, **asked),
        may_create=bool(is_agent(current_person())),
    )


def _place(body: Body) -> str:
    """Under which heading a body is read: its quartier, several of them, or the whole contract."""
    if len(body.quartiers) > 1:
        return _("Plusieurs quartiers")
    return body.quartiers[0].name if body.quartiers else _("Tous les quartiers")


def _filters(asked: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The links of each filter."""

    def link(label: object, **change: Any) -> dict[str, Any]:
        [(name, value)] = change.items()
        href = url_for("governance.bodies", **{**asked, **change})
        return {"label": label, "href": href, "current": asked[name] == value}

    kinds = [link(_("Toutes"), sorte=None), *(link(kind.label, sorte=kind.value) for kind in BodyKind)]
    places = [link(_("Tous"), quartier=None), *(link(one.name, quartier=one.id) for one in quartiers())]
    return [(_("Sorte"), kinds), (_("Quartier"), places)]


@bp.route("/instances/nouvelle", methods=["GET", "POST"])
@access(is_agent)
def create_body() -> ResponseReturnValue:
    """Creates an instance from a model; everything can be changed afterwards."""
    form = BodyForm(preset=request.args.get("modele"), parent_id=request.args.get("parent"))
    reached = [contract for contract in contracts() if agent_of_contract(current_person(), contract.id)]
    form.contract_id.choices = [choice(contract.id, contract.name) for contract in reached]
    known = {quartier.id: quartier for quartier in quartiers()}
    form.quartier_ids.choices = [choice(quartier.id, quartier.name) for quartier in known.values()]
    parents = {body.id: body for contract in reached for body in queries.bodies_of_contract(contract.id)}
    form.parent_id.choices = [choice("", _("Aucune")), *(choice(one.id, one.name) for one in parents.values())]
    if form.validate_on_submit():
        preset = rules.presets()[form.preset.data]
        with form.refusals():
            body = services.create_body(
                contract_id=form.contract_id.data,
                kind=preset.kind,
                name=form.name.data or "",
                quartiers=[known[chosen] for chosen in form.quartier_ids.data or ()],
                actor=current_person(),
                preset=preset,
                parent=parents.get(whole_or_none(form.parent_id.data) or 0),
            )
            return done(url_for("governance.prepare_body", body_id=body.id), _("L’instance est créée."))
    return respond("governance/create_body.html", status=form.status, form=form)


@bp.get("/instances/<int:body_id>")
@access(anyone, subject=queries.body_by_id)
def body(body: Body) -> Response:
    """What a body is, what it may, who sits, when it meets, what it filed."""
    person = current_person()
    page = queries.seances_of(body, page_number())
    seen = [seance for seance in page.items if can_see_seance(person, seance)]
    leads = bool(can_lead_body(person, body))
    return respond(
        "governance/body.html",
        body=body,
        page=page,
        seances=seen,
        lacks={seance.id: rules.lacks(seance) for seance in seen} if leads else {},
        sitting=sitting_of(queries.open_seats(body), clock.today()),
        offices=queries.offices_in_force(body),
        children=queries.children_of(body),
        related=queries.related_to(body),
        records=queries.records_of_body(body),
        papers=queries.papers_of(body),
        leads=leads,
        composes=bool(can_compose_body(person, body)),
        reads=bool(can_read_members(person, body)),
        page_address=lambda number: url_for("governance.body", body_id=body.id, page=number),
    )

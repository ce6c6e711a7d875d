"""The bodies and their séances: staff prepare them, anybody sees those that are public."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.governance.forms import BodyForm, SeanceForm
from app.blueprints.governance.views.room import bp
from app.domain.accounts.policies import agent_of_contract, anyone, is_agent, is_staff
from app.domain.governance import queries, rules, services
from app.domain.governance.models import Body, BodyKind, Seance
from app.domain.governance.policies import can_lead_body, can_lead_seance, can_see_seance
from app.domain.shared import clock
from app.domain.territories.queries import contracts, quartiers
from app.web.access import access, current_person
from app.web.forms import choice
from app.web.pages import done, respond


def page_number() -> int:
    """The page asked for."""
    return request.args.get("page", 1, type=int)


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


@bp.route("/instances/<int:body_id>/seances/nouvelle", methods=["GET", "POST"])
@access(can_lead_body, subject=queries.body_by_id)
def plan_seance(body: Body) -> ResponseReturnValue:
    """Plans a séance."""
    form = SeanceForm()
    if form.validate_on_submit():
        with form.refusals():
            seance = services.plan_seance(body=body, actor=current_person(), **_typed(form))
            return done(url_for("governance.seance", seance_id=seance.id), _("La séance est prévue."))
    return respond("governance/plan_seance.html", status=form.status, form=form, body=body)


@bp.get("/seances")
@access(anyone)
def seances() -> Response:
    """The séances to come that anybody may attend."""
    return respond(
        "governance/seances.html",
        page=queries.public_seances(page_number()),
        page_address=lambda number: url_for("governance.seances", page=number),
    )


@bp.get("/seances/<int:seance_id>")
@access(can_see_seance, subject=queries.seance_by_id)
def seance(seance: Seance) -> Response:
    """A séance: when, where, what for; and, for those who prepare it, what it lacks."""
    manages = bool(can_lead_seance(current_person(), seance))
    return respond(
        "governance/seance.html",
        seance=seance,
        manages=manages,
        lacks=rules.lacks(seance) if manages else [],
        convene=rules.can_convene(seance),
    )


@bp.route("/seances/<int:seance_id>/modifier", methods=["GET", "POST"])
@access(can_lead_seance, subject=queries.seance_by_id)
def change_seance(seance: Seance) -> ResponseReturnValue:
    """Changes a séance to come."""
    form = SeanceForm(data=_held(seance))
    if form.validate_on_submit():
        with form.refusals():
            again = services.change_seance(seance=seance, actor=current_person(), **_typed(form))
            told = _("La séance est modifiée. La convocation est à envoyer de nouveau.")
            return done(
                url_for("governance.seance", seance_id=seance.id), told if again else _("La séance est modifiée.")
            )
    return respond("governance/change_seance.html", status=form.status, form=form, seance=seance)


@bp.post("/seances/<int:seance_id>/convoquer")
@access(can_lead_seance, subject=queries.seance_by_id)
def convene(seance: Seance) -> ResponseReturnValue:
    """Notes that the convocation was sent."""
    services.convene(seance=seance, actor=current_person())
    return done(url_for("governance.seance", seance_id=seance.id), _("C’est noté : la convocation est envoyée."))


def _typed(form: SeanceForm) -> dict[str, Any]:
    """What was typed, as the services take it."""
    starts_at: datetime = form.starts_at.data  # type: ignore[assignment]  # the form was read: it is there
    return {
        "title": form.title.data or "",
        "starts_at": clock.from_paris(starts_at),
        "place": form.place.data or "",
        "agenda": form.agenda.data or "",
        "is_public": bool(form.is_public.data),
    }


def _held(seance: Seance) -> dict[str, Any]:
    """What the form shows of a séance, its hour told in Paris."""
    return {
        "title": seance.title,
        "starts_at": clock.in_paris(seance.starts_at).replace(tzinfo=None),
        "place": seance.place,
        "agenda": seance.agenda,
        "is_public": seance.is_public,
    }

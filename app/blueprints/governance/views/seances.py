"""The séances: those who lead plan them, anybody sees those that are public."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.governance.forms import SeanceForm
from app.blueprints.governance.sources import source_of_item
from app.blueprints.governance.views.room import bp, page_number
from app.domain.accounts.policies import anyone
from app.domain.governance import queries, rules, services
from app.domain.governance.models import Body, Seance
from app.domain.governance.policies import (
    can_follow_seance,
    can_lead_body,
    can_lead_seance,
    can_see_seance,
    can_take_part,
)
from app.domain.shared import clock
from app.web.access import access, current_person
from app.web.forms import choice, typed_in
from app.web.pages import done, respond


@bp.route("/instances/<int:body_id>/seances/nouvelle", methods=["GET", "POST"])
@access(can_lead_body, subject=queries.body_by_id)
def plan_seance(body: Body) -> ResponseReturnValue:
    """Plans a séance."""
    form = SeanceForm()
    others = _offer_bodies(form, body)
    if form.validate_on_submit():
        with form.refusals():
            seance = services.plan_seance(
                body=body, agenda=form.agenda.data or "", actor=current_person(), **_typed(form, others)
            )
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
    person = current_person()
    manages, follows = bool(can_lead_seance(person, seance)), bool(can_follow_seance(person, seance))
    return respond(
        "governance/seance.html",
        seance=seance,
        manages=manages,
        follows=follows,
        takes_part=bool(can_take_part(person, seance)),
        sits=person is not None and person.id in {one for body in seance.bodies for one in body.insiders.members},
        lacks=rules.lacks(seance) if manages else [],
        items=[item for item in queries.items_of(seance) if item.on_agenda],
        minutes=queries.last_minutes(seance.id),
        item_source=lambda item: source_of_item(item, follows),
        today=clock.today(),
    )


@bp.route("/seances/<int:seance_id>/modifier", methods=["GET", "POST"])
@access(can_lead_seance, subject=queries.seance_by_id)
def change_seance(seance: Seance) -> ResponseReturnValue:
    """Changes a séance to come."""
    form = SeanceForm(data=_held(seance))
    del form.agenda
    others = _offer_bodies(form, seance.body)
    if form.validate_on_submit():
        with form.refusals():
            again = services.change_seance(seance=seance, actor=current_person(), **_typed(form, others))
            told = _("La séance est modifiée. La convocation est à envoyer de nouveau.")
            return done(
                url_for("governance.seance", seance_id=seance.id), told if again else _("La séance est modifiée.")
            )
    return respond("governance/change_seance.html", status=form.status, form=form, seance=seance)


def _offer_bodies(form: SeanceForm, body: Body) -> dict[int, Body]:
    """The bodies of the same contract that may meet with this one."""
    others = {other.id: other for other in queries.bodies_beside(body)}
    form.also.choices = [choice(other.id, other.name) for other in others.values()]
    return others


def _typed(form: SeanceForm, others: dict[int, Body]) -> dict[str, Any]:
    """What was typed, as the services take it."""
    starts_at: datetime = form.starts_at.data  # type: ignore[assignment]  # the form was read: it is there
    practical = services.Practical(
        ends_at=clock.from_paris(form.ends_at.data) if form.ends_at.data else None,
        access=typed_in(form.access),
        childcare=typed_in(form.childcare),
        interpreter=typed_in(form.interpreter),
        introduction=typed_in(form.introduction),
    )
    return {
        "title": form.title.data or "",
        "starts_at": clock.from_paris(starts_at),
        "place": form.place.data or "",
        "is_public": bool(form.is_public.data),
        "practical": practical,
        "also": [others[chosen] for chosen in form.also.data or ()],
    }


def _held(seance: Seance) -> dict[str, Any]:
    """What the form shows of a séance, its hour told in Paris."""
    return {
        "title": seance.title,
        "starts_at": clock.in_paris(seance.starts_at).replace(tzinfo=None),
        "place": seance.place,
        "ends_at": clock.in_paris(seance.ends_at).replace(tzinfo=None) if seance.ends_at else None,
        "access": seance.access,
        "childcare": seance.childcare,
        "interpreter": seance.interpreter,
        "introduction": seance.introduction,
        "also": [other.id for other in seance.also],
        "is_public": seance.is_public,
    }

"""The page everybody reads of a conseil, and its space: what it prepares, who is of it, who entered it."""

from __future__ import annotations

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.councils.forms import ReasonForm
from app.blueprints.councils.life import lateness_in_words
from app.blueprints.councils.views.room import bp, page_number
from app.domain.accounts.policies import anyone
from app.domain.councils import queries
from app.domain.councils.policies import can_see_means, can_visit_space
from app.domain.governance import queries as governance_queries
from app.domain.governance import services as governance_services
from app.domain.governance.models import Body
from app.domain.governance.policies import can_enter_space, can_lead_body
from app.domain.territories.queries import site
from app.web.access import access, current_person
from app.web.pages import done, respond


@bp.get("/conseils/<int:body_id>")
@access(anyone, subject=queries.body_in_its_space)
def council(body: Body) -> Response:
    """What a body said and what was said to it, for everybody; and the doors of those who may go further."""
    person = current_person()
    enters = bool(can_enter_space(person, body))
    return respond(
        "councils/council.html",
        body=body,
        avis=queries.public_avis_of(body),
        interpellations=queries.public_interpellations_of(body),
        grants=queries.grants_of(body),
        lateness=lateness_in_words,
        enters=enters,
        visits=not enters and body.is_independent and bool(can_visit_space(person, body)),
        sees_means=bool(can_see_means(person, body)),
    )


@bp.get("/conseils/<int:body_id>/espace")
@access(can_enter_space, subject=queries.body_in_its_space)
def space(body: Body) -> Response:
    """The space of a conseil: its drafts, its next séances, its members, and who entered here."""
    person = current_person()
    return respond(
        "councils/space.html",
        body=body,
        leads=bool(can_lead_body(person, body)),
        visits=person is not None and person.id in body.insiders.visitors,
        avis=queries.avis_in_space(body),
        interpellations=queries.interpellations_in_space(body),
        seances=queries.next_seances(body, 5),
        mandates=queries.mandates_in_force(body),
        accesses=governance_queries.accesses_of(body, page_number()),
        page_address=lambda number: url_for("councils.space", body_id=body.id, page=number),
        lateness=lateness_in_words,
    )


@bp.route("/conseils/<int:body_id>/espace/entrer", methods=["GET", "POST"])
@access(can_visit_space, subject=queries.body_in_its_space)
def enter_space(body: Body) -> ResponseReturnValue:
    """Lets an administrator in, for a reason and a time that the conseil reads."""
    form = ReasonForm()
    if form.validate_on_submit():
        with form.refusals():
            governance_services.enter_space(body=body, reason=form.reason.data or "", actor=current_person())
            return done(
                url_for("councils.space", body_id=body.id), _("Vous voilà dans l’espace du conseil. Il en est prévenu.")
            )
    minutes = site().space_access_minutes
    return respond("councils/enter_space.html", status=form.status, form=form, body=body, minutes=minutes)

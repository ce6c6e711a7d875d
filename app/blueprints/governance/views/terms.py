"""The mandates of a body that reached their term: read together, then ended together."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.blueprints.governance import bodies_forms as forms
from app.blueprints.governance.names import names_first
from app.blueprints.governance.views.room import bp
from app.domain.governance import queries, services
from app.domain.governance.models import Body
from app.domain.governance.policies import can_compose_body
from app.web.access import access, current_person
from app.web.pages import done, respond


@bp.route("/instances/<int:body_id>/membres/mandats-echus", methods=["GET", "POST"])
@access(can_compose_body, subject=queries.body_by_id)
@names_first
def end_terms(body: Body) -> ResponseReturnValue:
    """The mandates whose planned end has come; ends them together, after a look."""
    form = forms.ActForm()
    address = url_for("governance.members", body_id=body.id)
    if form.validate_on_submit():
        with form.refusals():
            ended = services.end_mandates_at_term(body=body, actor=current_person())
            told = ngettext("%(num)s mandat est terminé.", "%(num)s mandats sont terminés.", ended)
            return done(address, told)
    return respond(
        "governance/body_terms.html", status=form.status, form=form, body=body, mandates=queries.mandates_at_term(body)
    )

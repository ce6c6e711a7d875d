"""Why an institution reads the names of an independent conseil: one question, and the conseil reads the answer."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from app.blueprints.governance.views.room import bp
from app.domain.governance import queries, services
from app.domain.governance.models import Body
from app.domain.governance.policies import can_compose_body
from app.domain.territories.queries import site
from app.web.access import access, current_person
from app.web.addresses import safe_address
from app.web.forms import Form, at_most, needed, typed_in
from app.web.pages import done, respond


class NamesForm(Form):
    """Why one reads names."""

    reason = TextAreaField(
        _l("Pourquoi lisez-vous les noms de ce conseil ?"),
        validators=[needed(_l("Dites pourquoi vous lisez ces noms : le conseil le lira.")), at_most(500)],
    )


@bp.route("/instances/<int:body_id>/membres/lire", methods=["GET", "POST"])
@access(can_compose_body, subject=queries.body_by_id)
def read_names(body: Body) -> ResponseReturnValue:
    """Asks why, opens the names for a time, and goes where one was going."""
    form = NamesForm()
    if form.validate_on_submit():
        with form.refusals():
            services.open_names(body=body, reason=typed_in(form.reason), actor=current_person())
            members = url_for("governance.members", body_id=body.id)
            return done(safe_address(request.args.get("suite") or members), _("C’est noté : le conseil le lira."))
    return respond(
        "governance/body_names.html", status=form.status, form=form, body=body, minutes=site().space_access_minutes,
        here=url_for("governance.read_names", body_id=body.id, suite=request.args.get("suite")),
    )  # fmt: skip

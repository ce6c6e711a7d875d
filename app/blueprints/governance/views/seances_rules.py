"""How a body meets: its rulebook in plain questions; and its séances in calendars."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.governance.calendar import calendar
from app.blueprints.governance.seances_forms import FunctioningForm
from app.blueprints.governance.views.room import bp
from app.domain.accounts.models import Person
from app.domain.accounts.policies import anyone, signed_in
from app.domain.governance import queries, rules, services
from app.domain.governance.models import Body, Seance
from app.domain.governance.policies import can_see_seance, can_write_functioning
from app.domain.shared import clock
from app.domain.territories.queries import site
from app.web.access import access, current_person
from app.web.addresses import public_address
from app.web.forms import Form, typed_in
from app.web.pages import done, respond


@bp.route("/instances/<int:body_id>/fonctionnement", methods=["GET", "POST"])
@access(can_write_functioning, subject=queries.body_by_id)
def write_functioning(body: Body) -> ResponseReturnValue:
    """The rulebook in force, or a model to start from; sent, it becomes the next version."""
    held = queries.rulebook_of(body.id)
    start = rules.FunctioningRules.of(held.content) if held else rules.PROPOSAL
    shown = {**asdict(start), "answer_days": start.answer_days or site().avis_answer_days}
    colleges = [(college.code, college.name) for college in queries.colleges_of(body)]
    form = FunctioningForm.of(
        colleges, start.college_quorums, data={**shown, "in_force_on": clock.today()}
    )  # fmt: skip
    if form.validate_on_submit():
        with form.refusals():
            services.write_functioning(
                body=body, content=_content(form), in_force_on=form.in_force_on.data or clock.today(),
                source=typed_in(form.source), actor=current_person(),
            )  # fmt: skip
            return done(url_for("governance.write_functioning", body_id=body.id), _("Les règles sont écrites."))
    if held:
        lede = _(
            "Version %(number)d, en vigueur. Ce que vous écrivez devient la version suivante.", number=held.version
        )
    else:
        lede = _("Rien n’est encore écrit. Voici un exemple à changer : ses nombres ne sont pas les vôtres.")
    return respond(
        "governance/seance_ask.html", status=form.status, form=form, heading=_("Comment l’instance se réunit"),
        lede=lede, way_back=url_for("governance.body", body_id=body.id), back_label=body.name,
        buttons=[("oui", _("Écrire ces règles"), "main")],
    )  # fmt: skip


def _content(form: FunctioningForm) -> rules.FunctioningRules:
    return rules.FunctioningRules(
        quorum=typed_in(form.quorum), college_quorums=form.college_quorums(),
        second_call_quorum=typed_in(form.second_call_quorum), second_call_days=form.second_call_days.data,
        named_votes=bool(form.named_votes.data),
        proxies_count=bool(form.proxies_count.data), recused_leave_quorum=bool(form.recused_leave_quorum.data),
        proxies_per_person=form.proxies_per_person.data or 0, notice_days=form.notice_days.data,
        minutes_days=form.minutes_days.data, proposers=form.proposers.data,
        propose_until_days=form.propose_until_days.data, seance_minutes=form.seance_minutes.data,
        answer_days=form.answer_days.data, signature_days=form.signature_days.data,
    )  # fmt: skip


def _minutes(body_id: int) -> int:
    held = queries.functioning_of(body_id)
    return (held.seance_minutes if held else None) or 0


@bp.get("/seances/<int:seance_id>.ics")
@access(can_see_seance, subject=queries.seance_by_id)
def seance_calendar(seance: Seance) -> Response:
    """One séance, for a calendar."""
    return calendar([(seance, _minutes(seance.body_id))], f"seance-{seance.id}")


@bp.get("/instances/<int:body_id>/seances.ics")
@access(anyone, subject=queries.body_by_id)
def body_calendar(body: Body) -> Response:
    """The public séances of a body, for whoever follows it."""
    minutes = _minutes(body.id)
    return calendar([(seance, minutes) for seance in queries.public_seances_of(body)], f"instance-{body.id}")


@bp.get("/calendrier/<key>.ics")
@access(anyone, subject=queries.person_of_calendar)
def my_calendar(person: Person) -> Response:
    """The séances somebody sits in, by their secret address."""
    return calendar([(seance, 0) for seance in queries.seances_of_member(person)], "mes-seances")


@bp.route("/mon-calendrier", methods=["GET", "POST"])
@access(signed_in)
def renew_calendar() -> ResponseReturnValue:
    """Makes a new secret address; the one before no longer answers."""
    form = Form()
    address = ""
    if form.validate_on_submit():
        address = public_address("governance.my_calendar", key=services.renew_calendar(actor=current_person()))
    return respond("governance/my_calendar.html", address=address)

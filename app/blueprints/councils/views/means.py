"""The pages of the means of a conseil: places, equipment, trainings, accompaniment, and the grants of a contract."""

from __future__ import annotations

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.councils.forms import EnvelopeForm, GrantForm, MeansForm, MissionForm, TrainingForm
from app.blueprints.councils.views.room import bp
from app.domain.accounts.policies import agent_of_contract, is_agent
from app.domain.councils import queries, services
from app.domain.councils.models import Means
from app.domain.councils.policies import (
    can_end_means,
    can_give_means,
    can_keep_means,
    can_see_means,
    can_set_envelope,
)
from app.domain.councils.rules.means import over_envelope, proposed_cents
from app.domain.governance.models import Body
from app.domain.shared import clock
from app.domain.territories.models import Contract
from app.domain.territories.queries import contract_by_id, contracts
from app.web.access import access, current_person
from app.web.forms import Form
from app.web.pages import done, respond


def _page(body_id: int) -> str:
    return url_for("councils.means", body_id=body_id)


@bp.get("/conseils/<int:body_id>/moyens")
@access(can_see_means, subject=queries.body_in_its_space)
def means(body: Body) -> Response:
    """The means of a conseil."""
    person = current_person()
    return respond(
        "councils/means.html",
        body=body,
        means=queries.means_of(body),
        grants=queries.grants_of(body),
        trainings=queries.trainings_of(body),
        accompaniments=queries.accompaniments_of(body),
        gives=bool(can_give_means(person, body)),
        keeps=bool(can_keep_means(person, body)),
    )


@bp.route("/conseils/<int:body_id>/moyens/ajouter", methods=["GET", "POST"])
@access(can_give_means, subject=queries.body_in_its_space)
def give_means(body: Body) -> ResponseReturnValue:
    """Puts a place or equipment at the disposal of a conseil."""
    form = MeansForm()
    if form.validate_on_submit():
        with form.refusals():
            services.give_means(body=body, actor=current_person(), **form.typed())
            return done(_page(body.id), _("C’est ajouté."))
    return _form(form, body, _("Ajouter un local ou du matériel"), _("Ajouter"))


@bp.post("/moyens/<int:means_id>/retirer")
@access(can_end_means, subject=queries.means_by_id)
def end_means(means: Means) -> ResponseReturnValue:
    """Says that it is no longer at the disposal of the conseil."""
    services.end_means(means=means, actor=current_person())
    return done(_page(means.body_id), _("C’est noté : il n’est plus à la disposition du conseil."))


@bp.route("/conseils/<int:body_id>/subvention", methods=["GET", "POST"])
@access(can_give_means, subject=queries.body_in_its_space)
def grant(body: Body) -> ResponseReturnValue:
    """Grants a conseil its money for a year; what is proposed comes from the settings of the year."""
    form = GrantForm()
    year = form.year.data or clock.today().year
    envelope = queries.envelope_of(body.contract_id, year)
    seats = queries.seats_in_force(body)
    proposed = proposed_cents(seats, envelope.base_cents, envelope.per_seat_cents) if envelope else 0
    if not form.is_submitted() and proposed:
        form.amount.process_data(proposed)
    if form.validate_on_submit():
        with form.refusals():
            services.grant(
                body=body, year=year, cents=form.amount.cents or 0, decided_by=form.decided_by.data or "",
                actor=current_person(),
            )  # fmt: skip
            passed = over_envelope(
                queries.year_of_grants(body.contract_id, year).total_cents, envelope.cents if envelope else None
            )
            words = _("La subvention est accordée.")
            if passed:
                words += " " + _("Attention : le total de l’année dépasse l’enveloppe du contrat.")
            return done(_page(body.id), words, tone="warning" if passed else "done")
    return respond(
        "councils/grant.html", status=form.status, form=form, body=body, seats=seats, proposed=proposed, year=year
    )


@bp.route("/conseils/<int:body_id>/formations/ajouter", methods=["GET", "POST"])
@access(can_keep_means, subject=queries.body_in_its_space)
def note_training(body: Body) -> ResponseReturnValue:
    """Notes a training and who came."""
    form = TrainingForm.of(queries.mandates_in_force(body))
    if form.validate_on_submit():
        with form.refusals():
            members = queries.members_by_id(form.members.data or [])
            services.note_training(body=body, members=members, actor=current_person(), **form.typed())
            return done(_page(body.id), _("La formation est notée."))
    return _form(form, body, _("Noter une formation"), _("Noter la formation"))


@bp.route("/conseils/<int:body_id>/accompagnements/ajouter", methods=["GET", "POST"])
@access(can_give_means, subject=queries.body_in_its_space)
def accompany(body: Body) -> ResponseReturnValue:
    """Notes a mission of help."""
    form = MissionForm()
    if form.validate_on_submit():
        with form.refusals():
            services.accompany(body=body, mission=form.typed(), actor=current_person())
            return done(_page(body.id), _("L’accompagnement est noté."))
    return _form(form, body, _("Noter un accompagnement"), _("Noter l’accompagnement"))


def _form(form: Form, body: Body, heading: str, verb: str) -> Response:
    return respond("councils/means_form.html", status=form.status, form=form, body=body, heading=heading, verb=verb)


@bp.get("/moyens-des-conseils")
@access(is_agent)
def all_means() -> Response:
    """The grants of a year, contract by contract, against what the contract sets aside."""
    year = request.args.get("annee", clock.today().year, type=int)
    year = min(max(year, 2000), 2100)
    reached = [one for one in contracts() if agent_of_contract(current_person(), one.id)]
    rows = []
    for contract in reached:
        grants, envelope = queries.year_of_grants(contract.id, year), queries.envelope_of(contract.id, year)
        passed = over_envelope(grants.total_cents, envelope.cents if envelope else None)
        rows.append({"contract": contract, "grants": grants, "envelope": envelope, "passed": passed})
    return respond("councils/all_means.html", rows=rows, year=year)


@bp.route("/moyens-des-conseils/<int:contract_id>/enveloppe", methods=["GET", "POST"])
@access(can_set_envelope, subject=contract_by_id)
def set_envelope(contract: Contract) -> ResponseReturnValue:
    """Writes what a contract sets aside in a year."""
    form = EnvelopeForm.of(queries.envelope_of(contract.id, clock.today().year))
    if form.validate_on_submit():
        with form.refusals():
            services.set_envelope(contract=contract, actor=current_person(), **form.typed())
            return done(url_for("councils.all_means", annee=form.year.data), _("L’enveloppe est enregistrée."))
    return respond("councils/envelope.html", status=form.status, form=form, contract=contract)

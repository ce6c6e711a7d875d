"""What agents prepare: an edition, its calendar, its règlement part by part, and the preview before the call."""

from __future__ import annotations

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.budgets.forms import CalendarForm, ConfirmForm, DescriptionForm, ReserveForm
from app.blueprints.budgets.views import shown, tasks
from app.blueprints.budgets.views.room import PartOfEdition, ReserveOfEdition, bp, load_reserve
from app.domain.accounts.policies import agent_of_contract, is_agent
from app.domain.budgets import queries, services
from app.domain.budgets.models import Edition
from app.domain.budgets.policies import can_manage
from app.domain.budgets.rules.presets import BALLOT_PRESETS
from app.domain.shared.refusals import Missing, Refusal
from app.domain.territories import queries as territories
from app.web.access import access, authorise, current_person
from app.web.pages import done, respond


def load_part(edition_id: int, part: str) -> PartOfEdition:
    """A part of the règlement by the word of its address. Raises ``Missing``."""
    if part not in tasks.PARTS:
        raise Missing(f"part {part}")
    return PartOfEdition(queries.edition_by_id(edition_id), part)


@bp.route("/budgets-participatifs/nouveau", methods=["GET", "POST"])
@access(is_agent)
def create() -> ResponseReturnValue:
    """Creates an edition, in one of the contracts this agent works for."""
    person = current_person()
    contracts = [one for one in territories.contracts() if agent_of_contract(person, one.id)]
    if not contracts:
        raise Refusal(_("Aucun contrat de ville ne vous est confié. Demandez l’accès à l’administration du site."))
    form = DescriptionForm()
    form.offer(contracts, [quartier for one in contracts for quartier in territories.quartiers(one.id)])
    if form.validate_on_submit():
        # The list of choices already holds only one's own contracts; this says it where it counts.
        authorise(person, agent_of_contract(person, form.contract_id.data))
        with form.refusals():
            quartiers = [one for one in territories.quartiers() if one.id in (form.quartier_ids.data or ())]
            edition = services.create_edition(
                contract_id=form.contract_id.data, description=form.description(), quartiers=quartiers, actor=person
            )
            return done(url_for("budgets.manage", edition_id=edition.id), _("L’édition est créée, en préparation."))
    return respond("budgets/describe.html", status=form.status, form=form, edition=None)


@bp.route("/budgets-participatifs/<int:edition_id>/preparation/presentation", methods=["GET", "POST"])
@access(can_manage, subject=queries.edition_by_id)
def describe(edition: Edition) -> ResponseReturnValue:
    """Writes what people read first."""
    form = DescriptionForm(data=DescriptionForm.read(edition.process))
    contract_id = edition.process.contract_id
    form.offer([territories.contract_by_id(contract_id)], territories.quartiers(contract_id))
    if form.validate_on_submit():
        with form.refusals():
            chosen = [one for one in territories.quartiers(contract_id) if one.id in (form.quartier_ids.data or ())]
            services.describe(
                edition=edition, description=form.description(), quartiers=chosen, actor=current_person()
            )  # fmt: skip
            return done(url_for("budgets.manage", edition_id=edition.id), _("La présentation est enregistrée."))
    return respond("budgets/describe.html", status=form.status, form=form, edition=edition)


@bp.route("/budgets-participatifs/<int:edition_id>/preparation/calendrier", methods=["GET", "POST"])
@access(can_manage, subject=queries.edition_by_id)
def schedule(edition: Edition) -> ResponseReturnValue:
    """Writes the dates of the six phases."""
    form = CalendarForm(data=CalendarForm.read(edition.process))
    if form.validate_on_submit():
        with form.refusals():
            services.schedule(edition=edition, calendar=form.spans(), actor=current_person())
            return done(url_for("budgets.manage", edition_id=edition.id), _("Le calendrier est enregistré."))
    return respond("budgets/schedule.html", status=form.status, form=form, edition=edition)


@bp.route("/budgets-participatifs/<int:edition_id>/preparation/reglement/<part>", methods=["GET", "POST"])
@access(can_manage, subject=load_part)
def write_part(found: PartOfEdition) -> ResponseReturnValue:
    """Writes one part of the règlement."""
    edition, part = found.edition, tasks.PARTS[found.part]
    form = part.form(data=part.form.read(edition.reglement.rules))
    form.offer(territories.quartiers(edition.process.contract_id))
    if form.validate_on_submit():
        with form.refusals():
            services.amend(edition=edition, change=form.change, actor=current_person())
            return done(
                url_for("budgets.manage", edition_id=edition.id), _("« %(part)s » : enregistré.", part=part.title)
            )
    presets = BALLOT_PRESETS if part.key == "ballot" else ()
    return respond(
        "budgets/reglement_part.html", status=form.status, form=form, edition=edition, part=part, presets=presets
    )


@bp.post("/budgets-participatifs/<int:edition_id>/preparation/modele")
@access(can_manage, subject=queries.edition_by_id)
def apply_preset(edition: Edition) -> ResponseReturnValue:
    """Starts the ballot and the count from a known way of voting."""
    services.apply_preset(edition=edition, code=request.form.get("preset", ""), actor=current_person())
    message = _("Le modèle est repris : vérifiez ses nombres, ce sont des valeurs de démonstration.")
    return done(url_for("budgets.write_part", edition_id=edition.id, part="bulletin"), message)


@bp.get("/budgets-participatifs/<int:edition_id>/preparation/sous-enveloppes")
@access(can_manage, subject=queries.edition_by_id)
def reserves(edition: Edition) -> Response:
    """The sub-envelopes, and what is left to the general envelope."""
    names = {quartier.id: quartier.name for quartier in territories.quartiers(edition.process.contract_id)}
    return respond("budgets/reserves.html", edition=edition, content=edition.reglement.rules, names=names)


@bp.route("/budgets-participatifs/<int:edition_id>/preparation/sous-enveloppes/nouvelle", methods=["GET", "POST"])
@access(can_manage, subject=queries.edition_by_id)
def add_reserve(edition: Edition) -> ResponseReturnValue:
    """Adds a sub-envelope."""
    return _write_reserve(edition, ReserveForm(data=ReserveForm.read(None)), "", _("Ajouter une sous-enveloppe"))


@bp.route("/budgets-participatifs/<int:edition_id>/preparation/sous-enveloppes/<reserve_id>", methods=["GET", "POST"])
@access(can_manage, subject=load_reserve)
def edit_reserve(found: ReserveOfEdition) -> ResponseReturnValue:
    """Changes a sub-envelope."""
    form = ReserveForm(data=ReserveForm.read(found.reserve))
    return _write_reserve(found.edition, form, found.reserve.id, found.reserve.label)


def _write_reserve(edition: Edition, form: ReserveForm, reserve_id: str, title: str) -> ResponseReturnValue:
    form.offer(territories.quartiers(edition.process.contract_id))
    back = url_for("budgets.reserves", edition_id=edition.id)
    if form.validate_on_submit():
        with form.refusals():
            services.write_reserve(edition=edition, reserve=form.reserve(reserve_id), actor=current_person())
            return done(back, _("La sous-enveloppe est enregistrée."))
    return respond("budgets/reserve.html", status=form.status, form=form, edition=edition, title=title, back_to=back)


@bp.post("/budgets-participatifs/<int:edition_id>/preparation/sous-enveloppes/<reserve_id>/retirer")
@access(can_manage, subject=load_reserve)
def remove_reserve(found: ReserveOfEdition) -> ResponseReturnValue:
    """Takes a sub-envelope away."""
    services.remove_reserve(edition=found.edition, reserve_id=found.reserve.id, actor=current_person())
    return done(url_for("budgets.reserves", edition_id=found.edition.id), _("La sous-enveloppe est retirée."))


@bp.get("/budgets-participatifs/<int:edition_id>/preparation/apercu")
@access(can_manage, subject=queries.edition_by_id)
def preview(edition: Edition) -> Response:
    """What people will read, with the button that opens the call, or what keeps it from opening."""
    return respond(
        "budgets/preview.html",
        edition=edition,
        words=shown.reglement_words(edition.reglement),
        steps=shown.phase_steps(edition),
        obstacles=tasks.obstacles(edition),
        form=ConfirmForm(),
    )

"""The study of the ideas of a call: the list of what waits, each idea, the sheets of the projects it makes."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.budgets.forms import AssignForm, ConfirmForm, SheetForm, StudyForm, study_form
from app.blueprints.budgets.views import shown
from app.blueprints.budgets.views.photos import keep
from app.blueprints.budgets.views.room import bp
from app.domain.budgets import queries, services
from app.domain.budgets.models import Edition, Project
from app.domain.budgets.policies import can_manage
from app.domain.budgets.queries import IdeaOfCall, StudyFilter
from app.domain.territories import queries as territories
from app.web.access import access, current_person
from app.web.pages import done, respond

FILTERS = {which.value: which for which in StudyFilter}


def load_idea(edition_id: int, number: int) -> IdeaOfCall:
    """An idea of the call by its public number. Raises ``Missing``."""
    return queries.idea_of_call(queries.edition_by_id(edition_id), number)


def study_address(found: IdeaOfCall) -> str:
    """The page of the study of an idea."""
    return url_for("budgets.study", edition_id=found.edition.id, number=found.idea.number)


@bp.get("/budgets-participatifs/<int:edition_id>/etude")
@access(can_manage, subject=queries.edition_by_id)
def studies(edition: Edition) -> Response:
    """The ideas of the call, by where their study stands."""
    which = FILTERS.get(request.args.get("etat", ""), StudyFilter.ALL)
    page = queries.ideas_of_call(edition, which, request.args.get("page", 1, type=int))
    return respond(
        "budgets/studies.html",
        edition=edition,
        page=page,
        page_address=shown.pages_of("budgets.studies", edition_id=edition.id, etat=which.value),
        studies=queries.studies_of(page.items),
        filters=shown.study_filters(edition, which),
    )


@bp.route("/budgets-participatifs/<int:edition_id>/etude/<int:number>/confier", methods=["GET", "POST"])
@access(can_manage, subject=load_idea)
def assign(found: IdeaOfCall) -> ResponseReturnValue:
    """Entrusts an idea to a service and an agent."""
    kept = {"service_id": found.study.service_id, "agent_id": found.study.agent_id} if found.study else {}
    form = AssignForm(data=kept)
    offices, agents = (
        territories.services_of_the_collectivite(), queries.agents_of(found.edition.process.contract_id)
    )  # fmt: skip
    form.offer(offices, agents)
    if form.validate_on_submit():
        with form.refusals():
            service = next(one for one in offices if one.id == form.service_id.data)
            agent = next(one for one in agents if one.id == form.agent_id.data)
            services.assign_study(
                edition=found.edition, idea=found.idea, service=service, agent=agent, actor=current_person()
            )
            return done(study_address(found), _("L’idée est confiée à %(service)s.", service=service.name))
    return respond("budgets/assign.html", status=form.status, form=form, found=found)


@bp.route("/budgets-participatifs/<int:edition_id>/etude/<int:number>", methods=["GET", "POST"])
@access(can_manage, subject=load_idea)
def study(found: IdeaOfCall) -> ResponseReturnValue:
    """Studies an idea: keeps what is found so far, or concludes."""
    if found.study is None:
        return respond("budgets/study.html", found=found, form=ConfirmForm(), recorded=None, conclusion=[])
    form = study_form(found.study, territories.services_of_the_collectivite())
    if form.validate_on_submit():
        with form.refusals():
            return write_or_conclude(found, form)
    return show_study(load_idea(found.edition.id, found.idea.number or 0), form)


def write_or_conclude(found: IdeaOfCall, form: StudyForm) -> ResponseReturnValue:
    """One form, two buttons: the second also concludes."""
    assert found.study is not None  # noqa: S101 - the view has looked
    draft = form.draft(found.study.reglement.rules)
    if "conclude" not in request.form:
        services.write_study(study=found.study, version=form.seen_version, draft=draft, actor=current_person())
        return done(study_address(found), _("L’étude est enregistrée."))
    concluded = services.conclude_study(
        study=found.study, version=form.seen_version, draft=draft, actor=current_person()
    )  # fmt: skip
    address = url_for("budgets.studies", edition_id=found.edition.id)
    return done(address, _("Étude conclue : %(state)s. L’auteur est prévenu.", state=concluded.state.label))


def show_study(found: IdeaOfCall, form: StudyForm) -> Response:
    """The study as it is kept, and the form as it was typed. After somebody else's writing, both are shown."""
    recorded = None
    if found.study is not None and form.is_submitted() and form.seen_version != found.study.version:
        recorded = shown.study_words(found.study)
        # The agent has now read what is there: sending again is a choice.
        form.version.data = str(found.study.version)
        form.version.raw_data = None
    conclusion = shown.study_words(found.study) if found.study is not None else []
    return respond(
        "budgets/study.html", status=form.status, found=found, form=form, recorded=recorded, conclusion=conclusion
    )


@bp.post("/budgets-participatifs/<int:edition_id>/etude/<int:number>/rouvrir")
@access(can_manage, subject=load_idea)
def reopen(found: IdeaOfCall) -> ResponseReturnValue:
    """Takes a concluded study up again."""
    if found.study is not None:
        services.reopen_study(study=found.study, actor=current_person())
    return done(study_address(found), _("L’étude est rouverte. L’auteur est prévenu."))


@bp.route("/projets/<int:project_id>/fiche", methods=["GET", "POST"])
@access(can_manage, subject=queries.project_by_id)
def sheet(project: Project) -> ResponseReturnValue:
    """Writes what voters will read of a project."""
    edition = project.edition
    form = SheetForm(data=SheetForm.read(project))
    form.offer(edition.reglement.rules, territories.quartiers(edition.process.contract_id))
    back = url_for("budgets.projects", edition_id=edition.id)
    if form.validate_on_submit():
        with form.refusals():
            services.describe_project(project=project, sheet=_sheet(form), actor=current_person())
            return done(back, _("La fiche du projet est enregistrée."))
    return respond("budgets/sheet.html", status=form.status, form=form, project=project, back_to=back)


def _sheet(form: Any) -> services.Sheet:
    return services.Sheet(
        title=form.title.data or "",
        summary=form.summary.data or "",
        reserve_id=form.reserve_id.data or None,
        quartier_id=form.quartier_id.data or None,
        photo_id=keep(form.photo, form.photo_words),
    )

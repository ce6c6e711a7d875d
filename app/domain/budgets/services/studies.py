"""What happens to an idea once called: it is entrusted to a service, studied, and the study is concluded."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.budgets import queries
from app.domain.budgets.models import STUDY_LIFE, Edition, Finding, Project, Study, StudyState
from app.domain.budgets.rules import studies as rules
from app.domain.budgets.rules.studies import StudyDraft
from app.domain.ideas import services as ideas
from app.domain.ideas.models import Idea, IdeaState
from app.domain.ideas.services.keeping import tell_every_author
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, require
from app.domain.territories.models import Organisation, OrganisationKind


def assign_study(*, edition: Edition, idea: Idea, service: Organisation, agent: Person, actor: Person) -> Study:
    """Entrusts an idea of the call to a service and an agent, or to others while it is studied.

    The first time, the idea enters the study and its authors are told. Refusals: ``study_closed``, ``service`` (not a
    service of the collectivité), ``other_call``, those of both lifecycles.
    """
    edition = queries.edition_for_update(edition.id)
    require(rules.may_study(edition))
    if service.kind is not OrganisationKind.SERVICE:
        raise Refusal(_l("Choisissez un service de la collectivité."), field="service_id", code="service")
    if idea.process_id != edition.process_id:
        raise Refusal(_l("Cette idée ne fait pas partie de cet appel."), code="other_call")
    found = queries.idea_of_call(edition, idea.number or 0)
    study = found.study
    if study is None:
        study = _begin(edition, found.idea, service, agent, actor)
    else:
        require(STUDY_LIFE.allows("write", study.state))
        study.service_id, study.agent_id = service.id, agent.id
        study.version += 1
    journal.record("assigned", study, actor=actor, idea=idea.number, service=service.id, agent=agent.id)
    return study


def _begin(edition: Edition, idea: Idea, service: Organisation, agent: Person, actor: Person) -> Study:
    reglement = edition.reglement_version(edition.call_version)
    if reglement is None:
        raise Refusal(_l("L’appel à idées n’a pas été ouvert : il n’y a pas de règlement à appliquer."), code="state")
    if idea.state is not IdeaState.IN_STUDY:
        ideas.begin_study(idea=idea, actor=actor)
    study = Study(
        edition_id=edition.id, idea_id=idea.id, reglement_id=reglement.id, state=StudyState.IN_PROGRESS,
        service_id=service.id, agent_id=agent.id, assigned_at=clock.now(), version=1, findings=[],
    )  # fmt: skip
    db.session.add(study)
    return study


def write_study(*, study: Study, version: int, draft: StudyDraft, actor: Person) -> Study:
    """Keeps what an agent found so far; ``version`` is the one they had before their eyes.

    Refusals: ``study_closed``, ``state``, ``version``, ``criterion_reason``.
    """
    study = _written(study, version, draft, actor)
    journal.record("wrote", study, actor=actor, version=study.version)
    return study


def conclude_study(*, study: Study, version: int, draft: StudyDraft, actor: Person) -> Study:
    """Keeps the study and concludes it: admitted, it makes a project; excluded, its reasons become public.

    Authors are told at once, before the list is published. Refusals: those of ``write_study`` and ``check_conclusion``.
    """
    study = _written(study, version, draft, actor)
    content = study.reglement.rules
    require(rules.check_conclusion(draft, content, clock.today()))
    conclusion = rules.conclusion_of(draft)
    verb = "admit" if conclusion is StudyState.ADMITTED else "exclude"
    if conclusion is StudyState.EXCLUDED:
        study.reason = rules.refusal_words(draft, content)
    study.state = STUDY_LIFE.target(verb, study.state)
    study.concluded_at = clock.now()
    db.session.flush()
    _keep_project(study)
    _tell_conclusion(study)
    journal.record("concluded", study, actor=actor, conclusion=conclusion.value, idea=study.idea.number)
    return study


def reopen_study(*, study: Study, actor: Person) -> Study:
    """Takes a concluded study up again before the list is published; authors are told.

    Refusals: ``study_closed``, ``state``.
    """
    study = queries.study_for_update(study.id)
    require(rules.may_study(study.edition))
    study.state = STUDY_LIFE.target("reopen", study.state)
    study.concluded_at = None
    study.version += 1
    tell_every_author(
        study.idea,
        _l("L’étude de votre idée n° %(number)s reprend", number=study.idea.number),
        _l("Les services reprennent l’étude de « %(title)s ». Vous serez prévenue ou prévenu de leur conclusion.",
           title=study.idea.title),
    )  # fmt: skip
    journal.record("reopened", study, actor=actor, idea=study.idea.number)
    return study


def _written(study: Study, version: int, draft: StudyDraft, actor: Person) -> Study:
    study = queries.study_for_update(study.id)
    require(
        rules.may_study(study.edition),
        STUDY_LIFE.allows("write", study.state),
        rules.check_version(version, study.version),
        rules.check_writing(draft),
    )
    known = {finding.code: finding for finding in study.findings}
    for code, found in draft.findings.items():
        finding = known.get(code)
        if finding is None:
            study.findings.append(Finding(code=code, verdict=found.verdict, reason=found.reason))
        else:
            finding.verdict, finding.reason = found.verdict, found.reason
    study.feasibility, study.reason = draft.feasibility, draft.reason
    study.adaptation, study.adaptation_agreed_on = draft.adaptation, draft.adaptation_agreed_on
    study.investment_cents, study.running_cents = draft.investment_cents, draft.running_cents
    study.delay_months, study.responsible_id = draft.delay_months, draft.responsible_id
    study.version += 1
    study.written_at, study.written_by_id = clock.now(), actor.id
    return study


def _keep_project(study: Study) -> None:
    """The project of an admitted study: made once, its cost follows the study until the list is published."""
    project = queries.project_of_study(study.id)
    if study.state is not StudyState.ADMITTED:
        if project is not None:
            db.session.delete(project)
        return
    cost = study.investment_cents or 0
    if project is None:
        project = _new_project(study)
        db.session.add(project)
    project.cost_cents = project.present_cost_cents = cost
    project.service_id = study.responsible_id or study.service_id
    db.session.flush()


def _new_project(study: Study) -> Project:
    idea = study.idea
    quartier_id = idea.quartiers[0].id if len(idea.quartiers) == 1 else None
    content = study.reglement.rules
    reserve = next((one for one in content.reserves if one.quartier_id and one.quartier_id == quartier_id), None)
    return Project(
        edition_id=study.edition_id,
        study_id=study.id,
        idea_id=idea.id,
        number=idea.number,
        title=idea.title,
        summary=(idea.solution or idea.need)[:600],
        reserve_id=reserve.id if reserve else None,
        quartier_id=quartier_id,
        photo_id=idea.photo_id,
        pictogram=idea.theme.pictogram if idea.theme else "",
        spent_cents=0,
    )


def _tell_conclusion(study: Study) -> None:
    idea = study.idea
    if study.state is StudyState.ADMITTED:
        subject = _l("Votre idée n° %(number)s est admise au vote", number=idea.number)
        body = _l("L’étude de « %(title)s » est terminée : elle est admise au vote.", title=idea.title)
    else:
        subject = _l("Votre idée n° %(number)s n’est pas admise au vote", number=idea.number)
        body = _l("L’étude de « %(title)s » est terminée : elle n’est pas admise au vote.\n\n%(reason)s",
                  title=idea.title, reason=study.reason)  # fmt: skip
    tell_every_author(idea, subject, body)

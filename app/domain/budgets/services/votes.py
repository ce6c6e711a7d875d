"""What happens around the vote: the list is published, the vote opened, its results announced."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person
from app.domain.ballots.services import ProjectOnBallot, prepare_scrutin
from app.domain.budgets import queries
from app.domain.budgets.models import EDITION_LIFE, Edition, Feasibility, Project, Study, StudyState
from app.domain.budgets.rules import phases
from app.domain.budgets.rules.checks import counting_rules
from app.domain.budgets.rules.outcomes import Outcome
from app.domain.budgets.services import reglements
from app.domain.governance.models import RecordKind
from app.domain.governance.services import file_record
from app.domain.ideas import services as ideas
from app.domain.ideas.models import AnswerOutcome
from app.domain.processes.models import PhaseCode
from app.domain.shared import clock, journal
from app.domain.shared.money import format_euros
from app.domain.shared.refusals import require


def publish_list(*, edition: Edition, actor: Person) -> None:
    """Publishes the admitted and the excluded projects with their reasons, answers every idea, files the catalogue.

    Refusals: those of ``may_publish_list``. Source: droit-et-pratique §3.3 ("reasons published, porteur told before").
    """
    edition = queries.edition_for_update(edition.id)
    require(
        phases.may_publish_list(
            edition, clock.now(),
            unstudied=queries.count_unstudied(edition), admitted=queries.count_admitted(edition.id),
        )
    )  # fmt: skip
    studies = queries.concluded_studies(edition.id)
    # An official answer is written in French, whatever the language of the agent who publishes it.
    with force_locale("fr"):
        for study in studies:
            ideas.answer(idea=study.idea, outcome=_answer_of(study), text=_answer_words(study), actor=actor)
        edition.list_record = _file_catalogue(edition, [_study_facts(study) for study in studies], actor)
    edition.state = EDITION_LIFE.target("publish_list", edition.state)
    edition.list_published_at = clock.now()
    journal.record("published_list", edition, actor=actor, studies=len(studies))


def _answer_of(study: Study) -> AnswerOutcome:
    if study.state is StudyState.ADMITTED:
        return AnswerOutcome.ON_BALLOT
    return AnswerOutcome.NOT_FEASIBLE if study.feasibility is Feasibility.NO else AnswerOutcome.NOT_ADMISSIBLE


def _answer_words(study: Study) -> str:
    if study.state is StudyState.EXCLUDED:
        return study.reason
    words = str(_l("Le projet est soumis au vote, pour un coût de %(cost)s.",
                   cost=format_euros(study.investment_cents or 0)))  # fmt: skip
    return f"{words}\n{study.adaptation}" if study.feasibility is Feasibility.ADAPTED else words


def _study_facts(study: Study) -> dict[str, Any]:
    return {
        "number": study.idea.number,
        "title": study.idea.title,
        "state": study.state.value,
        "findings": {finding.code: finding.verdict.value for finding in study.findings},
        "feasibility": study.feasibility.value if study.feasibility else None,
        "cost_cents": study.investment_cents if study.state is StudyState.ADMITTED else None,
        "reason": study.reason,
        "reglement_sha256": study.reglement.sha256,
    }


def _file_catalogue(edition: Edition, facts: list[dict[str, Any]], actor: Person) -> Any:
    return file_record(
        kind=RecordKind.CATALOGUE,
        title=f"{edition.process.title} : projets admis et écartés",
        facts={"edition": edition.id, "projects": facts, "names": {"edition": edition.process.title}},
        source_kind=Edition.__tablename__,
        source_id=str(edition.id),
        contract_id=edition.process.contract_id,
        actor=actor,
    )


def open_vote(*, edition: Edition, actor: Person) -> None:
    """Opens the vote: freezes the règlement, files it if it changed, and prepares the ballot box for its dates.

    Refusals: those of ``may_open_vote`` and of ``ballots.prepare_scrutin``.
    """
    edition = queries.edition_for_update(edition.id)
    projects = queries.all_projects(edition.id)
    used = {project.reserve_id for project in projects}
    require(phases.may_open_vote(edition, clock.now(), reserves_used=used, projects=len(projects)))
    reglement = reglements.freeze(edition=edition, opening="vote", actor=actor)
    content = reglement.rules
    span = phases.phase_of(edition, PhaseCode.VOTE)
    prepare_scrutin(
        process_id=edition.process_id,
        contract_id=edition.process.contract_id,
        title=edition.process.title,
        opens_at=span.starts_at,
        closes_at=span.ends_at,
        rules=counting_rules(content),
        eligibility=content.voters,
        projects=[_on_ballot(project) for project in projects],
        openers_needed=content.openers_needed,
        minimum_batch=content.minimum_batch,
        actor=actor,
    )
    edition.vote_version = reglement.version
    edition.state = EDITION_LIFE.target("open_vote", edition.state)
    edition.vote_opened_at = clock.now()
    journal.record("opened_vote", edition, actor=actor, version=reglement.version, projects=len(projects))


def _on_ballot(project: Project) -> ProjectOnBallot:
    return ProjectOnBallot(
        ref=project.ref,
        title=project.title,
        summary=project.summary,
        cost_cents=project.cost_cents,
        sub_envelope=project.reserve_id,
        quartier=project.quartier.name if project.quartier else "",
        pictogram=project.pictogram,
        picture_id=project.photo_id,
    )


def announce_results(*, edition: Edition, actor: Person) -> None:
    """Announces what the count said: each project's idea is answered and its authors are told (``uncounted``)."""
    edition = queries.edition_for_update(edition.id)
    result = queries.result_facts(edition)
    require(phases.may_announce_results(edition, counted=result is not None))
    projects = queries.all_projects(edition.id)
    outcomes = queries.outcomes(edition, projects)
    with force_locale("fr"):
        for project in projects:
            _answer_result(project, outcomes[project.id], actor)
    edition.state = EDITION_LIFE.target("announce_results", edition.state)
    edition.results_announced_at = clock.now()
    won = sum(1 for outcome in outcomes.values() if outcome.status.has_won)
    journal.record("announced_results", edition, actor=actor, winners=won, projects=len(projects))


def _answer_result(project: Project, outcome: Outcome, actor: Person) -> None:
    if not outcome.status.has_won:
        words = _l("Le projet n’est pas retenu par le vote. %(reason)s", reason=outcome.sentence)
        ideas.answer(idea=project.idea, outcome=AnswerOutcome.NOT_RETAINED, text=str(words), actor=actor)
        return
    adapted = project.study.feasibility is Feasibility.ADAPTED
    words = _l("Le projet est lauréat du vote. %(score)s", score=outcome.sentence)
    kind = AnswerOutcome.ADAPTED if adapted else AnswerOutcome.RETAINED
    ideas.answer(idea=project.idea, outcome=kind, text=str(words), actor=actor)

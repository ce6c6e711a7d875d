"""The line of life of an idea once called: its study, its vote, its works, to the ribbon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database import db
from app.domain.ballots import queries as ballots
from app.domain.budgets.models import Edition, Feasibility, Milestone, Project, Study, StudyState, WorksState
from app.domain.budgets.queries.projects import outcomes, project_of_idea
from app.domain.budgets.queries.studies import WITH_ALL
from app.domain.budgets.rules.outcomes import Outcome
from app.domain.processes.models import PhaseCode
from app.domain.shared import clock
from app.domain.shared.life import Step


def steps_of_idea(idea_id: int) -> list[Step]:
    """What happened to an idea since its study began, what happens now, and what comes next; nothing before the study.

    Everything here is public: what a study concludes is told once the list is published.
    """
    study = db.session.scalar(select(Study).where(Study.idea_id == idea_id).options(*WITH_ALL))
    if study is None:
        return []
    steps = list(_study_steps(study))
    project = project_of_idea(idea_id) if study.edition.list_published_at else None
    if project is not None:
        outcome = outcomes(study.edition, [project])[project.id]
        steps += _vote_steps(study.edition, outcome)
        if outcome.status.has_won:
            steps += _works_steps(project)
    return steps


def _study_steps(study: Study) -> Iterator[Step]:
    edition = study.edition
    service = study.service.name
    if edition.list_published_at is None:
        phase = edition.process.phase(PhaseCode.STUDY)
        late = phase is not None and phase.is_over
        yield Step(_l("Étude par les services"), "late" if late else "now", study.assigned_at, service)
        return
    yield Step(_l("Étude par les services"), "done", study.concluded_at or study.assigned_at, service)
    if study.state is StudyState.ADMITTED:
        note = study.adaptation if study.feasibility is Feasibility.ADAPTED else None
        yield Step(_l("Admise au vote"), "done", edition.list_published_at, note=note)
    else:
        yield Step(_l("Écartée après étude"), "stopped", edition.list_published_at, note=study.reason or None)


def _vote_steps(edition: Edition, outcome: Outcome) -> Iterator[Step]:
    phase = edition.process.phase(PhaseCode.VOTE)
    label = _l("Vote des habitantes et habitants")
    if outcome.status.has_won:
        yield Step(_l("Lauréate du vote"), "done", _counted_at(edition))
    elif outcome.status.value == "not_retained":
        yield Step(_l("Non retenue par le vote"), "stopped", _counted_at(edition), note=str(outcome.sentence))
    elif phase is not None and phase.starts_at <= clock.now() and edition.vote_opened_at is not None:
        yield Step(label, "now", phase.ends_at)
    else:
        yield Step(label, "next", phase.starts_at if phase else None)


def _counted_at(edition: Edition) -> datetime | None:
    scrutin = ballots.scrutin_of_process(edition.process_id)
    return edition.results_announced_at or (scrutin.counted_at if scrutin else None)


def _works_steps(project: Project) -> Iterator[Step]:
    edition, service = project.edition, project.service.name
    if edition.realisation_began_at is None:
        yield Step(_l("Réalisation"), "next", None, service)
        return
    yield Step(_l("Réalisation décidée"), "done", edition.confirmed_on, note=edition.confirmed_by or None)
    if project.works_began_on is not None:
        yield Step(_l("Début des travaux"), "done", project.works_began_on, service)
    # What an abandoned project had planned will not happen: only what was done is told.
    given_up = project.works is WorksState.ABANDONED
    yield from (_milestone_step(one) for one in project.milestones if one.done_on is not None or not given_up)
    yield from _end_steps(project)


def _milestone_step(milestone: Milestone) -> Step:
    if milestone.done_on is not None:
        return Step(milestone.label, "done", milestone.done_on, note=milestone.note or None, photo=milestone.photo)
    late = milestone.planned_on < clock.today()
    return Step(milestone.label, "late" if late else "next", milestone.planned_on)


def _end_steps(project: Project) -> Iterator[Step]:
    if project.works is WorksState.ABANDONED:
        yield Step(_l("Projet abandonné"), "stopped", project.abandoned_on, note=project.abandon_reason)
    elif project.works is WorksState.DELIVERED:
        yield Step(_l("Projet livré"), "done", project.delivered_on, note=project.delivery_note or None)
    else:
        yield Step(_l("Livraison"), "next", None)

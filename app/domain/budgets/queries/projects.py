"""What is there: the projects of an edition, what the vote said of them, their works."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.ballots import queries as ballots
from app.domain.budgets.models import (
    Edition,
    EditionState,
    Milestone,
    Project,
    Spending,
    Study,
    StudyState,
    WorksState,
)
from app.domain.budgets.queries.editions import WHOLE
from app.domain.budgets.rules.outcomes import Outcome, outcome_of
from app.domain.ideas.models import Idea
from app.domain.processes.models import Process
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing

FOR_LISTS = (joinedload(Project.quartier), joinedload(Project.study), joinedload(Project.service))
WITH_WORKS = (
    *FOR_LISTS,
    joinedload(Project.idea).options(selectinload(Idea.quartiers)),
    joinedload(Project.edition).options(*WHOLE),
    joinedload(Project.photo),
    selectinload(Project.milestones).joinedload(Milestone.photo),
    selectinload(Project.spendings),
    selectinload(Project.revisions),
)


def project_by_id(project_id: int) -> Project:
    """One project with its works. Raises ``Missing``."""
    return _found(select(Project).where(Project.id == project_id).options(*WITH_WORKS), project_id)


def project_for_update(project_id: int) -> Project:
    """The same, read again and locked: two invoices at once never pass the cost together."""
    query = select(Project).where(Project.id == project_id).options(*WITH_WORKS)
    return _found(query.with_for_update(of=Project).execution_options(populate_existing=True), project_id)


def _found(query: Select[Any], project_id: int) -> Project:
    found: Project | None = db.session.scalar(query)
    if found is None:
        raise Missing(f"project {project_id}")
    return found


def project_of_study(study_id: int) -> Project | None:
    """The project made from a study, whatever became of the study since."""
    return db.session.scalar(select(Project).where(Project.study_id == study_id))


def project_of_idea(idea_id: int) -> Project | None:
    """The project an idea became, with its works, if its study admits it."""
    query = select(Project).join(Study, Study.id == Project.study_id)
    query = query.where(Project.idea_id == idea_id, Study.state == StudyState.ADMITTED)
    return db.session.scalar(query.options(*WITH_WORKS))


def works_of_ideas(idea_ids: Collection[int]) -> dict[int, WorksState]:
    """Where the works of the projects born of these ideas stand, by idea; an idea without project is left out."""
    query = select(Project.idea_id, Project.works).where(Project.idea_id.in_(idea_ids))
    return {idea_id: works for idea_id, works in db.session.execute(query)}


def milestone_by_id(milestone_id: int) -> Milestone:
    """One milestone with its project. Raises ``Missing``."""
    whole = joinedload(Milestone.project).joinedload(Project.edition).options(*WHOLE)
    found = db.session.scalar(select(Milestone).where(Milestone.id == milestone_id).options(whole))
    if found is None:
        raise Missing(f"milestone {milestone_id}")
    return found


def spending_by_id(spending_id: int) -> Spending:
    """One line of spending with its project. Raises ``Missing``."""
    whole = joinedload(Spending.project).joinedload(Project.edition).options(*WHOLE)
    found = db.session.scalar(select(Spending).where(Spending.id == spending_id).options(whole))
    if found is None:
        raise Missing(f"spending {spending_id}")
    return found


def admitted(query: Select[Any], edition_id: int) -> Select[Any]:
    """Keeps the projects of an edition whose study admits them."""
    return query.join(Study, Study.id == Project.study_id).where(
        Project.edition_id == edition_id, Study.state == StudyState.ADMITTED
    )


def projects_of_edition(edition_id: int, number: int = 1, size: int = 50) -> Page[Project]:
    """The admitted projects of an edition, by public number."""
    rows = admitted(select(Project), edition_id).order_by(Project.number).options(*FOR_LISTS)
    return page_of(rows, admitted(select(func.count(Project.id)), edition_id), number, size)


def all_projects(edition_id: int) -> Sequence[Project]:
    """Every admitted project of an edition, by public number, with its works: what acts go through."""
    query = admitted(select(Project), edition_id).order_by(Project.number)
    return db.session.scalars(query.options(*WITH_WORKS)).all()


def count_admitted(edition_id: int) -> int:
    """How many projects are admitted."""
    return db.session.scalar(admitted(select(func.count(Project.id)), edition_id)) or 0


def reserves_used(edition_id: int) -> set[str | None]:
    """The sub-envelopes the admitted projects compete for."""
    return set(db.session.scalars(admitted(select(Project.reserve_id).distinct(), edition_id)))


def result_facts(edition: Edition) -> Mapping[str, Any] | None:
    """What the count said (``Result.to_facts``), or ``None`` before it."""
    scrutin = ballots.scrutin_of_process(edition.process_id)
    facts = ballots.result_of(scrutin) if scrutin is not None else None
    return facts["result"] if facts is not None else None


def outcomes(edition: Edition, projects: Collection[Project]) -> dict[int, Outcome]:
    """What became of some projects of one edition, by project id."""
    result = result_facts(edition) if edition.vote_opened_at is not None else None
    return {project.id: outcome_of(project, edition.state, result) for project in projects}


def winners(edition: Edition) -> list[Project]:
    """The winning projects in the order the count retained them; none before it."""
    result = result_facts(edition)
    if result is None:
        return []
    by_ref = {project.ref: project for project in all_projects(edition.id)}
    return [by_ref[one["project"]] for one in result["winners"] if one["project"] in by_ref]


def late_milestones(contract_ids: Collection[int] | None, today: date, most: int = 50) -> Sequence[Milestone]:
    """The milestones whose day is past and that are not done, the oldest first; of some contracts (``None``: all)."""
    query = (
        select(Milestone)
        .join(Milestone.project)
        .join(Project.edition)
        .join(Edition.process)
        .where(
            Milestone.done_on.is_(None),
            Milestone.planned_on < today,
            Project.works == WorksState.STARTED,
            Edition.state == EditionState.REALISATION,
        )
        .order_by(Milestone.planned_on, Milestone.id)
        .limit(most)
    )
    if contract_ids is not None:
        query = query.where(Process.contract_id.in_(contract_ids))
    return db.session.scalars(query.options(joinedload(Milestone.project))).all()

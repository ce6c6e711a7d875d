"""What is there: the ideas of a call and their studies."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.accounts.models import Person, Role, RoleGrant, Scope
from app.domain.budgets.models import Edition, Study, StudyState
from app.domain.budgets.queries.editions import WHOLE
from app.domain.ideas.models import Idea, IdeaState, OfficialAnswer
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing

# What an act on a study needs. Not the people: reading them again, locked, would forget the roles of whoever acts.
FOR_ACTS = (
    joinedload(Study.edition).options(*WHOLE),
    joinedload(Study.idea).options(selectinload(Idea.quartiers), joinedload(Idea.theme)),
    joinedload(Study.reglement),
    joinedload(Study.service),
    joinedload(Study.responsible),
    selectinload(Study.findings),
)
WITH_ALL = (
    *FOR_ACTS,
    joinedload(Study.idea).options(joinedload(Idea.author), joinedload(Idea.photo)),
    joinedload(Study.agent),
    joinedload(Study.written_by),
)
# The ideas of a call that must have an answer: drafts, those sent back, withdrawn or merged have theirs elsewhere.
CALLED = (IdeaState.SUBMITTED, IdeaState.PUBLISHED, IdeaState.IN_STUDY, IdeaState.ANSWERED)


class StudyFilter(enum.Enum):
    """Which ideas of the call to list."""

    ALL = "toutes"
    TO_MODERATE = "a-relire"
    TO_ASSIGN = "a-confier"
    IN_PROGRESS = "en-cours"
    ADMITTED = "admises"
    EXCLUDED = "ecartees"

    @property
    def label(self) -> Any:
        return {
            "toutes": _l("Toutes"),
            "a-relire": _l("À relire avant publication"),
            "a-confier": _l("À confier à un service"),
            "en-cours": _l("En cours d’étude"),
            "admises": _l("Admises"),
            "ecartees": _l("Écartées"),
        }[self.value]


@dataclass(frozen=True)
class IdeaOfCall:
    """An idea of the call as the study sees it. It may not be studied yet."""

    edition: Edition
    idea: Idea
    study: Study | None


def study_by_idea(edition_id: int, number: int) -> Study:
    """The study of an idea by its public number. Raises ``Missing``."""
    query = select(Study).join(Study.idea).where(Study.edition_id == edition_id, Idea.number == number)
    return _found(query.options(*WITH_ALL), f"study of idea {number}")


def study_for_update(study_id: int) -> Study:
    """One study, read again and locked: of two agents writing at once, the second reads what the first wrote."""
    query = select(Study).where(Study.id == study_id).options(*FOR_ACTS)
    query = query.with_for_update(of=Study).execution_options(populate_existing=True)
    return _found(query, f"study {study_id}")


def _found(query: Select[Any], what: str) -> Study:
    found: Study | None = db.session.scalar(query)
    if found is None:
        raise Missing(what)
    return found


def idea_of_call(edition: Edition, number: int) -> IdeaOfCall:
    """An idea of the call of this edition by its public number, with its study. Raises ``Missing``."""
    query = _called(select(Idea), edition).where(Idea.number == number)
    idea = db.session.scalar(
        query.options(
            selectinload(Idea.quartiers), joinedload(Idea.theme), joinedload(Idea.author), joinedload(Idea.photo)
        )
    )
    if idea is None:
        raise Missing(f"idea {number} of edition {edition.id}")
    study = db.session.scalar(select(Study).where(Study.idea_id == idea.id).options(*WITH_ALL))
    return IdeaOfCall(edition, idea, study)


def ideas_of_call(edition: Edition, which: StudyFilter, number: int = 1, size: int = 20) -> Page[Idea]:
    """The ideas of the call, by public number; their studies come from ``studies_of``."""
    rows = _filtered(_called(select(Idea), edition), which)
    count = _filtered(_called(select(func.count(Idea.id)), edition), which)
    rows = rows.order_by(Idea.number, Idea.id).options(selectinload(Idea.quartiers), joinedload(Idea.author))
    return page_of(rows, count, number, size)


def studies_of(ideas: Iterable[Idea]) -> dict[int, Study]:
    """The studies of some ideas, by the id of the idea."""
    ids = [idea.id for idea in ideas]
    query = select(Study).where(Study.idea_id.in_(ids)).options(joinedload(Study.service), joinedload(Study.agent))
    return {study.idea_id: study for study in db.session.scalars(query)}


def count_call(edition: Edition) -> dict[StudyFilter, int]:
    """How many ideas of the call are in each case."""
    return {
        which: db.session.scalar(_filtered(_called(select(func.count(Idea.id)), edition), which)) or 0
        for which in StudyFilter
    }


def count_unstudied(edition: Edition) -> int:
    """How many ideas of the call have no answer yet: to moderate, to assign or in progress."""
    return unstudied_of([edition.process_id]).get(edition.process_id, 0)


def unstudied_of(process_ids: Collection[int]) -> dict[int, int]:
    """How many ideas of each of these calls have no answer yet, in one query; by démarche."""
    unconcluded = or_(
        Idea.state == IdeaState.SUBMITTED,
        Idea.state.in_((IdeaState.PUBLISHED, IdeaState.IN_STUDY)) & Study.id.is_(None),
        Study.state == StudyState.IN_PROGRESS,
    )
    query = (
        select(Idea.process_id, func.count(Idea.id))
        .outerjoin(Study, Study.idea_id == Idea.id)
        .where(Idea.process_id.in_(process_ids), unconcluded)
        .group_by(Idea.process_id)
    )
    return {process_id: number for process_id, number in db.session.execute(query) if process_id is not None}


def concluded_studies(edition_id: int) -> Sequence[Study]:
    """Every concluded study, by the public number of its idea, with what the list publishes."""
    query = (
        select(Study)
        .join(Study.idea)
        .where(Study.edition_id == edition_id, Study.state != StudyState.IN_PROGRESS)
        .order_by(Idea.number)
    )
    return db.session.scalars(query.options(*WITH_ALL)).all()


def excluded_ideas(edition: Edition, number: int = 1, size: int = 50) -> Page[Idea]:
    """The ideas of the call that are not on the list, by number: excluded by their study, or answered without one."""
    rows = _filtered(_called(select(Idea), edition), StudyFilter.EXCLUDED)
    count = _filtered(_called(select(func.count(Idea.id)), edition), StudyFilter.EXCLUDED)
    return page_of(rows.order_by(Idea.number, Idea.id), count, number, size)


def reasons_of(ideas: Iterable[Idea]) -> dict[int, str]:
    """Why each of these ideas is not on the list, by id: its study, or the official answer it had without one."""
    ids = [idea.id for idea in ideas]
    answers = select(OfficialAnswer).where(OfficialAnswer.idea_id.in_(ids)).order_by(OfficialAnswer.id)
    found = {answer.idea_id: answer.text for answer in db.session.scalars(answers)}
    studies = select(Study).where(Study.idea_id.in_(ids), Study.state == StudyState.EXCLUDED)
    found.update({study.idea_id: study.reason for study in db.session.scalars(studies)})
    return found


def agents_of(contract_id: int) -> Sequence[Person]:
    """The agents and administrators of a contract today, by pseudonym: those an idea may be entrusted to."""
    today = clock.today()
    query = (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.role.in_((Role.AGENT, Role.ADMIN)),
            RoleGrant.withdrawn_at.is_(None),
            RoleGrant.starts_on <= today,
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
            or_(
                RoleGrant.scope == Scope.EVERYWHERE,
                (RoleGrant.scope == Scope.CONTRACT) & (RoleGrant.scope_id == contract_id),
            ),
            Person.deactivated_at.is_(None),
        )
        .distinct()
        .order_by(Person.pseudonym, Person.id)
    )
    return db.session.scalars(query).all()


def _called(query: Select[Any], edition: Edition) -> Select[Any]:
    query = query.select_from(Idea).outerjoin(Study, Study.idea_id == Idea.id)
    return query.where(Idea.process_id == edition.process_id, Idea.state.in_(CALLED))


def _filtered(query: Select[Any], which: StudyFilter) -> Select[Any]:
    if which is StudyFilter.TO_MODERATE:
        return query.where(Idea.state == IdeaState.SUBMITTED)
    if which is StudyFilter.TO_ASSIGN:
        return query.where(Study.id.is_(None), Idea.state.in_((IdeaState.PUBLISHED, IdeaState.IN_STUDY)))
    if which is StudyFilter.IN_PROGRESS:
        return query.where(Study.state == StudyState.IN_PROGRESS)
    if which is StudyFilter.ADMITTED:
        return query.where(Study.state == StudyState.ADMITTED)
    if which is StudyFilter.EXCLUDED:
        answered = Study.id.is_(None) & (Idea.state == IdeaState.ANSWERED)
        return query.where(or_(Study.state == StudyState.EXCLUDED, answered))
    return query

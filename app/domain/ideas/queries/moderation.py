"""What waits for the moderators and for an answer, inside the reach of whoever looks."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, func, not_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.ideas.models import AbuseReport, Idea, IdeaState, idea_quartiers
from app.domain.ideas.policies import Reach
from app.domain.processes.models import Phase, PhaseCode, Process
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing
from app.domain.territories.models import Quartier


class Lateness(enum.Enum):
    """Whether the ideas without answer asked for are the late ones, or all."""

    ALL = "toutes"
    LATE = "en-retard"


def waiting(reach: Reach, number: int = 1) -> Page[Idea]:
    """The ideas to read before publication, the longest waiting first."""
    rows = _waiting(select(Idea), reach).options(selectinload(Idea.quartiers), joinedload(Idea.theme))
    return page_of(rows.order_by(Idea.submitted_at, Idea.id), _waiting(select(func.count(Idea.id)), reach), number)


def count_waiting(reach: Reach) -> int:
    """How many ideas wait to be read."""
    return db.session.scalar(_waiting(select(func.count(Idea.id)), reach)) or 0


def reports_waiting(reach: Reach, number: int = 1) -> Page[AbuseReport]:
    """The reports nobody has handled, the oldest first."""
    rows = _reports(select(AbuseReport), reach).options(
        joinedload(AbuseReport.idea).selectinload(Idea.quartiers), joinedload(AbuseReport.by)
    )
    count = _reports(select(func.count(AbuseReport.id)), reach)
    return page_of(rows.order_by(AbuseReport.at, AbuseReport.id), count, number)


def count_reports_waiting(reach: Reach) -> int:
    """How many reports wait."""
    return db.session.scalar(_reports(select(func.count(AbuseReport.id)), reach)) or 0


def report_by_id(report_id: int) -> AbuseReport:
    """One report with its idea. Raises ``Missing``."""
    query = select(AbuseReport).where(AbuseReport.id == report_id)
    found = db.session.scalar(
        query.options(
            joinedload(AbuseReport.idea).selectinload(Idea.quartiers),
            joinedload(AbuseReport.idea).joinedload(Idea.author),
            joinedload(AbuseReport.by),
        )
    )
    if found is None:
        raise Missing(f"report {report_id}")
    return found


def reports_waiting_on(idea_id: int) -> Sequence[AbuseReport]:
    """The reports on one idea that nobody has handled, the oldest first."""
    query = select(AbuseReport).where(AbuseReport.idea_id == idea_id, AbuseReport.handled_at.is_(None))
    return db.session.scalars(query.options(joinedload(AbuseReport.by)).order_by(AbuseReport.at, AbuseReport.id)).all()


def unanswered(reach: Reach, answer_days: int, which: Lateness = Lateness.ALL, number: int = 1) -> Page[Idea]:
    """The public ideas without an official answer, the oldest first; ``LATE`` keeps those whose answer is overdue."""

    def asked(query: Select[Any]) -> Select[Any]:
        query = _without_answer(query, reach)
        return query.where(_overdue(answer_days)) if which is Lateness.LATE else query

    rows = asked(select(Idea)).options(
        selectinload(Idea.quartiers), joinedload(Idea.process).selectinload(Process.phases), joinedload(Idea.theme)
    )
    return page_of(rows.order_by(Idea.published_at, Idea.id), asked(select(func.count(Idea.id))), number)


def _without_answer(query: Select[Any], reach: Reach) -> Select[Any]:
    return _inside(query, reach).where(Idea.state.in_((IdeaState.PUBLISHED, IdeaState.IN_STUDY)))


def _overdue(answer_days: int) -> Any:
    """``rules.answer_due`` said to the database: a phase of the démarche that ended, else so many days."""
    now = clock.now()
    of_this = Phase.process_id == Idea.process_id
    announced = exists().where(of_this, Phase.code == PhaseCode.ANNOUNCEMENT)
    studied = exists().where(of_this, Phase.code == PhaseCode.STUDY)
    return or_(
        exists().where(of_this, Phase.code == PhaseCode.ANNOUNCEMENT, Phase.ends_at < now),
        and_(not_(announced), exists().where(of_this, Phase.code == PhaseCode.STUDY, Phase.ends_at < now)),
        and_(not_(announced), not_(studied), Idea.published_at < now - timedelta(days=answer_days)),
    )


def _waiting(query: Select[Any], reach: Reach) -> Select[Any]:
    return _inside(query, reach).where(Idea.state == IdeaState.SUBMITTED)


def _reports(query: Select[Any], reach: Reach) -> Select[Any]:
    return _inside(query.join(Idea, Idea.id == AbuseReport.idea_id), reach).where(AbuseReport.handled_at.is_(None))


def _inside(query: Select[Any], reach: Reach) -> Select[Any]:
    """Keeps the ideas that ``reach.covers``."""
    if reach.everywhere:
        return query
    mine = or_(Quartier.id.in_(reach.quartier_ids), Quartier.contract_id.in_(reach.contract_ids))
    there = exists().where(idea_quartiers.c.idea_id == Idea.id, idea_quartiers.c.quartier_id == Quartier.id, mine)
    if reach.contract_ids:
        nowhere = ~exists().where(idea_quartiers.c.idea_id == Idea.id)
        return query.where(or_(there, Idea.all_quartiers, nowhere))
    return query.where(there, ~Idea.all_quartiers)

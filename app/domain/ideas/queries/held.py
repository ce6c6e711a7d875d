"""Everything ideas hold about one person, for the copy the person asks for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.database import db
from app.domain.ideas.models import AbuseReport, Idea, Support


def written_by(person_id: int) -> Sequence[Idea]:
    """Every idea of a person, drafts included, the oldest first."""
    return db.session.scalars(select(Idea).where(Idea.author_id == person_id).order_by(Idea.id)).all()


def numbers_supported_by(person_id: int) -> Sequence[int | None]:
    """The numbers of the ideas a person supports."""
    query = select(Idea.number).join(Support, Support.idea_id == Idea.id).where(Support.person_id == person_id)
    return db.session.scalars(query.order_by(Idea.number)).all()


def reports_by(person_id: int) -> Sequence[AbuseReport]:
    """What a person has reported, the oldest first."""
    return db.session.scalars(select(AbuseReport).where(AbuseReport.by_id == person_id).order_by(AbuseReport.id)).all()

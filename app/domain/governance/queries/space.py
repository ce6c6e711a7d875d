"""What is there: who was let into the space of a body without being of it, and who is of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance.models import Body, SpaceAccess
from app.domain.shared.paging import Page, page_of


def accesses_of(body: Body, number: int = 1) -> Page[SpaceAccess]:
    """Who entered the space of a body, the latest first."""
    rows = select(SpaceAccess).where(SpaceAccess.body_id == body.id)
    count = select(func.count()).select_from(SpaceAccess).where(SpaceAccess.body_id == body.id)
    return page_of(rows.order_by(SpaceAccess.entered_at.desc(), SpaceAccess.id.desc()), count, number)


def people_inside(body: Body) -> Sequence[Person]:
    """The accounts of those who are of the body today, by number. Needs its insiders."""
    ids = body.insiders.members | body.insiders.officers
    query = select(Person).where(Person.id.in_(ids), Person.deactivated_at.is_(None)).order_by(Person.id)
    return db.session.scalars(query).all()

"""What is there: the démarches, with their calendar."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.database import db
from app.domain.processes.models import Process
from app.domain.shared.refusals import Missing

WITH_CALENDAR = (selectinload(Process.phases), selectinload(Process.quartiers))


def process_by_id(process_id: int) -> Process:
    """One démarche with its calendar and quartiers, published or not. Raises ``Missing``."""
    found = db.session.scalar(select(Process).where(Process.id == process_id).options(*WITH_CALENDAR))
    if found is None:
        raise Missing(f"process {process_id}")
    return found


def published() -> Sequence[Process]:
    """The démarches people can see, the newest first."""
    query = select(Process).where(Process.published_at.is_not(None))
    return db.session.scalars(query.order_by(Process.published_at.desc(), Process.id).options(*WITH_CALENDAR)).all()

"""What is there: the démarches, with their calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from app.database import db
from app.domain.processes.models import Phase, PhaseCode, Process
from app.domain.shared import clock
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


def phases_ending_within(days: int) -> Sequence[Phase]:
    """The running phases of public démarches that end within so many days, the first to end first."""
    now = clock.now()
    query = (
        select(Phase)
        .join(Phase.process)
        .where(Process.published_at.is_not(None), Phase.starts_at <= now, Phase.ends_at > now)
        .where(Phase.ends_at <= now + timedelta(days=days))
        .options(contains_eager(Phase.process))
        .order_by(Phase.ends_at, Phase.id)
    )
    return db.session.scalars(query).all()


def processes_accepting_ideas() -> Sequence[Process]:
    """The public démarches whose call was opened and runs now, the one that ends first first."""
    now = clock.now()
    query = (
        select(Process)
        .join(Phase, Phase.process_id == Process.id)
        .where(Process.published_at.is_not(None), Process.call_opened_at.is_not(None))
        .where(Phase.code == PhaseCode.CALL, Phase.starts_at <= now, Phase.ends_at > now)
        .options(*WITH_CALENDAR)
        .order_by(Phase.ends_at, Process.id)
    )
    return db.session.scalars(query).unique().all()

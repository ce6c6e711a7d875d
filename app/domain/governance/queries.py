"""What is there: the records of the register, bodies, séances."""

from __future__ import annotations

from sqlalchemy import func, select, text

from app.database import db
from app.domain.governance.models import GovernanceRecord


def last_record_for_update() -> GovernanceRecord | None:
    """The end of the chain, with the register locked until the commit: two records never take the same place."""
    if db.session.get_bind().dialect.name == "postgresql":
        # A lock on the table also holds when the register is still empty and there is no row to lock.
        db.session.execute(text("LOCK TABLE governance_records IN SHARE ROW EXCLUSIVE MODE"))
    query = select(GovernanceRecord).order_by(GovernanceRecord.position.desc()).limit(1)
    return db.session.scalar(query)


def next_rank(year: int) -> int:
    """The next rank of a year, from 1."""
    query = select(func.max(GovernanceRecord.rank)).where(GovernanceRecord.year == year)
    return (db.session.scalar(query) or 0) + 1

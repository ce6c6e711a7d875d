"""The journal: one line per act, append-only. Reading or exporting personal data is an act too."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, db, refuse_changes
from app.domain.shared import clock


class Actor(Protocol):
    """Whoever acts: a person, known here by number only."""

    @property
    def id(self) -> int: ...


class JournalEntry(Base):
    """Who did what to what, and when. ``facts`` hold codes and numbers, never a ballot nor a free text of a person."""

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    # Empty when time itself acted (worker) or nobody was signed in.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    verb: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


refuse_changes(JournalEntry.__table__)  # type: ignore[arg-type]


def record(verb: str, subject: object, *, actor: Actor | None, **facts: Any) -> JournalEntry:
    """Writes one entry: ``verb`` in the past tense ("published"), the subject by table name and id, small facts."""
    db.session.flush()
    entry = JournalEntry(
        at=clock.now(),
        actor_id=actor.id if actor is not None else None,
        verb=verb,
        subject_kind=str(getattr(subject, "__tablename__", subject)),
        subject_id=str(getattr(subject, "id", "")),
        facts=facts,
    )
    db.session.add(entry)
    return entry

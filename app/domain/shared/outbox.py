"""The outbox: a message is a row written with the act that causes it, and delivered after the commit."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, db
from app.domain.shared import clock

# After each failure the next try waits longer: one minute, five, half an hour, two hours, then one day.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 1440))


class OutboxMessage(Base):
    """A letter to somebody, waiting for delivery or delivered."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_waiting", "delivered_at", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    written_at: Mapped[datetime]
    recipient: Mapped[str] = mapped_column(String(254), info={"personal": True})
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, info={"personal": True})
    delivered_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(200), default="")


def post(recipient: str | None, subject: str, body: str) -> None:
    """Files a message for delivery after the commit. Somebody without an address gets none: their page tells them."""
    if recipient:
        now = clock.now()
        message = OutboxMessage(
            recipient=recipient, subject=subject[:200], body=body, written_at=now, next_try_at=now, attempts=0
        )
        db.session.add(message)


def next_waiting_for_update() -> OutboxMessage | None:
    """The oldest message whose hour has come, locked so that two workers never deliver the same one."""
    query = (
        select(OutboxMessage)
        .where(OutboxMessage.delivered_at.is_(None), OutboxMessage.next_try_at <= clock.now())
        .order_by(OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return db.session.scalar(query)


def note_delivery(message: OutboxMessage, error: str = "") -> None:
    """Writes down what became of one try; after the last wait the message stays, undelivered, for a person to see."""
    message.attempts += 1
    message.last_error = error[:200]
    if not error:
        message.delivered_at = clock.now()
        message.next_try_at = None
    elif message.attempts <= len(WAITS):
        message.next_try_at = clock.now() + WAITS[message.attempts - 1]
    else:
        message.next_try_at = None

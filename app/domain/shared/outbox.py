"""The outbox: a message is a row written with the act that causes it, and delivered after the commit."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

from sqlalchemy import Index, String, Text, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, db
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of

# After each failure the next try waits longer: one minute, five, half an hour, two hours, then one day.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 1440))
# How long a worker has to send what it took. Longer than any server's patience, so that only a dead worker loses it.
LEASE = timedelta(minutes=5)


class MessageChannel(enum.Enum):
    """The ways a message leaves: a letter by e-mail, or a text message to a telephone."""

    EMAIL = "email"
    TEXT = "text"


class OutboxMessage(Base):
    """A letter to somebody, waiting for delivery or delivered."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_waiting", "delivered_at", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    written_at: Mapped[datetime]
    channel: Mapped[MessageChannel] = mapped_column(default=MessageChannel.EMAIL)
    recipient: Mapped[str] = mapped_column(String(254), info={"personal": True})
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, info={"personal": True})
    # A path of this site where to see more. The delivery knows the site's address, the act does not.
    path: Mapped[str] = mapped_column(String(200), default="", server_default="")
    delivered_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(200), default="")

    def text_for(self, public_url: str) -> str:
        """The letter as it is read: its body, then the whole address of the page it speaks of, on a line of its own."""
        return f"{self.body}\n\n{public_url}{self.path}" if self.path else self.body


def post(
    recipient: str | None,
    subject: str,
    body: str,
    path: str = "",
    channel: MessageChannel = MessageChannel.EMAIL,
) -> OutboxMessage | None:
    """Files a message for delivery after the commit. Somebody without an address gets none: their page tells them.

    ``path`` is a path of this site; the letter ends with its whole address.
    """
    if not recipient:
        return None
    now = clock.now()
    message = OutboxMessage(
        channel=channel, recipient=recipient, subject=subject[:200], body=body, path=path, written_at=now,
        next_try_at=now, attempts=0,
    )  # fmt: skip
    db.session.add(message)
    return message


def claim_next_for_update() -> OutboxMessage | None:
    """Takes the oldest message whose hour has come, for the length of a lease; the caller commits, then sends.

    Two workers never take the same one: the row is locked (PostgreSQL) or the whole file is (SQLite) until that commit,
    which comes before the sending, so that nobody waits behind a slow server. A worker killed after the commit loses
    nothing: when the lease is over, another takes the message again.
    """
    now = clock.now()
    query = (
        select(OutboxMessage)
        .where(OutboxMessage.delivered_at.is_(None), OutboxMessage.next_try_at <= now)
        .order_by(OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    message = db.session.scalar(query)
    if message is not None:
        message.attempts += 1
        message.next_try_at = now + LEASE
        db.session.flush()
    return message


def note_delivery(message_id: int, attempt: int, error: str = "") -> None:
    """Writes down what became of one try; after the last wait the message stays, undelivered, for a person to see.

    ``attempt`` is the number of the try: a failure told late, when somebody has tried again since, says nothing.
    """
    query = select(OutboxMessage).where(OutboxMessage.id == message_id).with_for_update()
    message = db.session.scalar(query.execution_options(populate_existing=True))
    if message is None or message.delivered_at is not None or (error and message.attempts != attempt):
        return
    message.last_error = error[:200]
    if not error:
        message.delivered_at = clock.now()
        message.next_try_at = None
    elif attempt <= len(WAITS):
        message.next_try_at = clock.now() + WAITS[attempt - 1]
    else:
        message.next_try_at = None


def count_stuck() -> int:
    """How many letters will not be tried again: somebody must look at them."""
    query = select(func.count(OutboxMessage.id)).where(
        OutboxMessage.delivered_at.is_(None), OutboxMessage.next_try_at.is_(None)
    )
    return db.session.scalar(query) or 0


def forget_delivered(kept_days: int) -> int:
    """Erases the letters delivered more than ``kept_days`` days ago, and says how many: they hold personal data."""
    old = OutboxMessage.delivered_at < clock.now() - timedelta(days=kept_days)
    rows = db.session.scalars(delete(OutboxMessage).where(old).returning(OutboxMessage.id)).all()
    return len(rows)


def messages(number: int) -> Page[OutboxMessage]:
    """Every letter, the newest first: for the letter box of a demonstration."""
    return page_of(
        select(OutboxMessage).order_by(OutboxMessage.id.desc()), select(func.count(OutboxMessage.id)), number
    )

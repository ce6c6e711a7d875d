"""What time asks to be told once: a reminder already sent is a row, so that two workers never send it twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, db
from app.domain.shared import clock


class Reminder(Base):
    """A reminder that was sent. The key says of what, so that a new date makes a new reminder."""

    __tablename__ = "reminders"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    sent_at: Mapped[datetime]


def first_time(key: str) -> bool:
    """Notes the reminder and says whether it is the first: another worker that noted it at the same time wins alone."""
    if db.session.get(Reminder, key) is not None:
        return False
    try:
        with db.session.begin_nested():
            db.session.add(Reminder(key=key, sent_at=clock.now()))
    except IntegrityError:
        return False
    return True

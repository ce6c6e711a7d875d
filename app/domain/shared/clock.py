"""The only door by which time enters: aware instants in UTC, days in Paris.

``shifted`` moves the clock for tests and demonstrations; the database's clock moves with it, so a rule that asks the
database sees the same hour.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlalchemy import func, select
from sqlalchemy.orm import Session

PARIS = ZoneInfo("Europe/Paris")
# Asked at each vote: written once, for writing a statement takes as long as running it.
_TOLD_BY_SQLITE = select(func.strftime("%Y-%m-%dT%H:%M:%f", "now"))
_TOLD_BY_POSTGRESQL = select(func.clock_timestamp())
_shift = timedelta(0)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC) + _shift


def today() -> date:
    """The present day in Paris."""
    return now().astimezone(PARIS).date()


def in_paris(instant: datetime) -> datetime:
    """The same instant told in Paris time."""
    return instant.astimezone(PARIS)


def from_paris(local: datetime) -> datetime:
    """The instant of an hour told in Paris, as typed in a form (naive); the first of the two when clocks go back.

    In the first year of all UTC has no hour for it: the second year is taken, rules refuse both as past.
    """
    return local.replace(year=max(local.year, 2), tzinfo=PARIS).astimezone(UTC)


def months_after(day: date, months: int) -> date:
    """The same day so many months later (before, if negative); the last of the month when there is no such day."""
    rank = day.year * 12 + day.month - 1 + months
    year, month = divmod(rank, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_in_words(day: date, pattern: str = "EEEE d MMMM y") -> str:
    """A day as French writes it: "mardi 3 juin 2026", "jeudi 1er octobre 2026" (the first alone is an ordinal)."""
    return format_date(day, pattern.replace("d ", "d'er' ") if day.day == 1 else pattern, locale="fr")


def in_words(instant: datetime) -> str:
    """An instant as letters write it, in French: "mardi 3 juin 2026 à 18 h 30", Paris time."""
    local = in_paris(instant)
    minutes = f" {local.minute:02d}" if local.minute else ""
    return f"{day_in_words(local)} à {local.hour} h{minutes}"


def start_of(day: date) -> datetime:
    """The first instant of a Paris day, in UTC."""
    return datetime.combine(day, time.min, PARIS).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant after a Paris day, in UTC: a period that ends on a day ends at its midnight, excluded."""
    return start_of(day + timedelta(days=1))


def database_now(session: Session) -> datetime:
    """The instant told by the database, which is the judge when a deadline is close (several servers, one box)."""
    if session.get_bind().dialect.name == "sqlite":
        text = session.scalar(_TOLD_BY_SQLITE)
        return datetime.fromisoformat(str(text)).replace(tzinfo=UTC) + _shift
    instant = session.scalar(_TOLD_BY_POSTGRESQL)
    if not isinstance(instant, datetime):
        raise TypeError(f"the database told {instant!r}")
    return instant.astimezone(UTC) + _shift


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Moves the clock by ``by`` for the length of a block (tests and the demonstration town only)."""
    global _shift
    before, _shift = _shift, _shift + by
    try:
        yield
    finally:
        _shift = before

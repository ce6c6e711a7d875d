"""The secret address by which somebody's calendar follows the séances they sit in."""

from __future__ import annotations

import hashlib
import secrets

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance.models import CalendarKey
from app.domain.shared import clock, journal


def renew_calendar(*, actor: Person) -> str:
    """Makes a new key and gives it back, this once; the one before no longer opens anything."""
    key = secrets.token_urlsafe(24)
    row = db.session.get(CalendarKey, actor.id) or CalendarKey(person_id=actor.id)
    row.key_hash, row.made_at = hashlib.sha256(key.encode()).hexdigest(), clock.now()
    db.session.add(row)
    journal.record("renewed_calendar", CalendarKey.__tablename__, actor=actor)
    return key

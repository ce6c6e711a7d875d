"""Séances are planned, changed and convened."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.accounts.services import tell
from app.domain.governance import queries, rules
from app.domain.governance.models import Body, Seance
from app.domain.shared import clock, journal, reminders
from app.domain.shared.refusals import require


def plan_seance(
    *, body: Body, title: str, starts_at: datetime, place: str, agenda: str, is_public: bool, actor: Person
) -> Seance:
    """Plans a séance (``starts_at`` in UTC). Place and agenda may come later. Refusal ``past`` on ``starts_at``."""
    require(rules.can_be_planned(starts_at))
    seance = Seance(
        body_id=body.id, title=title, starts_at=starts_at, place=place, agenda=agenda, is_public=is_public,
    )  # fmt: skip
    db.session.add(seance)
    journal.record("planned", seance, actor=actor, body=body.id)
    return seance


def change_seance(
    *, seance: Seance, title: str, starts_at: datetime, place: str, agenda: str, is_public: bool, actor: Person
) -> bool:
    """Changes a séance to come. Says whether its convocation must be sent again.

    A convocation that gave another hour or another place is no longer true: the séance lacks one again. Refusals
    ``past``. Choix de conception.
    """
    require(rules.can_change(seance), rules.can_be_planned(starts_at))
    moved = (seance.starts_at, seance.place) != (starts_at, place)
    again = moved and seance.convocation_sent_at is not None
    seance.title, seance.starts_at, seance.place = title, starts_at, place
    seance.agenda, seance.is_public = agenda, is_public
    if again:
        seance.convocation_sent_at = None
    journal.record("changed", seance, actor=actor, convocation_again=again)
    return again


def convene(*, seance: Seance, actor: Person) -> None:
    """Notes that the convocation was sent. Refusals ``lacks`` (no place, no agenda), ``sent``, ``past``."""
    require(rules.can_convene(seance))
    seance.convocation_sent_at = clock.now()
    journal.record("convened", seance, actor=actor)


def remind_of_unready_seances(*, days: int) -> int:
    """Tells those who prepare a séance, once, what it still lacks when it takes place within so many days."""
    sent = 0
    for seance in queries.seances_within(days):
        missing = rules.lacks(seance)
        if not missing or not reminders.first_time(f"seance:{seance.id}:{seance.starts_at:%Y%m%dT%H%M}"):
            continue
        subject = _l("Séance à préparer : %(title)s", title=seance.title)
        told = " ".join(f"{lack.label}." for lack in missing)
        body = _l("Elle a lieu le %(when)s. %(missing)s", when=clock.in_words(seance.starts_at), missing=told)
        for person in queries.leaders_of(seance.body):
            tell(person, subject, body, f"/seances/{seance.id}")
        sent += 1
    return sent

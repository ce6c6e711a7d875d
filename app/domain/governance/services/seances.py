"""Séances are planned, changed, cancelled; those who prepare them are reminded of what they lack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.accounts.services import tell
from app.domain.governance import queries, rules
from app.domain.governance.models import SEANCE_LIFE, AgendaItem, Body, ItemKind, ItemState, Seance, SeanceState
from app.domain.governance.services.minutes import put_on_agenda
from app.domain.shared import clock, journal, reminders
from app.domain.shared.refusals import require


@dataclass(frozen=True)
class Practical:
    """What one must know to come: how one gets in, who minds the children, who interprets, until when (UTC)."""

    ends_at: datetime | None = None
    access: str = ""
    childcare: str = ""
    interpreter: str = ""
    introduction: str = ""


NOTHING_MORE = Practical()


def plan_seance(
    *,
    body: Body,
    title: str,
    starts_at: datetime,
    place: str,
    agenda: str,
    is_public: bool,
    actor: Person,
    practical: Practical = NOTHING_MORE,
    also: Iterable[Body] = (),
) -> Seance:
    """Plans a séance (``starts_at`` in UTC) of a body, and of the others that meet with it (``also``).

    Place and agenda may come later; each line of ``agenda`` becomes an item. Refusals ``past`` on ``starts_at``,
    ``order`` on ``ends_at``.
    """
    require(rules.can_be_planned(starts_at), rules.ends_after(starts_at, practical.ends_at))
    seance = Seance(body_id=body.id, title=title, starts_at=starts_at, place=place, is_public=is_public)
    seance.body, seance.also = body, [other for other in also if other.id != body.id]
    seance.state, seance.call_number, seance.sequence = SeanceState.PLANNED, 1, 0
    _write(seance, practical)
    seance.items = [
        AgendaItem(position=rank, title=line[:200], kind=ItemKind.DISCUSSION, state=ItemState.ACCEPTED)
        for rank, line in enumerate((text.strip() for text in agenda.splitlines() if text.strip()), start=1)
    ]
    db.session.add(seance)
    db.session.flush()
    for held in queries.unapproved_before(seance):
        put_on_agenda(seance=held, following=seance, actor=actor)
    journal.record("planned", seance, actor=actor, body=body.id)
    return seance


def change_seance(
    *,
    seance: Seance,
    title: str,
    starts_at: datetime,
    place: str,
    is_public: bool,
    actor: Person,
    practical: Practical = NOTHING_MORE,
    also: Iterable[Body] = (),
) -> bool:
    """Changes a séance to come. Says whether its convocation must be sent again.

    A convocation that gave another hour or another place is no longer true: the séance lacks one again. Refusals
    ``past``, ``order``. Choix de conception.
    """
    require(rules.can_change(seance), rules.can_be_planned(starts_at), rules.ends_after(starts_at, practical.ends_at))
    moved = (seance.starts_at, seance.place) != (starts_at, place)
    again = moved and seance.convocation_sent_at is not None
    shown = (seance.title, seance.starts_at, seance.ends_at, seance.place)
    seance.title, seance.starts_at, seance.place, seance.is_public = title, starts_at, place, is_public
    seance.also = [other for other in also if other.id != seance.body_id]
    _write(seance, practical)
    if shown != (title, starts_at, practical.ends_at, place):
        # Calendars that hold the séance then take the new one.
        seance.sequence += 1
    if again:
        seance.convocation_sent_at = None
        seance.state = SEANCE_LIFE.target("move", seance.state)
    journal.record("changed", seance, actor=actor, convocation_again=again)
    return again


def _write(seance: Seance, practical: Practical) -> None:
    seance.ends_at, seance.access = practical.ends_at, practical.access
    seance.childcare, seance.interpreter = practical.childcare, practical.interpreter
    seance.introduction = practical.introduction


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

"""What is there: the séances, to come and held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance.models import IN_SESSION, Body, Seance, SeanceState, seance_bodies
from app.domain.governance.queries.bodies import led_by, sits_in, with_insiders
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing

TO_COME = (SeanceState.PLANNED, SeanceState.CONVENED, SeanceState.OPEN, SeanceState.SUSPENDED)
# What a list shows of a séance: its body, those that meet with it, and whether its agenda is empty.
SHOWN = (
    joinedload(Seance.body).selectinload(Body.quartiers),
    selectinload(Seance.also).selectinload(Body.quartiers),
    selectinload(Seance.items),
)


def of_body(body_id: int) -> ColumnElement[bool]:
    """The séances in which a body meets: those it convenes, and those of another that it joins."""
    joined = select(seance_bodies.c.seance_id).where(seance_bodies.c.body_id == body_id)
    return or_(Seance.body_id == body_id, Seance.id.in_(joined))


def seance_by_id(seance_id: int) -> Seance:
    """One séance with its body and its insiders. Raises ``Missing``."""
    found = db.session.scalar(select(Seance).where(Seance.id == seance_id).options(*SHOWN))
    if found is None:
        raise Missing(f"seance {seance_id}")
    with_insiders(found.bodies)
    return found


def seances_of(body: Body, number: int = 1) -> Page[Seance]:
    """A page of the séances of a body, the latest first."""
    rows = select(Seance).where(of_body(body.id)).order_by(Seance.starts_at.desc(), Seance.id.desc())
    count = select(func.count()).select_from(Seance).where(of_body(body.id))
    return page_of(rows.options(*SHOWN), count, number)


def _still_to_attend() -> ColumnElement[bool]:
    """To come, or being held now: one may still walk in. One that nobody thought to close is over the next day."""
    now = clock.now()
    held = and_(Seance.state.in_(IN_SESSION), Seance.opened_at > now - timedelta(days=1))
    return or_(and_(Seance.starts_at > now, Seance.state.in_(TO_COME)), held)


def public_seances(number: int = 1) -> Page[Seance]:
    """A page of the séances to come that anybody may attend, the next first."""
    coming = and_(Seance.is_public, _still_to_attend())
    rows = select(Seance).where(coming).options(*SHOWN).order_by(Seance.starts_at, Seance.id)
    return page_of(rows, select(func.count()).select_from(Seance).where(coming), number)


def next_public_seance(quartier_id: int | None = None) -> Seance | None:
    """The next séance anybody may attend; for a quartier, those of its bodies and of the bodies of no quartier."""
    query = select(Seance).join(Seance.body).where(Seance.is_public, _still_to_attend())
    if quartier_id is not None:
        query = query.where(or_(sits_in(quartier_id), ~sits_in(None)))
    return db.session.scalar(query.options(*SHOWN).order_by(Seance.starts_at, Seance.id).limit(1))


def seances_within(days: int) -> Sequence[Seance]:
    """The séances that take place within so many days, the next first."""
    now = clock.now()
    soon = and_(Seance.starts_at > now, Seance.starts_at <= now + timedelta(days=days), Seance.state.in_(TO_COME))
    query = select(Seance).where(soon)
    found = db.session.scalars(query.options(*SHOWN).order_by(Seance.starts_at, Seance.id)).all()
    with_insiders(seance.body for seance in found)
    return found


def seances_to_prepare(person: Person, size: int = 5) -> Sequence[Seance]:
    """The next séances of the bodies that a person leads. Needs ``person.grants`` loaded."""
    query = (
        select(Seance)
        .join(Seance.body)
        .where(Seance.starts_at > clock.now(), Seance.state.in_(TO_COME), led_by(person))
        .options(*SHOWN)
        .order_by(Seance.starts_at, Seance.id)
    )
    return db.session.scalars(query.limit(size)).all()

"""What is there: the séances, to come and held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance.models import Body, Seance
from app.domain.governance.queries.bodies import led_by, sits_in, with_insiders
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing

WITH_BODY = joinedload(Seance.body).selectinload(Body.quartiers)


def seance_by_id(seance_id: int) -> Seance:
    """One séance with its body and its insiders. Raises ``Missing``."""
    found = db.session.scalar(select(Seance).where(Seance.id == seance_id).options(WITH_BODY))
    if found is None:
        raise Missing(f"seance {seance_id}")
    with_insiders([found.body])
    return found


def seances_of(body: Body, number: int = 1) -> Page[Seance]:
    """A page of the séances of a body, the latest first."""
    rows = select(Seance).where(Seance.body_id == body.id).order_by(Seance.starts_at.desc(), Seance.id.desc())
    count = select(func.count()).select_from(Seance).where(Seance.body_id == body.id)
    return page_of(rows.options(WITH_BODY), count, number)


def public_seances(number: int = 1) -> Page[Seance]:
    """A page of the séances to come that anybody may attend, the next first."""
    coming = and_(Seance.is_public, Seance.starts_at > clock.now())
    rows = select(Seance).where(coming).options(WITH_BODY).order_by(Seance.starts_at, Seance.id)
    return page_of(rows, select(func.count()).select_from(Seance).where(coming), number)


def next_public_seance(quartier_id: int | None = None) -> Seance | None:
    """The next séance anybody may attend; for a quartier, those of its bodies and of the bodies of no quartier."""
    query = select(Seance).join(Seance.body).where(Seance.is_public, Seance.starts_at > clock.now())
    if quartier_id is not None:
        query = query.where(or_(sits_in(quartier_id), ~sits_in(None)))
    return db.session.scalar(query.options(WITH_BODY).order_by(Seance.starts_at, Seance.id).limit(1))


def seances_within(days: int) -> Sequence[Seance]:
    """The séances that take place within so many days, the next first."""
    now = clock.now()
    query = select(Seance).where(Seance.starts_at > now, Seance.starts_at <= now + timedelta(days=days))
    found = db.session.scalars(query.options(WITH_BODY).order_by(Seance.starts_at, Seance.id)).all()
    with_insiders(seance.body for seance in found)
    return found


def seances_to_prepare(person: Person, size: int = 5) -> Sequence[Seance]:
    """The next séances of the bodies that a person leads. Needs ``person.grants`` loaded."""
    query = (
        select(Seance)
        .join(Seance.body)
        .where(Seance.starts_at > clock.now(), led_by(person))
        .options(WITH_BODY)
        .order_by(Seance.starts_at, Seance.id)
    )
    return db.session.scalars(query.limit(size)).all()

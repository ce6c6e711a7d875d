"""What is there: a body with everybody who may enter its space, and when it meets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from app.database import db
from app.domain.governance import queries as governance
from app.domain.governance.models import IN_SESSION, Body, Mandate, Seance, SeanceState, Seat, seance_bodies
from app.domain.shared import clock

# A séance that did not take place adopted nothing.
GIVEN_UP = (SeanceState.CANCELLED, SeanceState.NO_QUORUM)


def body_in_its_space(body_id: int) -> Body:
    """One body with its insiders, and the administrators let in at this hour. Raises ``Missing``."""
    return governance.body_by_id(body_id)


def with_everybody(bodies: Iterable[Body]) -> None:
    """Loads the insiders of these bodies and those let in: what their policies ask."""
    governance.with_insiders({body.id: body for body in bodies}.values())


def mandates_in_force(body: Body) -> Sequence[Mandate]:
    """The mandates of a body in force today, titulars first, with their members."""
    today = clock.today()
    query = (
        select(Mandate)
        .join(Seat, Seat.id == Mandate.seat_id)
        .where(
            Seat.body_id == body.id, Mandate.starts_on <= today,
            or_(Mandate.ended_on.is_(None), Mandate.ended_on > today),
        )
        .options(joinedload(Mandate.member))
        .order_by(Mandate.standing.desc(), Seat.number, Mandate.id)
    )  # fmt: skip
    return db.session.scalars(query).all()


def gathers(body_id: int) -> ColumnElement[bool]:
    """Whether a séance gathers a body, alone or with others, and was not given up."""
    together = select(seance_bodies.c.seance_id).where(seance_bodies.c.body_id == body_id)
    return and_(or_(Seance.body_id == body_id, Seance.id.in_(together)), Seance.state.not_in(GIVEN_UP))


def next_seances(body: Body, most: int) -> Sequence[Seance]:
    """The next séances of a body, the one being held first: its members look for it."""
    query = select(Seance).where(gathers(body.id), or_(Seance.starts_at > clock.now(), Seance.state.in_(IN_SESSION)))
    return db.session.scalars(query.order_by(Seance.starts_at, Seance.id).limit(most)).all()


def past_seances(body: Body, most: int = 10) -> Sequence[Seance]:
    """The last séances held, the latest first: one of them may have adopted a text.

    One opened before its hour has begun, whatever its hour says.
    """
    begun = or_(Seance.starts_at <= clock.now(), Seance.opened_at.is_not(None))
    query = select(Seance).where(gathers(body.id), begun)
    return db.session.scalars(query.order_by(Seance.starts_at.desc(), Seance.id.desc()).limit(most)).all()

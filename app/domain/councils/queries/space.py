"""What is there: a body with everybody who may enter its space, and who entered it without being of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.database import db
from app.domain.accounts.models import Person
from app.domain.councils.models import SpaceAccess
from app.domain.governance import queries as governance
from app.domain.governance.models import Body, Mandate, Seance, SeanceState, Seat, seance_bodies
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of

# A séance that did not take place adopted nothing.
GIVEN_UP = (SeanceState.CANCELLED, SeanceState.NO_QUORUM)


def body_in_its_space(body_id: int) -> Body:
    """One body with its insiders, and the administrators let in at this hour. Raises ``Missing``."""
    body = governance.body_by_id(body_id)
    with_visitors([body])
    return body


def with_visitors(bodies: Iterable[Body]) -> None:
    """Loads who was let into these spaces at this hour, in one query. Needs their insiders."""
    held = {body.id: body for body in bodies}
    now = clock.now()
    query = select(SpaceAccess.body_id, SpaceAccess.person_id).where(
        SpaceAccess.body_id.in_(held), SpaceAccess.entered_at <= now, SpaceAccess.ends_at > now
    )
    let_in: dict[int, set[int | None]] = defaultdict(set)
    for body_id, person_id in db.session.execute(query) if held else ():
        let_in[body_id].add(person_id)
    for body_id, body in held.items():
        body.loaded_insiders = replace(body.insiders, visitors=frozenset(let_in[body_id]))


def with_everybody(bodies: Iterable[Body]) -> None:
    """Loads the insiders of these bodies and those let in: what their policies ask."""
    loaded = list({body.id: body for body in bodies}.values())
    governance.with_insiders(loaded)
    with_visitors(loaded)


def accesses_of(body: Body, number: int = 1) -> Page[SpaceAccess]:
    """Who entered the space of a body, the latest first."""
    rows = select(SpaceAccess).where(SpaceAccess.body_id == body.id)
    count = select(func.count()).select_from(SpaceAccess).where(SpaceAccess.body_id == body.id)
    return page_of(rows.order_by(SpaceAccess.entered_at.desc(), SpaceAccess.id.desc()), count, number)


def people_inside(body: Body) -> Sequence[Person]:
    """The accounts of those who are of the body today, by number. Needs its insiders."""
    ids = body.insiders.members | body.insiders.officers
    query = select(Person).where(Person.id.in_(ids), Person.deactivated_at.is_(None)).order_by(Person.id)
    return db.session.scalars(query).all()


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
    """The next séances of a body."""
    query = select(Seance).where(gathers(body.id), Seance.starts_at > clock.now())
    return db.session.scalars(query.order_by(Seance.starts_at, Seance.id).limit(most)).all()


def past_seances(body: Body, most: int = 10) -> Sequence[Seance]:
    """The last séances held, the latest first: one of them may have adopted a text."""
    query = select(Seance).where(gathers(body.id), Seance.starts_at <= clock.now())
    return db.session.scalars(query.order_by(Seance.starts_at.desc(), Seance.id.desc()).limit(most)).all()

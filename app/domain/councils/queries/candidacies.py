"""What is there: the seats one may ask for, and the candidacies of a body or of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.accounts.models import Person
from app.domain.councils.models import (
    ENDED_CANDIDACIES,
    OPEN_CANDIDACIES,
    Candidacy,
    CandidacyState,
    CandidacyStep,
)
from app.domain.councils.queries.space import with_everybody
from app.domain.governance.models import Body, College, Mandate, Recruitment, Seat, SeatType, Standing
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing


@dataclass(frozen=True)
class OpenSeats:
    """A kind of seat, and how many of its seats nobody holds today."""

    seat_type: SeatType
    vacant: int


def vacant_seats_of(seat_type_ids: Sequence[int]) -> Sequence[Seat]:
    """The seats of these kinds that are open and that no titular holds, in their order."""
    today = clock.today()
    held = exists().where(
        Mandate.seat_id == Seat.id, Mandate.standing == Standing.TITULAR,
        or_(Mandate.ended_on.is_(None), Mandate.ended_on > today),
    )  # fmt: skip
    query = (
        select(Seat)
        .where(Seat.seat_type_id.in_(seat_type_ids), ~held, _open_today())
        .options(joinedload(Seat.seat_type).joinedload(SeatType.college), joinedload(Seat.quartier))
        .order_by(Seat.seat_type_id, Seat.number, Seat.id)
    )
    return db.session.scalars(query).all()


def open_seats_of(seat_type_ids: Sequence[int]) -> Sequence[Seat]:
    """The seats of these kinds that are open, held or not, in their order."""
    query = (
        select(Seat)
        .where(Seat.seat_type_id.in_(seat_type_ids), _open_today())
        .options(joinedload(Seat.seat_type).joinedload(SeatType.college), joinedload(Seat.quartier))
        .order_by(Seat.seat_type_id, Seat.number, Seat.id)
    )
    return db.session.scalars(query).all()


def open_seats_by(body: Body, recruitments: Sequence[Recruitment]) -> list[OpenSeats]:
    """The kinds of seats of a body filled in these ways, with how many are free; those that are full included."""
    query = (
        select(SeatType)
        .join(SeatType.college)
        .where(
            College.body_id == body.id, College.closed_on.is_(None), SeatType.recruitment.in_(recruitments),
            exists().where(Seat.seat_type_id == SeatType.id, _open_today()),
        )
        .options(joinedload(SeatType.college))
        .order_by(College.position, College.id, SeatType.position, SeatType.id)
    )  # fmt: skip
    kinds = db.session.scalars(query).all()
    vacant: dict[int, int] = {}
    for seat in vacant_seats_of([kind.id for kind in kinds]):
        vacant[seat.seat_type_id] = vacant.get(seat.seat_type_id, 0) + 1
    return [OpenSeats(kind, vacant.get(kind.id, 0)) for kind in kinds]


def candidacy_by_id(candidacy_id: int) -> Candidacy:
    """One candidacy with its steps, its kind of seat, and its body with everybody in it. Raises ``Missing``."""
    found = db.session.scalar(_whole(select(Candidacy).where(Candidacy.id == candidacy_id)))
    if found is None:
        raise Missing(f"candidacy {candidacy_id}")
    with_everybody([found.body])
    return found


def candidacy_for_update(candidacy_id: int) -> Candidacy:
    """The same, held until the commit: two people never decide together."""
    # Only the candidacy is read again: the person signed in may be the candidate, and their roles stay loaded.
    query = select(Candidacy).where(Candidacy.id == candidacy_id).with_for_update(of=Candidacy)
    if db.session.scalar(query.execution_options(populate_existing=True)) is None:
        raise Missing(f"candidacy {candidacy_id}")
    return candidacy_by_id(candidacy_id)


def candidacies_of(body: Body, number: int = 1, only_open: bool = False) -> Page[Candidacy]:
    """The candidacies of a body, those that wait first, the oldest first."""
    wanted = [Candidacy.body_id == body.id]
    if only_open:
        wanted.append(Candidacy.state.in_(OPEN_CANDIDACIES))
    rows = select(Candidacy).where(*wanted).options(joinedload(Candidacy.seat_type), joinedload(Candidacy.quartier))
    rows = rows.order_by(Candidacy.state.in_(OPEN_CANDIDACIES).desc(), Candidacy.submitted_at, Candidacy.id)
    return page_of(rows, select(func.count()).select_from(Candidacy).where(*wanted), number)


def candidacies_by(person: Person, number: int = 1) -> Page[Candidacy]:
    """The candidacies of an account, the newest first."""
    query = select(Candidacy).where(Candidacy.person_id == person.id)
    query = query.options(joinedload(Candidacy.body), joinedload(Candidacy.seat_type))
    count = select(func.count()).select_from(Candidacy).where(Candidacy.person_id == person.id)
    return page_of(query.order_by(Candidacy.submitted_at.desc(), Candidacy.id.desc()), count, number)


def has_candidacies(person: Person) -> bool:
    """Whether an account asked to sit somewhere, and it is not forgotten."""
    return bool(db.session.scalar(select(exists().where(Candidacy.person_id == person.id))))


def whole_candidacies_of(person: Person) -> Sequence[Candidacy]:
    """Every candidacy of an account with its steps, the oldest first: for the person’s own copy."""
    query = select(Candidacy).where(Candidacy.person_id == person.id)
    query = query.options(joinedload(Candidacy.body), joinedload(Candidacy.seat_type), selectinload(Candidacy.steps))
    return db.session.scalars(query.order_by(Candidacy.submitted_at, Candidacy.id)).all()


def candidacies_to_forget(kept_days: int) -> Sequence[Candidacy]:
    """Those that ended so many days ago and still say who it was of: with their steps, the oldest first.

    A candidacy ends when it is declined, refused or withdrawn, when the mandate it led to ends, or when its body does.
    """
    before = clock.today() - timedelta(days=kept_days)
    last = select(func.max(CandidacyStep.at)).where(CandidacyStep.candidacy_id == Candidacy.id).scalar_subquery()
    ended = or_(
        and_(Candidacy.state.in_(ENDED_CANDIDACIES), last < clock.start_of(before + timedelta(days=1))),
        and_(Candidacy.state == CandidacyState.SEATED, Mandate.ended_on <= before),
        and_(Candidacy.state.in_(OPEN_CANDIDACIES), Body.ended_on <= before),
    )
    query = select(Candidacy).join(Candidacy.body).outerjoin(Mandate, Mandate.id == Candidacy.mandate_id)
    query = query.where(Candidacy.erased_at.is_(None), ended).options(selectinload(Candidacy.steps))
    return db.session.scalars(query.order_by(Candidacy.id)).all()


def open_candidacy_of(person: Person, body: Body) -> Candidacy | None:
    """The candidacy under way of somebody in a body."""
    query = select(Candidacy).where(
        Candidacy.person_id == person.id, Candidacy.body_id == body.id, Candidacy.state.in_(OPEN_CANDIDACIES)
    )
    return db.session.scalar(query)


def invited_for(seat_type_id: int) -> int:
    """How many people were offered a seat of a kind and have not answered."""
    waiting = and_(Candidacy.seat_type_id == seat_type_id, Candidacy.state == CandidacyState.INVITED)
    return db.session.scalar(select(func.count()).select_from(Candidacy).where(waiting)) or 0


def _open_today() -> ColumnElement[bool]:
    today = clock.today()
    return and_(Seat.opened_on <= today, or_(Seat.closed_on.is_(None), Seat.closed_on > today))


def _whole(query: Select[Candidacy]) -> Select[Candidacy]:
    return query.options(
        joinedload(Candidacy.body).selectinload(Body.quartiers),
        joinedload(Candidacy.body).joinedload(Body.contract),
        joinedload(Candidacy.seat_type).joinedload(SeatType.college),
        joinedload(Candidacy.quartier),
        joinedload(Candidacy.person),
        selectinload(Candidacy.steps),
    )

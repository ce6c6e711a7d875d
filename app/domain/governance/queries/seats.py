"""What is there: colleges, seats, mandates and offices; the rulebooks that say who sits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance.models import (
    Body,
    BodyRulebook,
    College,
    Mandate,
    Member,
    Office,
    RulebookSubject,
    Seat,
    SeatOffer,
    SeatType,
    Standing,
)
from app.domain.shared import clock
from app.domain.shared.refusals import Missing

WITH_PLACE = (
    joinedload(Mandate.member).joinedload(Member.organisation),
    joinedload(Mandate.seat).joinedload(Seat.seat_type).joinedload(SeatType.college),
    joinedload(Mandate.seat).joinedload(Seat.quartier),
    joinedload(Mandate.represents_body),
)


def last_rulebook(body_id: int, subject: RulebookSubject) -> BodyRulebook | None:
    """The last version written of a rulebook, in force or to come."""
    return next(iter(rulebooks_of(body_id, subject)), None)


def rulebooks_of(body_id: int, subject: RulebookSubject) -> Sequence[BodyRulebook]:
    """Every version of a rulebook, the newest first."""
    query = select(BodyRulebook).where(BodyRulebook.body_id == body_id, BodyRulebook.subject == subject)
    return db.session.scalars(query.order_by(BodyRulebook.version.desc())).all()


def rulebook_on(body_id: int, subject: RulebookSubject, day: date) -> BodyRulebook | None:
    """The version in force on a day."""
    return next((one for one in rulebooks_of(body_id, subject) if one.in_force_on <= day), None)


def colleges_of(body: Body) -> Sequence[College]:
    """The colleges of a body with their kinds of seats, closed ones included."""
    query = select(College).where(College.body_id == body.id).options(selectinload(College.seat_types))
    return db.session.scalars(query.order_by(College.position, College.id)).all()


def seat_types_of(college: College) -> Sequence[SeatType]:
    """The kinds of seats of a college."""
    query = select(SeatType).where(SeatType.college_id == college.id)
    return db.session.scalars(query.order_by(SeatType.position, SeatType.id)).all()


def seats_on(body: Body, day: date) -> Sequence[Seat]:
    """The seats open on a day in the order of the rule, with everybody who ever held them."""
    query = (
        select(Seat)
        .join(Seat.seat_type)
        .join(SeatType.college)
        .where(Seat.body_id == body.id, Seat.opened_on <= day, or_(Seat.closed_on.is_(None), Seat.closed_on > day))
        .options(
            joinedload(Seat.seat_type).joinedload(SeatType.college),
            joinedload(Seat.quartier),
            selectinload(Seat.mandates).joinedload(Mandate.member).joinedload(Member.organisation),
            selectinload(Seat.mandates).joinedload(Mandate.represents_body),
        )
        .order_by(College.position, College.id, SeatType.position, SeatType.id, Seat.number)
    )
    return db.session.scalars(query).all()


def open_seats(body: Body) -> Sequence[Seat]:
    """The seats open today."""
    return seats_on(body, clock.today())


def open_seats_by_kind(body: Body) -> dict[tuple[int, int | None], list[Seat]]:
    """The seats open today by kind and quartier, in the order of their numbers."""
    found: dict[tuple[int, int | None], list[Seat]] = defaultdict(list)
    for seat in open_seats(body):
        found[seat.seat_type_id, seat.quartier_id].append(seat)
    return found


def last_seat_number(seat_type_id: int) -> int:
    """The highest number given to a seat of a kind, closed ones included."""
    return db.session.scalar(select(func.max(Seat.number)).where(Seat.seat_type_id == seat_type_id)) or 0


def mandates_in_force(body: Body, day: date | None = None) -> Sequence[Mandate]:
    """The mandates in force in a body on a day (today), with member, seat and college, in a stable order."""
    query = (
        select(Mandate)
        .join(Mandate.seat)
        .join(Seat.seat_type)
        .join(SeatType.college)
        .where(Seat.body_id == body.id, in_force(Mandate, day or clock.today()))
        .options(*WITH_PLACE)
        .order_by(
            College.position, College.id, SeatType.position, SeatType.id, Seat.number, Mandate.standing.desc(),
            Mandate.rank, Mandate.id,
        )
    )  # fmt: skip
    return db.session.scalars(query).all()


def mandates_at_term(body: Body) -> Sequence[Mandate]:
    """The mandates in force whose planned end has come, alternates included, in the same order."""
    today = clock.today()
    return [one for one in mandates_in_force(body) if one.ends_on is not None and one.ends_on <= today]


def offices_in_force(body: Body, day: date | None = None) -> Sequence[Office]:
    """The offices held in a body on a day (today), with who holds them."""
    query = (
        select(Office)
        .join(Office.mandate)
        .join(Mandate.seat)
        .where(Seat.body_id == body.id, in_force(Office, day or clock.today()))
        .options(joinedload(Office.mandate).joinedload(Mandate.member))
        .order_by(Office.starts_on, Office.id)
    )
    return db.session.scalars(query).all()


def in_force(table: type[Mandate] | type[Office], day: date) -> ColumnElement[bool]:
    """What has begun and has not ended, on a day."""
    return and_(table.starts_on <= day, or_(table.ended_on.is_(None), table.ended_on > day))


def seat_by_id(seat_id: int) -> Seat:
    """One seat with its body (and insiders), its kind, and everybody who held it. Raises ``Missing``."""
    query = select(Seat).where(Seat.id == seat_id)
    query = query.options(
        joinedload(Seat.body).selectinload(Body.quartiers),
        joinedload(Seat.seat_type).joinedload(SeatType.college),
        joinedload(Seat.quartier),
        selectinload(Seat.mandates).joinedload(Mandate.member).joinedload(Member.organisation),
        selectinload(Seat.mandates).joinedload(Mandate.represents_body),
    )
    found = db.session.scalar(query)
    if found is None:
        raise Missing(f"seat {seat_id}")
    return found


def mandate_by_id(mandate_id: int) -> Mandate:
    """One mandate with its member, its seat and its body (and insiders). Raises ``Missing``."""
    query = select(Mandate).where(Mandate.id == mandate_id)
    query = query.options(*WITH_PLACE, joinedload(Mandate.seat).joinedload(Seat.body).selectinload(Body.quartiers))
    found = db.session.scalar(query)
    if found is None:
        raise Missing(f"mandate {mandate_id}")
    return found


def member_mandates(person: Person) -> Sequence[Mandate]:
    """The mandates of an account, the newest first, with the body and the seat."""
    query = (
        select(Mandate)
        .join(Mandate.member)
        .where(Member.person_id == person.id)
        .options(*WITH_PLACE, joinedload(Mandate.seat).joinedload(Seat.body))
        .order_by(Mandate.starts_on.desc(), Mandate.id.desc())
    )
    return db.session.scalars(query).all()


def members_of(body: Body) -> Sequence[Member]:
    """Everybody who sits or sat in a body, by name: an agent gives a seat to somebody known, or to somebody new."""
    held = select(Mandate.member_id).join(Mandate.seat).where(Seat.body_id == body.id)
    query = select(Member).where(Member.id.in_(held), Member.erased_at.is_(None))
    return db.session.scalars(query.order_by(Member.last_name, Member.first_name, Member.id)).all()


def alternates_for(seat: Seat) -> Sequence[Mandate]:
    """The alternates in force of the kind of a seat, in their public order; those of this very seat come first."""
    query = (
        select(Mandate)
        .join(Mandate.seat)
        .where(
            Seat.seat_type_id == seat.seat_type_id,
            Mandate.standing == Standing.ALTERNATE,
            in_force(Mandate, clock.today()),
            or_(Mandate.rank.is_not(None), Mandate.seat_id == seat.id),
        )
        .options(*WITH_PLACE)
        .order_by(Mandate.rank.is_not(None), Mandate.rank, Mandate.id)
    )
    return db.session.scalars(query).all()


def offers_of(seat: Seat) -> Sequence[SeatOffer]:
    """The offers made of a seat, the oldest first, with whom they were made to."""
    query = select(SeatOffer).where(SeatOffer.seat_id == seat.id)
    query = query.options(joinedload(SeatOffer.mandate).joinedload(Mandate.member))
    return db.session.scalars(query.order_by(SeatOffer.id)).all()


def seat_for_update(seat_id: int) -> Seat:
    """One seat, held until the commit: two agents never fill it together."""
    query = select(Seat).where(Seat.id == seat_id).with_for_update(of=Seat)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise Missing(f"seat {seat_id}")
    return seat_by_id(seat_id)


def offices_of(mandate: Mandate) -> Sequence[Office]:
    """The offices of a mandate that have not ended."""
    query = select(Office).where(Office.mandate_id == mandate.id, Office.ended_on.is_(None))
    return db.session.scalars(query.order_by(Office.id)).all()


def office_by_id(office_id: int) -> Office:
    """One office with its mandate and its body (and insiders). Raises ``Missing``."""
    to_body = joinedload(Office.mandate).joinedload(Mandate.seat).joinedload(Seat.body)
    query = select(Office).where(Office.id == office_id).options(to_body.selectinload(Body.quartiers))
    found = db.session.scalar(query)
    if found is None:
        raise Missing(f"office {office_id}")
    return found


def offer_by_id(offer_id: int) -> SeatOffer:
    """One offer, held until the commit, with the alternate and the body. Raises ``Missing``."""
    to_body = joinedload(SeatOffer.mandate).joinedload(Mandate.seat).joinedload(Seat.body)
    query = select(SeatOffer).where(SeatOffer.id == offer_id).options(to_body.selectinload(Body.quartiers))
    found = db.session.scalar(query)
    if found is None:
        raise Missing(f"offer {offer_id}")
    return found


def member_by_id(member_id: int) -> Member:
    """One member. Raises ``Missing``."""
    found = db.session.scalar(select(Member).where(Member.id == member_id, Member.erased_at.is_(None)))
    if found is None:
        raise Missing(f"member {member_id}")
    return found


def account_of(member: Member) -> Person | None:
    """The account of a member, if they have one."""
    return None if member.person_id is None else db.session.get(Person, member.person_id)


@dataclass(frozen=True)
class Membership:
    """A member, seen from a body they sit or sat in."""

    body: Body
    member: Member

    @property
    def contract_id(self) -> int:
        """What the policies of a body read."""
        return self.body.contract_id


def membership(body_id: int, member_id: int) -> Membership:
    """A member of a body. Raises ``Missing``, also when they never sat in it."""
    body = db.session.get(Body, body_id)
    member = next((one for one in members_of(body) if one.id == member_id), None) if body else None
    if body is None or member is None:
        raise Missing(f"member {member_id} of {body_id}")
    return Membership(body, member)


def members_to_seat(body: Body, new_id: int | None = None) -> Sequence[Member]:
    """Those an agent may give a seat to: whoever sits or sat in a body of the contract, and somebody just written."""
    held = select(Mandate.member_id).join(Mandate.seat).join(Seat.body).where(Body.contract_id == body.contract_id)
    query = select(Member).where(or_(Member.id.in_(held), Member.id == new_id), Member.erased_at.is_(None))
    return db.session.scalars(query.order_by(Member.last_name, Member.first_name, Member.id)).all()

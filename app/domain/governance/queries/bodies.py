"""What is there: the bodies, who is inside them, and which of them a person leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.accounts.models import Person, Role, RoleGrant, Scope
from app.domain.accounts.queries import people_holding
from app.domain.governance.models import (
    Body,
    BodyKind,
    BodyPaper,
    BodyState,
    DistributionEntry,
    GovernanceRecord,
    Insiders,
    Mandate,
    Member,
    Office,
    Opened,
    Seat,
    SpaceAccess,
    body_quartiers,
)
from app.domain.governance.queries.seats import in_force
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing
from app.domain.territories.models import Organisation, Quartier


def bodies(number: int = 1, size: int = 20) -> Page[Body]:
    """A page of the bodies, by name."""
    rows = select(Body).options(selectinload(Body.quartiers), joinedload(Body.contract)).order_by(Body.name, Body.id)
    page = page_of(rows, select(func.count()).select_from(Body), number, size)
    with_insiders(page.items)
    return page


def body_by_id(body_id: int) -> Body:
    """One body with its quartiers, its contract and its insiders. Raises ``Missing``."""
    query = select(Body).where(Body.id == body_id).options(selectinload(Body.quartiers), joinedload(Body.contract))
    found = db.session.scalar(query)
    if found is None:
        raise Missing(f"body {body_id}")
    with_insiders([found])
    return found


def with_insiders(bodies: Iterable[Body]) -> None:
    """Loads who is inside these bodies today, and who was let in at this hour: what their policies ask."""
    held = {body.id: body for body in bodies}
    members: dict[int, set[int | None]] = defaultdict(set)
    officers: dict[int, set[int | None]] = defaultdict(set)
    if held:
        today = clock.today()
        query = (
            select(Seat.body_id, Member.person_id, Office.id)
            .select_from(Mandate)
            .join(Seat, Seat.id == Mandate.seat_id)
            .join(Member, Member.id == Mandate.member_id)
            .outerjoin(Office, and_(Office.mandate_id == Mandate.id, in_force(Office, today)))
            .where(Seat.body_id.in_(held), Member.person_id.is_not(None), in_force(Mandate, today))
        )
        for body_id, person_id, office_id in db.session.execute(query):
            members[body_id].add(person_id)
            if office_id is not None:
                officers[body_id].add(person_id)
    opened = _opened(held.values())
    for body_id, body in held.items():
        body.loaded_insiders = Insiders(
            frozenset(members[body_id]), frozenset(officers[body_id]), frozenset(opened[body_id, Opened.SPACE]),
            frozenset(opened[body_id, Opened.NAMES]),
        )  # fmt: skip


def _opened(bodies: Iterable[Body]) -> dict[tuple[int, Opened], set[int | None]]:
    """Who opened what in these bodies, at this hour; only an independent body is opened that way."""
    let_in: dict[tuple[int, Opened], set[int | None]] = defaultdict(set)
    closed = [body.id for body in bodies if body.is_independent]
    now = clock.now()
    query = select(SpaceAccess.body_id, SpaceAccess.opened, SpaceAccess.person_id).where(
        SpaceAccess.body_id.in_(closed), SpaceAccess.entered_at <= now, SpaceAccess.ends_at > now
    )
    for body_id, opened, person_id in db.session.execute(query) if closed else ():
        let_in[body_id, opened].add(person_id)
    return let_in


def led_by(person: Person) -> ColumnElement[bool]:
    """The bodies a person leads, in SQL: the same as ``policies.can_lead_body``. Needs ``person.grants`` loaded."""
    led = [_presided_by(person)]
    for grant in person.grants_in_force:
        if grant.role is Role.ELU:
            continue
        place = _place(grant)
        # An agent prepares nothing for a body that is independent.
        led.append(place if grant.role is Role.ANIMATEUR else and_(place, Body.is_independent.is_(False)))
    return or_(*led)


def leaders_of(body: Body) -> list[Person]:
    """The people who prepare the séances of a body: the same as ``policies.can_lead_body``, each once."""
    quartiers = [(Scope.QUARTIER, quartier.id) for quartier in body.quartiers]
    contract = (Scope.CONTRACT, body.contract_id)
    found = [
        *people_holding((Role.ANIMATEUR,), [(Scope.BODY, body.id), contract, *quartiers]),
        *([] if body.is_independent else people_holding((Role.AGENT, Role.ADMIN), [contract])),
        *db.session.scalars(
            select(Person).where(Person.id.in_(body.insiders.officers), Person.deactivated_at.is_(None))
        ),
    ]
    return sorted(set(found), key=lambda person: person.id)


def _place(grant: RoleGrant) -> ColumnElement[bool]:
    if grant.scope is Scope.EVERYWHERE:
        return true()
    if grant.scope is Scope.CONTRACT:
        return Body.contract_id == grant.scope_id
    # Agents work for contracts; animators also for one body or one quartier.
    if grant.role is not Role.ANIMATEUR:
        return false()
    return Body.id == grant.scope_id if grant.scope is Scope.BODY else sits_in(grant.scope_id)


def _presided_by(person: Person) -> ColumnElement[bool]:
    today = clock.today()
    query = (
        exists()
        .where(Seat.body_id == Body.id, Mandate.seat_id == Seat.id, Member.id == Mandate.member_id)
        .where(Office.mandate_id == Mandate.id, Member.person_id == person.id)
    )
    return query.where(in_force(Mandate, today), in_force(Office, today))


def sits_in(quartier_id: int | None) -> ColumnElement[bool]:
    """Whether a body belongs to a quartier, or (without one) to any at all."""
    query = exists().where(body_quartiers.c.body_id == Body.id)
    return query if quartier_id is None else query.where(body_quartiers.c.quartier_id == quartier_id)


def all_bodies() -> Sequence[Body]:
    """Every body, by name: the places a role may be given for."""
    return db.session.scalars(select(Body).order_by(Body.name, Body.id)).all()


def bodies_beside(body: Body) -> Sequence[Body]:
    """The other bodies of the same contract that still live, by name: those that may meet with it."""
    living = Body.state.in_((BodyState.PREPARATION, BodyState.ACTIVE))
    query = select(Body).where(Body.contract_id == body.contract_id, Body.id != body.id, living)
    return db.session.scalars(query.order_by(Body.name, Body.id)).all()


def ids_above(body: Body) -> set[int]:
    """The ids of the bodies a body hangs under, however far."""
    above: set[int] = set()
    parent_id = body.parent_id
    while parent_id is not None and parent_id not in above:
        above.add(parent_id)
        parent_id = db.session.scalar(select(Body.parent_id).where(Body.id == parent_id))
    return above


def children_of(body: Body) -> Sequence[Body]:
    """The bodies that hang under one, by name."""
    query = select(Body).where(Body.parent_id == body.id).order_by(Body.name, Body.id)
    return db.session.scalars(query).all()


def bodies_of_contract(contract_id: int) -> Sequence[Body]:
    """The bodies of a contract that live, by name: those one may hang under or go into."""
    alive = Body.state.not_in([BodyState.CLOSED, BodyState.MERGED])
    query = select(Body).where(Body.contract_id == contract_id, alive).order_by(Body.name, Body.id)
    return db.session.scalars(query).all()


def body_named(contract_id: int, name: str) -> Body | None:
    """The body of a contract that has this name."""
    return db.session.scalar(select(Body).where(Body.contract_id == contract_id, Body.name == name))


def papers_of(body: Body) -> Sequence[BodyPaper]:
    """The papers of a body, the newest first; those withdrawn are left out."""
    query = select(BodyPaper).where(BodyPaper.body_id == body.id, BodyPaper.withdrawn_at.is_(None))
    return db.session.scalars(query.order_by(BodyPaper.dated_on.desc(), BodyPaper.id.desc())).all()


def body_paper_by_id(paper_id: int) -> BodyPaper:
    """One paper with its file. Raises ``Missing``, also when it was withdrawn."""
    query = select(BodyPaper).where(BodyPaper.id == paper_id, BodyPaper.withdrawn_at.is_(None))
    found = db.session.scalar(query.options(joinedload(BodyPaper.file)))
    if found is None:
        raise Missing(f"paper {paper_id}")
    return found


def entries_of(body: Body) -> Sequence[DistributionEntry]:
    """Whom a body sends its relevés to, by name."""
    query = select(DistributionEntry).where(
        DistributionEntry.body_id == body.id, DistributionEntry.removed_at.is_(None)
    )
    return db.session.scalars(query.order_by(DistributionEntry.name, DistributionEntry.id)).all()


def records_of_body(body: Body, size: int = 10) -> Sequence[GovernanceRecord]:
    """The last records of the register about a body."""
    query = select(GovernanceRecord).where(GovernanceRecord.body_id == body.id)
    return db.session.scalars(query.order_by(GovernanceRecord.position.desc()).limit(size)).all()


def list_bodies(kind: BodyKind | None, quartier_id: int | None, number: int = 1) -> Page[Body]:
    """A page of the bodies, of one kind, of one quartier or all: by place (none, one, several), kind and name."""
    query = select(Body)
    if kind is not None:
        query = query.where(Body.kind == kind)
    if quartier_id is not None:
        query = query.where(sits_in(quartier_id))
    held = select(func.count()).where(body_quartiers.c.body_id == Body.id).scalar_subquery()
    first = (
        select(func.min(Quartier.name))
        .join(body_quartiers, body_quartiers.c.quartier_id == Quartier.id)
        .where(body_quartiers.c.body_id == Body.id)
        .scalar_subquery()
    )
    place = case((held == 0, 0), (held == 1, 1), else_=2)
    only = case((held == 1, first), else_="")
    rows = query.options(selectinload(Body.quartiers), joinedload(Body.contract))
    rows = rows.order_by(place, only, Body.kind, Body.name, Body.id)
    return page_of(rows, select(func.count()).select_from(query.subquery()), number)


@dataclass(frozen=True)
class Related:
    """The bodies and the organisation a body names."""

    parent: Body | None
    into: Body | None
    host: Organisation | None


def related_to(body: Body) -> Related:
    """What a body hangs under, what it went into, who carries it."""
    return Related(
        db.session.get(Body, body.parent_id) if body.parent_id else None,
        db.session.get(Body, body.merged_into_id) if body.merged_into_id else None,
        db.session.get(Organisation, body.host_organisation_id) if body.host_organisation_id else None,
    )

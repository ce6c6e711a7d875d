"""What is there: the records of the register, bodies, séances."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, text, true
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.accounts.models import Person, Role, RoleGrant, Scope
from app.domain.governance.models import Body, GovernanceRecord, RecordKind, Seance, body_quartiers
from app.domain.governance.rules import Kept, Sealed, written_instant
from app.domain.shared import clock
from app.domain.shared.journal import JournalEntry
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing
from app.domain.shared.words import fold

NUMBER = re.compile(r"^(\d{4})-(\d{3,9})$")
# The functions one may file under, the first held being the one shown.
FUNCTIONS = (Role.AGENT, Role.ADMIN, Role.ANIMATEUR, Role.ELU)
FILINGS = (JournalEntry.verb == "filed", JournalEntry.subject_kind == GovernanceRecord.__tablename__)


# --- The register -----------------------------------------------------------------------------------------------


def last_record_for_update() -> GovernanceRecord | None:
    """The end of the chain, with the register locked until the commit: two records never take the same place."""
    if db.session.get_bind().dialect.name == "postgresql":
        # A lock on the table also holds when the register is still empty and there is no row to lock.
        db.session.execute(text("LOCK TABLE governance_records IN SHARE ROW EXCLUSIVE MODE"))
    query = select(GovernanceRecord).order_by(GovernanceRecord.position.desc()).limit(1)
    return db.session.scalar(query)


def next_rank(year: int) -> int:
    """The next rank of a year, from 1."""
    query = select(func.max(GovernanceRecord.rank)).where(GovernanceRecord.year == year)
    return (db.session.scalar(query) or 0) + 1


def record_by_number(number: str) -> GovernanceRecord:
    """One record with its corrections both ways. Raises ``Missing``."""
    match = NUMBER.match(number)
    query = select(GovernanceRecord).options(
        joinedload(GovernanceRecord.corrects), joinedload(GovernanceRecord.corrected_by)
    )
    if match is not None and int(match[2]) < 2**31:
        query = query.where(GovernanceRecord.year == int(match[1]), GovernanceRecord.rank == int(match[2]))
        found = db.session.scalar(query)
        if found is not None and found.number == number:
            return found
    raise Missing(f"record {number}")


def neighbours(record: GovernanceRecord) -> tuple[GovernanceRecord | None, GovernanceRecord | None]:
    """The records just before and just after in the chain."""
    places = (record.position - 1, record.position + 1)
    query = select(GovernanceRecord).where(GovernanceRecord.position.in_(places))
    found = {held.position: held for held in db.session.scalars(query)}
    return found.get(places[0]), found.get(places[1])


def record_of_source(source_kind: str, source_id: str, kind: RecordKind | None = None) -> GovernanceRecord | None:
    """The last record made from a source, if there is one: the way from a feature's page to the register."""
    query = select(GovernanceRecord).where(
        GovernanceRecord.source_kind == source_kind, GovernanceRecord.source_id == source_id
    )
    if kind is not None:
        query = query.where(GovernanceRecord.kind == kind)
    return db.session.scalar(query.order_by(GovernanceRecord.position.desc()).limit(1))


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the register."""

    words: str = ""
    kind: RecordKind | None = None
    year: int | None = None


def records(wanted: Wanted, number: int = 1) -> Page[GovernanceRecord]:
    """A page of the register, the newest first."""
    rows = _wanted(select(GovernanceRecord), wanted).options(joinedload(GovernanceRecord.corrected_by))
    count = _wanted(select(func.count()).select_from(GovernanceRecord), wanted)
    return page_of(rows.order_by(GovernanceRecord.position.desc()), count, number)


def _wanted(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.kind is not None:
        query = query.where(GovernanceRecord.kind == wanted.kind)
    if wanted.year is not None:
        query = query.where(GovernanceRecord.year == wanted.year)
    for word in fold(wanted.words).split():
        query = query.where(GovernanceRecord.title_key.contains(word, autoescape=True))
    return query


def kinds_and_years() -> tuple[list[tuple[RecordKind, int]], list[tuple[int, int]]]:
    """How many records of each kind, and of each year (the newest first): the filters worth offering.

    Two counts rather than one by kind and year: each reads an index that is there already, and never the records.
    """
    kinds = _counted(GovernanceRecord.kind)
    years = _counted(GovernanceRecord.year)
    return [(kind, kinds[kind]) for kind in RecordKind if kind in kinds], sorted(years.items(), reverse=True)


def _counted(column: Any) -> dict[Any, int]:
    return {value: count for value, count in db.session.execute(select(column, func.count()).group_by(column))}


@dataclass(frozen=True)
class End:
    """Where the register and the journal of its filings ended at one instant: what is filed later is not read."""

    position: int
    journal_id: int


def end_of_register() -> End:
    """Both ends, seen by one statement: records filed during a long check raise no false alarm."""
    last = select(func.max(GovernanceRecord.position)).scalar_subquery()
    noted = select(func.max(JournalEntry.id)).where(*FILINGS).scalar_subquery()
    position, journal_id = db.session.execute(select(last, noted)).one()
    return End(position or 0, journal_id or 0)


def chain(end: End, at_once: int = 500) -> Iterator[Kept]:
    """The whole register in its order, a few rows in memory at a time; no cursor stays open if the reader stops."""
    table = GovernanceRecord.__table__
    query = select(*table.columns).where(table.c.position <= end.position).order_by(table.c.position).limit(at_once)
    rows = db.session.execute(query).all()
    while rows:
        for row in rows:
            yield Kept(sealed_of(row), row.facts, row.chain_sha256)
        rows = db.session.execute(query.where(table.c.position > rows[-1].position)).all()


def filings_in_journal(end: End, at_once: int = 500) -> Iterator[tuple[str, str]]:
    """Number and seal of each filing as the journal noted them, in order, a few in memory at a time."""
    query = (
        select(JournalEntry.id, JournalEntry.facts)
        .where(*FILINGS, JournalEntry.id <= end.journal_id)
        .order_by(JournalEntry.id)
        .limit(at_once)
    )
    rows = db.session.execute(query).all()
    while rows:
        for row in rows:
            yield str(row.facts.get("number", "")), str(row.facts.get("seal", ""))
        rows = db.session.execute(query.where(JournalEntry.id > rows[-1].id)).all()


def sealed_of(row: Any) -> Sealed:
    """What the seal of a record covers, from a record or from a row of its table."""
    return Sealed(
        position=row.position,
        number=f"{row.year}-{row.rank:03d}",
        kind=row.kind.value,
        title=row.title,
        summary=row.summary,
        facts_sha256=row.facts_sha256,
        filed_at=written_instant(row.filed_at),
        filed_as=row.filed_as.value if row.filed_as else "",
        source=f"{row.source_kind}:{row.source_id}:{row.source_sha256}",
        corrects=row.corrects_position,
        previous=row.previous_sha256,
    )


def function_of(person: Person) -> Role | None:
    """The function under which a person acts today, never their name."""
    grants = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id))
    held = {grant.role for grant in grants if grant.holds_on(clock.today())}
    return next((role for role in FUNCTIONS if role in held), None)


# --- Bodies and séances -----------------------------------------------------------------------------------------


def bodies(number: int = 1, size: int = 20) -> Page[Body]:
    """A page of the bodies, by name."""
    rows = select(Body).options(selectinload(Body.quartiers), joinedload(Body.contract)).order_by(Body.name, Body.id)
    return page_of(rows, select(func.count()).select_from(Body), number, size)


def body_by_id(body_id: int) -> Body:
    """One body with its quartiers and contract. Raises ``Missing``."""
    query = select(Body).where(Body.id == body_id).options(selectinload(Body.quartiers), joinedload(Body.contract))
    found = db.session.scalar(query)
    if found is None:
        raise Missing(f"body {body_id}")
    return found


WITH_BODY = joinedload(Seance.body).selectinload(Body.quartiers)


def seance_by_id(seance_id: int) -> Seance:
    """One séance with its body. Raises ``Missing``."""
    found = db.session.scalar(select(Seance).where(Seance.id == seance_id).options(WITH_BODY))
    if found is None:
        raise Missing(f"seance {seance_id}")
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
        query = query.where(or_(_sits_in(quartier_id), ~_sits_in(None)))
    return db.session.scalar(query.options(WITH_BODY).order_by(Seance.starts_at, Seance.id).limit(1))


def seances_within(days: int) -> Sequence[Seance]:
    """The séances that take place within so many days, the next first."""
    now = clock.now()
    query = select(Seance).where(Seance.starts_at > now, Seance.starts_at <= now + timedelta(days=days))
    return db.session.scalars(query.options(WITH_BODY).order_by(Seance.starts_at, Seance.id)).all()


def seances_to_prepare(person: Person, size: int = 5) -> Sequence[Seance]:
    """The next séances of the bodies that the roles of a person reach. Needs ``person.grants`` loaded."""
    query = (
        select(Seance)
        .join(Seance.body)
        .where(Seance.starts_at > clock.now(), reached_by(person))
        .options(WITH_BODY)
        .order_by(Seance.starts_at, Seance.id)
    )
    return db.session.scalars(query.limit(size)).all()


def reached_by(person: Person) -> ColumnElement[bool]:
    """The bodies a person works for, in SQL: everywhere, by contract, by quartier, or one by one."""
    reached: list[ColumnElement[bool]] = []
    for grant in person.grants:
        if grant.role is Role.ELU or not grant.holds_on(clock.today()):
            continue
        if grant.scope is Scope.EVERYWHERE:
            return true()
        if grant.scope is Scope.CONTRACT:
            reached.append(Body.contract_id == grant.scope_id)
        elif grant.scope is Scope.BODY:
            reached.append(Body.id == grant.scope_id)
        else:
            reached.append(_sits_in(grant.scope_id))
    return or_(*reached) if reached else Body.id.is_(None)


def _sits_in(quartier_id: int | None) -> ColumnElement[bool]:
    """Whether a body belongs to a quartier, or (without one) to any at all."""
    query = exists().where(body_quartiers.c.body_id == Body.id)
    return query if quartier_id is None else query.where(body_quartiers.c.quartier_id == quartier_id)


def all_bodies() -> Sequence[Body]:
    """Every body, by name: the places a role may be given for."""
    return db.session.scalars(select(Body).order_by(Body.name, Body.id)).all()

"""What is there: the records of the register, and the chain to check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, select, text
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from app.database import db
from app.domain.accounts.models import Person, Role, RoleGrant
from app.domain.governance.models import GovernanceRecord, RecordKind, RecordTally, RecordWord
from app.domain.governance.queries.bodies import body_by_id
from app.domain.governance.rules import Kept, Sealed, written_instant
from app.domain.shared import clock
from app.domain.shared.journal import JournalEntry
from app.domain.shared.paging import Page
from app.domain.shared.refusals import Missing
from app.domain.shared.words import stem, telling_words

# A search reads so many records for each word, the newest.
NEWEST_PER_WORD = 1000
NUMBER = re.compile(r"^(\d{4})-(\d{3,9})$")
# The functions one may file under, the first held being the one shown.
FUNCTIONS = (Role.AGENT, Role.ADMIN, Role.ANIMATEUR, Role.ELU)
FILINGS = (JournalEntry.verb == "filed", JournalEntry.subject_kind == GovernanceRecord.__tablename__)


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


def record_to_correct(number: str) -> GovernanceRecord:
    """The same, with its body and who is inside it: what the policy of corrections asks. Raises ``Missing``."""
    record = record_by_number(number)
    set_committed_value(record, "body", None if record.body_id is None else body_by_id(record.body_id))
    return record


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


def records(wanted: Wanted, number: int = 1, size: int = 20) -> Page[GovernanceRecord]:
    """A page of the register, the newest first; with words, of the newest records whose title holds them all."""
    rows = _wanted(select(GovernanceRecord), wanted)
    if wanted.words.strip():
        rows = rows.where(_holds(wanted.words))
        total = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    else:
        total = sum(
            count for kind, year, count in _tallies() if wanted.kind in (None, kind) and wanted.year in (None, year)
        )
    number = min(max(1, number), max(1, -(-total // size)))
    skipped = (number - 1) * size
    if wanted == Wanted():
        # Places follow each other without holes: the page is found by its place, as fast at the end as at the start.
        rows, skipped = rows.where(GovernanceRecord.position <= total - skipped), 0
    rows = rows.options(joinedload(GovernanceRecord.corrected_by)).order_by(GovernanceRecord.position.desc())
    return Page(db.session.scalars(rows.limit(size).offset(skipped)).all(), number, size, total)


def _wanted(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.kind is not None:
        query = query.where(GovernanceRecord.kind == wanted.kind)
    if wanted.year is not None:
        query = query.where(GovernanceRecord.year == wanted.year)
    return query


def _holds(words: str) -> ColumnElement[bool]:
    """Whether a title holds every word asked for, or the record has the number asked for.

    Each word gives its newest records only: a word found in every title costs no more than a rare one.
    """
    match = NUMBER.match(words.strip())
    if match is not None and int(match[2]) < 2**31:
        return and_(GovernanceRecord.year == int(match[1]), GovernanceRecord.rank == int(match[2]))
    forms = sorted({stem(word) for word in telling_words(words)})
    pieces = [
        select(
            select(RecordWord.position)
            .where(RecordWord.word == form)
            .order_by(RecordWord.position.desc())
            .limit(NEWEST_PER_WORD)
            .subquery()
            .c.position
        )
        for form in forms
    ]
    if not pieces:
        return false()
    return and_(*(GovernanceRecord.position.in_(piece) for piece in pieces))


def kinds_and_years() -> tuple[list[tuple[RecordKind, int]], list[tuple[int, int]]]:
    """How many records of each kind, and of each year (the newest first): the filters worth offering."""
    kinds: Counter[RecordKind] = Counter()
    years: Counter[int] = Counter()
    for kind, year, count in _tallies():
        kinds[kind] += count
        years[year] += count
    return [(kind, kinds[kind]) for kind in RecordKind if kind in kinds], sorted(years.items(), reverse=True)


def _tallies() -> Sequence[tuple[RecordKind, int, int]]:
    query = select(RecordTally.kind, RecordTally.year, RecordTally.count)
    return [(kind, year, count) for kind, year, count in db.session.execute(query)]


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

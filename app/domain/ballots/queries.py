"""What is there: votes, who has voted, the box. Nothing here tells a choice before the count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, or_, select, text
from sqlalchemy.orm import selectinload

from app.database import db, tables_of
from app.domain.accounts.models import Person
from app.domain.ballots.models import (
    Ballot,
    BallotArrival,
    Channel,
    CountOpening,
    Emargement,
    Scrutin,
    ScrutinProject,
    Seal,
)
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing
from app.domain.territories.models import Quartier

WITH_PROJECTS = selectinload(Scrutin.projects)

# Asked by every voter at every step, and all voters come the last evening: written once, for writing a statement takes
# as long as running it.
_ALONE = select(Scrutin).where(Scrutin.id == bindparam("scrutin_id"))
_WITH_PROJECTS = _ALONE.options(WITH_PROJECTS)
_HELD_OPEN = select(Scrutin.id).where(Scrutin.id == bindparam("scrutin_id")).with_for_update(read=True)
_PEOPLE, _PROJECTS = tables_of(Person, ScrutinProject)
_BOTH = _PEOPLE.outerjoin(_PROJECTS, _PROJECTS.c.scrutin_id == bindparam("scrutin_id"))
_CLOSED_AND_REFS = (
    select(_PEOPLE.c.deactivated_at.is_not(None), _PROJECTS.c.ref)
    .select_from(_BOTH)
    .where(_PEOPLE.c.id == bindparam("person_id"))
)
_HAS_VOTED = select(Emargement.person_id).where(
    Emargement.scrutin_id == bindparam("scrutin_id"), Emargement.person_id == bindparam("person_id")
)


@dataclass(frozen=True)
class Opener:
    """Somebody who asked for the count."""

    person_id: int
    pseudonym: str


# --- Votes --------------------------------------------------------------------------------------------------------


def scrutin_by_id(scrutin_id: int) -> Scrutin:
    """One vote with its projects. Raises ``Missing``."""
    return _found(_WITH_PROJECTS, scrutin_id)


def scrutin_alone(scrutin_id: int) -> Scrutin:
    """One vote without its projects, for what shows none of them. Raises ``Missing``."""
    return _found(_ALONE, scrutin_id)


def scrutin_for_update(scrutin_id: int) -> Scrutin:
    """One vote, read again and locked: those who vote are waited for, and wait. Raises ``Missing``."""
    query = _WITH_PROJECTS.with_for_update(of=Scrutin).execution_options(populate_existing=True)
    return _found(query, scrutin_id)


def hold_scrutin_open_for_update(scrutin_id: int) -> None:
    """A lock voters share, so that no batch is sealed and no count begins in the middle of a vote.

    SQLite knows no such lock and needs none: a request that writes has held its one writing place since it began.
    """
    if db.session.get_bind().dialect.name != "sqlite":
        db.session.execute(_HELD_OPEN, {"scrutin_id": scrutin_id})


def scrutin_of_process(process_id: int) -> Scrutin | None:
    """The vote of a démarche (the last prepared), with its projects."""
    query = select(Scrutin).where(Scrutin.process_id == process_id).order_by(Scrutin.id.desc()).limit(1)
    return db.session.scalar(query.options(WITH_PROJECTS))


def open_scrutins() -> Sequence[Scrutin]:
    """The votes open now, the first to close first."""
    now = clock.now()
    query = select(Scrutin).where(Scrutin.opens_at <= now, Scrutin.closes_at > now, Scrutin.imported.is_(False))
    return db.session.scalars(query.order_by(Scrutin.closes_at, Scrutin.id)).all()


def scrutins_to_count() -> Sequence[Scrutin]:
    """The votes of the town that are closed and not counted, the oldest first."""
    query = select(Scrutin).where(
        Scrutin.closes_at <= clock.now(), Scrutin.counted_at.is_(None), Scrutin.imported.is_(False)
    )
    return db.session.scalars(query.order_by(Scrutin.closes_at, Scrutin.id)).all()


def open_vote_of_for_update(person_id: int) -> Scrutin | None:
    """The open vote this person took part in, the last to close; every open vote is locked first."""
    now = clock.now()
    open_now = (Scrutin.opens_at <= now, Scrutin.closes_at > now, Scrutin.imported.is_(False))
    db.session.execute(select(Scrutin.id).where(*open_now).order_by(Scrutin.id).with_for_update())
    query = select(Scrutin).join(Emargement, Emargement.scrutin_id == Scrutin.id)
    query = query.where(*open_now, Emargement.person_id == person_id)
    return db.session.scalar(query.order_by(Scrutin.closes_at.desc(), Scrutin.id).limit(1))


def closed_and_refs(scrutin_id: int, person_id: int) -> tuple[bool, frozenset[str]]:
    """Whether an account is closed as the database now says, whatever this request has read of it before; and what the
    projects of a vote are called in the count."""
    rows = db.session.execute(_CLOSED_AND_REFS, {"scrutin_id": scrutin_id, "person_id": person_id}).all()
    return not rows or bool(rows[0][0]), frozenset(ref for _closed, ref in rows if ref is not None)


def result_of(scrutin: Scrutin) -> Mapping[str, Any] | None:
    """The frozen facts of the count, or ``None`` before it."""
    return scrutin.result


def _found(query: Any, scrutin_id: int) -> Scrutin:
    # A number no database can hold is nobody's: asking would be an error of the database.
    scrutin: Scrutin | None = db.session.scalar(query, {"scrutin_id": scrutin_id}) if scrutin_id < 2**31 else None
    if scrutin is None:
        raise Missing(f"scrutin {scrutin_id}")
    return scrutin


# --- Who has voted ------------------------------------------------------------------------------------------------


def has_voted(scrutin_id: int, person_id: int) -> bool:
    """Whether this person has voted."""
    return db.session.scalar(_HAS_VOTED, {"scrutin_id": scrutin_id, "person_id": person_id}) is not None


def votes_of(person_id: int) -> list[tuple[str, int]]:
    """The votes this person took part in: (title, id of the vote), the last to close first."""
    query = (
        select(Scrutin.title, Scrutin.id)
        .join(Emargement, Emargement.scrutin_id == Scrutin.id)
        .where(Emargement.person_id == person_id)
        .order_by(Scrutin.closes_at.desc(), Scrutin.id)
    )
    return [(title, scrutin_id) for title, scrutin_id in db.session.execute(query)]


def count_emargements(scrutin_id: int) -> int:
    """How many people have voted. During the vote this number is shown to nobody."""
    return db.session.scalar(select(func.count()).where(Emargement.scrutin_id == scrutin_id)) or 0


def emargements_by_quartier(scrutin_id: int) -> list[tuple[str | None, int]]:
    """How many people of each quartier have voted, in the order of the quartiers; ``None`` for those of none."""
    query = (
        select(Quartier.name, func.count())
        .select_from(Emargement)
        .join(Person, Person.id == Emargement.person_id)
        .outerjoin(Quartier, Quartier.id == Person.quartier_id)
        .where(Emargement.scrutin_id == scrutin_id)
        .group_by(Quartier.id, Quartier.name, Quartier.position)
        .order_by(Quartier.id.is_(None), Quartier.position, Quartier.name, Quartier.id)
    )
    return [(name, number) for name, number in db.session.execute(query)]


def emargements_by_channel(scrutin_id: int) -> dict[Channel, int]:
    """How many people have voted by each channel, every channel present."""
    query = (
        select(Emargement.channel, func.count()).where(Emargement.scrutin_id == scrutin_id).group_by(Emargement.channel)
    )
    found = {channel: number for channel, number in db.session.execute(query)}
    return {channel: found.get(channel, 0) for channel in Channel}


# --- The box ------------------------------------------------------------------------------------------------------


def count_arrivals(scrutin_id: int) -> int:
    """How many ballots wait to be moved."""
    return db.session.scalar(select(func.count()).where(BallotArrival.scrutin_id == scrutin_id)) or 0


def count_ballots(scrutin_id: int) -> int:
    """How many ballots the box holds."""
    return db.session.scalar(select(func.count()).where(Ballot.scrutin_id == scrutin_id)) or 0


def scrutins_with_arrivals() -> Sequence[int]:
    """The votes whose ballots wait to be moved, by id."""
    return db.session.scalars(select(BallotArrival.scrutin_id).distinct().order_by(BallotArrival.scrutin_id)).all()


def arrivals_may_leave_traces() -> bool:
    """Whether an earlier wiping may have to be done again.

    PostgreSQL keeps dead rows as long as some transaction could still see them, even through a full vacuum: an empty
    table that takes room holds them. On SQLite nothing tells, and wiping again costs next to nothing.
    """
    if db.session.get_bind().dialect.name != "postgresql":
        return True
    query = text("SELECT pg_relation_size('ballot_arrivals') > 0 AND NOT EXISTS (SELECT 1 FROM ballot_arrivals)")
    return bool(db.session.scalar(query))


def present_transaction() -> str | None:
    """The number PostgreSQL gives to the transaction under way; nothing on SQLite."""
    if db.session.get_bind().dialect.name != "postgresql":
        return None
    return str(db.session.scalar(text("SELECT CAST(CAST(pg_current_xact_id() AS xid) AS text)")))


def is_seen_by_a_reader(transaction: str | None) -> bool:
    """Whether somebody reads since before this transaction ended: what it replaced is kept for them on the disk."""
    if transaction is None:
        return False
    query = text(
        "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND age(backend_xmin) >= age(CAST(CAST(:number AS text) AS xid)))"
    )
    return bool(db.session.scalar(query, {"number": transaction}))


def scrutins_to_wipe() -> Sequence[int]:
    """The closed votes whose box still carries what the database remembers of their order, by id."""
    query = select(Scrutin.id).where(
        Scrutin.wiped_at.is_(None), Scrutin.imported.is_(False), Scrutin.closes_at <= clock.now()
    )
    return db.session.scalars(query.order_by(Scrutin.id)).all()


def seals_of(scrutin_id: int) -> Sequence[Seal]:
    """The seals, from the first."""
    return db.session.scalars(select(Seal).where(Seal.scrutin_id == scrutin_id).order_by(Seal.num)).all()


def is_in_the_box(scrutin_id: int, receipt: str) -> bool:
    """Whether a ballot with this receipt has been received, moved already or not."""
    here = select(Ballot.receipt_hash).where(Ballot.scrutin_id == scrutin_id, Ballot.receipt_hash == receipt)
    landed = select(BallotArrival.receipt_hash).where(
        BallotArrival.scrutin_id == scrutin_id, BallotArrival.receipt_hash == receipt
    )
    return db.session.scalar(select(or_(here.exists(), landed.exists()))) is True


def merged_ballots(scrutin_id: int) -> Iterator[tuple[str, int]]:
    """The contents of the box, each with the number of ballots that hold it, in the order of the contents."""
    query = (
        select(Ballot.content, func.count())
        .where(Ballot.scrutin_id == scrutin_id)
        .group_by(Ballot.content)
        .order_by(Ballot.content)
    )
    return ((content, times) for content, times in db.session.execute(query))


def content_of_receipt(scrutin_id: int, receipt: str) -> str | None:
    """What the ballot of a receipt says. To be asked after the count only."""
    query = select(Ballot.content).where(Ballot.scrutin_id == scrutin_id, Ballot.receipt_hash == receipt)
    return db.session.scalar(query)


def ballots_page(scrutin_id: int, number: int) -> Page[Ballot]:
    """A page of the box, in the order of the receipts, which is nobody's."""
    rows = select(Ballot).where(Ballot.scrutin_id == scrutin_id).order_by(Ballot.receipt_hash)
    count = select(func.count()).where(Ballot.scrutin_id == scrutin_id)
    return page_of(rows, count, number, size=50)


# --- Opening the count --------------------------------------------------------------------------------------------


def openers_of(scrutin_id: int) -> list[Opener]:
    """Those who asked for the count, by pseudonym."""
    query = (
        select(Person.id, Person.pseudonym)
        .join(CountOpening, CountOpening.person_id == Person.id)
        .where(CountOpening.scrutin_id == scrutin_id)
        .order_by(Person.pseudonym, Person.id)
    )
    return [Opener(person_id, pseudonym) for person_id, pseudonym in db.session.execute(query)]

"""The attack: whoever holds the whole database tries to tell who cast which ballot.

Each attack is first run while ballots still wait in the arrivals, where PostgreSQL and the log of SQLite do give them
away: an attack that never finds anything would prove nothing. After a batch, none finds a single link.
"""

# ruff: noqa: S608 - the statements are those of an attacker, made of our own names of tables and columns.

from __future__ import annotations

import hashlib
import time
from itertools import product

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.cli.sealing import seal_and_wipe
from app.database import db
from tests.support.box import after_closing, all_vote, bytes_of_database, committed, people_and_vote, rows, vote
from tests.support.database import ON_POSTGRESQL

BOXES = ("ballots", "ballot_arrivals")
# Not ctid: two rows of equal rank are equal by chance; what the order of rows tells is asked apart.
SYSTEM = ("xmin", "xmax", "cmin", "cmax")
PEOPLE = 24


def joins() -> list[str]:
    """Every equality between a list of people and a box, own columns and system columns."""
    of_people = {"emargements": ["person_id", "day", "channel"], "people": ["id", "pseudonym", "password_hash"]}
    of_ballots = ["receipt_hash", "content"]
    system = list(SYSTEM) if ON_POSTGRESQL else []
    return [
        f"SELECT p.{key}, b.receipt_hash FROM {who} p JOIN {box} b ON CAST(p.{left} AS TEXT) = CAST(b.{right} AS TEXT)"
        for who, key in (("emargements", "person_id"), ("people", "id"))
        for box in BOXES
        for left, right in product(of_people[who] + system, of_ballots + system)
    ]


def linked_by_joins(app, truth) -> set[int]:
    """The people whose ballot a join designates, alone."""
    found: set[int] = set()
    for statement in joins():
        claims: dict[str, set[str]] = {}
        for person, receipt in rows(app, statement):
            claims.setdefault(person, set()).add(receipt)
        found |= {int(person) for person, receipts in claims.items() if receipts == {truth.get(int(person))}}
    return found


def physical_order(app, table: str, key: str) -> list[str]:
    """The order in which rows lie in the database, its file or its pages."""
    if ON_POSTGRESQL:
        return [row[0] for row in rows(app, f"SELECT {key} FROM {table} ORDER BY ctid")]
    return [row[0] for row in rows(app, f"SELECT {key} FROM {table}")]


def hashes_of(person: int, scrutin_id: int) -> set[str]:
    """What a careless programmer might have made a receipt of."""
    parts = [str(person), str(scrutin_id)]
    texts = {sep.join(order) for sep in ("", "|", ":", "-", "/") for order in (parts, parts[::-1], parts[:1])}
    return {getattr(hashlib, name)(one.encode()).hexdigest() for one in texts for name in ("sha256", "sha512", "md5")}


def test_before_a_batch_the_attack_does_find_links(real_app):
    scrutin_id, people = people_and_vote(real_app, 9)
    truth = all_vote(real_app, scrutin_id, people)
    if ON_POSTGRESQL:
        assert linked_by_joins(real_app, truth) == set(people)
        ranks = zip(
            physical_order(real_app, "emargements", "person_id"),
            physical_order(real_app, "ballot_arrivals", "receipt_hash"),
            strict=True,
        )
        assert {int(person): receipt for person, receipt in ranks} == truth
    else:
        disk = bytes_of_database(real_app)
        assert sorted(truth.values(), key=lambda receipt: disk.index(receipt.encode())) == list(truth.values())


def test_a_batch_too_small_is_not_moved(real_app):
    scrutin_id, people = people_and_vote(real_app, 9)
    all_vote(real_app, scrutin_id, people)
    with real_app.app_context():
        assert seal_and_wipe() == 0
    assert rows(real_app, "SELECT count(*) FROM ballots") == [("0",)]


def test_after_a_batch_no_join_links_anybody(real_app):
    scrutin_id, people = people_and_vote(real_app, PEOPLE)
    truth = all_vote(real_app, scrutin_id, people)
    with real_app.app_context():
        assert seal_and_wipe() == PEOPLE
    assert rows(real_app, "SELECT count(*) FROM ballot_arrivals") == [("0",)]
    assert linked_by_joins(real_app, truth) == set()


def test_after_a_batch_the_ballots_lie_in_the_order_of_their_receipts(real_app):
    scrutin_id, people = people_and_vote(real_app, PEOPLE)
    truth = all_vote(real_app, scrutin_id, people)
    with real_app.app_context():
        seal_and_wipe()
    order = physical_order(real_app, "ballots", "receipt_hash")
    assert order == sorted(truth.values())
    assert order != list(truth.values())


def test_no_receipt_is_made_of_its_voter(real_app):
    scrutin_id, people = people_and_vote(real_app, PEOPLE)
    truth = all_vote(real_app, scrutin_id, people)
    assert all(truth[person] not in hashes_of(person, scrutin_id) for person in people)


def test_equal_ballots_get_unrelated_receipts(real_app):
    scrutin_id, people = people_and_vote(real_app, PEOPLE)
    truth = all_vote(real_app, scrutin_id, people)
    assert len(set(truth.values())) == PEOPLE
    assert {row[0] for row in rows(real_app, "SELECT content FROM ballot_arrivals")} == {'{"12":1}'}


def test_the_tables_of_the_box_keep_no_hour_no_number_and_no_person(real_app):
    with real_app.app_context():
        columns = {name: set(db.metadata.tables[name].columns.keys()) for name in (*BOXES, "emargements")}
    assert columns["ballots"] == columns["ballot_arrivals"] == {"scrutin_id", "receipt_hash", "content"}
    assert columns["emargements"] == {"scrutin_id", "person_id", "channel", "day"}


@pytest.mark.parametrize("table", [*BOXES, "emargements", "seals"])
def test_no_row_of_the_box_has_a_rowid(real_app, table):
    with real_app.app_context(), pytest.raises(DBAPIError, match=r"no such column|does not exist"):
        db.session.execute(text(f"SELECT rowid FROM {table}"))


def test_voting_touches_no_other_row(real_app):
    """On PostgreSQL a row locked or written keeps the number of the transaction: only the two of the vote may."""
    scrutin_id, people = people_and_vote(real_app, 1)
    tables = [table for table in db.metadata.tables if table not in {*BOXES, "emargements", "scrutins"}]
    before = {table: rows(real_app, signature(table)) for table in tables}
    committed(real_app, vote, scrutin_id, people[0])
    assert {table: rows(real_app, signature(table)) for table in tables} == before


def signature(table: str) -> str:
    system = ", t.xmin, t.xmax, t.ctid" if ON_POSTGRESQL else ""
    return f"SELECT t.*{system} FROM {table} t"


def wait_until_wiped(real_app):
    """The turns of the worker: the server’s own housekeeping may hold the dead rows for an instant."""
    for _ in range(50):
        if rows(real_app, "SELECT pg_relation_size('ballot_arrivals')") == [("0",)]:
            return
        time.sleep(0.2)
        with real_app.app_context():
            seal_and_wipe()
    pytest.fail("the arrivals still take room on the disk")


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite wipes what is deleted at once")
def test_what_a_long_reading_kept_is_wiped_at_a_later_turn(real_app):
    scrutin_id, people = people_and_vote(real_app, PEOPLE)
    all_vote(real_app, scrutin_id, people)
    with real_app.app_context():
        reader = db.engine.connect()
        # A backup reads for long: whatever it could still see is kept, even by a full vacuum.
        reader.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.exec_driver_sql("SELECT count(*) FROM people").all()
        seal_and_wipe()
        assert rows(real_app, "SELECT pg_relation_size('ballot_arrivals') > 0") == [("True",)]
        reader.close()
    wait_until_wiped(real_app)


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite wipes what is deleted at once")
def test_a_closed_vote_is_wiped_once_nobody_reads_its_past(real_app):
    scrutin_id, people = people_and_vote(real_app, PEOPLE)
    all_vote(real_app, scrutin_id, people)
    left = "SELECT count(*) FROM scrutins WHERE wiped_at IS NULL"
    with after_closing(), real_app.app_context():
        reader = db.engine.connect()
        reader.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.exec_driver_sql("SELECT count(*) FROM people").all()
        seal_and_wipe()
        assert rows(real_app, left) == [("1",)]
        reader.close()
        for _ in range(50):
            seal_and_wipe()
            if rows(real_app, left) == [("0",)]:
                return
            time.sleep(0.2)
    pytest.fail("the closed vote was never wiped")


def test_after_a_batch_the_disk_holds_each_ballot_once_and_in_no_order_of_arrival(real_app):
    scrutin_id, people = people_and_vote(real_app, PEOPLE)
    truth = all_vote(real_app, scrutin_id, people)
    with real_app.app_context():
        seal_and_wipe()
    if ON_POSTGRESQL:
        wait_until_wiped(real_app)
        return
    disk = bytes_of_database(real_app)
    assert {disk.count(receipt.encode()) for receipt in truth.values()} == {1}
    found = sorted(truth.values(), key=lambda receipt: disk.index(receipt.encode()))
    assert found in (sorted(truth.values()), sorted(truth.values(), reverse=True))


def test_the_seals_tell_who_voted_in_no_batch(real_app):
    scrutin_id, people = people_and_vote(real_app, 30)
    for start in (0, 12):
        all_vote(real_app, scrutin_id, people[start : start + 12])
        with real_app.app_context():
            seal_and_wipe()
    all_vote(real_app, scrutin_id, people[24:])
    with after_closing(), real_app.app_context():
        assert seal_and_wipe() == 6
    seals = rows(real_app, "SELECT num, emargements, ballots FROM seals ORDER BY num")
    assert seals == [("1", "12", "12"), ("2", "12", "12"), ("3", "6", "6")]
    # What would tell who was of the last batch is gone: the emargements share one transaction and lie by key.
    if ON_POSTGRESQL:
        assert len(rows(real_app, "SELECT DISTINCT xmin FROM emargements")) == 1
        shared = "SELECT count(*) FROM emargements WHERE xmin::text IN (SELECT xmin::text FROM ballots)"
        assert rows(real_app, shared) == [("0",)]
    order = [int(person) for person in physical_order(real_app, "emargements", "person_id")]
    assert order == sorted(people)
    assert physical_order(real_app, "ballots", "receipt_hash") == sorted(
        row[0] for row in rows(real_app, "SELECT receipt_hash FROM ballots")
    )
    assert rows(real_app, "SELECT count(*) FROM scrutins WHERE wiped_at IS NULL") == [("0",)]


def test_after_the_closing_the_pages_of_sqlite_forget_who_voted_first(real_app):
    """SQLite fills a page in the order rows come: the list of voters is laid again by key once the vote is closed."""
    scrutin_id, people = people_and_vote(real_app, PEOPLE)
    all_vote(real_app, scrutin_id, people)
    with after_closing(), real_app.app_context():
        seal_and_wipe()
    with after_closing(), real_app.app_context():
        assert seal_and_wipe() == 0
    if not ON_POSTGRESQL:
        disk = bytes_of_database(real_app)
        day = rows(real_app, "SELECT min(day) FROM emargements")[0][0].encode()
        # One cell per voter: its last bytes are the channel and the day, its first ones the keys.
        assert disk.count(b"ONLINE" + day) == PEOPLE

"""Many at once, and programs killed in the middle: one ballot per person, as many people as ballots, always."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from app.cli.sealing import seal_and_wipe
from app.database import db
from app.domain.accounts.models import Role
from app.domain.ballots import services
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from tests.support.box import committed, people_and_vote, rows, vote
from tests.support.town import make_person

ROOT = Path(__file__).resolve().parents[2]


def attempt(app, act, *args) -> str:
    """Tries an act in its own transaction: what it gave, or the code of the refusal."""
    with app.test_request_context():
        try:
            result = act(*args)
            db.session.commit()
        except Refusal as refusal:
            db.session.rollback()
            return refusal.code
        finally:
            db.session.remove()
        return str(result)


def at_once(app, act, calls: list[tuple]) -> list[str]:
    with ThreadPoolExecutor(max_workers=20) as pool:
        return list(pool.map(lambda args: attempt(app, act, *args), calls))


def totals(app) -> dict[str, int]:
    return {
        table: int(rows(app, f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - our own tables
        for table in ("emargements", "ballot_arrivals", "ballots")
    }


def test_twenty_simultaneous_votes_by_one_person_give_one_ballot(real_app):
    scrutin_id, people = people_and_vote(real_app, 1)
    answers = at_once(real_app, vote, [(scrutin_id, people[0])] * 20)
    assert answers.count("already_voted") == 19
    assert totals(real_app) == {"emargements": 1, "ballot_arrivals": 1, "ballots": 0}


def test_a_double_click_gives_the_same_receipt_to_both(real_app):
    scrutin_id, people = people_and_vote(real_app, 1)
    code = services.new_code()
    answers = at_once(real_app, vote, [(scrutin_id, people[0], {"7": 1}, code)] * 8)
    assert len(set(answers)) == 1
    assert totals(real_app)["ballot_arrivals"] == 1


def test_many_people_vote_at_once_while_batches_are_sealed(real_app):
    scrutin_id, people = people_and_vote(real_app, 60)

    def seal() -> int:
        return seal_and_wipe()

    with ThreadPoolExecutor(max_workers=2) as sealing:
        seals = [sealing.submit(attempt, real_app, seal) for _ in range(6)]
        answers = at_once(real_app, vote, [(scrutin_id, person) for person in people])
        assert all(done.result().isdigit() for done in seals)
    assert len(set(answers)) == 60
    found = totals(real_app)
    assert found["emargements"] == 60 == found["ballots"] + found["ballot_arrivals"]
    sealed = rows(real_app, "SELECT coalesce(sum(ballots), 0) FROM seals")
    assert sealed == [(str(found["ballots"]),)]


def test_sealing_twice_at_once_moves_each_ballot_once(real_app):
    scrutin_id, people = people_and_vote(real_app, 12)
    at_once(real_app, vote, [(scrutin_id, person) for person in people])
    answers = at_once(real_app, services.seal_everything_due, [()] * 4)
    assert sorted(answers) == ["0", "0", "0", "12"]
    assert totals(real_app) == {"emargements": 12, "ballot_arrivals": 0, "ballots": 12}


def test_two_people_who_open_at_once_make_one_count(real_app):
    scrutin_id, people = people_and_vote(real_app, 12)
    at_once(real_app, vote, [(scrutin_id, person) for person in people])
    agents = [committed(real_app, lambda: make_person(Role.AGENT)) for _ in range(5)]

    def open_it(agent) -> bool:
        return services.open_count(scrutin_id=scrutin_id, actor=agent).is_counted

    with clock.shifted(timedelta(days=8)):
        answers = at_once(real_app, open_it, [(agent,) for agent in agents])
    assert sorted(answers) == ["False", "True", "counted", "counted", "counted"]
    assert rows(real_app, "SELECT count(*) FROM governance_records") == [("1",)]


# One program loads the application, then forks for each moment: the one that dies is a process like any other.
KILLED = """
import os, signal, sys
from sqlalchemy import Engine, event
from app import create_app
from app.database import db
from app.domain.accounts.queries import person_by_id
from app.domain.ballots import queries, services

die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)

def vote(moment, person_id):
    @event.listens_for(Engine, "before_cursor_execute")
    def before(_connection, _cursor, statement, *_rest):
        if moment == "between" and statement.startswith("INSERT INTO ballot_arrivals"):
            die()

    if moment == "before_commit":
        event.listen(Engine, "commit", die)
    with app.app_context():
        scrutin, person = queries.scrutin_by_id(int(sys.argv[1])), person_by_id(int(person_id))
        services.cast(scrutin=scrutin, choices={"12": 1}, actor=person)
        db.session.commit()
        die()

app = create_app()
for moment, person_id in zip(("between", "before_commit", "after_commit"), sys.argv[2:], strict=True):
    process = os.fork()
    if not process:
        vote(moment, person_id)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
# At once: an ordinary end would take apart, object after object, everything that was imported.
os._exit(0)
"""


def test_a_killed_process_loses_neither_row_and_doubles_neither(real_app):
    scrutin_id, people = people_and_vote(real_app, 3)
    environment = {
        **os.environ,
        "DATABASE_URL": real_app.config["SQLALCHEMY_DATABASE_URI"],
        "SECRET_KEY": real_app.config["SECRET_KEY"],
    }
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(scrutin_id), *map(str, people)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert killed.stdout.split() == ["-9", "-9", "-9"], killed.stderr
    # Only the one killed after its commit has voted.
    assert totals(real_app) == {"emargements": 1, "ballot_arrivals": 1, "ballots": 0}
    again = [attempt(real_app, vote, scrutin_id, person) for person in people]
    assert [answer == "already_voted" for answer in again] == [False, False, True]
    assert totals(real_app) == {"emargements": 3, "ballot_arrivals": 3, "ballots": 0}

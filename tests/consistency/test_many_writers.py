"""Many people act at once: each waits for their turn, and nobody is told that the database is locked."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from flask import Flask, request

from app.database import db
from app.domain.accounts.policies import anyone
from app.domain.shared import journal, outbox
from app.domain.shared.journal import JournalEntry
from app.domain.territories.models import Site
from app.web.access import access
from tests.support.town import make_site

WRITERS, ACTS = 8, 15


def with_acts(app: Flask) -> None:
    """An act that reads before it writes, which is where SQLite fails at once if it has not taken the writing place."""

    def act() -> str:
        site = db.session.get(Site, 1)
        before = db.session.scalar(db.select(db.func.count()).select_from(JournalEntry))
        time.sleep(0.002)
        outbox.post("habitante@exemple.test", "Bonjour", f"{site.name}, {before}")
        journal.record("acted", "essai", actor=None, writer=request.args["writer"])
        return "fait"

    def read() -> str:
        count = db.session.scalar(db.select(db.func.count()).select_from(JournalEntry))
        time.sleep(0.002)
        return str(count)

    app.add_url_rule("/essai", "act", access(anyone)(act), methods=["POST"])
    app.add_url_rule("/lecture", "read", access(anyone)(read))
    app.config["WTF_CSRF_ENABLED"] = False


def test_eight_writers_and_a_reader_never_meet_a_locked_database(real_app):
    with_acts(real_app)
    with real_app.test_request_context():
        make_site()
        db.session.commit()
    together = threading.Barrier(WRITERS)

    def write(writer: int) -> list[int]:
        client = real_app.test_client()
        together.wait(timeout=10)
        return [client.post(f"/essai?writer={writer}").status_code for _ in range(ACTS)]

    def read() -> list[int]:
        client = real_app.test_client()
        return [client.get("/lecture").status_code for _ in range(ACTS * WRITERS)]

    with ThreadPoolExecutor(max_workers=WRITERS + 1) as pool:
        reading = pool.submit(read)
        answers = [status for statuses in pool.map(write, range(WRITERS)) for status in statuses]
    assert answers == [200] * (WRITERS * ACTS)
    assert set(reading.result()) == {200}
    with real_app.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(JournalEntry)) == WRITERS * ACTS


def test_a_writer_waits_for_one_who_takes_long(real_app):
    """A long act (a count, an import) keeps the others waiting, for seconds if need be, and refuses nobody."""
    with_acts(real_app)
    with real_app.test_request_context():
        make_site()
        db.session.commit()
    began, writing = time.monotonic(), threading.Event()

    def take_long() -> None:
        with real_app.test_request_context():
            journal.record("took_long", "essai", actor=None)
            db.session.flush()
            writing.set()
            time.sleep(1)
            db.session.commit()

    with ThreadPoolExecutor(max_workers=1) as pool:
        long = pool.submit(take_long)
        assert writing.wait(timeout=10)
        answer = real_app.test_client().post("/essai?writer=1")
        long.result()
    assert answer.status_code == 200
    assert time.monotonic() - began < 10

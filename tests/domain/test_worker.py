"""The worker: letters leave once, failures wait longer and longer, a killed worker loses nothing, two do not meet."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from app.adapters.mail import MailFailed, Memory
from app.cli import worker
from app.database import db
from app.domain.accounts.models import Notice, Role, Scope
from app.domain.accounts.services import tell
from app.domain.processes.models import PhaseCode
from app.domain.shared import clock, outbox
from app.domain.shared.outbox import LEASE, WAITS, OutboxMessage
from tests.support.town import grant_role, make_contract, make_person, make_phase, make_process
from tests.support.town_governance import make_body, make_seance

ROOT = Path(__file__).resolve().parents[2]


class Broken:
    """A way that never works."""

    def send(self, letter):
        raise MailFailed("smtp 451")


@pytest.fixture(autouse=True)
def _empty_box():
    Memory.letters.clear()
    yield
    Memory.letters.clear()


def post_some(count: int = 1) -> None:
    for number in range(count):
        outbox.post(f"personne{number}@exemple.test", f"Lettre {number}", "Bonjour.")


def only_message() -> OutboxMessage:
    return db.session.scalars(db.select(OutboxMessage)).one()


def deliver(post) -> int:
    return worker.deliver_all(post, threading.Event())


def test_a_letter_ends_with_the_whole_address_of_its_page(real_app):
    with real_app.app_context():
        person = make_person(email="nour@exemple.test")
        tell(person, "Votre idée est publiée", "Tout le monde peut la lire.", "/idees/12")
        tell(person, "Votre mot de passe a changé", "Prévenez-nous si ce n’est pas vous.")
        db.session.commit()
        deliver(Memory())
    ends = [letter.get_content().splitlines()[-1] for letter in Memory.letters]
    base = real_app.config["PUBLIC_URL"]
    assert ends == [f"{base}/idees/12", f"{base}/mon-compte"]


def test_a_letter_leaves_once(real_app):
    with real_app.app_context():
        post_some()
        db.session.commit()
        assert deliver(Memory()) == 1
        assert deliver(Memory()) == 0
        assert [str(letter["Subject"]) for letter in Memory.letters] == ["Lettre 0"]
        assert only_message().delivered_at is not None


def test_letters_leave_in_the_order_they_were_written(real_app):
    with real_app.app_context():
        post_some(5)
        db.session.commit()
        deliver(Memory())
        assert [str(letter["Subject"]) for letter in Memory.letters] == [f"Lettre {number}" for number in range(5)]


def test_a_failure_waits_longer_each_time_and_is_left_to_a_person_in_the_end(real_app, capsys):
    with real_app.app_context():
        post_some()
        db.session.commit()
        elapsed = timedelta(0)
        for wait in WAITS:
            with clock.shifted(elapsed):
                assert deliver(Broken()) == 0
                assert deliver(Broken()) == 0, "not tried again before its hour"
            elapsed += wait + timedelta(seconds=1)
        with clock.shifted(elapsed):
            deliver(Broken())
            message = only_message()
            assert (message.attempts, message.next_try_at, message.delivered_at) == (len(WAITS) + 1, None, None)
            assert message.last_error == "smtp 451"
            assert outbox.count_stuck() == 1
            db.session.rollback()
            worker.do_chores()
    told = capsys.readouterr().out
    assert "letters stuck" in told
    assert "exemple.test" not in told


def test_a_failure_told_late_does_not_undo_a_delivery(in_app):
    post_some()
    db.session.flush()
    message = outbox.claim_next_for_update()
    outbox.note_delivery(message.id, 1)
    outbox.note_delivery(message.id, 1, "smtp 451")
    assert message.delivered_at is not None


def test_a_failure_of_an_older_try_says_nothing(in_app):
    post_some()
    db.session.flush()
    message = outbox.claim_next_for_update()
    with clock.shifted(LEASE + timedelta(seconds=1)):
        assert outbox.claim_next_for_update() is message
        held = message.next_try_at
        outbox.note_delivery(message.id, 1, "smtp 451")
    assert message.next_try_at == held


def test_an_unexpected_error_of_the_way_is_noted_by_its_kind_and_stops_nothing(real_app, capsys):
    class Odd:
        def send(self, letter):
            raise KeyError(letter.recipient)

    with real_app.app_context():
        post_some(2)
        db.session.commit()
        assert deliver(Odd()) == 0
        assert set(db.session.scalars(db.select(OutboxMessage.last_error))) == {"KeyError"}
        db.session.rollback()
    told = capsys.readouterr().out
    assert "exemple.test" not in told
    assert json.loads(told.splitlines()[0])["kind"] == "KeyError"


def test_delivered_letters_are_forgotten_when_their_time_is_over(in_app):
    post_some(2)
    db.session.flush()
    message = outbox.claim_next_for_update()
    outbox.note_delivery(message.id, 1)
    assert outbox.forget_delivered(30) == 0
    with clock.shifted(timedelta(days=31)):
        assert outbox.forget_delivered(30) == 1
    assert only_message().delivered_at is None


def test_agents_are_told_once_that_a_phase_ends_soon(real_app):
    with real_app.app_context():
        contract = make_contract()
        agent, other, resident = make_person(), make_person(), make_person()
        grant_role(agent, Role.AGENT, Scope.CONTRACT, contract.id)
        grant_role(other, Role.AGENT, Scope.CONTRACT, make_contract().id)
        make_phase(make_process(contract), PhaseCode.CALL, starts_in=-5, days=7)
        make_phase(make_process(contract, published_at=None), PhaseCode.CALL, starts_in=-5, days=7)
        make_phase(make_process(contract), PhaseCode.VOTE, starts_in=-5, days=30)
        db.session.commit()
        worker.do_chores()
        worker.do_chores()
        told = db.session.scalars(db.select(Notice)).all()
        assert [notice.person_id for notice in told] == [agent.id]
        assert "Appel à idées" in told[0].subject
        assert resident.id not in [notice.person_id for notice in told]
        db.session.rollback()


def test_those_who_prepare_a_seance_are_told_once_what_it_lacks(real_app):
    with real_app.app_context():
        body = make_body()
        animator = make_person()
        grant_role(animator, Role.ANIMATEUR, Scope.BODY, body.id)
        make_seance(body, in_days=2, place="Maison du projet")
        make_seance(body, in_days=20)
        db.session.commit()
        worker.do_chores()
        worker.do_chores()
        notice = db.session.scalars(db.select(Notice)).one()
        assert notice.person_id == animator.id
        assert "L’ordre du jour est vide." in notice.body
        assert "Le lieu n’est pas choisi" not in notice.body
        db.session.rollback()


def test_a_chore_that_fails_stops_no_other_and_is_told_without_words_of_people(real_app, monkeypatch, capsys):
    def fail():
        raise ValueError("nour@exemple.test")

    done = []
    monkeypatch.setattr(worker, "CHORES", {"first": fail, "second": lambda: done.append(1)})
    with real_app.app_context():
        worker.do_chores()
    assert done == [1]
    line = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (line["event"], line["chore"], line["kind"]) == ("chore failed", "first", "ValueError")
    assert "nour" not in json.dumps(line)


# --- Real processes ---------------------------------------------------------------------------------------------


FLASK = ("-m", "flask", "--app", "app")
# Two workers forked from one program: the application is loaded once, and both begin together.
TWO = """
import os, sys
from flask.cli import FlaskGroup
from app import create_app

app = create_app()
workers = []
for _ in range(2):
    workers.append(os.fork())
    if not workers[-1]:
        FlaskGroup(create_app=lambda: app).main(sys.argv[1:], standalone_mode=False)
        # At once: an ordinary end would take apart, object after object, everything that was imported.
        os._exit(0)
os._exit(any([os.waitpid(worker, 0)[1] for worker in workers]))
"""


def start_worker(app, mail_url: str, *arguments: str, program: tuple[str, ...] = FLASK) -> subprocess.Popen[bytes]:
    environ = {
        **os.environ,
        "DATABASE_URL": str(app.config["SQLALCHEMY_DATABASE_URI"]),
        "SECRET_KEY": "une clé de test, longue et sans valeur ailleurs",
        "MAIL_URL": mail_url,
    }
    command = [sys.executable, *program, "worker", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_two_workers_at_once_deliver_each_letter_once(real_app, tmp_path):
    with real_app.app_context():
        post_some(40)
        db.session.commit()
    both = start_worker(real_app, f"file:{tmp_path}/box", "--once", program=("-c", TWO))
    output = both.communicate(timeout=60)[0].decode()
    assert both.returncode == 0, output
    assert "exemple.test" not in output
    names = sorted(path.name for path in (tmp_path / "box").iterdir())
    assert len(names) == 40
    assert len({name.split("-")[1] for name in names}) == 40


def test_a_worker_killed_while_sending_loses_nothing_and_holds_nobody(real_app):
    with real_app.app_context():
        post_some()
        db.session.commit()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        process = start_worker(real_app, f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        connection, _ = silent.accept()
        with real_app.app_context():
            before = time.perf_counter()
            post_some()
            db.session.commit()
            assert time.perf_counter() - before < 2, "writing waits for nobody while a letter leaves"
        process.kill()
        process.communicate(timeout=20)
        connection.close()
    with real_app.app_context():
        assert deliver(Memory()) == 1, "the other letter"
        with clock.shifted(LEASE + timedelta(seconds=5)):
            assert deliver(Memory()) == 1, "the letter of the killed worker, once its lease is over"
            assert deliver(Memory()) == 0


def test_a_worker_asked_to_stop_stops_at_once(real_app):
    process = start_worker(real_app, "memory:")
    started = process.stdout.readline()
    assert json.loads(started)["event"] == "worker started"
    process.send_signal(signal.SIGTERM)
    output = process.communicate(timeout=10)[0].decode()
    assert process.returncode == 0, output
    assert json.loads(output.splitlines()[-1])["event"] == "worker stopped"

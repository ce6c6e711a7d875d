"""``flask worker``: delivers the letters and does what time asks. Two may run at once; one may be killed at any moment.

Each letter and each chore is a transaction of its own. A letter is taken, then sent, then noted: nothing is locked
while a server answers. Delivery is at least once: a worker killed between the sending and the note leaves a letter
that another sends again under the same Message-ID.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import click
import structlog
from flask import current_app

from app.adapters.files import Store
from app.adapters.mail import Letter, MailFailed, Post, open_post
from app.adapters.messages import Gateway, TextMessage, open_gateway, plain_number
from app.cli.ready import on_ready_database
from app.cli.sealing import seal_and_wipe
from app.database import db
from app.domain.accounts.services import forget_expired_links
from app.domain.councils.services import close_draws, forget_candidacies, remind_of_late_avis, warn_agents
from app.domain.governance.services import erase_signatures, note_deliveries, remind_of_unready_seances
from app.domain.processes.services import remind_of_ending_phases
from app.domain.shared import outbox
from app.domain.shared.files import erase_file, files_to_erase
from app.domain.territories.queries import site

log = structlog.get_logger()
Result = TypeVar("Result")
PAUSE_SECONDS = 5
# Chores are looked at once a minute: none is urgent to the second.
ROUNDS_BETWEEN_CHORES = 12


@dataclass(frozen=True)
class ByChannel:
    """Letters to the post, text messages to their gateway: one queue, two ways out."""

    post: Post
    gateway: Gateway

    def send(self, letter: Letter) -> None:
        if letter.is_text:
            number = plain_number(letter.recipient)
            self.gateway.send(TextMessage(number=number, body=letter.body, key=letter.key))
        else:
            self.post.send(letter)


@click.command("worker")
@click.option("--once", is_flag=True, help="Faire ce qui attend, puis s’arrêter.")
@on_ready_database
def worker(once: bool) -> None:
    """Délivre les courriels en attente et fait ce que le temps demande (scellement, rappels, oubli)."""
    post: Post = ByChannel(open_post(current_app.config["MAIL_URL"]), open_gateway(current_app.config["MESSAGES_URL"]))
    stop = threading.Event()
    if not once:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    log.info("worker started")
    rounds = 0
    while not stop.is_set():
        deliver_all(post, stop)
        if rounds % ROUNDS_BETWEEN_CHORES == 0:
            do_chores()
        rounds += 1
        if once:
            # What the chores have just written leaves too.
            deliver_all(post, stop)
            break
        stop.wait(PAUSE_SECONDS)
    log.info("worker stopped")


def deliver_all(post: Post, stop: threading.Event) -> int:
    """Delivers every letter whose hour has come; gives the number sent."""
    sent = 0
    while not stop.is_set():
        outcome = deliver_one(post)
        if outcome is None:
            break
        sent += outcome
    if sent:
        log.info("letters delivered", count=sent)
    return sent


def deliver_one(post: Post) -> bool | None:
    """Takes one letter, sends it, notes what became of it. ``None`` when nothing waits, or nothing can be taken."""
    taken = in_transaction("claim", _claim)
    if taken is None:
        return None
    message_id, attempt, letter = taken
    error = ""
    try:
        post.send(letter)
    except MailFailed as failure:
        error = str(failure)
        log.warning("letter not delivered", letter=message_id, attempt=attempt, reason=error)
    except Exception as failure:
        error = type(failure).__name__
        log.error("letter not delivered", letter=message_id, attempt=attempt, exc_info=failure)
    in_transaction("note", lambda: outbox.note_delivery(message_id, attempt, error))
    return not error


def _claim() -> tuple[int, int, Letter] | None:
    message = outbox.claim_next_for_update()
    if message is None:
        return None
    letter = Letter(
        recipient=message.recipient, subject=message.subject,
        body=message.text_for(current_app.config["PUBLIC_URL"]),
        sender=current_app.config["MAIL_FROM"], at=message.written_at,
        # The number alone may serve again once old letters are erased.
        key=f"agora-{message.id}-{message.written_at:%Y%m%d%H%M%S}",
        is_text=message.channel is outbox.MessageChannel.TEXT,
    )  # fmt: skip
    return message.id, message.attempts, letter


def remind() -> int:
    """Reminds those who prepare of what comes."""
    days = site().reminder_days
    return remind_of_ending_phases(days=days) + remind_of_unready_seances(days=days) + remind_of_late_avis()


def warn() -> int:
    """Tells agents, once, what is not as it should be in the bodies of their contract."""
    return warn_agents()


def forget() -> int:
    """Erases the letters delivered long ago."""
    return outbox.forget_delivered(site().mail_kept_days)


def forget_asked() -> int:
    """Erases what was said in candidacies that ended long ago."""
    return forget_candidacies(kept_days=site().candidacy_kept_days)


def seal_boxes() -> None:
    """Moves ballots into their boxes. Says nothing: the log keeps no hour of a batch."""
    seal_and_wipe()


def forget_links() -> None:
    """Erases the links nobody used in time, with the addresses they hold."""
    forget_expired_links()


CHORES: dict[str, Callable[[], int | None]] = {
    "boxes sealed": seal_boxes,
    "reminders": remind,
    "warnings": warn,
    "sendings noted": note_deliveries,
    "draws closed": close_draws,
    "signatures erased": erase_signatures,
    "letters forgotten": forget,
    "candidacies forgotten": forget_asked,
    "links forgotten": forget_links,
}


def erase_files() -> None:
    """Erases the bytes of the files no row describes any more; one that cannot be is told and stops no other."""
    store = Store(Path(current_app.config["FILES_DIR"]))
    for file_id in in_transaction("files to erase", files_to_erase) or ():
        in_transaction("file erased", partial(erase_file, file_id=file_id, store=store))


def do_chores() -> None:
    """Does each chore; one that fails is told and stops no other."""
    erase_files()
    for name, chore in CHORES.items():
        done = in_transaction(name, chore)
        if done:
            log.info(name, count=done)
    stuck = in_transaction("letters stuck", outbox.count_stuck)
    if stuck:
        log.warning("letters stuck", count=stuck)


def in_transaction(name: str, act: Callable[[], Result]) -> Result | None:
    """Runs one act and commits it, alone. An error is rolled back and told by its kind and place."""
    try:
        result = act()
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        log.error("chore failed", chore=name, exc_info=error)
        return None
    finally:
        db.session.remove()
    return result

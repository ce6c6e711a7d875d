"""Voting: one transaction that writes who has voted and what the ballot says, and nothing that ties the two."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Executable, Table, inspect
from sqlalchemy.dialects import postgresql, sqlite

from app.database import db
from app.domain.accounts.models import Person
from app.domain.ballots import queries
from app.domain.ballots.models import BallotArrival, Channel, Emargement, Scrutin
from app.domain.ballots.rules.ballot import Ballot as Choices
from app.domain.ballots.rules.ballot import canonical_ballot, check_ballot
from app.domain.ballots.rules.moments import can_cast_at
from app.domain.ballots.rules.receipt import ALPHABET, LENGTH, receipt_hash
from app.domain.processes.rules import can_take_part
from app.domain.shared import clock
from app.domain.shared.refusals import YES, Refusal, Verdict, require


def new_code() -> str:
    """A receipt code: 26 characters of base 32 drawn by the system, 130 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def can_cast(scrutin: Scrutin, person: Person) -> Verdict:
    """Whether this person may vote now: called by the règlement, at the right hour, and not a second time.

    Refusals: ``eligibility``, ``not_open_yet``, ``closed``, ``already_voted``.
    """
    verdict = can_take_part(scrutin.eligibility, person)
    verdict = verdict and can_cast_at(
        scrutin.opens_at, scrutin.closes_at, clock.now(), clock.database_now(db.session())
    )
    return verdict and (already_voted() if queries.has_voted(scrutin.id, person.id) else YES)


def already_voted() -> Refusal:
    """The refusal of a second vote."""
    return Refusal(
        _l("Vous avez déjà voté. Un vote ne se change pas : votre premier bulletin compte."), code="already_voted"
    )


def cast(*, scrutin: Scrutin, choices: Choices, actor: Person, code: str | None = None) -> str:
    """Writes the vote of a person and gives the code of the receipt, which is kept nowhere else.

    The emargement and the ballot are written together or not at all. Sent twice with the same ``code`` (a double
    click, an answer lost on the way), it gives the code back and writes nothing more.
    Refusals: ``eligibility``, ``not_open_yet``, ``closed`` (by the clock of the database too), those of
    ``check_ballot``, ``already_voted``, ``account_closed`` (meanwhile, elsewhere). No journal entry: the emargement is
    the trace, and nothing may date a ballot.
    Source: votes-tirage-questionnaires §6.2; droit-et-pratique §4.6.
    """
    again, code = code is not None, code or new_code()
    receipt = receipt_hash(scrutin.id, code)
    # Voters share this lock; a batch and the count take it whole, and so never see half a vote.
    queries.hold_scrutin_open_for_update(scrutin.id)
    verdict = _may_enter_the_box(scrutin, choices, actor)
    if not verdict and again and queries.has_voted(scrutin.id, actor.id) and queries.is_in_the_box(scrutin.id, receipt):
        # What was cast in time stays cast, when the same act comes again after the closing.
        return code
    require(verdict)
    _write(scrutin.id, actor.id, receipt, canonical_ballot(choices))
    return code


def _may_enter_the_box(scrutin: Scrutin, choices: Choices, person: Person) -> Verdict:
    # Asked under the lock: who closes an account while voting must not leave a ballot and join again.
    closed, refs = queries.closed_and_refs(scrutin.id, person.id)
    if closed:
        return Refusal(_l("Votre compte est fermé : votre bulletin n’a pas été déposé."), code="account_closed")
    verdict = can_take_part(scrutin.eligibility, person)
    verdict = verdict and can_cast_at(
        scrutin.opens_at, scrutin.closes_at, clock.now(), clock.database_now(db.session())
    )
    return verdict and check_ballot(scrutin.rules.form, refs, choices)


def _write(scrutin_id: int, person_id: int, receipt: str, content: str) -> None:
    """Both rows or neither: the first that meets another of the same key says so, and the request undoes the rest.

    Somebody already on the list whose receipt is in the box has sent the same act twice at the same instant: all is
    written already.
    """
    emargement = {"scrutin_id": scrutin_id, "person_id": person_id, "channel": Channel.ONLINE, "day": clock.today()}
    if not _insert(Emargement, emargement):
        if queries.is_in_the_box(scrutin_id, receipt):
            return
        raise already_voted()
    if not _insert(BallotArrival, {"scrutin_id": scrutin_id, "receipt_hash": receipt, "content": content}):
        raise Refusal(_l("Ce reçu existe déjà. Revenez à votre bulletin et validez-le de nouveau."), code="receipt")


def _insert(model: type[Any], values: dict[str, Any]) -> bool:
    """Inserts unless the key is taken. A conflict is an answer, not an error: no server writes the row in its log."""
    table: Table = inspect(model).local_table
    statement = _insertion(table, db.session.get_bind().dialect.name)
    return db.session.execute(statement, values).first() is not None


@cache
def _insertion(table: Table, dialect_name: str) -> Executable:
    """The statement of ``_insert``, written once for each table."""
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    statement: Executable = dialect.insert(table).on_conflict_do_nothing().returning(table.c.scrutin_id)
    return statement

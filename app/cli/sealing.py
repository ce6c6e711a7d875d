"""Sealing from outside a request: the batches, then, after the commit, what the database still remembers of them."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from app.database import db, lay_in_key_order, tables_of, wipe_deleted
from app.domain.ballots import queries, services
from app.domain.ballots.models import Ballot, BallotArrival, Emargement

log = structlog.get_logger()


def seal_and_wipe() -> int:
    """Moves what is due and wipes its traces; gives the number of ballots moved. Safe to run twice at once, and again.

    What a busy database does not let us wipe now (somebody reads, another one wipes) is wiped at the next turn.
    """
    moved = services.seal_everything_due()
    again = queries.arrivals_may_leave_traces()
    db.session.commit()
    if moved or again:
        _when_free(lambda: wipe_deleted(db.engine, *tables_of(BallotArrival)))
    for scrutin_id in queries.scrutins_to_wipe():
        _wipe_closed(scrutin_id)
    db.session.commit()
    return moved


def _wipe_closed(scrutin_id: int) -> None:
    """A closed vote keeps no order at all: neither of its emargements, nor of its ballots, nor of its batches."""
    services.even_out_emargements(scrutin_id=scrutin_id)
    transaction = queries.present_transaction()
    db.session.commit()
    if queries.is_seen_by_a_reader(transaction):
        # A backup reads for long: the old rows would be copied with the others. The next turn tries again.
        db.session.commit()
        log.warning("not_wiped", kind="read")
        return
    db.session.commit()
    tables = tables_of(Emargement, Ballot, BallotArrival)
    if _when_free(lambda: lay_in_key_order(db.engine, *tables)):
        services.note_wiped(scrutin_id=scrutin_id)
        db.session.commit()


def _when_free(act: Callable[[], None]) -> bool:
    # The errors of the driver that is used: a command need not load the other one.
    driver = db.engine.dialect.loaded_dbapi
    try:
        act()
    except driver.Error as error:
        log.warning("not_wiped", kind=type(error).__name__)
        return False
    return True

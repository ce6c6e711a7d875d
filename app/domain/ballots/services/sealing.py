"""Moving ballots from the arrivals to the box, in batches that tell nothing of who cast them, each batch sealed.

Rows written by one transaction share a number on PostgreSQL (``xmin``), and pages of SQLite keep the order of arrival.
So a ballot rests in the arrivals until enough others are there; the batch is then written by a transaction of its own,
in the order of the receipts. What is left, and why, is in docs/decisions/0003-secret-du-vote.md.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select, update

from app.database import db
from app.domain.ballots import queries
from app.domain.ballots.models import Ballot, BallotArrival, Emargement, Scrutin, Seal
from app.domain.ballots.rules.seals import root_of, seal_digest
from app.domain.shared import clock
from app.domain.shared.refusals import YES, Refusal, Verdict, require


def seal_everything_due() -> int:
    """Seals each vote whose batch is big enough, and what remains of the votes that are closed.

    Gives the number of ballots moved. Doing it again changes nothing; two at once take turns on each vote.
    The caller commits, then wipes what the arrivals leave behind (``app.cli.sealing``).
    """
    return sum(seal.ballots for seal in map(seal_what_is_due, queries.scrutins_with_arrivals()) if seal is not None)


def seal_what_is_due(scrutin_id: int) -> Seal | None:
    """Seals the arrivals of a vote when they are at least its ``minimum_batch``, or when the vote is closed."""
    scrutin = queries.scrutin_for_update(scrutin_id)
    closed = min(clock.now(), clock.database_now(db.session())) >= scrutin.closes_at
    return seal_arrivals(scrutin=scrutin, least=1 if closed else scrutin.minimum_batch)


def seal_arrivals(*, scrutin: Scrutin, least: int) -> Seal | None:
    """Moves the arrivals of a locked vote into the box, sorted by receipt, and seals them; ``None`` under ``least``.

    Refusal ``seal``: there are not as many people as ballots since the last seal. Nothing is then moved: somebody must
    find out why. Source: votes-tirage-questionnaires §6.2 (batch of ten, chained seals).
    """
    landed = select(BallotArrival.receipt_hash).where(BallotArrival.scrutin_id == scrutin.id)
    receipts = db.session.scalars(landed.order_by(BallotArrival.receipt_hash)).all()
    if len(receipts) < max(least, 1):
        return None
    seals = queries.seals_of(scrutin.id)
    people = queries.count_emargements(scrutin.id) - sum(seal.emargements for seal in seals)
    require(_as_many(people, len(receipts)))
    _move(scrutin.id)
    seal = Seal(
        scrutin_id=scrutin.id,
        num=len(seals) + 1,
        emargements=people,
        ballots=len(receipts),
        root=root_of(receipts),
        previous=seals[-1].digest if seals else scrutin.rules_sha256,
    )
    seal.digest = digest_of(seal)
    db.session.add(seal)
    db.session.flush()
    return seal


def digest_of(seal: Seal) -> str:
    """The digest a seal must carry, computed from what it holds."""
    return seal_digest(
        scrutin_id=seal.scrutin_id,
        num=seal.num,
        emargements=seal.emargements,
        ballots=seal.ballots,
        root=seal.root,
        previous=seal.previous,
    )


def check_box(scrutin: Scrutin) -> Verdict:
    """Whether people, ballots and seals agree, and the seals hang together. Refusals: ``seal``, ``chain``."""
    previous = scrutin.rules_sha256
    seals = queries.seals_of(scrutin.id)
    for seal in seals:
        if seal.previous != previous or seal.digest != digest_of(seal):
            sentence = _l(
                "Le scellé n° %(num)d de l’urne ne correspond pas : n’ouvrez pas l’urne, prévenez l’équipe du vote.",
                num=seal.num,
            )
            return Refusal(sentence, code="chain")
        previous = seal.digest
    ballots = queries.count_ballots(scrutin.id)
    sealed = sum(seal.ballots for seal in seals)
    verdict = _as_many(queries.count_emargements(scrutin.id), ballots)
    return verdict and _as_many(sealed, ballots)


def even_out_emargements(*, scrutin_id: int) -> None:
    """Writes the emargements of a closed vote again, as they are, in one transaction: they no longer tell their order.

    To be followed, after the commit, by ``database.lay_in_key_order``; then ``note_wiped``.
    """
    rows = update(Emargement).where(Emargement.scrutin_id == scrutin_id).values(day=Emargement.day)
    db.session.execute(rows, execution_options={"synchronize_session": False})


def note_wiped(*, scrutin_id: int) -> None:
    """Writes down that nothing is left of the order of the votes of a closed scrutin, unless ballots still wait."""
    scrutin = queries.scrutin_for_update(scrutin_id)
    if scrutin.wiped_at is None and queries.count_arrivals(scrutin_id) == 0:
        scrutin.wiped_at = clock.now()


def _as_many(people: int, ballots: int) -> Verdict:
    if people == ballots:
        return YES
    sentence = _l(
        "Il y a %(people)d émargements pour %(ballots)d bulletins : n’ouvrez pas l’urne, prévenez l’équipe du vote.",
        people=people,
        ballots=ballots,
    )
    return Refusal(sentence, code="seal")


def _move(scrutin_id: int) -> None:
    columns = ("scrutin_id", "receipt_hash", "content")
    batch = (
        select(BallotArrival.scrutin_id, BallotArrival.receipt_hash, BallotArrival.content)
        .where(BallotArrival.scrutin_id == scrutin_id)
        .order_by(BallotArrival.receipt_hash)
    )
    db.session.execute(insert(Ballot).from_select(columns, batch))
    emptied = delete(BallotArrival).where(BallotArrival.scrutin_id == scrutin_id)
    db.session.execute(emptied, execution_options={"synchronize_session": False})

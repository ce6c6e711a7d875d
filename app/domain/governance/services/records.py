"""Results become records of the register, and records are corrected."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import queries, rules
from app.domain.governance.models import GovernanceRecord, RecordKind, RecordTally, RecordWord
from app.domain.shared import clock, journal
from app.domain.shared.canonical import canonical, digest
from app.domain.shared.refusals import require
from app.domain.shared.words import MOST_TITLE_WORDS, stem, telling_words


def file_record(
    *,
    kind: RecordKind,
    title: str,
    facts: dict[str, Any],
    source_kind: str,
    source_id: str,
    actor: Person | None,
    summary: str = "",
    source_sha256: str = "",
    contract_id: int | None = None,
    body_id: int | None = None,
    corrects: GovernanceRecord | None = None,
) -> GovernanceRecord:
    """Numbers, freezes, digests and chains a record; gives it back with its number.

    ``facts`` are text, integers, booleans, lists and dictionaries (amounts in cents, dates in ISO 8601): a float is
    refused by ``canonical``. The source is named by its kind and id, with its digest when it has one. The journal
    keeps the number and the seal: it is what tells when the end of the chain was cut or forged.
    Source: droit-et-pratique §6, "records are immutable after signature".
    """
    last = queries.last_record_for_update()
    record = GovernanceRecord(
        **_place_after(last),
        kind=kind,
        title=title[:300],
        summary=summary,
        facts=canonical(facts),
        facts_sha256=digest(facts),
        filed_by_id=actor.id if actor else None,
        filed_as=queries.function_of(actor) if actor else None,
        contract_id=contract_id,
        body_id=body_id,
        source_kind=source_kind,
        source_id=source_id,
        source_sha256=source_sha256,
        corrects_position=corrects.position if corrects else None,
    )
    record.chain_sha256 = queries.sealed_of(record).seal
    db.session.add(record)
    db.session.flush()
    _index(record)
    journal.record(
        "filed", GovernanceRecord.__tablename__, actor=actor,
        number=record.number, kind=kind.value, seal=record.chain_sha256,
    )  # fmt: skip
    return record


def _index(record: GovernanceRecord) -> None:
    """Makes the record found by its words and counted with its kind; the register is locked until the commit."""
    forms = {stem(word) for word in telling_words(record.title, MOST_TITLE_WORDS)}
    db.session.add_all(RecordWord(word=form, position=record.position) for form in sorted(forms))
    tally = db.session.get(RecordTally, (record.kind, record.year))
    if tally is None:
        db.session.add(RecordTally(kind=record.kind, year=record.year, count=1))
    else:
        tally.count = RecordTally.count + 1
    db.session.flush()


def _place_after(last: GovernanceRecord | None) -> dict[str, Any]:
    """Where and when the next record stands: its place in the chain, its number in the year, the seal before it."""
    year = clock.today().year
    return {
        "position": (last.position if last else 0) + 1,
        "year": year,
        "rank": queries.next_rank(year),
        "previous_sha256": last.chain_sha256 if last else rules.GENESIS,
        # The seal writes the instant to the second, so that it is read back the same from any database.
        "filed_at": clock.now().replace(microsecond=0),
    }


def correct_record(*, record: GovernanceRecord, reason: str, corrected: str, actor: Person) -> GovernanceRecord:
    """Files a correction: another record, which says why and gives the facts as they should be read.

    The corrected record does not move. Refusal ``corrected`` when it has a correction already, even one filed at the
    same instant by somebody else. Source: droit-et-pratique §6 rule 3, "corrections by rider".
    """
    require(rules.can_be_corrected(record.corrected_by is not None))
    facts = {"corrects": record.number, "reason": reason, "corrected_facts": corrected}
    title = _l("Correction de la pièce %(number)s : %(title)s", number=record.number, title=record.title)
    try:
        with db.session.begin_nested():
            return file_record(
                kind=RecordKind.CORRECTION,
                title=str(title),
                facts=facts,
                source_kind=GovernanceRecord.__tablename__,
                source_id=record.number,
                source_sha256=record.chain_sha256,
                contract_id=record.contract_id,
                body_id=record.body_id,
                corrects=record,
                actor=actor,
            )
    except IntegrityError:
        # The database keeps one correction per record; somebody was quicker.
        require(rules.can_be_corrected(True))
        raise

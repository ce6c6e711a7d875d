"""What happens in governance: results become records."""

from __future__ import annotations

from typing import Any

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import queries, rules
from app.domain.governance.models import GovernanceRecord, RecordKind
from app.domain.shared import clock, journal
from app.domain.shared.canonical import canonical, digest


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
    refused by ``canonical``. The source is named by its kind and id, with its digest when it has one.
    Source: droit-et-pratique §6, "records are immutable after signature".
    """
    last = queries.last_record_for_update()
    year = clock.today().year
    record = GovernanceRecord(
        position=(last.position if last else 0) + 1,
        year=year,
        rank=queries.next_rank(year),
        kind=kind,
        title=title,
        summary=summary,
        facts=canonical(facts),
        facts_sha256=digest(facts),
        previous_sha256=last.chain_sha256 if last else rules.GENESIS,
        filed_at=clock.now(),
        filed_by_id=actor.id if actor else None,
        contract_id=contract_id,
        body_id=body_id,
        source_kind=source_kind,
        source_id=source_id,
        source_sha256=source_sha256,
        corrects_position=corrects.position if corrects else None,
    )
    record.chain_sha256 = seal_of(record)
    db.session.add(record)
    db.session.flush()
    journal.record("filed", GovernanceRecord.__tablename__, actor=actor, number=record.number, kind=kind.value)
    return record


def seal_of(record: GovernanceRecord) -> str:
    """The seal a record must carry, computed from what it holds."""
    return rules.chain_digest(
        position=record.position,
        number=record.number,
        kind=record.kind.value,
        title=record.title,
        facts_sha256=record.facts_sha256,
        source=f"{record.source_kind}:{record.source_id}:{record.source_sha256}",
        corrects=record.corrects_position,
        previous=record.previous_sha256,
    )

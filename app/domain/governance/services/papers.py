"""The papers of a body, and whom it informs: added and withdrawn, never erased."""

from __future__ import annotations

from datetime import date

from app.adapters.files import Store
from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import rules
from app.domain.governance.models import Body, BodyPaper, DistributionEntry, PaperKind
from app.domain.shared import clock, journal
from app.domain.shared.files import keep_document
from app.domain.shared.refusals import require


def add_body_paper(
    *, body: Body, kind: PaperKind, title: str, reference: str, dated_on: date, words: str, signatures: int | None,
    actor: Person, upload: bytes = b"", most_bytes: int = 0, store: Store | None = None,
) -> BodyPaper:  # fmt: skip
    """Adds a dated paper to a body, with its PDF or its photo if there is one.

    Refusals: ``state`` when its life has ended; ``document`` on ``paper`` when the file cannot be kept.
    """
    require(rules.can_be_added_to(body))
    file = None
    if upload and store is not None:
        file = keep_document(upload=upload, description=title, store=store, most_bytes=most_bytes, actor=actor)
    paper = BodyPaper(
        body_id=body.id, kind=kind, title=title, reference=reference, dated_on=dated_on, words=words,
        signatures=signatures, file_id=file.id if file else None, added_by_id=actor.id, added_at=clock.now(),
    )  # fmt: skip
    db.session.add(paper)
    journal.record("added", paper, actor=actor, body=body.id, kind=kind.value)
    return paper


def withdraw_body_paper(*, paper: BodyPaper, actor: Person) -> None:
    """Withdraws a paper added by mistake: it stays written and is no longer counted."""
    paper.withdrawn_at = paper.withdrawn_at or clock.now()
    journal.record("withdrew_paper", paper, actor=actor)


def add_entry(*, body: Body, name: str, email: str, quality: str, actor: Person) -> DistributionEntry:
    """Adds somebody the body sends its relevés to. Refusal ``state``."""
    require(rules.can_be_added_to(body))
    entry = DistributionEntry(body_id=body.id, name=name, email=email, quality=quality, added_at=clock.now())
    db.session.add(entry)
    journal.record("added", entry, actor=actor, body=body.id)
    return entry


def remove_entry(*, entry: DistributionEntry, actor: Person) -> None:
    """Removes somebody from the distribution list."""
    entry.removed_at = entry.removed_at or clock.now()
    journal.record("removed_entry", entry, actor=actor)

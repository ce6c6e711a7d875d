"""A body writes how it meets and decides: each writing is a new version of its rulebook."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import rules
from app.domain.governance.models import Body, BodyRulebook, RulebookSubject
from app.domain.shared import clock, journal
from app.domain.shared.canonical import digest


def write_functioning(
    *, body: Body, content: rules.FunctioningRules, in_force_on: date, source: str, actor: Person | None
) -> BodyRulebook:
    """Writes the next version of how a body meets; the earlier ones stay. Refusal ``fraction``.

    ``source`` says who decided it and when. Raised before anything is written.
    """
    for part in (content.quorum, content.second_call_quorum, *content.college_quorums.values()):
        rules.fraction(part)
    subject = RulebookSubject.FUNCTIONING
    query = select(func.max(BodyRulebook.version)).where(
        BodyRulebook.body_id == body.id, BodyRulebook.subject == subject
    )
    facts = content.to_facts()
    written = BodyRulebook(
        body_id=body.id, subject=subject, version=(db.session.scalar(query) or 0) + 1, in_force_on=in_force_on,
        content=facts, sha256=digest(facts), source=source, written_at=clock.now(),
        written_by_id=actor.id if actor else None,
    )  # fmt: skip
    db.session.add(written)
    journal.record("wrote_rules", written, actor=actor, body=body.id, about=subject.value, version=written.version)
    return written

"""The rules of a body are written in versions: one is never changed, another follows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import queries, rules
from app.domain.governance.models import Body, BodyRulebook, RulebookSubject
from app.domain.shared import clock, journal
from app.domain.shared.canonical import digest
from app.domain.shared.refusals import require
from app.domain.territories.queries import site


def write_composition(
    *, body: Body, rule: rules.CompositionRule, in_force_on: date, source: str, actor: Person | None
) -> BodyRulebook:
    """Writes the next version of who sits; what it does not say of its draws is what the site proposes.

    Refusals: ``state`` (the body ended), those of ``rules.check_rule``.
    """
    require(rules.check_rule(rule))
    proposed = site()
    rule = rules.with_terms(rule, proposed.draw_appeal_days, proposed.draw_witnesses)
    return write_rulebook(
        body=body, subject=RulebookSubject.COMPOSITION, content=rule.to_facts(), in_force_on=in_force_on,
        source=source, actor=actor,
    )  # fmt: skip


def write_rulebook(
    *,
    body: Body,
    subject: RulebookSubject,
    content: dict[str, Any],
    in_force_on: date,
    source: str,
    actor: Person | None,
) -> BodyRulebook:
    """Writes the next version of a rulebook, with its digest; the same again writes nothing. Refusal ``state``."""
    require(rules.can_be_added_to(body))
    last = queries.last_rulebook(body.id, subject)
    sha256 = digest(content)
    if last is not None and last.sha256 == sha256 and last.in_force_on == in_force_on:
        return last
    rulebook = BodyRulebook(
        body_id=body.id, subject=subject, version=last.version + 1 if last else 1, in_force_on=in_force_on,
        content=content, sha256=sha256, source=source, written_by_id=actor.id if actor else None,
        written_at=clock.now(),
    )  # fmt: skip
    db.session.add(rulebook)
    journal.record("wrote_rulebook", rulebook, actor=actor, body=body.id, about=subject.value, sha256=sha256)
    return rulebook

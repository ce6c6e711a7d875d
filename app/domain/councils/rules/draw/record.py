"""The record of a draw (procès-verbal): what was drawn from what, without a name, and its verification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.domain.councils.rules.draw.pools import Person, list_sha256
from app.domain.councils.rules.draw.replacement import reached_quotas
from app.domain.councils.rules.draw.rule import Rule
from app.domain.councils.rules.draw.walk import called_order, draw, event_text, seed_of

# Changes with the order, the walk or the digests: a record says by which of them it was drawn.
ALGORITHM: Final = "agora-tirage-1"


def record_of(rule: Rule, people: Sequence[Person], event: str) -> dict[str, Any] | None:
    """The record of the draw, ready to be written as JSON, or None when the quotas cannot be met.

    Holds identifiers only. The same rule, people and event give the same record, on every machine.
    """
    listed = list_sha256(rule, people)
    seed = seed_of(listed, rule.sha256, event)
    order = called_order(rule, people, seed)
    drawn = draw(rule, order)
    if drawn is None:
        return None
    reached = reached_quotas(rule, drawn.panel)
    return {
        "algorithm": ALGORITHM,
        "event": event_text(event),
        "seed": seed,
        "list_sha256": listed,
        "rule_sha256": rule.sha256,
        "people": len(people),
        "may_be_called": len(order),
        "panel": [person.id for person in drawn.panel],
        "alternates": [person.id for person in drawn.alternates],
        "quotas": [
            {**quota.to_facts(), "reached": count} for quota, count in zip(rule.quotas, reached, strict=True)
        ],
        "rule": dict(rule.facts),
    }  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """The first thing of a record that is not what is found again. ``rank`` counts from 1, for lists."""

    field: str
    written: object
    found: object
    rank: int | None = None

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def sentence(self) -> object:
        """Where the record and the draw done again part, lazily translated."""
        if self.field == "list_sha256":
            return _l(
                "Les listes ne sont pas celles du procès-verbal : leur empreinte est %(found)s, il dit %(written)s.",
                found=self.found, written=self.written,
            )  # fmt: skip
        if self.rank is not None:
            return _l(
                "« %(field)s », rang %(rank)s : le procès-verbal dit %(written)s, le calcul donne %(found)s.",
                field=self.field, rank=self.rank, written=_or_none(self.written), found=_or_none(self.found),
            )  # fmt: skip
        return _l(
            "« %(field)s » : le procès-verbal dit %(written)s, le calcul donne %(found)s.",
            field=self.field, written=_or_none(self.written), found=_or_none(self.found),
        )  # fmt: skip


def first_difference(record: Mapping[str, Any], rule: Rule, people: Sequence[Person]) -> Difference | None:
    """What a draw done again does not find as the record says, digests first; None when the record holds."""
    if record.get("algorithm") != ALGORITHM:
        return Difference("algorithm", record.get("algorithm"), ALGORITHM)
    for field, found in (("rule_sha256", rule.sha256), ("list_sha256", list_sha256(rule, people))):
        if record.get(field) != found:
            return Difference(field, record.get(field), found)
    again = record_of(rule, people, str(record.get("event", "")))
    if again is None:
        return Difference("panel", record.get("panel"), None)
    for field in [*again, *sorted(set(record) - set(again))]:
        difference = _between(field, record.get(field), again.get(field))
        if difference is not None:
            return difference
    return None


def _between(field: str, written: object, found: object) -> Difference | None:
    if written == found:
        return None
    if isinstance(written, list) and isinstance(found, list):
        pairs = enumerate(zip_longest(written, found), start=1)
        return next(Difference(field, one, other, rank) for rank, (one, other) in pairs if one != other)
    return Difference(field, written, found)


def _or_none(value: object) -> object:
    return _l("rien") if value is None else value

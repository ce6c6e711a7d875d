"""What a file may be granted, and why it is less than what it asks."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.fph.rules.fund_rules import FundRules, HolderKind
from app.domain.shared.money import format_euros
from app.domain.shared.refusals import YES, Refusal, Verdict


class Limit(enum.Enum):
    """What keeps a grant under what is asked, in the order in which the limits are applied."""

    NEED = "need"
    RATE = "rate"
    WHOLE_COST = "whole_cost"
    COFUNDING = "cofunding"
    PROJECT = "project"
    RANK = "rank"
    YEAR = "year"
    ENVELOPE = "envelope"

    @property
    def label(self) -> Any:
        return {
            "need": _l("ce que coûtent les dépenses que le fonds peut payer, moins les autres subventions"),
            "rate": _l("la part du coût que le fonds peut payer"),
            "whole_cost": _l("le fonds ne paie pas tout le coût d’un projet"),
            "cofunding": _l("la somme qui doit venir d’ailleurs"),
            "project": _l("le plafond par projet"),
            "rank": _l("le plafond d’une première aide de l’année, puis des suivantes"),
            "year": _l("le plafond par porteur et par an"),
            "envelope": _l("ce qui reste dans l’enveloppe"),
        }[self.value]


@dataclass(frozen=True)
class Request:
    """What is asked and by whom, in cents. ``granted_before``: what the same holder was granted in the year."""

    asked_cents: int
    cost_cents: int
    eligible_cents: int
    holder: HolderKind
    theme: str = ""
    other_public_cents: int = 0
    granted_before: tuple[int, ...] = ()


@dataclass(frozen=True)
class Cut:
    """One limit that bites: what was left before it, what is left after it, in cents."""

    limit: Limit
    before_cents: int
    after_cents: int

    @property
    def sentence(self) -> Any:
        return _l(
            "%(after)s au lieu de %(before)s : %(limit)s.",
            after=format_euros(self.after_cents), before=format_euros(self.before_cents), limit=self.limit.label,
        )  # fmt: skip


@dataclass(frozen=True)
class Room:
    """The most a file may be granted, in cents, and each cut that leads from what is asked to it."""

    asked_cents: int
    most_cents: int
    cuts: tuple[Cut, ...]


def room_for(rules: FundRules, request: Request, envelope_left_cents: int) -> Room:
    """The most a file may be granted: asked, then each limit of the règlement, then what the envelope holds.

    Source: droit-et-pratique §1.7 (Méricourt, Soisy, Tonneins; granted ≤ asked ≤ ceiling).
    """
    left = max(0, request.asked_cents)
    cuts = []
    for limit, most in _limits(rules, request, envelope_left_cents):
        if most is not None and most < left:
            cuts.append(Cut(limit, left, max(0, most)))
            left = max(0, most)
    return Room(request.asked_cents, left, tuple(cuts))


def _limits(rules: FundRules, request: Request, envelope_left_cents: int) -> tuple[tuple[Limit, int | None], ...]:
    return (
        (Limit.NEED, request.eligible_cents - request.other_public_cents),
        (Limit.RATE, _share_of(rules, request)),
        (Limit.WHOLE_COST, None if rules.covers_whole_cost else request.cost_cents - 1),
        (
            Limit.COFUNDING,
            None if rules.min_cofunding_cents is None else request.cost_cents - rules.min_cofunding_cents,
        ),
        (Limit.PROJECT, rules.ceiling_cents(request.holder, request.theme)),
        (Limit.RANK, rank_ceiling_cents(rules, len(request.granted_before))),
        (Limit.YEAR, _year_room(rules, request)),
        (Limit.ENVELOPE, envelope_left_cents),
    )


def _share_of(rules: FundRules, request: Request) -> int | None:
    # Rounded down: a cent more would pass the rate.
    return None if rules.max_rate is None else int(rules.max_rate * request.eligible_cents)


def rank_ceiling_cents(rules: FundRules, grants_before: int) -> int | None:
    """The ceiling of the next grant of the year, in cents; zero after the last rank, ``None`` without such a rule.

    Source: droit-et-pratique §1.2 (Méricourt: 900 € for a first action, 400 € for a second).
    """
    ceilings = rules.rank_ceilings_cents
    if not ceilings:
        return None
    return ceilings[grants_before] if grants_before < len(ceilings) else 0


def _year_room(rules: FundRules, request: Request) -> int | None:
    return None if rules.holder_year_cents is None else rules.holder_year_cents - sum(request.granted_before)


def can_grant(rules: FundRules, request: Request, envelope_left_cents: int, amount_cents: int) -> Verdict:
    """Whether the committee may grant this sum. Codes ``zero``, ``asked``, or that of the limit that is passed."""
    if amount_cents <= 0:
        sentence = _l("Accordez une somme plus grande que zéro, ou refusez le dossier en disant pourquoi.")
        return Refusal(sentence, field="amount_cents", code="zero")
    if amount_cents > request.asked_cents:
        sentence = _l(
            "Le porteur demande %(asked)s : on ne peut pas accorder plus.", asked=format_euros(request.asked_cents)
        )
        return Refusal(sentence, field="amount_cents", code="asked")
    for limit, most in _limits(rules, request, envelope_left_cents):
        if most is not None and amount_cents > most:
            sentence = _l(
                "On peut accorder %(most)s au plus : %(limit)s.", most=format_euros(max(0, most)), limit=limit.label
            )
            return Refusal(sentence, field="amount_cents", code=limit.value)
    return YES

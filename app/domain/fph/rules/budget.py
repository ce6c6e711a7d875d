"""The provisional budget of a project: balanced, and what of it the règlement lets the fund pay."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.fph.rules.fund_rules import FundRules, HolderKind
from app.domain.shared.money import format_euros
from app.domain.shared.refusals import YES, Refusal, Verdict


class LineSide(enum.Enum):
    """What a line of a budget is: money that leaves, or the four ways it comes."""

    EXPENSE = "expense"
    ASKED = "asked"
    OTHER_PUBLIC = "other_public"
    OWN = "own"
    # Volunteers and loans are told, and stay outside the balance (droit-et-pratique §1.4).
    IN_KIND = "in_kind"

    @property
    def label(self) -> Any:
        return {
            "expense": _l("Dépense"),
            "asked": _l("Demandé au fonds"),
            "other_public": _l("Autre subvention"),
            "own": _l("Apport du groupe et participation des habitants"),
            "in_kind": _l("Bénévolat et prêts, hors du total"),
        }[self.value]


@dataclass(frozen=True)
class BudgetLine:
    """One line, in cents; ``category`` is a code of the expenses of the règlement."""

    side: LineSide
    amount_cents: int
    category: str = ""


@dataclass(frozen=True)
class Totals:
    """What a budget adds up to, in cents. ``eligible_cents`` is the part of the expenses the fund may help to pay."""

    cost_cents: int
    eligible_cents: int
    asked_cents: int
    other_public_cents: int
    own_cents: int

    @property
    def difference_cents(self) -> int:
        """Receipts less expenses: zero when balanced."""
        return self.asked_cents + self.other_public_cents + self.own_cents - self.cost_cents


def totals_of(
    rules: FundRules, lines: Sequence[BudgetLine], holder: HolderKind, theme: str = "",
    times_this_year: Mapping[str, int] | None = None,
) -> Totals:  # fmt: skip
    """Adds a budget up. ``times_this_year``: how many grants of the year already paid each nature of expense."""
    times = times_this_year or {}
    sums = {side: sum(line.amount_cents for line in lines if line.side is side) for side in LineSide}
    eligible = sum(
        line.amount_cents
        for line in lines
        if line.side is LineSide.EXPENSE
        and can_pay_for(rules, line.category, holder, theme, times.get(line.category, 0))
    )
    return Totals(
        sums[LineSide.EXPENSE], eligible, sums[LineSide.ASKED], sums[LineSide.OTHER_PUBLIC], sums[LineSide.OWN]
    )


def can_pay_for(rules: FundRules, category: str, holder: HolderKind, theme: str, times: int) -> Verdict:
    """Whether the fund may help to pay this nature of expense. Codes ``ineligible``, ``limited``.

    Source: droit-et-pratique §1.2 (Noyelles-Godault: one transport a year, for associations, culture and sport).
    """
    set_aside = next((one for one in rules.ineligible if one.code == category), None)
    if set_aside is not None:
        sentence = _l("Le règlement ne paie pas cette dépense : %(wording)s", wording=set_aside.wording)
        return Refusal(sentence, field="category", code="ineligible")
    for limit in rules.yearly_limits:
        if limit.expense == category and (
            times >= limit.times
            or (limit.holders and holder not in limit.holders)
            or (limit.themes and theme not in limit.themes)
        ):
            sentence = _l("Le règlement ne paie cette dépense qu’un certain nombre de fois par an, à certains projets.")
            return Refusal(sentence, field="category", code="limited")
    return YES


def check_budget(totals: Totals) -> Verdict:
    """Whether a file may be submitted with this budget. Codes ``asked`` (nothing asked), ``balance``."""
    if totals.asked_cents <= 0:
        return Refusal(_l("Indiquez la somme que vous demandez au fonds."), field="asked_cents", code="asked")
    gap = totals.difference_cents
    if gap < 0:
        sentence = _l("Il manque %(gap)s de recettes pour payer les dépenses.", gap=format_euros(-gap))
        return Refusal(sentence, field="lines", code="balance")
    if gap > 0:
        sentence = _l("Les recettes dépassent les dépenses de %(gap)s.", gap=format_euros(gap))
        return Refusal(sentence, field="lines", code="balance")
    return YES

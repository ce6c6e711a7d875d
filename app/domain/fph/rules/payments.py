"""What is due on a grant: the advance, the balance, the repayment. Payments are recorded here, never made."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.fph.rules.fund_rules import FundRules
from app.domain.shared.money import format_euros
from app.domain.shared.refusals import YES, Refusal, Verdict


class PaymentMode(enum.Enum):
    """How the money of a fund goes out (droit-et-pratique §4.8: a group without statutes receives no subsidy)."""

    ADVANCE_BALANCE = "advance_balance"
    DIRECT_EXPENSE = "direct_expense"
    REIMBURSEMENT = "reimbursement"
    MUNICIPAL_IMPREST = "municipal_imprest"

    @property
    def label(self) -> Any:
        return {
            "advance_balance": _l("Un premier versement, puis le solde après le bilan"),
            "direct_expense": _l("Le gestionnaire paie les fournisseurs"),
            "reimbursement": _l("Remboursement sur factures"),
            "municipal_imprest": _l("Régie d’avances de la ville"),
        }[self.value]

    @property
    def pays_suppliers(self) -> bool:
        """Whether the invoices are paid one by one, before the report."""
        return self in (PaymentMode.DIRECT_EXPENSE, PaymentMode.MUNICIPAL_IMPREST)


def allows_payment(mode: PaymentMode, verb: str) -> Verdict:
    """Whether the fund pays this way: an advance, or suppliers directly. Code ``mode``."""
    fits = {"order_advance": mode is PaymentMode.ADVANCE_BALANCE, "pay_directly": mode.pays_suppliers}
    if not fits.get(verb, True):
        return Refusal(_l("Ce fonds ne paie pas de cette façon : « %(mode)s ».", mode=mode.label), code="mode")
    return YES


def advance_of(rules: FundRules, granted_cents: int) -> int:
    """The first payment in cents: all of a small grant when the règlement says so, else its share, else nothing.

    Rounded half to even. Source: droit-et-pratique §1.7 (Croix 80/20; 70 %, or all under 2 000 €).
    """
    if rules.advance_rate is None:
        return 0
    if rules.advance_full_below_cents is not None and granted_cents < rules.advance_full_below_cents:
        return granted_cents
    return round(rules.advance_rate * granted_cents)


@dataclass(frozen=True)
class Settlement:
    """The end of a grant, in cents: what it really is, what is still to pay, to give back, and to free at once.

    At most one of ``balance_cents`` and ``repayment_cents`` is not zero. ``freed_cents`` goes back to the envelope
    without waiting; what is to be given back is freed when it comes.
    """

    final_cents: int
    balance_cents: int
    repayment_cents: int
    freed_cents: int


def settlement_of(*, granted_cents: int, paid_cents: int, spent_cents: int, other_public_cents: int = 0) -> Settlement:
    """Settles a grant on what was really spent; ``paid_cents`` is net of what already came back.

    ``spent_cents``: the expenses accepted on proof. Nobody gets richer: other public money comes first.
    Source: droit-et-pratique §1.7.
    """
    final = max(0, min(granted_cents, spent_cents - other_public_cents))
    due = final - paid_cents
    return Settlement(final, max(0, due), max(0, -due), granted_cents - max(final, paid_cents))


def can_pay(*, engaged: bool, committed_cents: int, paid_cents: int, amount_cents: int) -> Verdict:
    """Whether a payment may be recorded. Codes ``engagement``, ``amount``, ``overpaid``.

    ``paid_cents`` is net of what came back. Source: droit-et-pratique §1.7 (no payment before the engagement).
    """
    if not engaged:
        sentence = _l("L’engagement n’est pas signé : rien ne peut encore être versé.")
        return Refusal(sentence, code="engagement")
    if amount_cents <= 0:
        return Refusal(_l("Indiquez un montant plus grand que zéro."), field="amount_cents", code="amount")
    if paid_cents + amount_cents > committed_cents:
        sentence = _l(
            "Ce versement dépasse l’aide accordée : il reste %(left)s à verser.",
            left=format_euros(committed_cents - paid_cents),
        )
        return Refusal(sentence, field="amount_cents", code="overpaid")
    return YES

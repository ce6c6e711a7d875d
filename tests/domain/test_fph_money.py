"""The money of a grant: the vectors of the study, settlements that add up, a ledger nobody can bend."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from app.domain.fph.rules.fund_rules import FundRules
from app.domain.fph.rules.ledger import EFFECTS, Balances, Entry, EntryKind, check_entry, fold, is_sound
from app.domain.fph.rules.payments import PaymentMode, advance_of, allows_payment, can_pay, settlement_of
from app.domain.shared.refusals import Refusal
from tests.support.fph import rules_of_place

CROIX = rules_of_place("croix")
REUNION = FundRules(advance_rate=Fraction(7, 10), advance_full_below_cents=2_000_00)
DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("rules", "granted", "advance", "spent", "balance", "repayment"),
    [
        (CROIX, 800_00, 640_00, 900_00, 160_00, 0),
        (CROIX, 800_00, 640_00, 700_00, 60_00, 0),
        (CROIX, 800_00, 640_00, 500_00, 0, 140_00),
        (CROIX, 800_00, 640_00, 0, 0, 640_00),
        (REUNION, 1_500_00, 1_500_00, 1_500_00, 0, 0),
        (REUNION, 2_000_00, 1_400_00, 2_000_00, 600_00, 0),
        (CROIX, 333_33, 266_66, 333_33, 66_67, 0),
    ],
)
def test_the_vectors_of_the_study(rules, granted, advance, spent, balance, repayment):
    assert advance_of(rules, granted) == advance
    settled = settlement_of(granted_cents=granted, paid_cents=advance, spent_cents=spent)
    assert (settled.balance_cents, settled.repayment_cents) == (balance, repayment)


def test_an_advance_is_rounded_half_to_even_and_nothing_without_a_rate():
    half = FundRules(advance_rate=Fraction(1, 2))
    assert [advance_of(half, cents) for cents in (1, 3, 5, 7)] == [0, 2, 2, 4]
    assert advance_of(FundRules(), 800_00) == 0


def test_other_public_money_comes_first():
    settled = settlement_of(granted_cents=800_00, paid_cents=640_00, spent_cents=900_00, other_public_cents=400_00)
    assert (settled.final_cents, settled.repayment_cents, settled.freed_cents) == (500_00, 140_00, 160_00)


amounts = st.integers(0, 5_000)


@over(amounts, amounts, amounts, amounts)
def test_a_settlement_always_adds_up(granted, paid, spent, other):
    paid = min(paid, granted)
    settled = settlement_of(granted_cents=granted, paid_cents=paid, spent_cents=spent, other_public_cents=other)
    assert 0 <= settled.final_cents <= granted
    assert settled.final_cents <= max(0, spent - other)
    assert min(settled.balance_cents, settled.repayment_cents) == 0
    assert paid + settled.balance_cents - settled.repayment_cents == settled.final_cents
    # What is freed now, what is freed when it comes back, and what stays engaged make the grant again.
    assert settled.freed_cents + settled.repayment_cents + settled.final_cents == granted


@pytest.mark.parametrize(
    ("change", "code"),
    [({"engaged": False}, "engagement"), ({"amount_cents": 0}, "amount"), ({"amount_cents": 161_00}, "overpaid")],
)
def test_a_payment_waits_for_the_engagement_and_never_passes_the_grant(change, code):
    facts = {"engaged": True, "committed_cents": 800_00, "paid_cents": 640_00, "amount_cents": 160_00}
    assert can_pay(**facts)
    refusal = can_pay(**{**facts, **change})
    assert isinstance(refusal, Refusal)
    assert refusal.code == code


@pytest.mark.parametrize("mode", PaymentMode)
def test_each_way_of_paying_has_its_own_verbs(mode):
    allowed = {verb for verb in ("order_advance", "pay_directly", "pay_balance") if allows_payment(mode, verb)}
    first = {PaymentMode.ADVANCE_BALANCE: {"order_advance"}, PaymentMode.REIMBURSEMENT: set()}.get(
        mode, {"pay_directly"}
    )
    assert allowed == {*first, "pay_balance"}


# --- The ledger -----------------------------------------------------------------------------------------------------


def line(kind: EntryKind, cents: int, file: str = "A", envelope: str = "E") -> Entry:
    own = kind in (EntryKind.ENDOW, EntryKind.REDUCE)
    return Entry(kind, cents, envelope, DAY, "" if own else file)


LIFE = (
    line(EntryKind.ENDOW, 3_000_00), line(EntryKind.RESERVE, 800_00), line(EntryKind.COMMIT, 800_00),
    line(EntryKind.PAY, 640_00), line(EntryKind.JUSTIFY, 500_00), line(EntryKind.DECOMMIT, 160_00),
    line(EntryKind.RETURN, 140_00), line(EntryKind.DECOMMIT, 140_00),
)  # fmt: skip


def test_a_grant_spent_under_leaves_what_was_not_used_to_the_envelope():
    for place, entry in enumerate(LIFE):
        assert check_entry(LIFE[:place], entry)
    held = fold(LIFE)
    assert held == Balances(endowed=3_000_00, committed=500_00, paid=640_00, justified=500_00, returned=140_00)
    assert (held.available, held.paid_net) == (2_500_00, 500_00)
    assert held.to_facts()["available"] == 2_500_00


@pytest.mark.parametrize(
    ("held", "entry", "code"),
    [
        (LIFE[:1], line(EntryKind.RESERVE, 0), "amount"),
        (LIFE[:1], line(EntryKind.RESERVE, -1), "amount"),
        (LIFE[:1], line(EntryKind.RESERVE, 3_000_01), "envelope"),
        (LIFE[:2], line(EntryKind.REDUCE, 2_200_01), "envelope"),
        (LIFE[:1], replace(line(EntryKind.RESERVE, 1), file=""), "file"),
        (LIFE[:1], replace(line(EntryKind.ENDOW, 1), file="A"), "file"),
        (LIFE[:2], line(EntryKind.PAY, 1), "ledger"),
        (LIFE[:2], line(EntryKind.COMMIT, 800_01), "ledger"),
        (LIFE[:2], line(EntryKind.FREE, 800_01), "ledger"),
        (LIFE[:2], line(EntryKind.COMMIT, 1, file="B"), "ledger"),
        (LIFE[:3], line(EntryKind.PAY, 800_01), "ledger"),
        (LIFE[:4], line(EntryKind.DECOMMIT, 160_01), "ledger"),
        (LIFE[:4], line(EntryKind.RETURN, 640_01), "ledger"),
        (LIFE[:4], line(EntryKind.UNPAY, 640_01), "ledger"),
        (LIFE[:4], line(EntryKind.JUSTIFY, 800_01), "ledger"),
        (LIFE[:4], line(EntryKind.WAIVE, 640_01), "ledger"),
    ],
)
def test_a_line_that_would_make_the_ledger_false_is_refused(held, entry, code):
    refusal = check_entry(held, entry)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    assert str(refusal).endswith(".")


def test_two_envelopes_do_not_share_their_money():
    refusal = check_entry(LIFE[:1], line(EntryKind.RESERVE, 1, envelope="F"))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "envelope"


entries = st.builds(
    line, st.sampled_from(EntryKind), st.integers(1, 40), st.sampled_from("AB"), st.sampled_from("EF")
)  # fmt: skip


@over(st.lists(entries, max_size=60))
def test_whatever_is_written_the_balances_stay_true_and_add_up_in_any_order(tried):
    held: list[Entry] = []
    for entry in tried:
        if check_entry(held, entry):
            held.append(entry)
    for envelope in "EF":
        assert fold(held, envelope=envelope).available >= 0
        assert all(is_sound(fold(held, envelope=envelope, file=file)) for file in "AB")
    assert fold(held) == fold(reversed(held))
    # Counted another way: by kind first.
    sums = Counter()
    for entry in held:
        sums[entry.kind] += entry.amount_cents
    for name in ("endowed", "reserved", "committed", "paid", "justified", "returned", "waived"):
        assert getattr(fold(held), name) == sum(EFFECTS[kind].get(name, 0) * total for kind, total in sums.items())
    parts = [fold(held, envelope=envelope) for envelope in "EF"]
    assert fold(held).available == sum(part.available for part in parts)


def test_every_kind_of_line_has_its_effect_and_its_words():
    assert set(EFFECTS) == set(EntryKind)
    assert all(str(kind.label) for kind in EntryKind)

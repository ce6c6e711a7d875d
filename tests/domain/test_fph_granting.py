"""What a file may be granted: the rules of the named places, each cut with its reason, and a second way to count."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from app.domain.fph.rules.budget import BudgetLine, LineSide, can_pay_for, check_budget, totals_of
from app.domain.fph.rules.fund_rules import Ceiling, FundRules, HolderKind
from app.domain.fph.rules.granting import Limit, Request, can_grant, rank_ceiling_cents, room_for
from app.domain.shared.refusals import Refusal
from tests.support.fph import rules_of_place

PLENTY = 10**9
GROUP, ASSOCIATION = HolderKind.GROUP, HolderKind.ASSOCIATION


def asks(asked: int, cost: int | None = None, holder: HolderKind = GROUP, **said: object) -> Request:
    whole = asked if cost is None else cost
    return Request(asked, whole, whole, holder, **said)  # type: ignore[arg-type]


def test_mericourt_gives_900_then_400_then_nothing_in_a_year():
    rules = rules_of_place("mericourt")
    assert room_for(rules, asks(1_000_00), PLENTY).most_cents == 900_00
    assert room_for(rules, asks(1_000_00, granted_before=(900_00,)), PLENTY).most_cents == 400_00
    third = room_for(rules, asks(1_000_00, granted_before=(900_00, 400_00)), PLENTY)
    assert (third.most_cents, [cut.limit for cut in third.cuts]) == (0, [Limit.RANK])


def test_soisy_gives_at_most_760_and_never_the_whole_cost():
    rules = rules_of_place("soisy")
    assert room_for(rules, asks(2_000_00, 3_000_00), PLENTY).most_cents == 760_00
    assert room_for(rules, asks(500_00), PLENTY).most_cents == 499_99
    assert room_for(rules, asks(500_00, 500_01), PLENTY).most_cents == 500_00


def test_tonneins_gives_at_most_500_and_2000_in_the_year():
    rules, left, given = rules_of_place("tonneins"), 2_000_00, []
    while most := room_for(rules, asks(600_00), left).most_cents:
        given.append(most)
        left -= most
    assert given == [500_00] * 4


def test_ales_refuses_the_third_grant_for_the_envelope():
    rules, left = rules_of_place("ales"), 3_000_00
    for amount in (1_200_00, 1_000_00):
        assert can_grant(rules, asks(amount), left, amount)
        left -= amount
    refusal = can_grant(rules, asks(900_00), left, 900_00)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "envelope"
    assert "800" in str(refusal)


def test_roubaix_until_2008_gave_more_to_associations_and_to_training():
    rules = rules_of_place("roubaix_avant_2008")
    asked = asks(9_000_00)
    assert room_for(rules, asked, PLENTY).most_cents == 750_00
    assert room_for(rules, replace(asked, holder=ASSOCIATION), PLENTY).most_cents == 2_300_00
    assert room_for(rules, replace(asked, holder=ASSOCIATION, theme="formation"), PLENTY).most_cents == 4_500_00
    assert room_for(rules, replace(asked, theme="formation"), PLENTY).most_cents == 750_00


def test_noyelles_pays_one_transport_a_year_to_an_association_for_culture_or_sport():
    rules = rules_of_place("noyelles_godault")
    lines = [BudgetLine(LineSide.EXPENSE, 300_00, "transport"), BudgetLine(LineSide.EXPENSE, 100_00, "repas")]

    def eligible(holder: HolderKind, theme: str, times: int) -> int:
        return totals_of(rules, lines, holder, theme, {"transport": times}).eligible_cents

    assert eligible(ASSOCIATION, "culture", 0) == 400_00
    assert eligible(ASSOCIATION, "culture", 1) == 100_00
    assert eligible(ASSOCIATION, "autre", 0) == 100_00
    assert eligible(GROUP, "sport", 0) == 100_00


def test_a_budget_counts_what_is_eligible_and_leaves_volunteers_out_of_the_balance():
    rules = rules_of_place("demonstration")
    lines = [
        BudgetLine(LineSide.EXPENSE, 500_00, "repas"), BudgetLine(LineSide.EXPENSE, 50_00, "alcool"),
        BudgetLine(LineSide.ASKED, 400_00), BudgetLine(LineSide.OWN, 100_00), BudgetLine(LineSide.OTHER_PUBLIC, 50_00),
        BudgetLine(LineSide.IN_KIND, 999_00),
    ]  # fmt: skip
    totals = totals_of(rules, lines, GROUP)
    assert (totals.cost_cents, totals.eligible_cents, totals.difference_cents) == (550_00, 500_00, 0)
    assert check_budget(totals)
    refusal = can_pay_for(rules, "alcool", GROUP, "", 0)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "ineligible"


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [({"asked_cents": 0}, "asked", "demandez"), ({"own_cents": 99_00}, "balance", "manque"),
     ({"own_cents": 101_00}, "balance", "dépassent")],
)  # fmt: skip
def test_a_budget_that_does_not_balance_says_by_how_much(change, code, words):
    lines = [
        BudgetLine(LineSide.EXPENSE, 500_00), BudgetLine(LineSide.ASKED, 400_00), BudgetLine(LineSide.OWN, 100_00)
    ]  # fmt: skip
    refusal = check_budget(replace(totals_of(FundRules(), lines, GROUP), **change))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, words in str(refusal)) == (code, True)


def test_each_cut_says_what_was_left_before_and_after_in_order():
    rules = replace(
        rules_of_place("demonstration"), ceilings=(Ceiling(800_00),), rank_ceilings_cents=(700_00,),
        holder_year_cents=650_00, max_rate=Fraction(9, 10), covers_whole_cost=False, min_cofunding_cents=250_00,
    )  # fmt: skip
    request = Request(1_200_00, 1_100_00, 1_050_00, GROUP, granted_before=())
    room = room_for(rules, request, 600_00)
    assert [(cut.limit, cut.after_cents) for cut in room.cuts] == [
        (Limit.NEED, 1_050_00), (Limit.RATE, 945_00), (Limit.COFUNDING, 850_00), (Limit.PROJECT, 800_00),
        (Limit.RANK, 700_00), (Limit.YEAR, 650_00), (Limit.ENVELOPE, 600_00),
    ]  # fmt: skip
    assert [cut.before_cents for cut in room.cuts][1:] == [cut.after_cents for cut in room.cuts][:-1]
    assert all(str(cut.sentence).endswith(".") for cut in room.cuts)


@pytest.mark.parametrize(
    ("change", "request_change", "amount", "code"),
    [
        ({}, {}, 0, "zero"),
        ({}, {}, -1, "zero"),
        ({}, {}, 501, "asked"),
        ({}, {"eligible_cents": 400}, 401, "need"),
        ({"max_rate": Fraction(1, 3)}, {}, 167, "rate"),
        ({"covers_whole_cost": False}, {}, 500, "whole_cost"),
        ({"min_cofunding_cents": 100}, {}, 401, "cofunding"),
        ({"ceilings": (Ceiling(300),)}, {}, 301, "project"),
        ({"rank_ceilings_cents": (300,)}, {"granted_before": (1,)}, 1, "rank"),
        ({"holder_year_cents": 600}, {"granted_before": (200,)}, 401, "year"),
    ],
)
def test_a_grant_too_high_is_refused_for_the_limit_it_passes(change, request_change, amount, code):
    refusal = can_grant(replace(FundRules(), **change), replace(asks(500), **request_change), PLENTY, amount)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field) == (code, "amount_cents")
    assert str(refusal).endswith(".")


# --- A second, naive way --------------------------------------------------------------------------------------------

small = st.integers(0, 60)
some = st.none() | st.integers(1, 60)
rulebooks = st.builds(
    FundRules,
    ceilings=st.lists(
        st.builds(Ceiling, st.integers(1, 60), st.just(()) | st.just((ASSOCIATION,)), st.sampled_from(["", "sport"])),
        max_size=2,
    ).map(tuple),
    rank_ceilings_cents=st.lists(st.integers(1, 60), max_size=2).map(tuple),
    holder_year_cents=some, min_cofunding_cents=some, covers_whole_cost=st.booleans(),
    max_rate=st.none() | st.fractions(Fraction(1, 9), 1, max_denominator=9),
)  # fmt: skip
requests = st.builds(
    Request, asked_cents=st.integers(1, 60), cost_cents=small, eligible_cents=small,
    holder=st.sampled_from([GROUP, ASSOCIATION]), theme=st.sampled_from(["", "sport"]), other_public_cents=small,
    granted_before=st.lists(st.integers(1, 30), max_size=3).map(tuple),
)  # fmt: skip


def naive_most(rules: FundRules, request: Request, left: int) -> int:
    """Every amount tried, from one cent, against the sentences of the règlement read one by one."""

    def fits(amount: int) -> bool:
        others = request.cost_cents - amount
        before = sum(request.granted_before)
        speaking = [
            one for one in rules.ceilings
            if (request.holder in one.holders or one.holders == ()) and one.theme in {"", request.theme}
        ]  # fmt: skip
        rank = len(request.granted_before) + 1
        ranks = dict(enumerate(rules.rank_ceilings_cents, start=1))
        return all(
            (
                amount <= request.asked_cents,
                amount + request.other_public_cents <= request.eligible_cents,
                rules.max_rate is None or Fraction(amount) <= rules.max_rate * request.eligible_cents,
                rules.covers_whole_cost or amount < request.cost_cents,
                rules.min_cofunding_cents is None or others >= rules.min_cofunding_cents,
                not speaking or amount <= speaking[0].amount_cents,
                not ranks or amount <= ranks.get(rank, 0),
                rules.holder_year_cents is None or before + amount <= rules.holder_year_cents,
                amount <= left,
            )
        )

    return max([amount for amount in range(1, 61) if fits(amount)], default=0)


@over(rulebooks, requests, st.integers(0, 60))
def test_the_room_is_what_trying_every_amount_finds(rules, request, left):
    room = room_for(rules, request, left)
    assert room.most_cents == naive_most(rules, request, left)
    assert room.most_cents == (room.cuts[-1].after_cents if room.cuts else request.asked_cents)
    for amount in range(-1, 62):
        assert bool(can_grant(rules, request, left, amount)) == (0 < amount <= room.most_cents)


def test_without_a_rule_of_rank_every_grant_is_alike():
    assert rank_ceiling_cents(FundRules(), 7) is None

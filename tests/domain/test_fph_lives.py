"""The life of a file, transition by transition, and what keeps each from happening."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from app.domain.fph.rules.fund_rules import FundRules, HolderPresence
from app.domain.fph.rules.lives import FILE_LIFE, MONEY_LIFE, PV_LIFE, FileState, MoneyState, PvState
from app.domain.fph.rules.payments import PaymentMode
from app.domain.fph.rules.play.world import World
from tests.support.fph import (
    ALL_SEATS,
    COMMITTEE_DAY,
    DAY,
    ENVELOPE,
    a_world,
    after,
    at_committee,
    budget,
    decided,
    endowed,
    filed,
    rules_of_place,
    signed,
)
from tests.support.refusals import assert_refused

LATER = DAY + timedelta(days=70)
F = FileState
# droit-et-pratique §1.6, row by row: from, to.
TRANSITIONS = {
    "T1": [(F.DRAFT, F.SUBMITTED)],
    "T2": [(F.SUBMITTED, F.TO_COMPLETE)],
    "T3": [(F.TO_COMPLETE, F.SUBMITTED)],
    "T4": [(F.TO_COMPLETE, F.LAPSED)],
    "T5": [(F.SUBMITTED, F.ADMISSIBLE)],
    "T6": [(F.SUBMITTED, F.INADMISSIBLE)],
    "T7": [(F.ADMISSIBLE, F.SCHEDULED)],
    "T8": [(F.SCHEDULED, F.HEARD)],
    "T9": [(F.HEARD, F.DEFERRED), (F.SCHEDULED, F.DEFERRED)],
    "T10": [(F.DEFERRED, F.SCHEDULED)],
    "T11": [(F.HEARD, F.GRANTED), (F.HEARD, F.GRANTED_PARTIAL), (F.HEARD, F.GRANTED_CONDITIONAL), (F.HEARD, F.REFUSED)],
    "T12": [(F.GRANTED_PARTIAL, F.COMMITMENT_SIGNED), (F.GRANTED_PARTIAL, F.WITHDRAWN)],
    "T13": [(F.GRANTED_CONDITIONAL, F.GRANTED), (F.GRANTED_CONDITIONAL, F.REFUSED)],
    "T14": [(F.GRANTED, F.COMMITMENT_SIGNED)],
    "T15": [(F.COMMITMENT_SIGNED, F.IN_PROGRESS)],
    "T16": [(F.IN_PROGRESS, F.POSTPONED), (F.POSTPONED, F.IN_PROGRESS)],
    "T17": [(F.IN_PROGRESS, F.REPORT_DUE)],
    "T18": [(F.REPORT_DUE, F.REPORT_SUBMITTED)],
    "T19": [(F.REPORT_SUBMITTED, F.REPORT_TO_COMPLETE), (F.REPORT_TO_COMPLETE, F.REPORT_SUBMITTED)],
    "T20": [(F.REPORT_SUBMITTED, F.REPORT_VALIDATED)],
    "T21": [(F.REPORT_VALIDATED, F.CLOSED)],
    "T22": [
        (state, F.WITHDRAWN)
        for state in (F.DRAFT, F.SUBMITTED, F.TO_COMPLETE, F.ADMISSIBLE, F.SCHEDULED, F.HEARD, F.DEFERRED)
    ],
    "T23": [(F.COMMITMENT_SIGNED, F.CANCELLED), (F.IN_PROGRESS, F.CANCELLED)],
    "T24": [(F.REPORT_DUE, F.LAPSED)],
    "T25": [(F.REFUSED, F.SUBMITTED), (F.INADMISSIBLE, F.SUBMITTED)],
}
# What the study does not draw and nobody can do without; each has its reason in the table of the lives.
OURS = {
    (F.SCHEDULED, F.SCHEDULED), (F.GRANTED, F.WITHDRAWN), (F.POSTPONED, F.CANCELLED), (F.REPORT_TO_COMPLETE, F.LAPSED),
}  # fmt: skip


def test_the_life_of_a_file_is_the_twenty_five_transitions_and_four_of_ours():
    drawn = {pair for pairs in TRANSITIONS.values() for pair in pairs}
    assert len(TRANSITIONS) == 25
    assert {(source, row.target) for row in FILE_LIFE.rows for source in row.sources} == drawn | OURS


@pytest.mark.parametrize(("life", "states", "begin", "over"), [
    (FILE_LIFE, F, F.DRAFT, {F.CLOSED, F.WITHDRAWN, F.CANCELLED, F.LAPSED}),
    (MONEY_LIFE, MoneyState, MoneyState.COMMITTED, {MoneyState.SETTLED, MoneyState.DECOMMITTED}),
    (PV_LIFE, PvState, PvState.DRAFT, {PvState.PUBLISHED}),
])  # fmt: skip
def test_every_state_is_reached_and_only_the_last_ones_have_no_way_out(life, states, begin, over):
    reached, waiting = {begin}, [begin]
    while waiting:
        state = waiting.pop()
        found = {life.target(verb, state) for verb in life.verbs(state)} - reached
        reached |= found
        waiting += found
    assert reached == set(states)
    assert {state for state in states if not life.verbs(state)} == over
    assert all(str(state.label) for state in states)
    assert all(str(sentence).endswith(".") for sentence in life.sentences.values())


# --- Whole lives ----------------------------------------------------------------------------------------------------


def one_granted(amount: int = 600_00, world: World | None = None) -> World:
    """One file of 600 € signed, in an envelope of 3 000 €."""
    world = at_committee(filed(endowed(world or a_world(), 3_000_00), "A", amount), "A")
    return signed(decided(world, "A", "grant", amount), "A")


def finished(world: World) -> World:
    """The action took place and its report is in."""
    for verb in ("start", "end", "report"):
        world = after(world, verb, LATER, file="A")
    return world


def test_a_grant_is_advanced_reported_balanced_and_closed():
    world = one_granted()
    assert world.balances(envelope=ENVELOPE).available == 2_400_00
    for verb in ("order_advance", "pay_advance"):
        world = after(world, verb, COMMITTEE_DAY, file="A")
    world = finished(world)
    world = after(world, "ask_report", LATER, file="A")
    world = after(world, "complete_report", LATER, file="A")
    world = after(world, "validate_report", LATER, file="A", spent_cents=700_00)
    with assert_refused("state"):
        after(world, "close", LATER, file="A")
    world = after(after(world, "pay_balance", LATER, file="A"), "close", LATER, file="A")
    file, held = world.file("A"), world.balances(envelope=ENVELOPE)
    assert (file.state, file.money) == (F.CLOSED, MoneyState.SETTLED)
    assert (held.paid, held.justified, held.available) == (600_00, 600_00, 2_400_00)


def test_a_grant_spent_under_is_repaid_in_two_times_and_the_envelope_gets_it_back():
    world = one_granted()
    for verb in ("order_advance", "pay_advance"):
        world = after(world, verb, COMMITTEE_DAY, file="A")
    world = after(finished(world), "validate_report", LATER, file="A", spent_cents=400_00)
    assert world.balances(envelope=ENVELOPE).available == 2_520_00
    world = after(world, "repay", LATER, file="A", amount_cents=30_00)
    assert world.file("A").money is MoneyState.REPAYMENT_REQUESTED
    with assert_refused("overpaid", "amount_cents"):
        after(world, "repay", LATER, file="A", amount_cents=50_01)
    world = after(after(world, "repay", LATER, file="A", amount_cents=50_00), "close", LATER, file="A")
    assert world.balances(envelope=ENVELOPE).available == 2_600_00


def test_a_repayment_may_be_waived_and_then_stays_out_of_the_envelope():
    world = one_granted()
    for verb in ("order_advance", "pay_advance"):
        world = after(world, verb, COMMITTEE_DAY, file="A")
    world = after(world, "cancel", COMMITTEE_DAY, file="A", spent_cents=400_00)
    world = after(after(world, "waive", LATER, file="A", note="Fermeture"), "settle", LATER, file="A")
    held = world.balances(envelope=ENVELOPE)
    assert (held.waived, held.committed, held.available) == (80_00, 480_00, 2_520_00)
    assert world.file("A").state is F.CANCELLED


def test_cancelled_before_any_payment_everything_is_available_again():
    world = after(one_granted(), "cancel", COMMITTEE_DAY, file="A")
    assert world.file("A").money is MoneyState.DECOMMITTED
    assert world.balances(envelope=ENVELOPE).available == 3_000_00


def test_without_a_report_everything_is_to_be_given_back_and_the_holder_is_blocked():
    world = one_granted()
    for verb in ("order_advance", "pay_advance", "suspend", "release"):
        world = after(world, verb, COMMITTEE_DAY, file="A")
    world = after(after(world, "start", LATER, file="A"), "end", LATER, file="A")
    with assert_refused("early"):
        after(world, "default", LATER, file="A")
    late = LATER + timedelta(days=90)
    with assert_refused("report"):
        filed(world, "B", 100_00, on=late, holder="A")
    world = after(world, "default", late, file="A")
    assert world.file("A").settlement.repayment_cents == 480_00
    with assert_refused("report"):
        filed(world, "B", 100_00, on=late, holder="A")


def test_a_partial_grant_is_accepted_with_a_budget_made_again_or_given_up():
    world = at_committee(filed(endowed(a_world(), 3_000_00), "A", 600_00), "A")
    with assert_refused("part", "amount_cents"):
        decided(world, "A", "grant", 500_00)
    with assert_refused("part", "amount_cents"):
        decided(world, "A", "grant_partly", 600_00)
    world = decided(world, "A", "grant_partly", 500_00)
    said = {"file": "A", "payee": True}
    with assert_refused("revised", "lines"):
        after(world, "accept", COMMITTEE_DAY, lines=budget(600_00), **said)
    with assert_refused("late"):
        after(world, "accept", COMMITTEE_DAY + timedelta(days=16), lines=budget(500_00, own=60_00), **said)
    accepted = after(world, "accept", COMMITTEE_DAY, lines=budget(500_00, own=60_00), **said)
    assert (accepted.file("A").state, accepted.balances().committed) == (F.COMMITMENT_SIGNED, 500_00)
    given_up = after(world, "renounce", COMMITTEE_DAY, file="A")
    assert (given_up.file("A").state, given_up.balances().available) == (F.WITHDRAWN, 3_000_00)


def test_a_condition_is_met_in_time_or_the_money_is_free_again():
    world = at_committee(filed(endowed(a_world(), 3_000_00), "A", 600_00), "A")
    until = COMMITTEE_DAY + timedelta(days=10)
    world = decided(world, "A", "grant_conditionally", 600_00, until=until.isoformat())
    with assert_refused("late"):
        after(world, "lift_condition", until + timedelta(days=1), file="A")
    assert after(world, "lift_condition", until, file="A").file("A").state is F.GRANTED
    failed = after(world, "fail_condition", until, file="A")
    assert (failed.file("A").state, failed.balances().available) == (F.REFUSED, 3_000_00)


def test_a_refusal_has_a_reason_of_the_list_and_may_be_contested_in_time():
    world = at_committee(filed(endowed(a_world(), 3_000_00), "A", 600_00), "A")
    with assert_refused("reason", "reason"):
        decided(world, "A", "refuse", reason="humeur")
    world = decided(world, "A", "refuse", reason="hors_qpv")
    with assert_refused("late"):
        after(world, "appeal", COMMITTEE_DAY + timedelta(days=62), file="A")
    assert after(world, "appeal", COMMITTEE_DAY + timedelta(days=50), file="A").file("A").state is F.SUBMITTED


def test_a_deferred_file_comes_back_and_is_not_deferred_for_ever():
    world = at_committee(
        filed(endowed(a_world(rules_of_place("demonstration", max_deferrals=1)), 3_000_00), "A", 1), "A"
    )
    world = after(decided(world, "A", "defer"), "close_seance", COMMITTEE_DAY, seance="S1")
    next_day = COMMITTEE_DAY + timedelta(days=20)
    world = after(world, "plan", COMMITTEE_DAY, seance="S2", held_on=next_day.isoformat())
    world = after(world, "reschedule", COMMITTEE_DAY, file="A", seance="S2")
    world = after(world, "open", next_day, seance="S2", present=ALL_SEATS)
    with assert_refused("deferrals"):
        after(world, "defer", next_day, file="A", votes_for=5, votes_against=0)


def test_a_decision_is_signed_once_its_minutes_are_approved():
    world = at_committee(filed(endowed(a_world(rules_of_place("demonstration")), 3_000_00), "A", 600_00), "A")
    world = decided(world, "A", "grant", 600_00)
    with assert_refused("minutes"):
        signed(world, "A")
    world = after(world, "close_seance", COMMITTEE_DAY, seance="S1")
    with assert_refused("minutes"):
        signed(world, "A")
    assert signed(after(world, "approve_pv", COMMITTEE_DAY, seance="S1"), "A").file("A").money is MoneyState.COMMITTED


def test_an_association_attests_its_engagement_and_says_who_is_paid():
    world = at_committee(filed(endowed(a_world(), 3_000_00), "A", 600_00, kind="association"), "A")
    world = decided(world, "A", "grant", 600_00)
    with assert_refused("cer", "cer"):
        after(world, "sign", COMMITTEE_DAY, file="A", payee=True)
    with assert_refused("payee", "payee"):
        after(world, "sign", COMMITTEE_DAY, file="A", cer=True)


def test_papers_are_awaited_a_time_then_the_file_lapses():
    world = after(a_world(), "submit", file="A", envelope=ENVELOPE, holder="A", kind="group", contacts=2,
                  lines=budget(100_00), starts_on="2026-03-06", ends_on="2026-03-07")  # fmt: skip
    world = after(world, "ask_papers", file="A")
    with assert_refused("early"):
        after(world, "lapse", DAY + timedelta(days=15), file="A")
    with assert_refused("late"):
        after(world, "complete", DAY + timedelta(days=16), file="A")
    assert after(world, "complete", DAY + timedelta(days=15), file="A").file("A").state is F.SUBMITTED
    assert after(world, "lapse", DAY + timedelta(days=16), file="A").file("A").state is F.LAPSED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "institution"}, "holder"),
        ({"in_quartier": False}, "quartier"),
        ({"contacts": 1}, "contacts"),
        ({"adult": False}, "adult"),
        ({"accepted": False}, "accepted"),
        ({"lines": budget(0)}, "asked"),
        ({"lines": budget(5)[:1]}, "asked"),
        ({"lines": [*budget(5), {"side": "own", "amount_cents": 1}]}, "balance"),
        ({"ends_on": "2026-01-01"}, "order"),
    ],
)
def test_a_file_that_is_not_whole_is_not_submitted(change, code):
    with assert_refused(code):
        filed(a_world(), "A", 100_00, **change)


def test_admissibility_names_criteria_of_the_reglement():
    world = after(a_world(), "submit", file="A", envelope=ENVELOPE, holder="A", kind="group", contacts=2,
                  lines=budget(100_00), starts_on="2026-03-06", ends_on="2026-03-07")  # fmt: skip
    for verb, said, code in (
        ("admit", {"failed": ["quartier"]}, "criteria"),
        ("admit", {"failed": ["humeur"], "reason": "Oui"}, "code"),
        ("reject", {"failed": []}, "criteria"),
        ("reject", {"failed": ["humeur"]}, "code"),
    ):
        with assert_refused(code):
            after(world, verb, file="A", **said)
    assert after(world, "admit", file="A", failed=["quartier"], reason="À côté").file("A").state is F.ADMISSIBLE
    assert after(world, "reject", file="A", failed=["quartier"]).file("A").state is F.INADMISSIBLE


@pytest.mark.parametrize(
    ("on", "starts", "code"),
    [(DAY + timedelta(days=14), DAY + timedelta(days=90), "late_file"),
     (DAY + timedelta(days=55), DAY + timedelta(days=60), "early_event")],
)  # fmt: skip
def test_a_file_comes_to_the_committee_early_enough(on: date, starts: date, code):
    world = filed(endowed(a_world(), 3_000_00), "A", 100_00, starts_on=starts.isoformat(), ends_on=starts.isoformat())
    world = after(world, "plan", seance="S1", held_on=on.isoformat())
    with assert_refused(code):
        after(world, "schedule", file="A", seance="S1")


def test_an_action_ends_within_the_delay_after_the_decision():
    world = filed(endowed(a_world(), 3_000_00), "A", 100_00, ends_on=(COMMITTEE_DAY + timedelta(days=181)).isoformat())
    with assert_refused("execution", "ends_on"):
        at_committee(world, "A")
    world = after(one_granted(), "start", LATER, file="A")
    world = after(world, "postpone", LATER, file="A")
    with assert_refused("execution", "ends_on"):
        after(world, "resume", LATER, file="A", starts_on="2026-08-01", ends_on="2026-08-04")
    assert after(world, "resume", LATER, file="A", starts_on="2026-08-01", ends_on="2026-08-03")


# --- The committee --------------------------------------------------------------------------------------------------


def test_recused_members_leave_the_quorum_and_have_no_vote():
    world = filed(filed(endowed(a_world(), 3_000_00), "A", 100_00), "B", 100_00)
    world = after(world, "plan", seance="S1", held_on=COMMITTEE_DAY.isoformat())
    for ref in "AB":
        world = after(world, "schedule", file=ref, seance="S1")
    with assert_refused("quorum"):
        after(world, "open", COMMITTEE_DAY, seance="S1", present=[1, 2, 6, 7])
    world = after(world, "open", COMMITTEE_DAY, seance="S1", present=[1, 2, 3, 6])
    # Two of the three leave for A: of the three seats left in its quorum one is here, and two are needed.
    world = after(world, "recuse", COMMITTEE_DAY, file="A", seats=[1, 2])
    with assert_refused("quorum"):
        after(world, "hear", COMMITTEE_DAY, file="A")
    world = after(after(world, "recuse", COMMITTEE_DAY, file="B", seats=[1]), "hear", COMMITTEE_DAY, file="B")
    with assert_refused("votes"):
        decided(world, "B", "grant", 100_00, votes_for=3)
    assert decided(world, "B", "grant", 100_00, votes_for=2).file("B").state is F.GRANTED


def test_when_everybody_steps_aside_nobody_decides():
    world = filed(endowed(a_world(FundRules(contacts_needed=2)), 3_000_00), "A", 100_00)
    world = after(world, "plan", seance="S1", held_on=COMMITTEE_DAY.isoformat())
    world = after(after(world, "schedule", file="A", seance="S1"), "open", COMMITTEE_DAY, seance="S1", present=[1, 6])
    with assert_refused("nobody"):
        after(after(world, "recuse", COMMITTEE_DAY, file="A", seats=[1]), "hear", COMMITTEE_DAY, file="A")


def test_a_committee_with_too_few_residents_does_not_open():
    world = after(a_world(rules_of_place("roubaix")), "plan", seance="S1", held_on=COMMITTEE_DAY.isoformat())
    with assert_refused("residents"):
        after(world, "open", COMMITTEE_DAY, seance="S1", present=ALL_SEATS)


def test_where_the_reglement_lets_it_a_project_takes_place_elsewhere():
    anywhere = a_world(rules_of_place("demonstration", inside_quartier=False))
    assert filed(anywhere, "A", 100_00, in_quartier=False).file("A").state is F.ADMISSIBLE


def test_a_second_call_asks_for_less():
    world = after(a_world(), "plan", seance="S2", held_on=COMMITTEE_DAY.isoformat(), call_number=2)
    assert after(world, "open", COMMITTEE_DAY, seance="S2", present=[1, 2])


def test_the_chair_decides_at_equality_only_where_the_reglement_says_so():
    world = at_committee(filed(endowed(a_world(), 3_000_00), "A", 100_00), "A")
    even = {"votes_for": 2, "votes_against": 2}
    with assert_refused("not_carried"):
        decided(world, "A", "grant", 100_00, **even)
    assert decided(world, "A", "grant", 100_00, chair_is_for=True, **even)
    plain = a_world(rules_of_place("demonstration", casting_vote=False))
    world = at_committee(filed(endowed(plain, 3_000_00), "A", 100_00), "A")
    with assert_refused("not_carried"):
        decided(world, "A", "grant", 100_00, chair_is_for=True, **even)


@pytest.mark.parametrize(("asked", "ways"), [
    (HolderPresence.REQUIRED, {"present"}), (HolderPresence.REMOTE, {"present", "remote"}),
    (HolderPresence.OPTIONAL, {"present", "remote", "absent"}),
])  # fmt: skip
def test_the_porteur_comes_as_the_reglement_asks(asked, ways):
    world = filed(endowed(a_world(rules_of_place("demonstration", presence=asked)), 3_000_00), "A", 100_00)
    world = after(world, "plan", seance="S1", held_on=COMMITTEE_DAY.isoformat())
    world = after(world, "schedule", file="A", seance="S1")
    world = after(world, "open", COMMITTEE_DAY, seance="S1", present=ALL_SEATS)
    for way in ("present", "remote", "absent"):
        if way in ways:
            assert after(world, "hear", COMMITTEE_DAY, file="A", presence=way)
        else:
            with assert_refused("absent", "presence"):
                after(world, "hear", COMMITTEE_DAY, file="A", presence=way)


def test_a_seance_is_not_closed_over_a_file_heard_and_not_decided():
    world = at_committee(filed(endowed(a_world(), 3_000_00), "A", 100_00), "A")
    with assert_refused("undecided"):
        after(world, "close_seance", COMMITTEE_DAY, seance="S1")


def test_a_file_left_by_a_seance_without_quorum_goes_to_the_next():
    world = filed(endowed(a_world(), 3_000_00), "A", 100_00)
    for ref in ("S1", "S2"):
        world = after(world, "plan", seance=ref, held_on=COMMITTEE_DAY.isoformat())
    world = after(world, "schedule", file="A", seance="S1")
    with assert_refused("state", "seance"):
        after(world, "schedule", file="A", seance="S2")
    world = after(world, "note_no_quorum", COMMITTEE_DAY, seance="S1")
    assert after(world, "schedule", COMMITTEE_DAY, file="A", seance="S2").file("A").seance == "S2"


# --- The money ------------------------------------------------------------------------------------------------------


def test_suppliers_are_paid_directly_up_to_the_grant_and_the_rest_is_freed():
    world = one_granted(world=a_world(mode=PaymentMode.DIRECT_EXPENSE))
    with assert_refused("mode"):
        after(world, "order_advance", COMMITTEE_DAY, file="A")
    for cents in (200_00, 100_00):
        world = after(world, "pay_directly", COMMITTEE_DAY, file="A", amount_cents=cents, note="Épicerie")
    with assert_refused("overpaid"):
        after(world, "pay_directly", COMMITTEE_DAY, file="A", amount_cents=300_01)
    with assert_refused("mode"):
        after(world, "bounce", COMMITTEE_DAY, file="A")
    world = after(finished(world), "validate_report", LATER, file="A", spent_cents=300_00)
    assert world.file("A").money is MoneyState.SETTLED
    assert world.balances(envelope=ENVELOPE).available == 2_700_00


def test_an_advance_sent_back_by_the_bank_is_paid_again():
    world = one_granted()
    for verb in ("order_advance", "pay_advance", "bounce"):
        world = after(world, verb, COMMITTEE_DAY, file="A")
    assert (world.file("A").money, world.balances().paid) == (MoneyState.ADVANCE_ORDERED, 0)
    assert after(world, "pay_advance", COMMITTEE_DAY, file="A").balances().paid == 480_00


def test_nothing_is_paid_before_the_engagement():
    world = decided(at_committee(filed(endowed(a_world(), 3_000_00), "A", 100_00), "A"), "A", "grant", 100_00)
    for verb in ("order_advance", "pay_advance", "pay_balance", "suspend"):
        with assert_refused("engagement"):
            after(world, verb, COMMITTEE_DAY, file="A")


def test_an_account_is_not_settled_before_it_is_drawn_up():
    world = one_granted(world=a_world(mode=PaymentMode.DIRECT_EXPENSE))
    world = after(world, "pay_directly", COMMITTEE_DAY, file="A", amount_cents=1_00)
    with assert_refused("state"):
        after(world, "settle", COMMITTEE_DAY, file="A")


def test_a_fund_without_advance_pays_on_the_report():
    world = one_granted(world=a_world(rules_of_place("demonstration", advance_rate=None, decides_at_once=True)))
    with assert_refused("advance"):
        after(world, "order_advance", COMMITTEE_DAY, file="A")
    world = after(finished(world), "validate_report", LATER, file="A", spent_cents=600_00)
    assert world.file("A").money is MoneyState.BALANCE_DUE


def test_the_year_of_a_holder_counts_what_stands():
    rules = rules_of_place("mericourt", decides_at_once=True, max_rate=Fraction(1), presence=HolderPresence.OPTIONAL)
    world = endowed(a_world(rules), 9_000_00)
    for ref in "ABC":
        world = filed(world, ref, 900_00, holder="Les voisins")
    world = at_committee(world, *"ABC")
    world = decided(world, "A", "grant", 900_00)
    with assert_refused("rank", "amount_cents"):
        decided(world, "B", "grant", 900_00)
    world = decided(world, "B", "grant_partly", 400_00)
    with assert_refused("rank"):
        decided(world, "C", "grant_partly", 1)
    world = after(world, "renounce", COMMITTEE_DAY, file="B")
    assert decided(world, "C", "grant_partly", 400_00)

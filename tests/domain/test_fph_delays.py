"""The days a règlement promises, and the residents it wants around the table."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.fph.rules.committee import enough_residents, functioning_of
from app.domain.fph.rules.delays import (
    can_be_scheduled,
    decide_before,
    in_time,
    remedy_until,
    reminders_on,
    report_due_on,
    silence_on,
)
from app.domain.fph.rules.fund_rules import FundRules
from app.domain.shared.refusals import Refusal
from tests.support.fph import rules_of_place

WHOLE = rules_of_place("demonstration")
END = date(2026, 6, 30)


def test_the_report_is_due_and_recalled_on_days_counted_from_the_end():
    assert report_due_on(WHOLE, END) == date(2026, 8, 29)
    assert reminders_on(WHOLE, END) == (date(2026, 7, 7), date(2026, 8, 22), date(2026, 8, 29), date(2026, 9, 28))


def test_silence_speaks_after_two_months_and_a_decision_is_contested_for_two():
    assert silence_on(WHOLE, date(2026, 12, 31)) == date(2027, 2, 28)
    assert remedy_until(WHOLE, date(2026, 3, 15)) == date(2026, 5, 15)


def test_the_days_when_papers_were_awaited_do_not_count():
    assert decide_before(rules_of_place("croix"), date(2026, 3, 1)) == date(2026, 3, 31)
    assert decide_before(rules_of_place("croix"), date(2026, 3, 1), suspended_days=12) == date(2026, 4, 12)


def test_a_delay_that_is_not_said_never_ends():
    nothing = FundRules()
    for of in (report_due_on, silence_on, remedy_until, decide_before):
        assert of(nothing, END) is None
    assert reminders_on(nothing, END) == ()
    assert in_time(None, END)


def test_the_last_day_still_counts():
    assert in_time(END, END)
    refusal = in_time(END, date(2026, 7, 1))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, "30 juin" in str(refusal)) == ("late", True)


@pytest.mark.parametrize(("place", "last"), [("mericourt", date(2026, 6, 23)), ("noyelles_godault", date(2026, 5, 31))])
def test_each_place_has_its_last_day_before_the_committee(place, last):
    rules = rules_of_place(place)
    facts = {"seance_on": END, "starts_on": date(2026, 12, 1)}
    assert can_be_scheduled(rules, submitted_on=last, **facts)
    refusal = can_be_scheduled(rules, submitted_on=date.fromordinal(last.toordinal() + 1), **facts)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "late_file"


def test_roubaix_wants_seven_residents_who_vote():
    rules = rules_of_place("roubaix")
    assert enough_residents(rules, 7)
    refusal = enough_residents(rules, 6)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "residents"
    assert enough_residents(FundRules(), 0)


def test_the_quorum_of_the_reglement_is_read_by_the_seance_engine():
    functioning = functioning_of(WHOLE)
    assert (functioning.quorum, functioning.second_call_quorum, functioning.recused_leave_quorum) == (
        "1/2",
        "1/3",
        True,
    )
    assert functioning_of(FundRules()).quorum == ""

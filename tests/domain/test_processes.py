"""The calendar of a démarche: its phases follow each other, and what is past stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.processes import queries, services
from app.domain.processes.models import PhaseCode
from app.domain.processes.rules import ORDER, Span, calendar_of, check_calendar, check_calendar_change
from app.domain.shared import clock
from app.domain.shared.refusals import YES
from tests.support.refusals import assert_refused
from tests.support.town import make_person, make_process
from tests.support.town_budgets import calendar

NOW = clock.now()
DAY = timedelta(days=1)


def spans(**days: tuple[int, int]) -> dict[PhaseCode, Span]:
    return {PhaseCode(code): Span(NOW + first * DAY, NOW + last * DAY) for code, (first, last) in days.items()}


def test_six_phases_in_order_make_a_calendar():
    assert check_calendar(calendar()) is YES


def test_phases_may_touch_but_not_overlap():
    touching = spans(call=(0, 10), study=(10, 20))
    assert check_calendar(touching, tuple(touching)) is YES
    overlapping = spans(call=(0, 10), study=(9, 20))
    refusal = check_calendar(overlapping, tuple(overlapping))
    assert (refusal.code, refusal.field) == ("calendar_order", "study")
    assert "Appel à idées" in str(refusal)


def test_phases_follow_the_order_of_the_law_even_when_one_is_left_out():
    backwards = spans(vote=(0, 10), call=(20, 30))
    assert check_calendar(backwards, tuple(backwards)).field == "vote"


@pytest.mark.parametrize("last", [0, -1])
def test_a_phase_ends_after_it_begins(last):
    refusal = check_calendar(spans(call=(0, last)), (PhaseCode.CALL,))
    assert (refusal.code, refusal.field) == ("calendar_order", "call")


@pytest.mark.parametrize("code", ORDER)
def test_a_missing_phase_is_named(code):
    whole = calendar()
    del whole[code]
    refusal = check_calendar(whole)
    assert (refusal.code, refusal.field) == ("calendar_missing", code.value)


def test_a_published_date_that_is_past_does_not_change_and_nothing_moves_into_the_past():
    old = spans(call=(-5, 5), study=(5, 15))
    later_end = spans(call=(-5, 8), study=(8, 15))
    assert check_calendar_change(old, later_end, NOW) is YES
    assert check_calendar_change(old, spans(call=(-6, 5), study=(5, 15)), NOW).code == "calendar_past"
    assert check_calendar_change(old, spans(call=(-5, -1), study=(5, 15)), NOW).code == "calendar_past"


def test_a_phase_dated_for_the_first_time_is_free_of_the_past():
    assert check_calendar_change({}, spans(call=(-5, 5)), NOW) is YES


def test_a_published_calendar_refuses_to_rewrite_the_past_but_lets_the_end_move(in_app):
    actor = make_person()
    process = queries.process_by_id(make_process(open_phase=PhaseCode.CALL).id)
    kept = calendar_of(process)[PhaseCode.CALL]
    with assert_refused("calendar_past", "call"):
        services.date_process(
            process=process, calendar={PhaseCode.CALL: Span(kept.starts_at - DAY, kept.ends_at)}, actor=actor
        )
    services.date_process(
        process=process, calendar={PhaseCode.CALL: Span(kept.starts_at, kept.ends_at + DAY)}, actor=actor
    )
    assert calendar_of(process)[PhaseCode.CALL].ends_at == kept.ends_at + DAY

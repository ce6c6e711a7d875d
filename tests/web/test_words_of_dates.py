"""Dates, delays and titles as a page writes them, in French and in English."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import force_locale

from app.domain.shared import clock
from app.web.application import Agora
from app.web.i18n import beginning, day, ending, french_spaces, moment, short_day, time_left

MIDNIGHT = clock.end_of(date(2026, 12, 3))


def test_a_period_that_ends_at_midnight_is_told_with_its_last_day(app: Agora):
    with app.test_request_context(), force_locale("fr"):
        assert " ".join(ending(MIDNIGHT).split()) == "jeudi 3 décembre 2026 à minuit"
        assert beginning(MIDNIGHT) == "vendredi 4 décembre 2026"


def test_an_hour_is_told_and_never_cut(app: Agora):
    evening = clock.end_of(date(2026, 12, 2)) + timedelta(hours=18, minutes=30)
    with app.test_request_context(), force_locale("fr"):
        assert moment(evening).endswith("à 18\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30")
        assert ending(evening) == beginning(evening) == moment(evening)


def test_english_dates_are_all_written_the_same_way(app: Agora):
    with app.test_request_context(), force_locale("en"):
        assert day(MIDNIGHT) == "Friday 4 December 2026"
        assert short_day(MIDNIGHT) == "4 December 2026"
        assert moment(MIDNIGHT) == "Friday 4 December 2026, 00:00"


def test_a_far_end_is_told_in_months(app: Agora):
    with app.test_request_context(), force_locale("fr"):
        assert " ".join(time_left(clock.now() + timedelta(days=329, hours=1)).split()) == "encore 11 mois environ"
        assert " ".join(time_left(clock.now() + timedelta(days=23, hours=1)).split()) == "encore 23 jours"


def test_no_line_of_a_title_begins_with_its_colon():
    assert french_spaces("Budget 2025 : « quoi ? »").split(" ") == [
        "Budget", "2025\N{NO-BREAK SPACE}:", "«\N{NO-BREAK SPACE}quoi\N{NO-BREAK SPACE}?\N{NO-BREAK SPACE}»",
    ]  # fmt: skip

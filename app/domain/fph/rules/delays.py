"""The days of a file: when it must arrive, when silence speaks, when the report is due. Days of Paris."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from app.domain.fph.rules.fund_rules import FundRules
from app.domain.shared.clock import day_in_words, months_after
from app.domain.shared.refusals import YES, Refusal, Verdict


def can_be_scheduled(rules: FundRules, *, submitted_on: date, seance_on: date, starts_on: date) -> Verdict:
    """Whether a file may go to the séance of this day. Codes ``late_file``, ``early_event``.

    Source: droit-et-pratique §1.6, T7 (Méricourt 7 days, Guesnain 15, Noyelles-Godault 30).
    """
    limit = seance_on - timedelta(days=rules.submission_days or 0)
    if submitted_on > limit:
        sentence = _l("Pour cette séance, un dossier devait arriver le %(day)s au plus tard.", day=day_in_words(limit))
        return Refusal(sentence, field="seance", code="late_file")
    earliest = seance_on + timedelta(days=rules.event_days or 0)
    if starts_on < earliest:
        sentence = lazy_ngettext(
            "L’action doit commencer au moins %(num)d jour après la séance.",
            "L’action doit commencer au moins %(num)d jours après la séance.", rules.event_days or 0,
        )  # fmt: skip
        return Refusal(sentence, field="starts_on", code="early_event")
    return YES


def can_be_carried_out(rules: FundRules, *, decided_on: date, ends_on: date) -> Verdict:
    """Whether the action ends within the delay that follows the decision. Code ``execution``."""
    last = last_day(decided_on, rules.execution_days)
    if last is not None and ends_on > last:
        sentence = _l("L’action doit être finie le %(day)s au plus tard.", day=day_in_words(last))
        return Refusal(sentence, field="ends_on", code="execution")
    return YES


def last_day(start: date, days: int | None) -> date | None:
    """The last day of a delay that begins on a day; ``None`` when the règlement gives no delay."""
    return None if days is None else start + timedelta(days=days)


def decide_before(rules: FundRules, submitted_on: date, suspended_days: int = 0) -> date | None:
    """The day by which the règlement promises a decision; the days when papers were awaited do not count."""
    return last_day(submitted_on + timedelta(days=suspended_days), rules.decision_days)


def silence_on(rules: FundRules, complete_on: date) -> date | None:
    """The day on which silence becomes a refusal, counted from the day the file is complete.

    Source: CRPA L.231-4, 3° (two months for what is asked of a financial nature); the figure is the règlement's.
    """
    return None if rules.silence_months is None else months_after(complete_on, rules.silence_months)


def remedy_until(rules: FundRules, notified_on: date) -> date | None:
    """The last day on which a decision may be contested."""
    return None if rules.remedy_months is None else months_after(notified_on, rules.remedy_months)


def report_due_on(rules: FundRules, ends_on: date) -> date | None:
    """The day by which the report is due."""
    return last_day(ends_on, rules.report_days)


def reminders_on(rules: FundRules, ends_on: date) -> tuple[date, ...]:
    """The days on which the report is recalled, in order."""
    return tuple(ends_on + timedelta(days=days) for days in rules.reminder_days)


def in_time(limit: date | None, today: date) -> Verdict:
    """Whether a delay still runs. Code ``late``."""
    if limit is not None and today > limit:
        return Refusal(_l("Ce délai s’est terminé le %(day)s.", day=day_in_words(limit)), code="late")
    return YES

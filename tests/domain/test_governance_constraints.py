"""What is asked of a conseil citoyen: satisfied, broken or unknown, under both regimes."""

from __future__ import annotations

from dataclasses import fields

import pytest

from app.domain.governance.models import LegalRegime
from app.domain.governance.rules import CONSTRAINTS, CouncilFacts, Severity, Status, findings

LAMY, DECREE = LegalRegime.LAMY_2014, LegalRegime.DECRET_2024_1037
# Facts that satisfy each constraint, and facts that break it.
CASES = {
    "CC-R01": ({"quartiers": 1, "all_have_codes": True}, {"quartiers": 0, "all_have_codes": True}),
    "CC-R02": ({"has_diagnostic": True}, {"has_diagnostic": False}),
    "CC-R03": ({"colleges": 2, "has_residents_college": True}, {"colleges": 3, "has_residents_college": True}),
    "CC-R04": ({"residents": 10, "members": 20}, {"residents": 9, "members": 20}),
    "CC-R05": ({"women": 5, "men": 6, "undeclared": 0}, {"women": 4, "men": 6, "undeclared": 0}),
    "CC-R06": ({"members": 15}, {"members": 51}),
    "CC-R07": ({"seats_to_draw": 8, "seats_drawn": 8}, {"seats_to_draw": 8, "seats_drawn": 7}),
    "CC-R08": ({"source_lists": 2}, {"source_lists": 1}),
    "CC-R09": ({"draw_can_be_checked": True, "witnesses": 2}, {"draw_can_be_checked": True, "witnesses": 1}),
    "CC-R10": ({"all_in_perimeter": True}, {"all_in_perimeter": False}),
    "CC-R11": ({"all_declared_free": True}, {"all_declared_free": False}),
    "CC-R12": ({"organisations_free": True}, {"organisations_free": False}),
    "CC-R13": ({"minors": 0}, {"minors": 2, "minors_authorised": 1}),
    "CC-R14": ({"mandates": 3, "mandates_with_end": 3}, {"mandates": 3, "mandates_with_end": 2}),
    "CC-R15": ({"colleges": 2, "colleges_with_alternates": 2}, {"colleges": 2, "colleges_with_alternates": 1}),
    "CC-R16": ({"vacancies_offered_in_order": True}, {"vacancies_offered_in_order": False}),
    "CC-R17": ({"vacancies_without_alternate": 0}, {"vacancies_without_alternate": 1}),
    "CC-R18": ({"resignations": 1, "resignations_written": 1}, {"resignations": 1, "resignations_written": 0}),
    "CC-R19": ({"exclusions": 0}, {"exclusions": 1, "exclusions_by_procedure": 0}),
    "CC-R20": (
        {"has_charter": True, "charter_signatures": 20, "members": 20},
        {"has_charter": False, "months_since_installed": 7, "charter_months": 6},
    ),
    "CC-R21": ({"has_prefect_order": True, "has_both_opinions": True}, {"has_prefect_order": False}),
    "CC-R22": ({"changes_notified": True}, {"changes_notified": False}),
    "CC-R23": ({"host_is_clear": True}, {"host_is_clear": False}),
    "CC-R24": (
        {"steering_bodies": 2, "steering_bodies_with_voice": 2},
        {"steering_bodies": 2, "steering_bodies_with_voice": 1},
    ),
    "CC-R25": ({"convoked_together": True}, {"convoked_together": False}),
    "CC-R26": (
        {"started_by_duo": True, "duo_months": 12, "duo_mission_letter": True},
        {"started_by_duo": True, "duo_months": 13, "duo_mission_letter": True},
    ),
    "CC-R27": ({"contract_gives_means": True}, {"contract_gives_means": False}),
    "CC-R28": ({"interpellation_kept": True}, {"interpellation_kept": False}),
    "CC-R29": ({"institutions_kept_out": True}, {"institutions_kept_out": False}),
    "CC-R30": ({"report_consultation_days": 31}, {"report_consultation_days": 20}),
    "CC-R31": ({"members_unpaid": True}, {"members_unpaid": False}),
    "CC-R32": ({"public_names_only": True}, {"public_names_only": False}),
}
ONLY_BEFORE = {"CC-R08", "CC-R17", "CC-R18", "CC-R26"}


def seen(code, regime=LAMY, **facts):
    return next(one for one in findings(CouncilFacts(regime=regime, **facts)) if one.code == code)


def test_the_table_has_every_constraint_once():
    assert [one.code for one in CONSTRAINTS] == [f"CC-R{number:02d}" for number in range(1, 33)]
    assert set(CASES) == {one.code for one in CONSTRAINTS}


@pytest.mark.parametrize("code", CASES)
@pytest.mark.parametrize("regime", [LAMY, DECREE])
def test_a_constraint_is_satisfied_broken_or_unknown(code, regime):
    good, bad = CASES[code]
    if regime is DECREE and code in ONLY_BEFORE:
        assert seen(code, regime, **good).status is Status.NOT_APPLICABLE
        return
    assert seen(code, regime, **good).status is Status.SATISFIED
    assert seen(code, regime, **bad).status is Status.BROKEN
    assert seen(code, regime).status is Status.UNKNOWN


def test_without_a_regime_nothing_applies():
    assert {one.status for one in findings(CouncilFacts())} == {Status.NOT_APPLICABLE}


def test_what_nobody_recorded_is_unknown_and_never_broken():
    assert {field.default for field in fields(CouncilFacts)} == {None}
    for regime in (LAMY, DECREE):
        statuses = {one.status for one in findings(CouncilFacts(regime=regime))}
        assert statuses <= {Status.UNKNOWN, Status.NOT_APPLICABLE}


def test_parity_is_never_guessed_from_who_declared_nothing():
    assert seen("CC-R05", women=5, men=5, undeclared=1).status is Status.UNKNOWN
    assert seen("CC-R05", women=5, men=7, undeclared=1).status is Status.UNKNOWN
    assert seen("CC-R05", women=2, men=9, undeclared=1).status is Status.BROKEN


def test_a_charter_not_adopted_yet_is_not_late_yet():
    early = seen("CC-R20", has_charter=False, months_since_installed=2, charter_months=6)
    assert early.status is Status.UNKNOWN


def test_the_same_fault_weighs_as_the_text_of_its_time():
    assert seen("CC-R21", LAMY).severity is Severity.BLOCK
    assert seen("CC-R21", DECREE).severity is Severity.INFO

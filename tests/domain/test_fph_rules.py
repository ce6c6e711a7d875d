"""The règlement of a fund: freezes and comes back equal, says what is wrong by field, restates the known places."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from fractions import Fraction

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from app.domain.fph.rules.checks import contradictions, missing_to_open
from app.domain.fph.rules.fund_rules import (
    FIELDS,
    Ceiling,
    FundRules,
    GridCriterion,
    HolderKind,
    HolderPresence,
    YearlyLimit,
    rules_of,
)
from app.domain.fph.rules.presets import presets
from app.domain.shared.canonical import canonical, digest
from app.domain.shared.criteria import Criterion
from tests.support.fph import rules_of_place
from tests.support.refusals import assert_refused

words = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
cents = st.none() | st.integers(1, 10**9)
days = st.none() | st.integers(0, 400)
shares = st.none() | st.fractions(Fraction(1, 99), 1, max_denominator=99)
criteria = st.lists(st.builds(Criterion, code=words, wording=words), max_size=3).map(tuple)
holders = st.lists(st.sampled_from(HolderKind), max_size=4, unique=True).map(tuple)
contents = st.builds(
    FundRules,
    open_to=holders, contacts_needed=st.none() | st.integers(1, 3), inside_quartier=st.booleans(),
    ceilings=st.lists(st.builds(Ceiling, st.integers(1, 10**8), holders, words), max_size=3).map(tuple),
    rank_ceilings_cents=st.lists(st.integers(1, 10**6), max_size=3).map(tuple), holder_year_cents=cents,
    max_rate=shares, covers_whole_cost=st.booleans(), min_cofunding_cents=cents,
    yearly_limits=st.lists(st.builds(YearlyLimit, words, st.integers(0, 5), holders), max_size=2).map(tuple),
    submission_days=days, decision_days=days, event_days=days, report_days=days,
    reminder_days=st.lists(st.integers(-30, 90), max_size=4).map(tuple), silence_months=st.none() | st.integers(1, 12),
    quorum=shares, second_call_quorum=shares, presence=st.sampled_from(HolderPresence), advance_rate=shares,
    criteria=criteria, expenses=criteria, ineligible=criteria, refusal_reasons=criteria,
    grid=st.lists(st.builds(GridCriterion, words, words, st.integers(1, 5), st.integers(1, 3)), max_size=3).map(tuple),
)  # fmt: skip
WHOLE = rules_of_place("demonstration")


@given_any(contents)
def test_any_content_comes_back_equal_from_its_frozen_facts_with_the_same_fingerprint(content):
    back = FundRules.from_facts(json.loads(canonical(content.to_facts())))
    assert back == content
    assert back.sha256 == content.sha256 == digest(content.to_facts())


@given_any(contents, contents)
def test_two_contents_have_the_same_fingerprint_only_when_they_are_equal(one, other):
    assert (one.sha256 == other.sha256) == (one == other)


def test_every_field_is_written():
    assert set(FIELDS) == {one.name for one in fields(FundRules)}


def test_the_same_share_written_in_three_ways_is_one_content():
    read = {str(rules_of({"advance_rate": text})[0]) for text in ("80 %", "4/5", "0,8")}
    assert len(read) == 1


@pytest.mark.parametrize("facts", [None, [], {"max_rate": "2"}, {"plafond": 3}])
def test_facts_that_are_not_a_reglement_are_refused_in_a_sentence(facts):
    with assert_refused("rules_facts"):
        FundRules.from_facts(facts)


def test_a_version_older_than_a_field_is_still_read():
    facts = WHOLE.to_facts()
    del facts["yearly_seances"]
    assert FundRules.from_facts(facts) == replace(WHOLE, yearly_seances=None)


WRONG = {
    "open_to": ["voisin"], "contacts_needed": 0, "inside_quartier": "oui", "ceilings": [{"amount_cents": 0}],
    "rank_ceilings_cents": [900.0], "holder_year_cents": -1, "max_rate": "120 %", "covers_whole_cost": 1,
    "min_cofunding_cents": "50", "yearly_limits": [{"expense": "transport"}], "submission_days": -7,
    "decision_days": 1.5, "event_days": "dix", "complete_days": 10**9, "acceptance_days": [], "execution_days": True,
    "report_days": {}, "reminder_days": ["7"], "silence_months": 0, "remedy_months": 999, "max_deferrals": -1,
    "yearly_seances": 0, "quorum": "1/0", "second_call_quorum": 0.5, "min_resident_voters": "sept",
    "casting_vote": None, "presence": "peut-être", "decides_at_once": 0, "advance_rate": "1e-9999999",
    "advance_full_below_cents": 0, "report_blocks_next": "non", "criteria": [{"code": "a"}], "themes": "culture",
    "expenses": [{"code": "a", "wording": "\ud800"}], "ineligible": [{"code": "a", "wording": "b", "c": "d"}],
    "grid": [{"code": "a", "wording": "b", "most": 0}], "refusal_reasons": None,
}  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_a_wrong_value_is_refused_by_the_name_of_its_field(field):
    rules, faults = rules_of({**WHOLE.to_facts(), field: WRONG[field]})
    assert rules is None
    assert [(one.field, one.code) for one in faults] == [(field, "field")]
    assert field in str(faults[0])
    assert str(faults[0]).endswith(".")


def test_all_wrong_fields_are_told_at_once():
    assert {one.field for one in rules_of({**WRONG, "inconnu": 1})[1]} == {*FIELDS, "inconnu"}


A, B = Criterion("a", "Une phrase."), Criterion("b", "Une autre.")


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("open_to", {"open_to": ()}),
        ("second_call_quorum", {"quorum": Fraction(1, 3), "second_call_quorum": Fraction(1, 2)}),
        ("second_call_quorum", {"quorum": None, "second_call_quorum": Fraction(1, 2)}),
        ("ceilings", {"ceilings": (Ceiling(100, theme="sport"),)}),
        ("holder_year_cents", {"holder_year_cents": 79_999}),
        ("rank_ceilings_cents", {"rank_ceilings_cents": (80_001,)}),
        ("advance_full_below_cents", {"advance_rate": None, "advance_full_below_cents": 1}),
        ("yearly_limits", {"yearly_limits": (YearlyLimit("avion", 1),)}),
        ("yearly_limits", {"yearly_limits": (YearlyLimit("transport", 1, themes=("sport",)),)}),
        ("decision_days", {"submission_days": 31, "decision_days": 30}),
        ("report_days", {"report_days": None}),
        ("reminder_days", {"reminder_days": (7, 7)}),
        ("criteria", {"criteria": (A, A)}),
        ("ineligible", {"expenses": (A, B), "ineligible": (B,)}),
    ],
)
def test_what_cannot_be_true_together_is_told_with_its_field(field, change):
    found = contradictions(replace(WHOLE, **change))
    assert [(one.field, one.code) for one in found] == [(field, "contradiction")]
    assert str(found[0]).endswith(".")


@pytest.mark.parametrize("code", presets())
def test_each_known_place_is_a_reglement_that_holds_together(code):
    rules = presets()[code].rules
    assert contradictions(rules) == ()
    assert {one.code for one in missing_to_open(rules)} == (set() if code == "demonstration" else {"missing"})


def test_the_places_of_the_study_are_there_with_their_figures():
    known = presets()
    assert set(known) >= {"soisy", "roubaix", "croix", "tonneins", "mericourt", "noyelles_godault", "ales"}
    assert known["soisy"].rules.ceilings == (Ceiling(760_00),)
    assert known["soisy"].rules.covers_whole_cost is False
    assert known["roubaix"].rules.min_resident_voters == 7
    assert known["croix"].rules.advance_rate == Fraction(4, 5)
    assert (known["tonneins"].envelope_cents, known["tonneins"].envelope_per_quartier) == (2_000_00, False)
    assert known["mericourt"].rules.rank_ceilings_cents == (900_00, 400_00)
    assert known["mericourt"].rules.presence is HolderPresence.REQUIRED
    assert (known["noyelles_godault"].rules.submission_days, known["noyelles_godault"].rules.yearly_seances) == (30, 4)
    assert (known["ales"].envelope_cents, known["ales"].envelope_per_quartier) == (3_000_00, True)


def test_what_a_fund_cannot_open_without_is_told_field_by_field():
    assert {one.field for one in missing_to_open(FundRules())} == {
        "ceilings", "criteria", "refusal_reasons", "quorum", "submission_days", "complete_days", "report_days",
        "silence_months", "remedy_months",
    }  # fmt: skip
    assert "ceilings" not in {one.field for one in missing_to_open(rules_of_place("mericourt"))}

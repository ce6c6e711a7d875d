"""Rules as data: they freeze and come back equal, and inconsistent ones are refused with a sentence."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.domain.ballots.rules.ballot import canonical_ballot, check_ballot, pairs, parse_ballot
from app.domain.ballots.rules.consistency import check_rules
from app.domain.ballots.rules.terms import (
    BallotForm,
    BallotType,
    CountingRules,
    Overflow,
    Score,
    SubEnvelope,
    TieBreak,
)
from app.domain.shared.refusals import YES, Refusal

UP_TO = BallotForm(BallotType.UP_TO, choices_max=3)
EXACTLY = BallotForm(BallotType.EXACTLY, choices_min=3, choices_max=3)
POINTS = BallotForm(BallotType.POINTS, points_total=7, points_max=3, points_min=2)
RULES = CountingRules(100_00, UP_TO, Score.VOTES, Overflow.SKIP)
NORD = SubEnvelope("nord", "Nord", 60_00, max_winners=2, remainder_to_general=True, second_chance=True)
FULL = CountingRules(
    200_00, POINTS, Score.POINTS, Overflow.STOP, 5, 10, 4, (NORD, SubEnvelope("sud", "Sud", 60_00)), seed="été"
)


@pytest.mark.parametrize("rules", [RULES, FULL, replace(RULES, form=EXACTLY)])
def test_rules_come_back_equal_from_their_frozen_facts(rules: CountingRules) -> None:
    assert CountingRules.from_facts(json.loads(json.dumps(rules.to_facts()))) == rules
    assert check_rules(rules) is YES


def test_the_fingerprint_of_the_rules_changes_with_any_of_them() -> None:
    assert RULES.rules_sha256 == replace(RULES).rules_sha256
    assert len({RULES.rules_sha256, replace(RULES, seed="x").rules_sha256, FULL.rules_sha256}) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"envelope_cents": "100"},
        {"envelope_cents": True},
        {"envelope_cents": 1.0},
        {"form": None},
        {"form": {}},
        {"score": "luck"},
        {"sub_envelopes": {}},
        {"sub_envelopes": [3]},
        {"tie_breaks": ["deposit"]},
        {"seed": 3},
        {"seed": "\ud800"},
        {"form": {**UP_TO.to_facts(), "blank_allowed": 1}},
    ],
)
def test_ill_typed_facts_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(Refusal) as caught:
        CountingRules.from_facts({**RULES.to_facts(), **change})
    assert caught.value.code == "rules_facts"


@pytest.mark.parametrize("facts", [None, [], "x", {}])
def test_facts_of_another_shape_are_refused(facts: object) -> None:
    with pytest.raises(Refusal):
        CountingRules.from_facts(facts)


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (replace(RULES, envelope_cents=0), "envelope"),
        (replace(RULES, envelope_cents=10**15), "envelope"),
        (replace(FULL, envelope_cents=119_99), "sub_envelopes"),
        (replace(FULL, sub_envelopes=(NORD, NORD)), "sub_envelopes"),
        (replace(FULL, sub_envelopes=(replace(NORD, id="general"),)), "sub_envelopes"),
        (replace(FULL, sub_envelopes=(replace(NORD, id=""),)), "sub_envelopes"),
        (replace(FULL, sub_envelopes=(replace(NORD, envelope_cents=0),)), "sub_envelopes"),
        (replace(FULL, sub_envelopes=(replace(NORD, max_winners=0),)), "max_winners"),
        (replace(RULES, form=replace(UP_TO, choices_max=0)), "choices"),
        (replace(RULES, form=replace(UP_TO, choices_min=0)), "choices"),
        (replace(RULES, form=BallotForm(BallotType.EXACTLY)), "choices"),
        (replace(RULES, form=BallotForm(BallotType.EXACTLY, choices_max=3)), "choices"),
        (replace(RULES, form=replace(UP_TO, points_total=5)), "points"),
        (replace(FULL, form=replace(POINTS, points_total=None)), "points"),
        (replace(FULL, form=replace(POINTS, points_max=8)), "points"),
        (replace(FULL, form=replace(POINTS, points_max=0)), "points"),
        (replace(FULL, form=replace(POINTS, points_min=8)), "points"),
        (replace(FULL, form=replace(POINTS, choices_min=8)), "choices"),
        (replace(RULES, score=Score.POINTS), "score"),
        (replace(RULES, threshold=-1), "threshold"),
        (replace(RULES, threshold_percent_of_voters=101), "threshold"),
        (replace(RULES, max_winners=0), "max_winners"),
        (replace(RULES, tie_breaks=()), "tie_breaks"),
        (replace(RULES, tie_breaks=(TieBreak.DRAW, TieBreak.LOWER_COST)), "tie_breaks"),
        (replace(RULES, tie_breaks=(TieBreak.LOWER_COST, TieBreak.LOWER_COST, TieBreak.DRAW)), "tie_breaks"),
    ],
)
def test_inconsistent_rules_are_refused(rules: CountingRules, code: str) -> None:
    verdict = check_rules(rules)
    assert isinstance(verdict, Refusal)
    assert (verdict.code, verdict.field) == (code, code)
    assert str(verdict).endswith(".")


def test_a_ballot_may_not_ask_for_more_projects_than_there_are() -> None:
    assert check_rules(replace(RULES, form=EXACTLY), project_count=3) is YES
    assert not check_rules(replace(RULES, form=EXACTLY), project_count=2)


@pytest.mark.parametrize(
    ("form", "choices"),
    [
        (UP_TO, {"A": 1}),
        (UP_TO, {"A": 1, "B": 1, "C": 1}),
        (UP_TO, {"A": 1, "B": 0}),
        (EXACTLY, {"A": 1, "B": 1, "C": 1}),
        (POINTS, {"A": 3, "B": 3, "C": 1}),
        (POINTS, {"A": 2}),
        (replace(POINTS, blank_allowed=True), {}),
        (replace(UP_TO, choices_max=None), {"A": 1, "B": 1, "C": 1, "D": 1}),
    ],
)
def test_a_ballot_in_form_is_accepted(form: BallotForm, choices: dict[str, int]) -> None:
    assert check_ballot(form, {"A", "B", "C", "D"}, choices) is YES


@pytest.mark.parametrize(
    ("form", "choices", "code"),
    [
        (UP_TO, {}, "blank"),
        (UP_TO, {"A": 0}, "blank"),
        (UP_TO, {"Z": 1}, "unknown_project"),
        (UP_TO, {"A": -1}, "points_invalid"),
        (UP_TO, {"A": True}, "points_invalid"),
        (UP_TO, {"A": 2}, "points_project"),
        (UP_TO, {"A": 1, "B": 1, "C": 1, "D": 1}, "too_many_choices"),
        (replace(UP_TO, choices_min=2), {"A": 1}, "too_few_choices"),
        (EXACTLY, {"A": 1, "B": 1}, "exact_choices"),
        (EXACTLY, {"A": 1, "B": 1, "C": 1, "D": 1}, "exact_choices"),
        (POINTS, {"A": 4}, "points_project"),
        (POINTS, {"A": 3, "B": 3, "C": 2}, "points_total"),
        (POINTS, {"A": 1}, "points_too_few"),
    ],
)
def test_a_ballot_out_of_form_is_refused_in_one_sentence(form: BallotForm, choices: dict[str, int], code: str) -> None:
    verdict = check_ballot(form, {"A", "B", "C", "D"}, choices)
    assert isinstance(verdict, Refusal)
    assert (verdict.code, verdict.field) == (code, "choices")
    assert str(verdict).endswith(".")
    assert "%" not in str(verdict)


def test_the_writing_of_a_ballot_keeps_no_order_and_no_zero() -> None:
    assert canonical_ballot({"b": 1, "a": 2, "c": 0}) == canonical_ballot({"a": 2, "b": 1}) == '{"a":2,"b":1}'
    assert canonical_ballot({}) == "{}"
    assert parse_ballot('{"a":2,"b":1}') == {"a": 2, "b": 1}
    assert pairs({"b": 1, "a": 2, "c": 0}) == (("a", 2), ("b", 1))


@pytest.mark.parametrize(
    "text", ["", "null", "[]", '{"b":1,"a":2}', '{"a": 2}', '{"a":0}', '{"a":1.5}', '{"a":true}', '{"a":1,"a":1}', "{"]
)
def test_a_text_that_is_not_the_writing_of_a_ballot_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_ballot(text)
    assert caught.value.code == "ballot_text"


@pytest.mark.parametrize(
    ("form", "choices", "sentence"),
    [
        (EXACTLY, {}, "Ce bulletin est vide. Choisissez exactement 3 projets."),
        (EXACTLY, {"A": 1}, "Vous avez choisi 1 projet. Choisissez-en exactement 3."),
        (EXACTLY, {"A": 1, "B": 1}, "Vous avez choisi 2 projets. Choisissez-en exactement 3."),
        (UP_TO, {}, "Ce bulletin est vide. Choisissez au moins un projet."),
        (POINTS, {"A": 1}, "Vous avez réparti 1 point. Répartissez-en au moins 2."),
        (POINTS, {"A": 4}, "Vous avez donné 4 points à un projet. Donnez-lui 3 points au plus."),
    ],
)
def test_a_refused_ballot_is_told_with_right_plurals(in_app, form, choices, sentence) -> None:
    assert str(check_ballot(form, {"A", "B", "C"}, choices)) == sentence

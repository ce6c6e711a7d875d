"""The règlement: a value that freezes and comes back equal, versions that never change, sentences for what lacks."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.database import db
from app.domain.ballots.rules.consistency import check_rules
from app.domain.ballots.rules.terms import BallotForm, BallotType, Overflow, Score, TieBreak
from app.domain.budgets import queries, services
from app.domain.budgets.models import Reglement
from app.domain.budgets.rules.checks import (
    check_amendment,
    check_content,
    counting_rules,
    missing_for_call,
    missing_for_vote,
)
from app.domain.budgets.rules.plain_words import plain_words
from app.domain.budgets.rules.presets import BALLOT_PRESETS, CRITERIA
from app.domain.budgets.rules.reglement import ReglementContent, Reserve, ReservedFor, Section
from app.domain.governance.models import GovernanceRecord, RecordKind
from app.domain.processes.rules import Eligibility
from app.domain.shared.canonical import canonical, digest
from app.domain.shared.criteria import Criterion
from app.domain.shared.refusals import YES, Refusal
from tests.support.refusals import assert_refused
from tests.support.town_budgets import WHOLE, make_agent, make_called_edition, make_edition, make_voting_edition

amounts = st.none() | st.integers(1, 10**12)
eligibilities = st.builds(
    Eligibility,
    min_age=st.none() | st.integers(0, 120),
    residents_only=st.booleans(),
    exclude_elected=st.booleans(),
    exclude_agents=st.booleans(),
    quartier_ids=st.lists(st.integers(1, 50), max_size=4).map(tuple),
)
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
reserves = st.builds(
    Reserve,
    id=st.from_regex(r"s[1-9]", fullmatch=True),
    label=words,
    kind=st.sampled_from(ReservedFor),
    amount_cents=st.integers(0, 10**9),
    quartier_id=st.none() | st.integers(1, 50),
    max_winners=st.none() | st.integers(1, 9),
    remainder_to_general=st.booleans(),
    second_chance=st.booleans(),
)
contents = st.builds(
    ReglementContent,
    envelope_cents=amounts,
    section=st.none() | st.sampled_from(Section),
    min_project_cents=amounts,
    max_project_cents=amounts,
    reserves=st.lists(reserves, max_size=3).map(tuple),
    criteria=st.lists(st.builds(Criterion, code=words, wording=words), max_size=3).map(tuple),
    proposers=eligibilities,
    voters=eligibilities,
    ballot=st.none() | st.sampled_from([preset.form for preset in BALLOT_PRESETS]),
    score=st.none() | st.sampled_from(Score),
    overflow=st.none() | st.sampled_from(Overflow),
    threshold=st.none() | st.integers(0, 99),
    threshold_percent_of_voters=st.none() | st.integers(0, 100),
    max_winners=st.none() | st.integers(1, 9),
    tie_breaks=st.permutations(list(TieBreak)).map(tuple),
    openers_needed=st.integers(2, 5),
    minimum_batch=st.integers(10, 50),
    decided_by=words,
)
RESERVE = Reserve("s1", "Les jeunes", ReservedFor.PUBLIC, 30_000_00)


@given_any(contents)
def test_any_content_comes_back_equal_from_its_frozen_facts_with_the_same_fingerprint(content):
    back = ReglementContent.from_facts(json.loads(canonical(content.to_facts())))
    assert back == content
    assert back.sha256 == content.sha256 == digest(content.to_facts())


@given_any(contents, contents)
def test_two_contents_have_the_same_fingerprint_only_when_they_are_equal(one, other):
    assert (one.sha256 == other.sha256) == (one == other)


@pytest.mark.parametrize("facts", [None, [], {}, {"envelope_cents": 1}, {**WHOLE.to_facts(), "section": "autre"}])
def test_facts_that_are_not_a_reglement_are_refused_in_a_sentence(facts):
    with assert_refused("reglement_facts"):
        ReglementContent.from_facts(facts)


def test_what_is_missing_for_the_call_is_said_piece_by_piece():
    assert [one.part for one in missing_for_call(ReglementContent())] == [
        "envelope", "envelope", "criteria", "description",
    ]  # fmt: skip
    assert missing_for_call(replace(WHOLE, decided_by="Le conseil")) == ()


def test_what_is_missing_for_the_vote_adds_the_ballot_the_score_and_the_overflow():
    bare = replace(WHOLE, decided_by="Le conseil", ballot=None, score=None, overflow=None)
    assert [one.part for one in missing_for_vote(bare)] == ["ballot", "count", "count"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"envelope_cents": 0}, "envelope"),
        ({"min_project_cents": 70_000_00}, "limits"),
        ({"max_project_cents": 100_000_01}, "limits"),
        ({"openers_needed": 1}, "openers"),
        ({"minimum_batch": 9}, "batch"),
        ({"reserves": (replace(RESERVE, amount_cents=0),)}, "reserves"),
        ({"reserves": (replace(RESERVE, amount_cents=100_000_01),)}, "reserves"),
        ({"reserves": (replace(RESERVE, kind=ReservedFor.QUARTIER),)}, "reserves"),
        ({"reserves": (RESERVE, replace(RESERVE, id="s2", label="LES JEUNES"))}, "reserves"),
        ({"envelope_cents": None, "reserves": (RESERVE,)}, "reserves"),
        ({"ballot": BallotForm(BallotType.POINTS)}, "points"),
        ({"ballot": BallotForm(BallotType.EXACTLY, choices_min=0, choices_max=0)}, "choices"),
        ({"score": Score.POINTS, "ballot": BallotForm(BallotType.UP_TO, choices_max=2)}, "score"),
        ({"tie_breaks": (TieBreak.LOWER_COST,)}, "tie_breaks"),
    ],
)
def test_what_does_not_hold_together_is_refused_in_a_sentence(change, code):
    refusal = check_content(replace(WHOLE, **change))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, bool(str(refusal))) == (code, True)


def test_the_rules_of_the_count_say_what_the_reglement_says():
    content = replace(WHOLE, reserves=(RESERVE,), threshold=3, max_winners=5, overflow=Overflow.STOP)
    rules = counting_rules(content, seed="été")
    assert (rules.envelope_cents, rules.general_cents) == (100_000_00, 70_000_00)
    assert (rules.overflow, rules.threshold, rules.max_winners, rules.seed) == (Overflow.STOP, 3, 5, "été")
    assert rules.sub_envelopes[0].label == "Les jeunes"
    assert check_rules(rules) is YES


@pytest.mark.parametrize("preset", BALLOT_PRESETS, ids=lambda preset: preset.code)
def test_each_preset_makes_rules_that_hold_together(preset):
    assert check_content(preset.applied_to(WHOLE)) is YES


def test_the_first_preset_is_the_ballot_of_toulouse():
    content = BALLOT_PRESETS[0].applied_to(ReglementContent())
    assert (content.ballot.points_total, content.ballot.points_max) == (7, 3)
    assert (content.score, content.overflow) == (Score.POINTS, Overflow.SKIP)


def test_what_ideas_were_called_under_does_not_change_before_the_vote():
    assert check_amendment(WHOLE, replace(WHOLE, overflow=Overflow.STOP, envelope_cents=110_000_00)) is YES
    for change in (
        {"criteria": ()}, {"max_project_cents": 1_00}, {"section": Section.FONCTIONNEMENT},
        {"proposers": Eligibility(min_age=11)}, {"envelope_cents": 90_000_00},
    ):  # fmt: skip
        assert check_amendment(WHOLE, replace(WHOLE, **change)).code == "promised"


def test_plain_words_answer_the_questions_people_ask():
    content = replace(
        WHOLE, voters=Eligibility(min_age=11, quartier_ids=(1,), exclude_elected=True), reserves=(RESERVE,)
    )
    said = "\n".join(
        str(sentence) for _, sentences in plain_words(content, lambda cents: f"{cents} c", {1: "Les Genêts"})
        for sentence in sentences
    )  # fmt: skip
    for expected in ("10000000 c", "Les jeunes", "11 ans", "Les Genêts", "élues", "7 points", "3 au plus", "passé"):
        assert expected in said


def test_every_known_criterion_has_a_sentence():
    assert all(str(wording).endswith(".") for wording in CRITERIA.values())


# --- Versions ---


def test_a_draft_is_written_again_in_place(in_app):
    agent = make_agent()
    edition = make_edition(agent)
    services.amend(edition=edition, change=lambda content: replace(content, envelope_cents=90_000_00), actor=agent)
    edition = queries.edition_by_id(edition.id)
    assert [one.version for one in edition.reglements] == [1]
    assert edition.reglement.rules.envelope_cents == 90_000_00
    assert edition.reglement.sha256 == digest(json.loads(edition.reglement.content))


def test_the_opening_freezes_the_version_and_files_it_in_the_register(in_app):
    edition = make_called_edition()
    reglement = edition.reglement
    record = reglement.record
    assert reglement.frozen_at is not None
    assert record.kind is RecordKind.REGLEMENT
    assert record.source_sha256 == reglement.sha256
    assert json.loads(record.facts)["content"] == json.loads(reglement.content)
    assert json.loads(record.facts)["names"]["edition"] == edition.process.title


def test_a_change_after_the_freezing_makes_a_new_version_and_the_first_stays_readable(in_app):
    agent = make_agent()
    edition = make_called_edition(agent)
    first = edition.reglement.content
    services.amend(edition=edition, change=lambda content: replace(content, overflow=Overflow.STOP), actor=agent)
    edition = queries.edition_by_id(edition.id)
    assert [one.version for one in edition.reglements] == [1, 2]
    assert edition.reglements[0].content == first
    assert edition.reglement_in_force.version == 1
    assert edition.draft.version == 2


def test_saying_the_same_again_makes_no_version(in_app):
    agent = make_agent()
    edition = make_called_edition(agent)
    services.amend(edition=edition, change=lambda content: replace(content), actor=agent)
    assert len(queries.edition_by_id(edition.id).reglements) == 1


def test_a_promise_of_the_call_is_not_amended(in_app):
    agent = make_agent()
    edition = make_called_edition(agent)
    with assert_refused("promised"):
        services.amend(edition=edition, change=lambda content: replace(content, criteria=()), actor=agent)


def test_the_vote_freezes_the_new_version_and_keeps_both_numbers(in_app):
    agent = make_agent()
    edition = make_voting_edition(agent)
    assert (edition.call_version, edition.vote_version) == (1, 1)
    assert db.session.query(GovernanceRecord).filter_by(kind=RecordKind.REGLEMENT).count() == 1


def test_after_the_vote_opens_the_rules_do_not_change(in_app):
    agent = make_agent()
    edition = make_voting_edition(agent)
    with assert_refused("rules_frozen"):
        services.amend(edition=edition, change=lambda content: replace(content, overflow=Overflow.STOP), actor=agent)


@pytest.mark.parametrize("statement", ["UPDATE reglements SET content = '{}'", "DELETE FROM reglements"])
def test_the_database_itself_refuses_to_change_a_frozen_version(in_app, statement):
    make_called_edition()
    savepoint = db.session.begin_nested()
    with pytest.raises(DBAPIError):
        db.session.execute(text(statement))
    savepoint.rollback()


def test_the_database_holds_one_draft_at_a_time(in_app):
    edition = make_edition()
    savepoint = db.session.begin_nested()
    other = edition.reglement
    db.session.add(
        Reglement(edition_id=edition.id, version=2, content="{}", sha256="", written_at=other.written_at)
    )  # fmt: skip
    with pytest.raises(DBAPIError):
        db.session.flush()
    savepoint.rollback()


def test_sub_envelopes_are_added_changed_and_taken_away(in_app):
    agent = make_agent()
    edition = make_edition(agent)
    services.write_reserve(edition=edition, reserve=replace(RESERVE, id=""), actor=agent)
    services.write_reserve(edition=edition, reserve=replace(RESERVE, id="", label="Les aînés"), actor=agent)
    services.write_reserve(
        edition=edition, reserve=replace(RESERVE, id="s2", label="Les aînés", amount_cents=10_000_00), actor=agent
    )
    services.remove_reserve(edition=edition, reserve_id="s1", actor=agent)
    content = queries.edition_by_id(edition.id).reglement.rules
    assert [(one.id, one.amount_cents) for one in content.reserves] == [("s2", 10_000_00)]
    assert content.general_cents == 90_000_00


def test_an_unknown_preset_is_refused(in_app):
    agent = make_agent()
    with assert_refused("preset"):
        services.apply_preset(edition=make_edition(agent), code="loto", actor=agent)

"""An edition goes from phase to phase by acts, each guarded by the lifecycle, the calendar and the facts."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts.models import Notice
from app.domain.ballots import queries as ballots
from app.domain.ballots.rules.terms import BallotForm, BallotType
from app.domain.budgets import queries, services
from app.domain.budgets.models import EDITION_LIFE, Edition, EditionState
from app.domain.budgets.rules import phases
from app.domain.budgets.rules.line import phase_lines
from app.domain.budgets.rules.reglement import ReglementContent, Reserve, ReservedFor
from app.domain.governance.models import GovernanceRecord, RecordKind
from app.domain.ideas.models import AnswerOutcome, IdeaState, OfficialAnswer
from app.domain.processes.models import PhaseCode, Process
from app.domain.processes.rules import Eligibility
from app.domain.shared import clock
from tests.support.refusals import assert_refused
from tests.support.town_budgets import (
    DAYS,
    DESCRIPTION,
    WHOLE,
    calendar,
    close_the_call,
    conclude,
    count_the_vote,
    make_agent,
    make_announced_edition,
    make_called_edition,
    make_called_idea,
    make_counted_edition,
    make_edition,
    make_realised_edition,
    make_studied_edition,
    make_voting_edition,
    no,
    shift_calendar,
)

VERBS = [row.verb for row in EDITION_LIFE.rows]


def test_each_verb_applies_in_one_state_and_leads_to_the_next():
    states = list(EditionState)
    assert [(row.sources, row.target) for row in EDITION_LIFE.rows] == [
        (frozenset({before}), after) for before, after in itertools.pairwise(states)
    ]


@pytest.mark.parametrize("state", EditionState)
def test_out_of_turn_every_verb_is_refused_with_the_sentence_of_the_state(state):
    for verb in set(VERBS) - set(EDITION_LIFE.verbs(state)):
        refusal = EDITION_LIFE.allows(verb, state)
        assert refusal.code == "state"
        assert str(refusal).endswith(".")


# --- The call ---


def test_an_empty_edition_says_everything_that_keeps_its_call_from_opening(in_app):
    agent = make_agent()
    edition = services.create_edition(
        contract_id=make_edition(agent).process.contract_id, description=DESCRIPTION, quartiers=(), actor=agent
    )
    edition = queries.edition_by_id(edition.id)
    codes = [one.code for one in phases.obstacles_to_call(edition, clock.now())]
    assert codes == ["missing_envelope", "missing_envelope", "missing_criteria", "calendar_missing"]
    with assert_refused("missing_envelope"):
        services.open_call(edition=edition, actor=agent)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (replace(WHOLE, envelope_cents=None, max_project_cents=None), "missing_envelope"),
        (replace(WHOLE, criteria=()), "missing_criteria"),
        (replace(WHOLE, section=None), "missing_envelope"),
    ],
)
def test_the_call_does_not_open_while_amount_section_or_criteria_are_missing(in_app, content, code):
    agent = make_agent()
    edition = make_edition(agent, content=content)
    with assert_refused(code):
        services.open_call(edition=edition, actor=agent)
    assert queries.edition_by_id(edition.id).state is EditionState.PREPARATION


def test_the_call_does_not_open_while_it_is_not_said_who_decides(in_app):
    agent = make_agent()
    edition = make_edition(agent, decided_by="")
    with assert_refused("missing_description", "description"):
        services.open_call(edition=edition, actor=agent)


def test_the_call_does_not_open_after_its_own_end(in_app):
    agent = make_agent()
    edition = make_edition(agent)
    shift_calendar(edition, -3 * DAYS)
    with assert_refused("late", "calendar"):
        services.open_call(edition=edition, actor=agent)


def test_opening_the_call_publishes_the_edition_and_freezes_who_may_propose(in_app):
    content = replace(WHOLE, proposers=Eligibility(min_age=11))
    edition = make_called_edition(content=content)
    assert edition.process.published_at is not None
    assert edition.process.accepts_ideas
    assert Eligibility.from_facts(edition.process.proposers) == Eligibility(min_age=11)
    assert [one.id for one in queries.editions_open_for_ideas()] == [edition.id]


def test_the_call_opens_once(in_app):
    agent = make_agent()
    edition = make_called_edition(agent)
    with assert_refused("state"):
        services.open_call(edition=edition, actor=agent)


def test_what_was_promised_is_not_described_again_once_the_call_is_open(in_app):
    agent = make_agent()
    edition = make_called_edition(agent)
    with assert_refused("promised"):
        services.describe(edition=edition, description=DESCRIPTION, quartiers=(), actor=agent)


def test_the_call_does_not_close_before_its_published_end(in_app):
    agent = make_agent()
    edition = make_called_edition(agent)
    with assert_refused("early"):
        services.close_call(edition=edition, actor=agent)
    assert close_the_call(edition, agent).state is EditionState.STUDY


# --- The list ---


@pytest.mark.parametrize("state", [IdeaState.PUBLISHED, IdeaState.SUBMITTED])
def test_the_list_is_not_published_while_an_idea_of_the_call_has_no_answer(in_app, state):
    agent = make_agent()
    edition = make_studied_edition(agent)
    make_called_idea(edition, state=state)
    shift_calendar(edition, -DAYS)
    with assert_refused("unstudied"):
        services.publish_list(edition=edition, actor=agent)


def test_a_withdrawn_idea_keeps_nobody_waiting(in_app):
    agent = make_agent()
    edition = make_studied_edition(agent)
    make_called_idea(edition, state=IdeaState.WITHDRAWN, withdrawn_at=clock.now())
    assert queries.count_unstudied(edition) == 0


def test_the_list_is_not_published_without_any_project(in_app):
    agent = make_agent()
    edition = make_called_edition(agent)
    idea = make_called_idea(edition)
    edition = close_the_call(edition, agent)
    conclude(edition, agent, no(), idea)
    shift_calendar(edition, -DAYS)
    with assert_refused("empty"):
        services.publish_list(edition=edition, actor=agent)


def test_the_list_is_not_published_before_the_announcement(in_app):
    agent = make_agent()
    edition = make_studied_edition(agent)
    with assert_refused("early"):
        services.publish_list(edition=edition, actor=agent)


def test_the_published_list_answers_every_idea_and_is_filed(in_app):
    agent = make_agent()
    edition = make_announced_edition(agent)
    answers = db.session.query(OfficialAnswer).order_by(OfficialAnswer.id).all()
    assert [answer.outcome for answer in answers] == [
        AnswerOutcome.ON_BALLOT, AnswerOutcome.ON_BALLOT, AnswerOutcome.NOT_ADMISSIBLE,
    ]  # fmt: skip
    assert "Le terrain est privé." in answers[2].text
    record = edition.list_record
    assert record.kind is RecordKind.CATALOGUE
    facts = json.loads(record.facts)["projects"]
    assert [one["state"] for one in facts] == ["admitted", "admitted", "excluded"]
    assert facts[2]["reason"].endswith("Le terrain est privé.")


# --- The vote ---


def test_the_vote_does_not_open_before_the_list_is_published(in_app):
    agent = make_agent()
    edition = make_studied_edition(agent)
    with assert_refused("state"):
        services.open_vote(edition=edition, actor=agent)


@pytest.mark.parametrize("missing", ["ballot", "overflow", "score"])
def test_the_vote_does_not_open_on_a_silent_reglement(in_app, missing):
    agent = make_agent()
    edition = make_announced_edition(agent, content=replace(WHOLE, **{missing: None}))
    with assert_refused("missing_ballot" if missing == "ballot" else "missing_count"):
        services.open_vote(edition=edition, actor=agent)


def test_the_vote_does_not_open_when_it_asks_for_more_projects_than_there_are(in_app):
    agent = make_agent()
    three = BallotForm(BallotType.EXACTLY, choices_min=3, choices_max=3)
    content = replace(WHOLE, ballot=three, score=WHOLE.score.__class__.VOTES)
    edition = make_announced_edition(agent, content=content)
    with assert_refused("choices"):
        services.open_vote(edition=edition, actor=agent)


def test_the_vote_does_not_open_after_its_dates(in_app):
    agent = make_agent()
    edition = make_announced_edition(agent)
    shift_calendar(edition, -3 * DAYS)
    with assert_refused("late"):
        services.open_vote(edition=edition, actor=agent)


def test_the_vote_does_not_open_for_a_sub_envelope_that_is_gone(in_app):
    agent = make_agent()
    young = Reserve("s1", "Les jeunes", ReservedFor.PUBLIC, 30_000_00)
    edition = make_announced_edition(agent, content=replace(WHOLE, reserves=(young,)))
    project = queries.all_projects(edition.id)[0]
    sheet = services.Sheet(project.title, project.summary, reserve_id="s1")
    services.describe_project(project=project, sheet=sheet, actor=agent)
    services.remove_reserve(edition=edition, reserve_id="s1", actor=agent)
    with assert_refused("reserves"):
        services.open_vote(edition=edition, actor=agent)


def test_opening_the_vote_prepares_the_box_with_the_rules_and_the_dates_of_the_reglement(in_app):
    agent = make_agent()
    edition = make_voting_edition(agent, content=replace(WHOLE, voters=Eligibility(min_age=11)))
    scrutin = ballots.scrutin_of_process(edition.process_id)
    phase = edition.process.phase(PhaseCode.VOTE)
    assert (scrutin.opens_at, scrutin.closes_at) == (phase.starts_at, phase.ends_at)
    assert scrutin.is_open
    assert scrutin.rules.envelope_cents == 100_000_00
    assert scrutin.eligibility.min_age == 11
    assert [project.cost_cents for project in scrutin.projects] == [20_000_00, 30_000_00]
    assert (scrutin.openers_needed, scrutin.minimum_batch) == (2, 10)


def test_once_the_vote_is_open_the_calendar_does_not_change(in_app):
    agent = make_agent()
    edition = make_voting_edition(agent)
    with assert_refused("rules_frozen"):
        services.schedule(edition=edition, calendar=calendar(), actor=agent)


def test_a_changed_reglement_is_frozen_and_filed_a_second_time_at_the_vote(in_app):
    agent = make_agent()
    edition = make_announced_edition(agent)
    services.amend(edition=edition, change=lambda content: replace(content, max_winners=1), actor=agent)
    shift_calendar(edition, -DAYS)
    services.open_vote(edition=edition, actor=agent)
    edition = queries.edition_by_id(edition.id)
    assert (edition.call_version, edition.vote_version) == (1, 2)
    assert db.session.query(GovernanceRecord).filter_by(kind=RecordKind.REGLEMENT).count() == 2
    assert ballots.scrutin_of_process(edition.process_id).rules.max_winners == 1


# --- After the count ---


def test_results_are_not_announced_before_the_count(in_app):
    agent = make_agent()
    edition = make_voting_edition(agent)
    shift_calendar(edition, -DAYS)
    with assert_refused("uncounted"):
        services.announce_results(edition=edition, actor=agent)


def test_announcing_the_results_answers_and_tells_every_author(in_app):
    agent = make_agent()
    make_counted_edition(agent, points=(9, 0))
    answers = db.session.query(OfficialAnswer).order_by(OfficialAnswer.id).all()[-2:]
    assert [answer.outcome for answer in answers] == [AnswerOutcome.RETAINED, AnswerOutcome.NOT_RETAINED]
    assert "Personne n’a choisi ce projet." in answers[1].text
    assert db.session.query(Notice).count() == 3 * 3 + 2


def test_works_do_not_begin_without_the_act_that_confirms_the_winners(in_app):
    agent = make_agent()
    edition = make_counted_edition(agent)
    with assert_refused("confirmation", "confirmed_by"):
        services.begin_realisation(edition=edition, confirmed_by="", confirmed_on=clock.today(), actor=agent)
    tomorrow = clock.today() + timedelta(days=1)
    with assert_refused("future", "confirmed_on"):
        services.begin_realisation(edition=edition, confirmed_by="Délibération", confirmed_on=tomorrow, actor=agent)


def test_an_edition_does_not_close_while_a_winner_is_neither_delivered_nor_abandoned(in_app):
    agent = make_agent()
    edition = make_realised_edition(agent)
    with assert_refused("unfinished"):
        services.close(edition=edition, actor=agent)


def test_closing_files_what_was_realised_in_the_register(in_app):
    agent = make_agent()
    edition = make_realised_edition(agent)
    first, second = queries.winners(edition)
    services.start_works(project=first, began_on=clock.today(), actor=agent)
    services.spend(project=first, label="Arbres", amount_cents=5_00, spent_on=clock.today(), actor=agent)
    services.deliver(project=first, delivered_on=clock.today(), note="", actor=agent)
    services.abandon(project=second, reason="Le sol est pollué.", actor=agent)
    services.close(edition=edition, actor=agent)
    record = db.session.query(GovernanceRecord).filter_by(kind=RecordKind.REALISATION).one()
    facts = json.loads(record.facts)["projects"]
    assert [(one["works"], one["spent_cents"]) for one in facts] == [("delivered", 5_00), ("abandoned", 0)]
    assert facts[1]["reason"] == "Le sol est pollué."


# --- The line of the six phases ---


def states_of(edition: Edition) -> list[str]:
    return [line.state for line in phase_lines(edition, clock.now())]


def test_the_line_of_phases_tells_what_is_done_now_late_and_next(in_app):
    agent = make_agent()
    edition = make_edition(agent)
    assert states_of(edition) == ["late", "next", "next", "next", "next", "next"]
    services.open_call(edition=edition, actor=agent)
    assert states_of(edition) == ["done", "now", "next", "next", "next", "next"]
    shift_calendar(edition, -2 * DAYS)
    assert states_of(edition) == ["done", "late", "next", "next", "next", "next"]


def test_between_the_end_of_the_vote_and_its_count_the_vote_is_not_called_late(in_app):
    agent = make_agent()
    edition = make_voting_edition(agent)
    shift_calendar(edition, -DAYS)
    assert states_of(edition)[4] == "now"
    count_the_vote(edition, (3, 1))
    services.announce_results(edition=edition, actor=agent)
    assert states_of(edition) == ["done", "done", "done", "done", "done", "now"]


def test_an_edition_without_dates_has_a_line_without_dates():
    edition = Edition(state=EditionState.PREPARATION)
    edition.process = Process(phases=[])
    assert states_of(edition) == ["next"] * 6


def test_an_empty_reglement_counts_nothing_yet():
    assert ReglementContent().general_cents == 0

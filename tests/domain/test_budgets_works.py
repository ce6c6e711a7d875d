"""The works of winners: money never passes its cost; every step is dated, told, and shown on one line of life."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as given_any
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.database import db
from app.domain.accounts.models import Notice
from app.domain.ballots.rules.result import Reason
from app.domain.budgets import queries, services
from app.domain.budgets.models import EditionState, Project, WorksState
from app.domain.budgets.rules.outcomes import REASONS, ProjectStatus, outcome_of
from app.domain.budgets.rules.works import check_revision, check_spending
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from tests.support.refusals import assert_refused
from tests.support.town_budgets import (
    make_agent,
    make_counted_edition,
    make_realised_edition,
    make_studied_edition,
    make_voting_edition,
)

TOMORROW = timedelta(days=1)


def works(agent, points=(9, 4)):
    """A winning project whose works have begun."""
    edition = make_realised_edition(agent, points)
    project = queries.winners(edition)[0]
    services.start_works(project=project, began_on=clock.today(), actor=agent)
    return edition, project


# --- Won or not, in one place ---


def project_like(**values):
    return Project(number=7, works=WorksState.NOT_STARTED, abandon_reason="", delivery_note="", **values)


def facts(winners=(), not_retained=None):
    return {
        "winners": [{"project": ref} for ref in winners],
        "standings": {"7": {"voters": 12, "score": 30}},
        "not_retained": not_retained or {},
    }


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (EditionState.STUDY, ProjectStatus.STUDIED),
        (EditionState.ANNOUNCED, ProjectStatus.ADMITTED),
        (EditionState.VOTE, ProjectStatus.ON_BALLOT),
    ],
)
def test_before_the_count_a_project_is_what_its_edition_says(state, status):
    assert outcome_of(project_like(), state, None).status is status


def test_a_winner_is_told_with_what_it_got():
    outcome = outcome_of(project_like(), EditionState.COUNTED, facts(winners=["7"]))
    assert outcome.status is ProjectStatus.WINNER
    assert "12 personnes, score 30" in str(outcome.sentence)


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_for_not_being_retained_has_its_sentence(reason):
    result = facts(not_retained={"7": {"reason": reason.value, "details": {}}})
    outcome = outcome_of(project_like(), EditionState.COUNTED, result)
    assert outcome.status is ProjectStatus.NOT_RETAINED
    assert str(outcome.sentence) == str(REASONS[reason])


@pytest.mark.parametrize(
    ("works", "status"),
    [
        (WorksState.STARTED, ProjectStatus.IN_WORKS),
        (WorksState.DELIVERED, ProjectStatus.DELIVERED),
        (WorksState.ABANDONED, ProjectStatus.ABANDONED),
    ],
)
def test_after_the_vote_the_works_tell(works, status):
    project = project_like()
    project.works = works
    outcome = outcome_of(project, EditionState.REALISATION, facts(winners=["7"]))
    assert outcome.status is status
    assert outcome.status.has_won


# --- Money ---

act = st.tuples(st.sampled_from(["spend", "revise", "cancel"]), st.integers(-5, 400))


@given_any(st.lists(act, min_size=1, max_size=30))
def test_whatever_is_tried_money_is_never_spent_over_its_cost(tried):
    cost, lines = 500, []
    for verb, cents in tried:
        spent = sum(lines)
        if verb == "spend" and check_spending(amount_cents=cents, cost_cents=cost, spent_cents=spent):
            lines.append(cents)
        elif verb == "revise" and check_revision(
            after_cents=cents, before_cents=cost, spent_cents=spent, reason="Prix des arbres"
        ):
            cost = cents
        elif verb == "cancel" and lines:
            lines.pop()
        assert 0 <= sum(lines) <= cost


@pytest.fixture
def begun(in_app):
    """An agent and a project in works, made once for all the draws of a test."""
    agent = make_agent()
    return agent, works(agent)[1].id


@given_any(st.lists(act, min_size=1, max_size=12))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_services_keep_the_same_promise_and_the_sum_of_the_lines(begun, tried):
    agent, project_id = begun
    savepoint = db.session.begin_nested()
    project = queries.project_for_update(project_id)
    lines = []
    for verb, cents in tried:
        try:
            if verb == "spend":
                lines.append(
                    services.spend(
                        project=project, label="Achat", amount_cents=cents * 10_000, spent_on=clock.today(), actor=agent
                    )
                )
            elif verb == "revise":
                services.revise_cost(project=project, after_cents=cents * 10_000, reason="Prix", actor=agent)
            elif lines:
                services.cancel_spending(spending=lines.pop(), reason="Doublon", actor=agent)
        except Refusal:
            continue
        project = queries.project_for_update(project.id)
        assert project.spent_cents == sum(line.amount_cents for line in lines) <= project.present_cost_cents
    savepoint.rollback()
    db.session.expunge_all()


def test_overspending_is_refused_until_the_cost_is_revised_with_a_reason(in_app):
    agent = make_agent()
    _, project = works(agent)
    today = clock.today()
    with assert_refused("overspent", "amount_cents"):
        services.spend(project=project, label="Arbres", amount_cents=20_000_01, spent_on=today, actor=agent)
    with assert_refused("reason", "reason"):
        services.revise_cost(project=project, after_cents=21_000_00, reason="", actor=agent)
    services.revise_cost(project=project, after_cents=21_000_00, reason="Le prix des arbres a monté.", actor=agent)
    services.spend(project=project, label="Arbres", amount_cents=20_000_01, spent_on=today, actor=agent)
    project = queries.project_by_id(project.id)
    assert (project.cost_cents, project.present_cost_cents, project.left_cents) == (20_000_00, 21_000_00, 999_99)
    assert [(one.before_cents, one.after_cents) for one in project.revisions] == [(20_000_00, 21_000_00)]


@pytest.mark.parametrize(("after", "code"), [(0, "amount"), (20_000_00, "same"), (9_999_99, "under_spent")])
def test_a_revision_that_makes_no_sense_is_refused(in_app, after, code):
    agent = make_agent()
    _, project = works(agent)
    services.spend(project=project, label="Arbres", amount_cents=10_000_00, spent_on=clock.today(), actor=agent)
    with assert_refused(code, "after_cents"):
        services.revise_cost(project=project, after_cents=after, reason="Parce que", actor=agent)


def test_a_wrong_line_is_cancelled_once_with_a_reason_and_stays_written(in_app):
    agent = make_agent()
    _, project = works(agent)
    line = services.spend(project=project, label="Arbres", amount_cents=10, spent_on=clock.today(), actor=agent)
    with assert_refused("reason", "reason"):
        services.cancel_spending(spending=line, reason="", actor=agent)
    services.cancel_spending(spending=line, reason="Saisie deux fois", actor=agent)
    with assert_refused("cancelled"):
        services.cancel_spending(spending=line, reason="Encore", actor=agent)
    project = queries.project_by_id(project.id)
    assert (project.spent_cents, len(project.spendings)) == (0, 1)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_spending_is_more_than_nothing(in_app, amount):
    agent = make_agent()
    _, project = works(agent)
    with assert_refused("amount", "amount_cents"):
        services.spend(project=project, label="Rien", amount_cents=amount, spent_on=clock.today(), actor=agent)


def test_a_spending_is_dated_of_today_or_before(in_app):
    agent = make_agent()
    _, project = works(agent)
    with assert_refused("future", "spent_on"):
        services.spend(project=project, label="A", amount_cents=1, spent_on=clock.today() + TOMORROW, actor=agent)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE projects SET spent_cents = present_cost_cents + 1",
        "UPDATE projects SET works = 'ABANDONED'",
        "UPDATE cost_revisions SET reason = 'autre'",
        "DELETE FROM cost_revisions",
    ],
)
def test_the_database_itself_holds_the_promises_of_the_works(in_app, statement):
    agent = make_agent()
    _, project = works(agent)
    services.revise_cost(project=project, after_cents=21_000_00, reason="Le prix.", actor=agent)
    savepoint = db.session.begin_nested()
    with pytest.raises(DBAPIError):
        db.session.execute(text(statement))
    savepoint.rollback()


# --- Steps of the works ---


def test_works_are_followed_for_winners_only_and_after_the_realisation_began(in_app):
    agent = make_agent()
    edition = make_counted_edition(agent, points=(9, 0))
    winner, other = queries.all_projects(edition.id)
    with assert_refused("not_begun"):
        services.start_works(project=winner, began_on=clock.today(), actor=agent)
    services.begin_realisation(edition=edition, confirmed_by="Délibération", confirmed_on=clock.today(), actor=agent)
    with assert_refused("not_won"):
        services.start_works(project=other, began_on=clock.today(), actor=agent)


def test_a_project_goes_from_its_first_day_to_its_ribbon_and_its_author_is_told(in_app):
    agent = make_agent()
    _, project = works(agent)
    author = project.idea.author_id
    before = db.session.query(Notice).filter_by(person_id=author).count()
    today = clock.today()
    step = services.plan_milestone(project=project, label="Planter", planned_on=today, actor=agent)
    with assert_refused("milestones"):
        services.deliver(project=project, delivered_on=today, note="", actor=agent)
    with assert_refused("future", "done_on"):
        services.complete_milestone(milestone=step, done_on=today + TOMORROW, note="", photo_id=None, actor=agent)
    services.complete_milestone(milestone=step, done_on=today, note="Six arbres.", photo_id=None, actor=agent)
    with assert_refused("done"):
        services.complete_milestone(milestone=step, done_on=today, note="", photo_id=None, actor=agent)
    services.deliver(project=project, delivered_on=today, note="Merci !", actor=agent)
    assert db.session.query(Notice).filter_by(person_id=author).count() == before + 2
    with assert_refused("state"):
        services.abandon(project=project, reason="Trop tard", actor=agent)
    # The last invoice comes after the ribbon.
    services.spend(project=project, label="Solde", amount_cents=1, spent_on=today, actor=agent)


def test_works_begin_once_and_not_tomorrow(in_app):
    agent = make_agent()
    edition = make_realised_edition(agent)
    project = queries.winners(edition)[0]
    with assert_refused("future", "began_on"):
        services.start_works(project=project, began_on=clock.today() + TOMORROW, actor=agent)
    services.start_works(project=project, began_on=clock.today(), actor=agent)
    with assert_refused("state"):
        services.start_works(project=project, began_on=clock.today(), actor=agent)


def test_a_project_not_begun_is_neither_delivered_nor_paid(in_app):
    agent = make_agent()
    project = queries.winners(make_realised_edition(agent))[0]
    with assert_refused("state"):
        services.deliver(project=project, delivered_on=clock.today(), note="", actor=agent)
    with assert_refused("state"):
        services.spend(project=project, label="A", amount_cents=1, spent_on=clock.today(), actor=agent)


def test_an_abandonment_has_a_reason_and_is_told(in_app):
    agent = make_agent()
    _, project = works(agent)
    with assert_refused("reason", "reason"):
        services.abandon(project=project, reason="", actor=agent)
    services.abandon(project=project, reason="Le sol est pollué.", actor=agent)
    last = db.session.query(Notice).filter_by(person_id=project.idea.author_id).order_by(Notice.id.desc()).first()
    assert "Le sol est pollué." in last.body


def test_late_milestones_are_those_past_and_not_done(in_app):
    agent = make_agent()
    edition, project = works(agent)
    services.plan_milestone(project=project, label="Hier", planned_on=clock.today() - TOMORROW, actor=agent)
    services.plan_milestone(project=project, label="Demain", planned_on=clock.today() + TOMORROW, actor=agent)
    assert [one.label for one in queries.late_milestones(None, clock.today())] == ["Hier"]
    assert queries.late_milestones({edition.process.contract_id + 1}, clock.today()) == []


# --- The line of life ---


def line_of(project) -> list[tuple[str, str]]:
    return [(str(step.label), step.state) for step in queries.steps_of_idea(project.idea_id)]


def test_what_a_study_concludes_is_public_only_with_the_list(in_app):
    edition = make_studied_edition(make_agent())
    assert line_of(queries.all_projects(edition.id)[0]) == [("Étude par les services", "now")]


def test_an_idea_that_was_not_retained_says_why(in_app):
    edition = make_counted_edition(make_agent(), points=(9, 0))
    loser = queries.all_projects(edition.id)[1]
    steps = queries.steps_of_idea(loser.idea_id)
    assert [step.state for step in steps] == ["done", "done", "stopped"]
    assert steps[-1].note == "Personne n’a choisi ce projet."


def test_during_the_vote_the_line_says_so(in_app):
    edition = make_voting_edition(make_agent())
    assert line_of(queries.all_projects(edition.id)[0])[-1] == ("Vote des habitantes et habitants", "now")


def test_an_excluded_idea_stops_at_its_reason(in_app):
    edition = make_voting_edition(make_agent())
    excluded = next(study for study in queries.concluded_studies(edition.id) if study.state.value == "excluded")
    steps = queries.steps_of_idea(excluded.idea_id)
    assert [step.state for step in steps] == ["done", "stopped"]
    assert "Le terrain est privé." in steps[-1].note


def test_the_line_goes_from_the_study_to_the_ribbon(in_app):
    agent = make_agent()
    _, project = works(agent)
    step = services.plan_milestone(project=project, label="Planter", planned_on=clock.today(), actor=agent)
    assert line_of(project)[-2:] == [("Planter", "next"), ("Livraison", "next")]
    services.complete_milestone(milestone=step, done_on=clock.today(), note="", photo_id=None, actor=agent)
    services.deliver(project=project, delivered_on=clock.today(), note="", actor=agent)
    assert line_of(project) == [
        ("Étude par les services", "done"),
        ("Admise au vote", "done"),
        ("Lauréate du vote", "done"),
        ("Réalisation décidée", "done"),
        ("Début des travaux", "done"),
        ("Planter", "done"),
        ("Projet livré", "done"),
    ]


def test_an_idea_nobody_studied_has_no_line(in_app):
    assert queries.steps_of_idea(999_999) == []

"""Preparing a vote and casting a ballot: both rows or neither, once, within the hours, by those who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.database import db
from app.domain.accounts.models import Link, Role
from app.domain.accounts.queries import person_by_id
from app.domain.ballots import queries, services
from app.domain.ballots.models import BallotArrival, Emargement
from app.domain.ballots.rules.receipt import normal_code, receipt_hash, shown_code
from app.domain.processes.rules import Eligibility
from app.domain.shared import clock
from app.domain.shared.journal import JournalEntry
from app.domain.shared.outbox import OutboxMessage
from tests.support.refusals import assert_refused
from tests.support.town import make_bracket, make_person
from tests.support.town_ballots import EXACTLY_TWO, UP_TO_TWO, make_rules, make_scrutin

pytestmark = pytest.mark.usefixtures("in_app")


def rows() -> tuple[int, int]:
    """How many people have voted and how many ballots have arrived."""
    return (
        db.session.scalar(select(db.func.count()).select_from(Emargement)) or 0,
        db.session.scalar(select(db.func.count()).select_from(BallotArrival)) or 0,
    )


def test_a_vote_writes_who_has_voted_and_what_the_ballot_says():
    scrutin, voter = make_scrutin(), make_person()
    code = services.cast(scrutin=scrutin, choices={"12": 3, "7": 2}, actor=voter)
    assert rows() == (1, 1)
    assert queries.has_voted(scrutin.id, voter.id)
    assert queries.votes_of(voter.id) == [("Vote du budget participatif", scrutin.id)]
    arrival = db.session.scalars(select(BallotArrival)).one()
    assert arrival.content == '{"12":3,"7":2}'
    assert arrival.receipt_hash == receipt_hash(scrutin.id, code)


def test_the_receipt_is_read_back_as_people_type_it():
    scrutin, voter = make_scrutin(), make_person()
    code = services.cast(scrutin=scrutin, choices={"12": 1}, actor=voter)
    assert len(code) == 26
    assert normal_code(shown_code(code).lower().replace(" ", "-")) == code
    assert normal_code(code.replace("O", "0").replace("I", "1").replace("B", "8")) == code
    with assert_refused("receipt_code"):
        normal_code(code[:-1])


def test_a_blank_ballot_is_a_ballot():
    services.cast(scrutin=make_scrutin(), choices={}, actor=make_person())
    assert db.session.scalars(select(BallotArrival.content)).one() == "{}"


def test_nobody_votes_twice():
    scrutin, voter = make_scrutin(), make_person()
    services.cast(scrutin=scrutin, choices={"12": 1}, actor=voter)
    with assert_refused("already_voted"):
        services.cast(scrutin=scrutin, choices={"7": 1}, actor=voter)
    assert rows() == (1, 1)


def test_the_same_act_sent_twice_gives_the_same_receipt_and_one_ballot():
    scrutin, voter, code = make_scrutin(), make_person(), services.new_code()
    assert services.cast(scrutin=scrutin, choices={"12": 1}, actor=voter, code=code) == code
    assert services.cast(scrutin=scrutin, choices={"12": 1}, actor=voter, code=code) == code
    assert rows() == (1, 1)


def test_a_receipt_that_exists_is_refused_to_somebody_else():
    scrutin, code = make_scrutin(), services.new_code()
    services.cast(scrutin=scrutin, choices={"12": 1}, actor=make_person(), code=code)
    with assert_refused("receipt"), db.session.begin_nested():
        services.cast(scrutin=scrutin, choices={"12": 1}, actor=make_person(), code=code)
    assert rows() == (1, 1)


@pytest.mark.parametrize(("days", "code"), [(-2, "not_open_yet"), (7, "closed"), (30, "closed")])
def test_the_hour_is_asked_of_the_application_and_of_the_database(days, code):
    scrutin, voter = make_scrutin(), make_person()
    with clock.shifted(timedelta(days=days)), assert_refused(code):
        services.cast(scrutin=scrutin, choices={"12": 1}, actor=voter)
    assert rows() == (0, 0)


def test_a_vote_after_closing_by_the_clock_of_the_database_is_refused(monkeypatch):
    scrutin, voter = make_scrutin(), make_person()
    late = clock.database_now(db.session()) + timedelta(days=8)
    monkeypatch.setattr(clock, "database_now", lambda _session: late)
    with assert_refused("closed"):
        services.cast(scrutin=scrutin, choices={"12": 1}, actor=voter)


@pytest.mark.parametrize(
    ("who", "eligibility"),
    [
        (lambda: make_person(bracket=make_bracket(0, 10)), Eligibility(min_age=11)),
        (lambda: make_person(link=Link.WORKS), Eligibility(residents_only=True)),
        (lambda: make_person(Role.ELU), Eligibility(exclude_elected=True)),
        (lambda: make_person(Role.AGENT), Eligibility(exclude_agents=True)),
    ],
)
def test_who_may_vote_is_asked_again_at_the_act(who, eligibility):
    voter = who()
    db.session.expire_all()
    voter = person_by_id(voter.id)
    scrutin = make_scrutin(eligibility=eligibility)
    with assert_refused("eligibility"):
        services.cast(scrutin=scrutin, choices={"12": 1}, actor=voter)
    assert rows() == (0, 0)


@pytest.mark.parametrize(
    ("form", "choices", "code"),
    [
        (None, {"12": 4}, "points_project"),
        (None, {"12": 3, "7": 3, "31": 3}, "points_total"),
        (None, {"99": 1}, "unknown_project"),
        (None, {"12": -1}, "points_invalid"),
        (UP_TO_TWO, {"12": 1, "7": 1, "31": 1}, "too_many_choices"),
        (UP_TO_TWO, {"12": 2}, "points_project"),
        (EXACTLY_TWO, {"12": 1}, "exact_choices"),
        (EXACTLY_TWO, {}, "blank"),
    ],
)
def test_a_ballot_that_breaks_the_rules_is_refused_and_nothing_is_written(form, choices, code):
    scrutin = make_scrutin(form) if form else make_scrutin()
    with assert_refused(code):
        services.cast(scrutin=scrutin, choices=choices, actor=make_person())
    assert rows() == (0, 0)


def test_a_vote_leaves_nothing_in_the_journal_nor_in_the_outbox():
    scrutin, voter = make_scrutin(), make_person()
    before = db.session.scalar(select(db.func.count()).select_from(JournalEntry))
    services.cast(scrutin=scrutin, choices={"12": 1}, actor=voter)
    assert db.session.scalar(select(db.func.count()).select_from(JournalEntry)) == before
    assert db.session.scalar(select(db.func.count()).select_from(OutboxMessage)) == 0


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"closes_at": clock.now() - timedelta(days=3)}, "dates"),
        ({"openers_needed": 1}, "openers"),
        ({"minimum_batch": 9}, "batch"),
        ({"projects": ()}, "no_project"),
        ({"rules": make_rules(euros=0)}, "envelope"),
    ],
)
def test_a_vote_that_cannot_be_held_is_not_prepared(values, code):
    with assert_refused(code):
        make_scrutin(**values)


NEEDED = "scrutin_id, ref, title, summary, cost_cents, quartier, pictogram, category, position"
LATE_PROJECT = f"INSERT INTO scrutin_projects ({NEEDED}) SELECT id, 'late', 'Tard', '', 1, '', '', '', 0 FROM scrutins"  # noqa: S608
REFUSED_CHANGES = [
    "UPDATE scrutins SET rules = '{}'",
    "UPDATE scrutins SET closes_at = opens_at",
    "UPDATE scrutins SET minimum_batch = 11",
    "DELETE FROM scrutins",
    "UPDATE scrutin_projects SET cost_cents = 1",
    "DELETE FROM scrutin_projects",
    LATE_PROJECT,
    "UPDATE scrutins SET projects_listed = projects_listed + 1",
    "UPDATE emargements SET person_id = person_id + 1",
    "UPDATE emargements SET day = '2020-01-01'",
    "DELETE FROM emargements",
    "UPDATE ballot_arrivals SET content = content",
    "DELETE FROM ballot_arrivals",
]


@pytest.mark.parametrize("statement", REFUSED_CHANGES)
def test_the_database_itself_refuses_to_change_an_open_vote(statement):
    services.cast(scrutin=make_scrutin(), choices={"12": 1}, actor=make_person())
    with pytest.raises(DatabaseError, match=r"append-only|violates|constraint"), db.session.begin_nested():
        db.session.execute(text(statement))


def test_the_rules_may_be_prepared_again_before_the_vote_opens():
    tomorrow = clock.now() + timedelta(days=1)
    make_scrutin(opens_at=tomorrow)
    db.session.execute(text("UPDATE scrutins SET minimum_batch = 12"))
    db.session.execute(text("DELETE FROM scrutin_projects"))
    db.session.execute(text(LATE_PROJECT))
    db.session.execute(text("DELETE FROM scrutin_projects"))
    db.session.execute(text("DELETE FROM scrutins"))
    assert db.session.scalar(text("SELECT count(*) FROM scrutins")) == 0

"""Opening the box: two people, after the closing; the result is counted, frozen, filed, and never before."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.database import db
from app.domain.accounts.models import Role
from app.domain.ballots import queries, services
from app.domain.ballots.models import BallotArrival
from app.domain.ballots.rules.terms import Overflow
from app.domain.ballots.services.counting import code_sha256
from app.domain.ballots.services.sealing import check_box
from app.domain.governance.models import GovernanceRecord, RecordKind
from app.domain.shared import clock
from app.domain.shared.canonical import digest
from app.domain.shared.journal import JournalEntry
from tests.support.refusals import assert_refused
from tests.support.town import make_contract, make_person, make_quartier, make_site
from tests.support.town_ballots import UP_TO_TWO, cast_all, make_scrutin

pytestmark = pytest.mark.usefixtures("in_app")

VOTES = [{"12": 3, "31": 2}, {"12": 3}, {"7": 3, "44": 2}, {}]


@pytest.fixture
def closed():
    """Another week: the votes of these tests are closed."""
    with clock.shifted(timedelta(days=8)):
        yield


def opened(votes=VOTES, **values):
    """A vote with these ballots, and two agents."""
    scrutin = make_scrutin(**values)
    cast_all(scrutin, votes)
    return scrutin, make_person(Role.AGENT), make_person(Role.AGENT)


def count(scrutin, *agents, **values):
    with clock.shifted(timedelta(days=8)):
        for agent in agents:
            services.open_count(scrutin_id=scrutin.id, actor=agent, **values)
            values = {}


def test_two_agents_open_the_box_and_the_result_is_frozen_and_filed():
    contract = make_contract()
    scrutin, ana, bea = opened(contract_id=contract.id)
    count(scrutin, ana)
    assert queries.result_of(scrutin) is None
    count(scrutin, bea)
    facts = queries.result_of(scrutin)
    assert [winner["project"] for winner in facts["result"]["winners"]] == ["12", "7", "44"]
    assert facts["result"]["spent_cents"] == 48_000_00
    assert facts["result"]["blanks"] == 1
    assert facts["openers"] == sorted([ana.pseudonym, bea.pseudonym])
    assert facts["code_sha256"] == code_sha256()
    assert scrutin.result_sha256 == digest(facts)
    record = db.session.scalars(select(GovernanceRecord)).one()
    assert record.kind is RecordKind.PV_DEPOUILLEMENT
    assert (record.source_kind, record.source_id) == ("scrutins", str(scrutin.id))
    assert (record.source_sha256, record.contract_id) == (scrutin.result_sha256, contract.id)
    assert json.loads(record.facts)["result"] == facts["result"]


def test_the_count_seals_what_still_waited():
    scrutin, ana, bea = opened()
    count(scrutin, ana, bea)
    assert db.session.scalars(select(BallotArrival)).all() == []
    seals = queries.seals_of(scrutin.id)
    assert [(seal.num, seal.emargements, seal.ballots) for seal in seals] == [(1, 4, 4)]
    assert seals[0].previous == scrutin.rules_sha256
    assert check_box(scrutin)


def test_nobody_opens_a_box_while_the_vote_is_open():
    scrutin, ana, _ = opened()
    with assert_refused("still_open"):
        services.open_count(scrutin_id=scrutin.id, actor=ana)


def test_the_clock_of_the_database_also_says_when_the_vote_is_over(monkeypatch):
    scrutin, ana, _ = opened()
    early = clock.database_now(db.session())
    with clock.shifted(timedelta(days=8)):
        monkeypatch.setattr(clock, "database_now", lambda _session: early)
        with assert_refused("still_open"):
            services.open_count(scrutin_id=scrutin.id, actor=ana)


def test_one_person_cannot_open_the_box_alone():
    scrutin, ana, _ = opened()
    count(scrutin, ana)
    with assert_refused("already_opened"):
        count(scrutin, ana)
    assert not scrutin.is_counted


def test_a_counted_box_is_not_opened_again():
    scrutin, ana, bea = opened()
    count(scrutin, ana, bea)
    with assert_refused("counted"):
        count(scrutin, make_person(Role.AGENT))


def test_a_role_given_after_the_closing_waits_before_it_opens_the_box():
    scrutin, ana, _bea = opened()
    with clock.shifted(timedelta(days=8)):
        second = make_person(Role.ADMIN)
        services.open_count(scrutin_id=scrutin.id, actor=ana)
        with assert_refused("late_role"):
            services.open_count(scrutin_id=scrutin.id, actor=second)
        with assert_refused("role"):
            services.open_count(scrutin_id=scrutin.id, actor=make_person())
    with clock.shifted(timedelta(days=16)):
        services.open_count(scrutin_id=scrutin.id, actor=second)
    facts = queries.result_of(scrutin)
    roles = dict(zip(facts["openers"], facts["opener_roles"], strict=True))
    assert roles == {ana.pseudonym: "agent", second.pseudonym: "admin"}


def test_more_openers_may_be_asked_for():
    scrutin, ana, bea = opened(openers_needed=3)
    count(scrutin, ana, bea)
    assert not scrutin.is_counted
    count(scrutin, make_person(Role.AGENT))
    assert scrutin.is_counted


def test_a_missing_ballot_stops_the_count():
    scrutin, ana, bea = opened()
    # Somebody on the list of voters, and no ballot: what a host who meddles would leave.
    db.session.execute(
        text("INSERT INTO emargements (scrutin_id, person_id, channel, day) VALUES (:s, 999999, 'ONLINE', :d)"),
        {"s": scrutin.id, "d": clock.today()},
    )
    count(scrutin, ana)
    with assert_refused("seal"):
        count(scrutin, bea)


def test_a_box_without_any_ballot_is_counted_too():
    scrutin, ana, bea = opened(votes=[])
    count(scrutin, ana, bea)
    facts = queries.result_of(scrutin)
    assert facts["result"]["winners"] == []
    assert {verdict["reason"] for verdict in facts["result"]["not_retained"].values()} == {"no_vote"}


def test_a_tie_is_drawn_with_the_last_seal_unless_a_seed_was_announced():
    scrutin, ana, bea = opened(votes=[{"12": 1}], form=UP_TO_TWO)
    count(scrutin, ana, bea)
    facts = queries.result_of(scrutin)
    assert facts["seed_source"] == "last_seal"
    assert facts["rules"]["seed"] == queries.seals_of(scrutin.id)[-1].digest
    assert facts["announced_rules_sha256"] == scrutin.rules_sha256 != facts["rules_sha256"]
    other, *_ = opened(votes=[{"12": 1}], form=UP_TO_TWO)
    count(other, ana, bea, seed="Tirage du 3 juin : 4 8 15 16 23")
    assert queries.result_of(other)["seed_source"] == "announced"
    assert queries.result_of(other)["rules"]["seed"] == "Tirage du 3 juin : 4 8 15 16 23"


def test_only_the_first_to_open_announces_the_seed():
    scrutin, ana, bea = opened()
    count(scrutin, ana, seed="4 8 15")
    with assert_refused("seed", field="seed"):
        count(scrutin, bea, seed="16 23 42")
    count(scrutin, bea, seed="4 8 15")
    assert scrutin.is_counted
    with assert_refused("seed", field="seed"):
        count(opened()[0], ana, seed="9" * 201)


def test_turnout_hides_the_small_quartiers():
    make_site(small_cell_threshold=10)
    contract = make_contract()
    places = {"Les Genêts": 12, "La Roseraie": 11, "Bellevue-Moulins": 3}
    quartiers = {name: make_quartier(contract, name=name, position=place) for place, name in enumerate(places)}
    voters = [make_person(quartier=quartiers[name]) for name, number in places.items() for _ in range(number)]
    scrutin, ana, bea = opened(votes=[])
    cast_all(scrutin, [{"12": 1}] * len(voters), voters)
    count(scrutin, ana, bea)
    turnout = queries.result_of(scrutin)["turnout"]
    assert turnout["voters"] == 26
    assert turnout["quartiers"] == [
        {"name": "Les Genêts", "voters": 12},
        {"name": "La Roseraie", "voters": None},
        {"name": "Bellevue-Moulins", "voters": None},
    ]
    assert turnout["channels"] == [{"channel": "online", "voters": 26}, {"channel": "paper", "voters": 0}]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE scrutins SET result = '{}'",
        "UPDATE scrutins SET result = NULL, result_sha256 = NULL, counted_at = NULL",
        "UPDATE scrutins SET seed = 'autre'",
        "UPDATE seals SET ballots = ballots",
        "DELETE FROM seals",
        "UPDATE ballots SET content = content",
        "DELETE FROM ballots",
        "DELETE FROM count_openings",
    ],
)
def test_the_database_itself_refuses_to_change_a_counted_vote(statement):
    scrutin, ana, bea = opened()
    count(scrutin, ana, bea)
    with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
        db.session.execute(text(statement))


def test_a_simulation_leaves_the_official_result_as_it_is():
    scrutin, ana, bea = opened()
    count(scrutin, ana, bea)
    before = scrutin.result_sha256
    stopped = services.simulate(scrutin=scrutin, overflow=Overflow.STOP)
    assert [winner.project_id for winner in stopped.winners] == ["12", "7", "44"]
    assert stopped.rules_sha256 != queries.result_of(scrutin)["rules_sha256"]
    assert scrutin.result_sha256 == before


def test_no_simulation_gives_a_result_away_before_the_count(closed):
    scrutin = make_scrutin()
    with assert_refused("not_counted"):
        services.simulate(scrutin=scrutin)
    with assert_refused("not_counted"):
        services.count_imported(scrutin_id=scrutin.id)
    with assert_refused("not_counted"):
        services.export_pabulib(scrutin=scrutin)


def test_ballots_too_few_are_not_published_one_by_one():
    make_site(small_cell_threshold=10)
    scrutin, ana, bea = opened()
    count(scrutin, ana, bea)
    with assert_refused("too_few"):
        services.export_pabulib(scrutin=scrutin)
    many, *_ = opened(votes=VOTES * 3)
    count(many, ana, bea)
    exported = services.export_pabulib(scrutin=many).decode()
    assert "num_votes;9" in exported


def test_the_journal_names_who_opened_and_never_who_voted():
    scrutin, ana, bea = opened()
    count(scrutin, ana, bea)
    entries = db.session.scalars(select(JournalEntry).where(JournalEntry.subject_kind == "scrutins")).all()
    assert [(entry.verb, entry.actor_id) for entry in entries] == [
        ("prepared", None), ("opened_count", ana.id), ("opened_count", bea.id), ("counted", bea.id),
    ]  # fmt: skip

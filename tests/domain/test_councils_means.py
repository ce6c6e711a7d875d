"""The means of a conseil, the ledger of its grant, and what an agent is warned of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.database import db
from app.domain.accounts.models import Notice
from app.domain.councils import policies, queries, services
from app.domain.councils.models import CouncilLedgerLine, LineCategory, LineKind
from app.domain.councils.rules import means as rules
from app.domain.councils.rules.warnings import BodyFacts, Thresholds, WarningKind, warnings_of
from app.domain.councils.services import Mission, Movement
from app.domain.governance.models import BodyPaper, PaperKind, Standing
from app.domain.shared import clock
from app.domain.shared.clock import months_after
from app.domain.shared.refusals import Refusal
from tests.support.town_councils import make_council, make_sent_avis
from tests.support.town_governance import make_body, make_mandate, make_seance
from tests.support.web import count_queries

EUROS = 100


def code_of(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def movement(kind, cents, category=LineCategory.MEETINGS, on=None):
    category = None if kind is LineKind.RECEIVED else category
    return Movement(kind, category, "Libellé", cents, on or clock.today())


def make_grant(council, cents=3_000 * EUROS, received=True, year=2027):
    grant = services.grant(
        body=council.body, year=year, cents=cents, decided_by="délibération du 3 juin", actor=council.agent
    )
    if received:
        services.write_line(grant=grant, movement=movement(LineKind.RECEIVED, cents), actor=council.agent)
    return queries.grant_by_id(grant.id)


def test_the_grant_proposed_comes_from_the_seats_and_from_the_settings_of_the_year():
    # Montpellier: 3 000, 3 500 and 4 000 € for 20, 30 and 40 seats; 5, 6 and 1 conseils make 40 000 €.
    cents = [rules.proposed_cents(seats, 2_000 * EUROS, 50 * EUROS) for seats in (20, 30, 40)]
    assert cents == [3_000 * EUROS, 3_500 * EUROS, 4_000 * EUROS]
    assert 5 * cents[0] + 6 * cents[1] + cents[2] == 40_000 * EUROS


def test_past_the_envelope_it_warns_and_goes_through(in_app):
    council = make_council()
    services.set_envelope(
        contract=council.contract, year=2027, cents=3_500 * EUROS, base_cents=2_000 * EUROS,
        per_seat_cents=50 * EUROS, actor=council.agent,
    )  # fmt: skip
    make_grant(council)
    other = make_body(council.contract, is_independent=True)
    services.grant(body=other, year=2027, cents=1_000 * EUROS, decided_by="arrêté", actor=council.agent)
    year = queries.year_of_grants(council.contract.id, 2027)
    assert rules.over_envelope(year.total_cents, 3_500 * EUROS) == 500 * EUROS
    assert rules.over_envelope(year.total_cents, None) == 0
    assert queries.year_of_grants(council.contract.id, 2028).total_cents == 0


def test_a_conseil_has_one_grant_a_year(in_app):
    council = make_council()
    make_grant(council)
    assert code_of(lambda: make_grant(council)) == "taken"
    assert code_of(lambda: make_grant(council, cents=0, year=2028)) == "amount"


def test_money_is_never_spent_twice_nor_paid_more_than_granted(in_app):
    council = make_council()
    grant = make_grant(council)

    def write(kind, cents, **values):
        return services.write_line(grant=grant, movement=movement(kind, cents, **values), actor=council.chair)

    assert code_of(lambda: write(LineKind.RECEIVED, 1)) == "over_granted"
    assert code_of(lambda: write(LineKind.SPENDING, 3_001 * EUROS)) == "overdrawn"
    assert code_of(lambda: write(LineKind.SPENDING, 0)) == "amount"
    assert code_of(lambda: write(LineKind.SPENDING, 1, category=None)) == "category"
    assert code_of(lambda: write(LineKind.SPENDING, 1, on=clock.today() + timedelta(days=1))) == "future"
    line = write(LineKind.SPENDING, 3_000 * EUROS)
    assert queries.grant_by_id(grant.id).balance_cents == 0
    services.correct_line(line=line, reason="Facture d’un autre", actor=council.chair)
    assert queries.grant_by_id(grant.id).balance_cents == 3_000 * EUROS
    again = lambda: services.correct_line(line=line, reason="Encore", actor=council.chair)  # noqa: E731
    assert code_of(again) == "corrected"
    received = queries.grant_by_id(grant.id).lines[0]
    services.correct_line(line=received, reason="Versement annulé", actor=council.agent)
    held = queries.grant_by_id(grant.id)
    assert (held.received_cents, held.balance_cents) == (0, 0)


def test_the_database_itself_refuses_an_overdrawn_grant_and_a_line_rewritten(in_app):
    council = make_council()
    make_grant(council)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(text("UPDATE council_grants SET balance_cents = -1"))
    for statement in ("UPDATE council_ledger_lines SET cents = 5", "DELETE FROM council_ledger_lines"):
        with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
            db.session.execute(text(statement))


@drawn(st.lists(st.tuples(st.sampled_from([LineKind.SPENDING, LineKind.REFUND, LineKind.RECEIVED]),
                          st.integers(0, 5_000)), max_size=30))  # fmt: skip
def test_whatever_is_written_the_balance_is_the_sum_and_never_under_zero(movements):
    balance, received, granted, written = 0, 0, 6_000, []
    for kind, amount in movements:
        cents = -amount if kind is LineKind.SPENDING else amount
        today = date(2027, 1, 1)
        verdict = rules.can_be_written(
            kind=kind, cents=cents, balance_cents=balance, left_to_receive_cents=granted - received,
            happened_on=today, today=today,
        )  # fmt: skip
        if verdict:
            balance, written = balance + cents, [*written, cents]
            received += cents if kind is LineKind.RECEIVED else 0
        assert balance == sum(written) >= 0
        assert received <= granted


def test_who_keeps_the_account_and_who_reads_it(in_app):
    council = make_council()
    grant = make_grant(council)
    keepers = {
        name
        for name in ("animator", "chair", "member", "agent", "elected", "resident")
        if policies.can_keep_ledger(getattr(council, name), grant)
    }
    assert keepers == {"animator", "chair", "agent"}
    assert policies.can_read_ledger(council.member, grant)
    assert not policies.can_read_ledger(council.elected, grant)
    assert policies.can_give_means(council.agent, council.body)
    assert not policies.can_give_means(council.chair, council.body)


def test_trainings_say_who_came_and_missions_end_after_they_begin(in_app):
    council = make_council()
    members = [one.member for one in queries.mandates_in_force(council.body)]
    services.note_training(
        body=council.body, title="Lire un budget", held_on=clock.today(), provider="Centre de ressources", words="",
        members=members, actor=council.agent,
    )  # fmt: skip
    [training] = queries.trainings_of(council.body)
    assert {one.member_id for one in training.attendances} == {member.id for member in members}
    today = clock.today()
    backwards = Mission("Animation", "Association", today, today - timedelta(days=1), "", False)
    assert code_of(lambda: services.accompany(body=council.body, mission=backwards, actor=council.agent)) == "dates"


# --- Warnings ---

TODAY = date(2027, 5, 31)
THRESHOLDS = Thresholds(mandate_months=6, silence_months=9, charter_months=6)
OLD = date(2024, 1, 1)


def kinds(**values):
    filled = {"body_id": 1, "name": "Conseil", "is_council": True, "created_on": OLD, "last_seance_on": TODAY, **values}
    return [one.kind.value for one in warnings_of(BodyFacts(**filled), THRESHOLDS, TODAY)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"yearly_seances": 4, "seances_in_a_year": 3}, ["frequency"]),
        ({"yearly_seances": 4, "seances_in_a_year": 4}, []),
        ({"yearly_seances": 4, "created_on": date(2027, 1, 1)}, []),
        ({"mandates_ends_on": [date(2027, 11, 30)]}, ["mandate_ends"]),
        ({"mandates_ends_on": [date(2027, 12, 1)]}, []),
        ({"last_seance_on": date(2026, 8, 31)}, ["silent"]),
        ({"last_seance_on": date(2026, 9, 1)}, []),
        ({"last_seance_on": None, "last_avis_on": date(2027, 3, 1)}, []),
        ({"last_seance_on": None, "is_council": False}, []),
        ({"unrepresented_at": [(9, "COPIL"), (8, "COTECH")]}, ["no_representative", "no_representative"]),
        ({"has_charter": False}, ["no_charter"]),
        ({"has_charter": False, "created_on": date(2026, 12, 1)}, []),
        ({"alternates_ever": 3, "alternates_left": 0}, ["no_alternate"]),
        ({"alternates_ever": 3, "alternates_left": 1}, []),
        ({"late_avis": [(5, "Les bancs", date(2027, 5, 1))], "is_council": False}, ["late_answer"]),
    ],
)
def test_an_agent_is_warned_of_what_is_not_as_it_should_be(values, expected):
    assert kinds(**values) == expected


@drawn(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-60, 60))
def test_months_are_counted_by_the_calendar(day, months):
    moved = months_after(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


def test_the_facts_come_from_what_happened_in_as_many_queries_whatever_the_number_of_bodies(in_app):
    council = make_council(created_on=OLD, yearly_seances=2)
    make_seance(council.body, in_days=-3)
    make_mandate(council.copil, represents_body_id=council.body.id)
    make_mandate(council.body, standing=Standing.ALTERNATE, ends_on=clock.today() + timedelta(days=30))
    paper = BodyPaper(
        body_id=council.body.id, kind=PaperKind.CHARTER, title="Charte", dated_on=OLD, added_at=clock.now()
    )
    db.session.add(paper)
    make_sent_avis(council)
    with clock.shifted(timedelta(days=100)):
        facts = {one.body_id: one for one in queries.facts_of_bodies({council.contract.id})}
        mine, copil = facts[council.body.id], facts[council.copil.id]
        assert (mine.seances_in_a_year, mine.has_charter, mine.alternates_left) == (1, True, 1)
        assert mine.unrepresented_at == []
        assert [subject for _id, subject, _due in copil.late_avis] == ["Les espaces publics"]
        found = {one.kind for one in queries.warnings_in({council.contract.id})}
        assert found == {WarningKind.FREQUENCY, WarningKind.MANDATE_ENDS, WarningKind.LATE_ANSWER}
        assert queries.warnings_in(set()) == []
        with count_queries() as few:
            queries.warnings_in(None)
        for _ in range(4):
            make_sent_avis(make_council())
        with count_queries() as many:
            queries.warnings_in(None)
        assert len(many) == len(few)
        assert services.warn_agents() > 0
        assert services.warn_agents() == 0
    told = db.session.scalars(select(Notice.body).where(Notice.person_id == council.agent.id)).all()
    assert any("Pas assez de séances" in body for body in told)
    subjects = db.session.scalars(select(Notice.subject).where(Notice.person_id == council.agent.id)).all()
    assert "Instances : 3 points à regarder" in [subject.replace("\u00a0", " ") for subject in subjects]


def test_no_line_is_lost_between_the_grant_and_its_lines(in_app):
    council = make_council()
    grant = make_grant(council)
    for cents in (100, 250, 999):
        services.write_line(grant=grant, movement=movement(LineKind.SPENDING, cents), actor=council.chair)
    held = queries.grant_by_id(grant.id)
    assert held.balance_cents == sum(db.session.scalars(select(CouncilLedgerLine.cents)))

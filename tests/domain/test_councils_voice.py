"""Avis and interpellations: adopted by a vote, frozen, answered item by item, late in public."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.database import db
from app.domain.accounts.models import Notice
from app.domain.councils import policies, queries, services
from app.domain.councils.models import (
    AVIS_LIFE,
    INTERPELLATION_LIFE,
    AvisState,
    InterpellationState,
    ItemAnswer,
)
from app.domain.councils.rules.advice import Answered, can_answer, due_on
from app.domain.councils.services import Letter
from app.domain.governance.models import GovernanceRecord, RecordKind
from app.domain.governance.queries import chain, end_of_register, filings_in_journal
from app.domain.governance.rules import Break, check_chain
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from tests.support.town import make_site
from tests.support.town_councils import (
    a_vote,
    make_avis,
    make_council,
    make_interpellation,
    make_sent_avis,
    make_sent_interpellation,
)
from tests.support.town_governance import make_body, make_seance

RETAINED = Answered(ItemAnswer.RETAINED)
REFUSED = Answered(ItemAnswer.NOT_RETAINED, "Ce n’est pas de notre ressort.")


def code_of(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def records(kind):
    return db.session.scalars(select(GovernanceRecord).where(GovernanceRecord.kind == kind)).all()


def notices(person):
    return [one.subject for one in db.session.scalars(select(Notice).where(Notice.person_id == person.id))]


def test_a_draft_is_read_by_the_conseil_and_by_nobody_else(in_app):
    council = make_council()
    avis = queries.avis_by_id(make_avis(council).id)
    readers = [name for name in ("animator", "chair", "member", "agent", "elected", "admin", "resident")
               if policies.can_read_voice(getattr(council, name), avis)]  # fmt: skip
    assert readers == ["animator", "chair", "member"]
    assert not policies.can_read_voice(None, avis)
    assert not policies.can_answer_avis(council.agent, avis)
    writers = [name for name in ("animator", "chair", "member", "agent", "admin")
               if policies.can_write_for_body(getattr(council, name), avis)]  # fmt: skip
    assert writers == ["animator", "chair"]


def test_an_avis_is_adopted_by_more_for_than_against_with_its_quorum_on_a_day_that_has_come(in_app):
    council = make_council()
    avis = make_avis(council)
    tomorrow = clock.today() + timedelta(days=1)
    for values, code in [
        ({"votes_for": 2, "votes_against": 2}, "votes"),
        ({"quorum": ""}, "quorum"),
        ({"adopted_on": tomorrow}, "future"),
        ({"seance_id": make_seance(make_body(), in_days=-1).id}, "seance"),
        ({"seance_id": make_seance(council.body, in_days=3).id}, "seance"),
    ]:
        assert code_of(lambda v=values: services.adopt_avis(avis=avis, vote=a_vote(**v), actor=council.chair)) == code
    held = make_seance(council.body, in_days=-3)
    day = clock.in_paris(held.starts_at).date()
    wrong = a_vote(seance_id=held.id)
    assert code_of(lambda: services.adopt_avis(avis=avis, vote=wrong, actor=council.chair)) == "seance"
    services.adopt_avis(avis=avis, vote=a_vote(seance_id=held.id, adopted_on=day), actor=council.chair)
    assert avis.state is AvisState.ADOPTED


def test_an_avis_that_asks_nothing_is_not_written(in_app):
    council = make_council()
    assert code_of(lambda: make_avis(council, items=[" ", ""])) == "items"


def test_a_draft_is_written_again_and_given_up(in_app):
    council = make_council()
    avis = make_avis(council)
    services.write_avis(avis=avis, subject="Autre", context="", items=["Une seule"], actor=council.chair)
    assert [item.text for item in queries.avis_by_id(avis.id).items] == ["Une seule"]
    services.drop_avis(avis=avis, actor=council.chair)
    write = lambda: services.write_avis(  # noqa: E731
        avis=avis, subject="S", context="", items=["I"], actor=council.chair
    )
    assert code_of(write) == "state"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE avis SET subject = 'Autre chose'",
        "UPDATE avis SET minority_view = 'Personne'",
        "UPDATE avis SET state = 'DRAFT'",
        "UPDATE avis SET answer_due_on = '2099-01-01'",
        "UPDATE avis_items SET text = 'Rien'",
        "UPDATE avis_items SET position = position + 10",
        "DELETE FROM avis_items",
        "INSERT INTO avis_items (avis_id, position, text, reason) SELECT id, 99, 'De plus', '' FROM avis",
        "UPDATE interpellations SET difficulty = 'Aucune'",
        "UPDATE interpellations SET state = 'DRAFT'",
        "UPDATE interpellation_steps SET words = 'Rien'",
        "DELETE FROM interpellation_steps",
    ],
)
def test_the_database_itself_refuses_that_anybody_rewrites_what_was_voted(in_app, statement):
    council = make_council()
    make_sent_avis(council)
    make_sent_interpellation(council)
    with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
        db.session.execute(text(statement))


def test_sending_files_a_record_and_tells_the_agents_of_the_contract(in_app):
    make_site(avis_answer_days=45)
    council = make_council()
    avis = make_sent_avis(council)
    assert avis.answer_due_on == clock.today() + timedelta(days=45)
    [record] = records(RecordKind.AVIS)
    facts = json.loads(record.facts)
    assert [row["demand"] for row in facts["demands"]] == [item.text for item in avis.items]
    assert (facts["votes_for"], facts["votes_against"]) == (9, 2)
    assert any("attend sa réponse" in subject for subject in notices(council.agent))
    assert notices(council.resident) == []
    assert policies.can_read_voice(None, avis)


def test_an_avis_goes_to_another_body_of_the_same_contract(in_app):
    council = make_council()
    avis = make_avis(council)
    services.adopt_avis(avis=avis, vote=a_vote(), actor=council.chair)
    for other in (council.body, make_body()):
        send = lambda to=other: services.send_avis(avis=avis, addressed=to, actor=council.chair)  # noqa: E731
        assert code_of(send) == "addressed"


def test_each_item_is_answered_once_with_a_reason_when_it_is_not_retained(in_app):
    council = make_council()
    avis = make_sent_avis(council)

    def answer(answers):
        services.answer_avis(avis=avis, answers=answers, actor=council.agent)

    assert code_of(lambda: answer({})) == "nothing"
    assert code_of(lambda: answer({1: Answered(ItemAnswer.NOT_RETAINED)})) == "reason"
    assert code_of(lambda: answer({1: Answered(ItemAnswer.PARTLY)})) == "reason"
    answer({1: RETAINED})
    assert avis.state is AvisState.PARTLY_ANSWERED
    assert code_of(lambda: answer({1: REFUSED})) == "answered"
    answer({2: REFUSED})
    assert avis.state is AvisState.ANSWERED
    assert code_of(lambda: answer({2: RETAINED})) == "state"
    [filed] = records(RecordKind.AVIS)
    first, second = records(RecordKind.REPONSE_AVIS)
    assert first.source_sha256 == second.source_sha256 == filed.chain_sha256
    assert json.loads(second.facts)["answered_record"] == filed.number
    assert any("a reçu une réponse" in subject for subject in notices(council.member))


def test_a_late_answer_is_late_in_public_and_stays_so_and_is_told_once(in_app):
    make_site(avis_answer_days=10)
    council = make_council()
    avis = make_sent_avis(council)
    with clock.shifted(timedelta(days=10)):
        assert avis.days_late == 0
        assert services.remind_of_late_avis() == 0
    with clock.shifted(timedelta(days=13)):
        assert avis.days_late == 3
        assert [one.id for one in queries.public_avis(queries.AvisFilter.LATE).items] == [avis.id]
        assert services.remind_of_late_avis() == 1
        assert services.remind_of_late_avis() == 0
        services.answer_avis(avis=avis, answers={1: RETAINED, 2: REFUSED}, actor=council.agent)
    with clock.shifted(timedelta(days=90)):
        assert avis.days_late == 3
        assert queries.public_avis(queries.AvisFilter.LATE).total == 0
    [answer] = records(RecordKind.REPONSE_AVIS)
    assert json.loads(answer.facts)["days_late"] == 3


def test_the_register_still_verifies_after_all_this(in_app):
    council = make_council()
    services.answer_avis(avis=make_sent_avis(council), answers={1: RETAINED, 2: REFUSED}, actor=council.agent)
    make_sent_interpellation(council)
    end = end_of_register()
    seen = list(check_chain(chain(end), filings_in_journal(end)))
    assert len(seen) == 3
    assert not any(isinstance(one, Break) for one in seen)


# --- The interpellation of the préfet ---


def letter(reference="PREF-2027-12", on=None):
    return Letter(on or clock.today(), "Nous étudions la question.", reference)


def test_an_interpellation_passes_each_of_its_steps_by_the_right_hand(in_app):
    council = make_council()
    interpellation = make_sent_interpellation(council)
    assert not policies.can_transcribe(council.chair, interpellation)
    assert policies.can_transcribe(council.agent, interpellation)
    assert not policies.can_write_for_body(council.agent, interpellation)
    acknowledge = lambda **v: services.acknowledge(  # noqa: E731
        interpellation=interpellation, letter=letter(**v), actor=council.agent
    )
    assert code_of(lambda: acknowledge(reference="")) == "reference"
    assert code_of(lambda: acknowledge(on=clock.today() + timedelta(days=1))) == "future"
    assert code_of(lambda: acknowledge(on=clock.today() - timedelta(days=1))) == "before"
    acknowledge()
    assert code_of(acknowledge) == "state"
    services.note_answer(interpellation=interpellation, letter=letter(), actor=council.agent)
    mine = make_seance(council.body)
    agenda = lambda seance: services.put_on_agenda(  # noqa: E731
        interpellation=interpellation, seance_id=seance.id, words="Point 4", actor=council.agent
    )
    assert code_of(lambda: agenda(mine)) == "seance"
    assert code_of(lambda: agenda(make_seance(council.copil, in_days=-1))) == "seance"
    agenda(make_seance(council.copil))
    services.close_interpellation(interpellation=interpellation, words="Un point ouvre.", actor=council.chair)
    held = queries.interpellation_by_id(interpellation.id)
    assert [step.state.value for step in held.steps] == [
        "adopted", "sent", "acknowledged", "answered", "on_agenda", "closed",
    ]  # fmt: skip
    [sent], [answered] = records(RecordKind.INTERPELLATION), records(RecordKind.REPONSE_INTERPELLATION)
    assert answered.source_sha256 == sent.chain_sha256


def test_a_draft_interpellation_is_the_conseils_own(in_app):
    council = make_council()
    interpellation = queries.interpellation_by_id(make_interpellation(council).id)
    for person in (council.agent, council.elected, council.admin, council.resident, None):
        assert not policies.can_read_voice(person, interpellation)
        assert not policies.can_transcribe(person, interpellation)


# --- What no example shows ---


@drawn(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 730))
def test_the_delay_is_counted_in_days(day, days):
    assert (due_on(day, days) - day).days == days


@drawn(
    st.sets(st.integers(1, 9)),
    st.dictionaries(st.integers(1, 9), st.builds(Answered, st.sampled_from(ItemAnswer), st.sampled_from(["", "R"]))),
)
def test_an_answer_passes_only_if_it_is_waited_for_and_reasoned(waiting, given):
    fine = bool(given) and all(
        position in waiting and (one.answer is ItemAnswer.RETAINED or one.reason) for position, one in given.items()
    )
    assert bool(can_answer(waiting, given)) is fine


@pytest.mark.parametrize("life", [AVIS_LIFE, INTERPELLATION_LIFE])
def test_nothing_goes_back_to_the_draft_and_nothing_sent_is_given_up(life):
    states = AvisState if life is AVIS_LIFE else InterpellationState
    for row in life.rows:
        assert row.target is not states.DRAFT or row.sources == {states.DRAFT}
        if row.target is states.DROPPED:
            assert row.sources == {states.DRAFT, states.ADOPTED}

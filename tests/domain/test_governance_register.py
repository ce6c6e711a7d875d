"""Filing in the register: numbers, seals, corrections, and what the database refuses."""

from __future__ import annotations

import hashlib
import json
import threading
from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from app.database import db
from app.domain.accounts.models import Role
from app.domain.governance import queries, services
from app.domain.governance.models import GovernanceRecord, RecordKind
from app.domain.governance.queries import Wanted
from app.domain.governance.rules import GENESIS, Break, check_chain
from app.domain.shared import clock
from app.domain.shared.journal import JournalEntry
from app.domain.shared.refusals import Missing, Refusal
from tests.support.town import make_person
from tests.support.town_governance import make_record


def check() -> list[object]:
    end = queries.end_of_register()
    return list(check_chain(queries.chain(end, at_once=3), queries.filings_in_journal(end, at_once=4)))


def test_the_first_record_starts_the_chain_and_the_next_one_follows_it(in_app):
    first, second = make_record(), make_record()
    assert (first.position, first.previous_sha256) == (1, GENESIS)
    assert (second.position, second.previous_sha256) == (2, first.chain_sha256)
    assert first.number == f"{clock.today().year}-001"
    assert second.number == f"{clock.today().year}-002"


def test_the_number_starts_again_each_year_and_the_place_does_not(in_app):
    make_record()
    with clock.shifted(timedelta(days=370)):
        later = make_record()
    assert (later.position, later.rank, later.year) == (2, 1, clock.today().year + 1)


def test_the_digest_is_the_one_anybody_computes_from_the_kept_text(in_app):
    record = make_record(facts={"titre": "Été", "cost_cents": 12_00})
    assert record.facts == '{"cost_cents":1200,"titre":"Été"}'
    assert record.facts_sha256 == hashlib.sha256(record.facts.encode()).hexdigest()
    sealed = queries.sealed_of(record)
    assert record.chain_sha256 == hashlib.sha256(sealed.text.encode()).hexdigest()
    assert json.loads(sealed.text)["facts_sha256"] == record.facts_sha256


def test_a_float_is_never_filed(in_app):
    with pytest.raises(TypeError):
        make_record(facts={"turnout": 0.12})


def test_a_record_says_the_function_of_who_filed_it_and_the_journal_keeps_the_seal(in_app):
    agent = make_person(Role.AGENT)
    record = make_record(actor=agent)
    assert record.filed_as is Role.AGENT
    entry = db.session.scalars(db.select(JournalEntry).where(JournalEntry.verb == "filed")).one()
    assert entry.actor_id == agent.id
    assert entry.facts == {"number": record.number, "kind": "reglement", "seal": record.chain_sha256}


def test_a_record_filed_by_the_platform_has_no_function(in_app):
    assert make_record().filed_as is None


def test_what_is_read_back_from_the_database_carries_the_same_seal(in_app):
    record = make_record(actor=make_person(Role.ADMIN), summary="En deux mots.")
    db.session.expire_all()
    assert queries.sealed_of(record).seal == record.chain_sha256
    assert len(check()) == 1


def test_a_correction_names_the_record_it_corrects_and_both_are_linked(in_app):
    agent, record = make_person(Role.AGENT), make_record()
    correction = services.correct_record(
        record=_loaded(record), reason="Une faute de frappe.", corrected="L’enveloppe est de 12 000 €.", actor=agent
    )
    assert correction.kind is RecordKind.CORRECTION
    assert correction.corrects_position == record.position
    assert json.loads(correction.facts)["corrects"] == record.number
    db.session.expire_all()
    assert queries.record_by_number(record.number).corrected_by is correction
    assert not [found for found in check() if isinstance(found, Break)]


def test_a_record_is_corrected_once_and_then_its_correction_is(in_app):
    agent, record = make_person(Role.AGENT), make_record()
    first = services.correct_record(record=_loaded(record), reason="Un.", corrected="Un.", actor=agent)
    db.session.expire_all()
    with pytest.raises(Refusal) as refused:
        services.correct_record(record=_loaded(record), reason="Deux.", corrected="Deux.", actor=agent)
    assert refused.value.code == "corrected"
    second = services.correct_record(record=_loaded(first), reason="Deux.", corrected="Deux.", actor=agent)
    assert second.corrects_position == first.position


def test_two_corrections_at_the_same_instant_leave_one_and_a_sentence(in_app):
    agent, record = make_person(Role.AGENT), make_record()
    seen_before = _loaded(record)
    services.correct_record(record=seen_before, reason="Un.", corrected="Un.", actor=agent)
    assert seen_before.corrected_by is None, "the other page was read before the first correction"
    with pytest.raises(Refusal) as refused:
        services.correct_record(record=seen_before, reason="Deux.", corrected="Deux.", actor=agent)
    assert refused.value.code == "corrected"
    assert queries.end_of_register().position == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE governance_records SET title = 'autre'",
        "DELETE FROM governance_records",
        "TRUNCATE governance_records CASCADE",
    ],
)
def test_the_database_itself_refuses_to_change_the_register(in_app, statement):
    make_record()
    if statement.startswith("TRUNCATE") and db.session.get_bind().dialect.name == "sqlite":
        statement = "DELETE FROM governance_records WHERE 1 = 1"
    with pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
        db.session.execute(db.text(statement))
    assert queries.end_of_register().position == 1


def test_ten_records_filed_at_once_take_ten_places_and_one_chain(real_app):
    start = threading.Barrier(10)
    errors: list[BaseException] = []

    def file_one() -> None:
        try:
            with real_app.app_context():
                start.wait(timeout=20)
                make_record()
                db.session.commit()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=file_one) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    with real_app.app_context():
        places = db.session.scalars(db.select(GovernanceRecord.position).order_by(GovernanceRecord.position)).all()
        assert places == list(range(1, 11))
        assert [found for found in check() if isinstance(found, Break)] == []
        db.session.rollback()


def test_a_search_ignores_case_accents_and_signs(in_app):
    make_record(title="Procès-verbal de DÉPOUILLEMENT, 100 % des bulletins")
    make_record(title="Règlement")
    for words in ("dépouillement", "DEPOUILLEMENT proces", "100 %"):
        assert [record.rank for record in queries.records(Wanted(words)).items] == [1], words
    for words in ("%", "_", "règlement dépouillement"):
        assert queries.records(Wanted(words)).total == 0, words


def test_a_search_finds_a_record_by_its_number_and_keeps_the_filters(in_app):
    first, second = make_record(title="Règlement"), make_record(title="Règlement du vote")
    assert [record.rank for record in queries.records(Wanted(f" {second.number} ")).items] == [2]
    assert queries.records(Wanted("reglement", kind=RecordKind.CATALOGUE)).total == 0
    assert queries.records(Wanted("reglements", year=first.year)).total == 2


def test_the_pages_of_the_register_follow_each_other_without_hole(in_app):
    for _ in range(5):
        make_record()
    pages = [[record.position for record in queries.records(Wanted(), number, size=2).items] for number in (1, 2, 3, 9)]
    assert pages == [[5, 4], [3, 2], [1], [1]]


def test_the_register_filters_by_kind_and_year_the_newest_first(in_app):
    make_record()
    make_record(kind=RecordKind.CATALOGUE)
    make_record()
    year = clock.today().year
    assert [record.rank for record in queries.records(Wanted(kind=RecordKind.REGLEMENT)).items] == [3, 1]
    assert queries.records(Wanted(year=year - 1)).total == 0
    assert queries.kinds_and_years() == ([(RecordKind.REGLEMENT, 2), (RecordKind.CATALOGUE, 1)], [(year, 3)])


@pytest.mark.parametrize("number", ["2026-1", "2026-0001", "abc", "2026-999", "9999999999-001", "2026-999999999", ""])
def test_a_number_that_names_nothing_is_missing(in_app, number):
    make_record()
    with pytest.raises(Missing):
        queries.record_by_number(number)


def test_the_last_record_of_a_source_is_found_from_its_feature(in_app):
    make_record(source_id="7")
    newest = make_record(source_id="7", kind=RecordKind.CATALOGUE)
    assert queries.record_of_source("editions", "7") is newest
    assert queries.record_of_source("editions", "7", RecordKind.PV_DEPOUILLEMENT) is None


def _loaded(record: GovernanceRecord) -> GovernanceRecord:
    return queries.record_by_number(record.number)


def test_what_is_filed_during_a_check_raises_no_alarm(in_app):
    make_record()
    end = queries.end_of_register()
    make_record()
    assert len(list(check_chain(queries.chain(end), queries.filings_in_journal(end)))) == 1

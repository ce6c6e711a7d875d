"""The words every feature shares: money, refusals, lifecycles, canonical facts, the clock."""

from __future__ import annotations

import enum
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from app.database import db
from app.domain.shared import canonical, clock, journal, money, outbox
from app.domain.shared.refusals import YES, Refusal, first_refusal, require
from app.domain.shared.states import Lifecycle, transition
from tests.support.town import make_person


@over(st.integers(min_value=0, max_value=money.MOST_CENTS))
def test_an_amount_written_for_a_field_reads_back_equal(cents: int) -> None:
    assert money.parse_euros(money.plain_euros(cents)) == cents


@over(st.integers(min_value=0, max_value=money.MOST_CENTS))
def test_an_amount_shown_to_people_reads_back_equal(cents: int) -> None:
    assert money.parse_euros(money.format_euros(cents)) == cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [("1 200", 120000), ("1200,5", 120050), ("12 000 €", 1200000), ("0,05", 5), ("1.200,50", 120050)],
)
def test_amounts_are_read_as_people_write_them(text: str, cents: int) -> None:
    assert money.parse_euros(text) == cents


@pytest.mark.parametrize("text", ["", "-5", "12,345", "mille", "1 2 3", "9" * 20, "1e5", "NaN"])
def test_what_is_not_an_amount_is_refused_with_an_instruction(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        money.parse_euros(text, "cost")
    assert caught.value.field == "cost"
    assert caught.value.code == "amount"


def test_whole_euros_show_no_decimals() -> None:
    assert money.format_euros(120000) == "1\u202f200\u00a0€"
    assert money.format_euros(120050) == "1\u202f200,50\u00a0€"
    assert money.format_euros(-5) == "-0,05\u00a0€"


def test_a_refusal_is_false_and_yes_is_true() -> None:
    refusal = Refusal("Revenez demain.")
    assert YES
    assert not refusal
    assert first_refusal(YES, refusal) is refusal
    require(YES, YES)
    with pytest.raises(Refusal, match=r"Revenez demain\."):
        require(YES, refusal)


def test_a_refusal_carries_those_of_other_fields_once_each() -> None:
    title, place, again = (Refusal(one, field=one) for one in ("title", "place", "title"))
    nowhere = Refusal("closed")
    with pytest.raises(Refusal) as caught:
        require(title, first_refusal(place, again), nowhere)
    assert [caught.value.field, *(one.field for one in caught.value.also)] == ["title", "place"]
    assert first_refusal(caught.value, YES) is caught.value
    # What concerns no field is said alone: it may be the reason of all the others.
    assert first_refusal(nowhere, title).also == (title,)


class Door(enum.Enum):
    OPEN = "open"
    SHUT = "shut"


LIFE = Lifecycle("door", (transition("shut", Door.OPEN, Door.SHUT),), {Door.SHUT: "La porte est déjà fermée."})


def test_a_lifecycle_says_where_a_verb_leads_and_refuses_the_others() -> None:
    assert LIFE.target("shut", Door.OPEN) is Door.SHUT
    assert LIFE.verbs(Door.OPEN) == ("shut",)
    with pytest.raises(Refusal, match="déjà fermée"):
        LIFE.target("shut", Door.SHUT)


FACTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@over(st.dictionaries(st.text(), FACTS, max_size=5))
def test_the_same_facts_in_another_order_have_the_same_digest(facts: dict[str, object]) -> None:
    assert canonical.digest(facts) == canonical.digest(dict(reversed(facts.items())))


def test_a_float_has_no_canonical_writing() -> None:
    with pytest.raises(TypeError, match="float"):
        canonical.digest({"cost": [1.5]})


def test_days_begin_and_end_at_midnight_in_paris() -> None:
    assert clock.start_of(date(2026, 7, 1)) == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert clock.end_of(date(2026, 12, 31)) == datetime(2026, 12, 31, 23, tzinfo=UTC)
    # The ends of the calendar, which a form lets one type.
    assert clock.from_paris(datetime.combine(date.min, time())) < datetime(2000, 1, 1, tzinfo=UTC)
    assert clock.from_paris(datetime.combine(date.max, time())).year == 9999


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    assert clock.day_in_words(date(2026, 10, 1)) == "jeudi 1er octobre 2026"
    assert clock.day_in_words(date(2026, 10, 21), "d MMMM y") == "21 octobre 2026"


@pytest.mark.usefixtures("in_app")
def test_the_database_tells_the_same_hour_and_travels_with_the_clock() -> None:
    with clock.shifted(timedelta(days=40)):
        assert abs(clock.database_now(db.session()) - clock.now()) < timedelta(seconds=5)
        assert clock.now() - datetime.now(UTC) > timedelta(days=39)


@pytest.mark.usefixtures("in_app")
def test_the_journal_keeps_the_act_and_refuses_to_forget_it() -> None:
    person = make_person()
    entry = journal.record("joined", person, actor=person, channel="online")
    db.session.flush()
    assert (entry.verb, entry.subject_kind, entry.actor_id) == ("joined", "people", person.id)
    with pytest.raises(Exception, match="append-only"), db.session.begin_nested():
        db.session.execute(db.text("DELETE FROM journal"))


@pytest.mark.usefixtures("in_app")
def test_a_message_waits_longer_after_each_failure_and_then_for_a_person() -> None:
    outbox.post("nour@exemple.test", "Bonjour", "Votre idée est publiée.")
    later = timedelta(0)
    for attempt, wait in enumerate(outbox.WAITS, start=1):
        with clock.shifted(later):
            message = outbox.claim_next_for_update()
            assert message is not None
            outbox.note_delivery(message.id, attempt, "refusé")
            assert message.next_try_at is not None
            assert timedelta(0) < message.next_try_at - clock.now() <= wait
        later += wait
    with clock.shifted(later):
        message = outbox.claim_next_for_update()
        assert message is not None
        outbox.note_delivery(message.id, len(outbox.WAITS) + 1, "refusé")
    assert message.next_try_at is None
    assert outbox.count_stuck() == 1


@pytest.mark.usefixtures("in_app")
def test_somebody_without_an_address_gets_no_message() -> None:
    outbox.post(None, "Bonjour", "…")
    assert outbox.claim_next_for_update() is None

"""Quorum, proxies and voices: what holds whatever the seats, the presences and the rulebook."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.governance.models import Presence, Standing
from app.domain.governance.rules import FunctioningRules, Seated, fraction, quorum_of, voices
from app.domain.shared.refusals import Refusal

PARTS = st.sampled_from(["", "1/3", "1/2", "2/3", "1", "50 %"])
RULES = st.builds(FunctioningRules, quorum=PARTS, second_call_quorum=PARTS, proxies_count=st.booleans(),
                  recused_leave_quorum=st.booleans())  # fmt: skip


@st.composite
def rooms(draw):
    count = draw(st.integers(0, 12))
    return [
        Seated(
            mandate_id=rank, seat_id=draw(st.integers(0, max(0, count - 1))), college=draw(st.sampled_from("ab")),
            has_vote=draw(st.booleans()), standing=Standing.TITULAR,
            presence=draw(st.sampled_from([None, *Presence])), proxy_to=draw(st.integers(0, 12)),
            recused=draw(st.booleans()),
        )
        for rank in range(count)
    ]  # fmt: skip


@given(RULES, rooms())
def test_nobody_is_counted_twice_and_no_more_than_the_seats(rules, room):
    whole = quorum_of(rules, room).whole
    assert 0 <= whole.here <= whole.seats <= len({one.seat_id for one in room})
    assert 0 <= whole.needed <= whole.seats
    assert voices(room) <= len({one.seat_id for one in room if one.has_vote and not one.recused})


@given(RULES, rooms())
def test_somebody_who_arrives_never_undoes_a_quorum(rules, room):
    before = quorum_of(rules, room)
    for rank, one in enumerate(room):
        if one.presence in (None, Presence.ABSENT):
            arrived = [*room[:rank], replace(one, presence=Presence.PRESENT), *room[rank + 1 :]]
            assert quorum_of(rules, arrived).whole.here >= before.whole.here


@given(RULES, rooms())
def test_stepping_aside_never_gives_a_voice(rules, room):
    for rank, one in enumerate(room):
        aside = [*room[:rank], replace(one, recused=True), *room[rank + 1 :]]
        assert voices(aside) <= voices(room)


@given(rooms())
def test_a_rulebook_that_asks_nothing_is_always_satisfied(room):
    assert quorum_of(FunctioningRules(), room).reached


def test_the_needed_number_is_rounded_up_and_each_college_counts_for_itself():
    room = [
        Seated(rank, rank, "a" if rank < 3 else "b", True, Standing.TITULAR, Presence.PRESENT if rank < 3 else None)
        for rank in range(5)
    ]
    rules = FunctioningRules(quorum="1/2", college_quorums={"b": "1/2"})
    found = quorum_of(rules, room)
    assert (found.whole.needed, found.whole.here) == (3, 3)
    assert found.whole.reached
    assert not found.reached
    assert quorum_of(rules, room, call_number=2).reached


def test_a_proxy_counts_only_while_its_holder_is_in_the_room():
    giver = Seated(1, 1, "a", True, Standing.TITULAR, Presence.REPRESENTED, proxy_to=2)
    holder = Seated(2, 2, "a", True, Standing.TITULAR, Presence.PRESENT)
    assert voices([giver, holder]) == 2
    assert voices([giver, replace(holder, presence=Presence.ABSENT)]) == 0
    assert voices([giver, replace(holder, recused=True)]) == 0
    assert quorum_of(FunctioningRules(proxies_count=False), [giver, holder]).whole.here == 1


@pytest.mark.parametrize(
    ("text", "part"), [("1/2", Fraction(1, 2)), ("50 %", Fraction(1, 2)), ("0,25", Fraction(1, 4)), ("", None)]
)
def test_a_part_is_read_as_people_write_it(text, part):
    assert fraction(text) == part


@pytest.mark.parametrize("text", ["moitié", "2", "1/0", "0", "-1/2"])
def test_what_is_not_a_part_is_refused(text):
    with pytest.raises(Refusal):
        fraction(text)


def test_rules_are_read_back_as_they_were_written():
    rules = FunctioningRules(quorum="1/2", college_quorums={"habitants": "1/3"}, proxies_per_person=2)
    assert FunctioningRules.of(rules.to_facts()) == rules

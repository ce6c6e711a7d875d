"""Two methods that share nothing but the narrowing agree with each other, and with counting everything by hand."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from app.domain.councils.rules.draw import feasible, states
from app.domain.councils.rules.draw.questions import Question, tightened
from app.domain.shared.refusals import Refusal


def enumerated(question: Question) -> bool:
    """Every way of filling the seats is tried, group by group. Nothing is narrowed."""
    groups = list(question.groups.items())

    def tried(number: int, left: int, counts: list[int]) -> bool:
        if number == len(groups):
            return left == 0 and all(
                low <= count <= high for count, (low, high) in zip(counts, question.bounds, strict=True)
            )
        group, size = groups[number]
        return any(
            tried(number + 1, left - taken, [n + taken * (place in group) for place, n in enumerate(counts)])
            for taken in range(min(size, left) + 1)
        )

    return tried(0, question.seats, [0] * len(question.bounds))


def hold(filling: dict[tuple[int, ...], int], question: Question) -> bool:
    """Whether a filling fills the seats, from people who are there, within every bound."""
    counts = [sum(n for group, n in filling.items() if place in group) for place in range(len(question.bounds))]
    return (
        sum(filling.values()) == question.seats
        and all(n <= question.groups[group] for group, n in filling.items())
        and all(low <= count <= high for count, (low, high) in zip(counts, question.bounds, strict=True))
    )


@st.composite
def questions(draw: st.DrawFn, most_groups: int = 9, most_people: int = 3, most_seats: int = 6) -> Question:
    """One to three criteria, some categories with a quota, sometimes a crossed quota, few people."""
    sizes = draw(
        st.lists(st.integers(1, 3), min_size=1, max_size=3).filter(lambda s: len(list(combos(s))) <= most_groups)
    )
    bounds: list[tuple[int, int]] = []

    def bound() -> int:
        low = draw(st.integers(0, most_seats // 2))
        bounds.append((low, low + draw(st.integers(0, most_seats // 2))))
        return len(bounds) - 1

    places = [[bound() if draw(st.integers(0, 5)) else None for _ in range(size)] for size in sizes]
    families = [[place for place in family if place is not None] for family in places]
    crossed = bound() if len(sizes) > 1 and draw(st.booleans()) else None
    groups: dict[tuple[int, ...], int] = {}
    for combo in combos(sizes):
        group = [place for family, one in zip(places, combo, strict=True) if (place := family[one]) is not None]
        if crossed is not None and combo[:2] == (0, 0):
            group.append(crossed)
        key = tuple(sorted(group))
        groups[key] = groups.get(key, 0) + draw(st.integers(0, most_people))
    return Question(draw(st.integers(0, most_seats)), groups, bounds, families)


def combos(sizes: list[int]) -> itertools.product[tuple[int, ...]]:
    return itertools.product(*map(range, sizes))


@over(questions())
@settings(max_examples=400)
def test_the_search_and_the_states_find_what_enumeration_finds(question: Question):
    expected = enumerated(question)
    assert states.reachable(question) is expected
    filling = feasible.filling(question)
    assert (filling is not None) is expected
    assert filling is None or hold(filling, question)


@over(questions(most_groups=27, most_people=12, most_seats=20))
@settings(max_examples=150)
def test_the_two_methods_agree_where_nothing_can_be_enumerated(question: Question):
    filling = feasible._Search(50_000).fill(question)
    assert states.reachable(question) is (filling is not None)
    assert filling is None or hold(filling, question)


@over(questions())
def test_narrowing_loses_no_panel(question: Question):
    tight = tightened(question)
    assert enumerated(question) is (tight is not None and enumerated(tight))


@over(questions())
def test_families_change_nothing_to_the_answer(question: Question):
    bare = Question(question.seats, question.groups, question.bounds)
    assert feasible.feasible(bare) is feasible.feasible(question) is states.reachable(bare)


def crossed(*families: list[tuple[int, int]], people: int, seats: int) -> Question:
    """Every crossing of the categories, with so many people in each."""
    bounds = [bound for family in families for bound in family]
    places = itertools.count()
    numbered = [[next(places) for _ in family] for family in families]
    return Question(seats, dict.fromkeys(itertools.product(*numbered), people), bounds, numbered)


def test_four_criteria_and_a_hundred_and_sixty_kinds_are_answered_without_coming_back():
    question = crossed([(20, 20)] * 2, [(8, 12)] * 4, [(3, 5)] * 10, [(20, 20)] * 2, people=50, seats=40)
    search = feasible._Search(41)
    filling = search.fill(question)
    assert filling is not None
    assert hold(filling, question)


def test_when_the_steps_are_spent_the_other_method_answers(monkeypatch):
    monkeypatch.setattr(feasible, "FEW_STEPS", -9)
    yes = crossed([(3, 3)] * 2, [(1, 3)] * 3, people=2, seats=6)
    no = crossed([(3, 3)] * 2, [(3, 3)] * 3, people=2, seats=6)
    assert feasible.filling(yes) == {}
    assert feasible.filling(no) is None


def test_a_question_beyond_both_methods_is_refused_and_not_guessed(monkeypatch):
    for name, value in (("FEW_STEPS", -9), ("MOST_BITS", 8), ("MOST_STEPS", 1)):
        monkeypatch.setattr(feasible, name, value)
    with pytest.raises(Refusal) as caught:
        feasible.filling(crossed([(3, 3)] * 2, [(1, 3)] * 3, people=2, seats=6))
    assert caught.value.code == "too_complex"

"""The walk: quotas met, order public, nobody chosen; the same panel everywhere."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections import Counter

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from app.domain.councils.rules.draw.pools import Person, list_sha256, published_list
from app.domain.councils.rules.draw.record import first_difference, record_of
from app.domain.councils.rules.draw.replacement import Why, keeps_quotas, replace
from app.domain.councils.rules.draw.rule import Rule
from app.domain.councils.rules.draw.walk import called_order, draw, one_per_household, public_order, seed_of, walk
from tests.support.draws import SMALL_POOL, a_rule, people_of


def record(rule: Rule, people: list[Person], event: str = "4 8 15 16 23 42"):
    found = record_of(rule, people, event)
    assert found is not None
    return found


def test_a_small_draw_is_the_same_for_ever():
    rule = a_rule()
    found = record(rule, people_of(rule, SMALL_POOL))
    assert found["list_sha256"] == "7dff7fcdfa74ccc27f6b034e737946220b2f17ca084355b5ebda8b898a0bd271"
    assert found["rule_sha256"] == "f7337798dbbe8ae59b78765f12fb03cbbee33dd2805b7c050677094adba23a5d"
    assert found["seed"] == "4c4ea8a379d3ff3d1fee78acde4fd15f03edab975827ae8741407c8bba6591e4"
    assert found["panel"] == ["a3", "a1", "a8", "a6"]
    assert found["alternates"] == ["a2", "a5", "a4", "a7"]
    assert [quota["reached"] for quota in found["quotas"]] == [2, 2, 2]


def test_seed_order_and_list_are_what_the_documentation_says():
    rule = a_rule()
    people = people_of(rule, SMALL_POOL)
    text = published_list(rule, people)
    assert text.splitlines()[:2] == ["id;age;sexe", "a1;-26;F"]
    assert list_sha256(rule, people) == hashlib.sha256(text.encode()).hexdigest()
    assert seed_of("l", "r", "  4 8  15\n") == hashlib.sha256(b"v1|l|r|4 8 15").hexdigest()
    order = public_order(people, "s")
    ranks = [hashlib.sha256(f"s|{person.id}".encode()).hexdigest() for person in order]
    assert ranks == sorted(ranks)


@st.composite
def pools(draw: st.DrawFn, most: int = 14) -> tuple[Rule, list[Person]]:
    """A rule of three seats or so and a pool, which may be too small for it."""
    low = draw(st.integers(0, 2))
    rule = a_rule(
        seats=draw(st.integers(1, 5)),
        criteria={"sexe": ["F", "H"], "age": ["-26", "26-59", "60+"]},
        quotas=[
            {"of": {"sexe": "F"}, "min": low, "max": low + draw(st.integers(0, 2))},
            {"of": {"age": "-26"}, "min": draw(st.integers(0, 1))},
            {"of": {"age": "60+"}, "max": draw(st.integers(0, 2))},
            {"of": {"age": "26-59", "sexe": "H"}, "min": draw(st.integers(0, 1)), "max": 2},
        ],
        one_per_household=draw(st.booleans()),
    )
    size = draw(st.integers(1, most))
    cells = st.tuples(st.sampled_from(["-26", "26-59", "60+"]), st.sampled_from("FH"))
    homes = st.integers(1, 8).map(str) if rule.one_per_household else st.just("")
    rows = [(draw(cells), draw(homes)) for _ in range(size)]
    return rule, [Person(f"p{number}", labels, home) for number, (labels, home) in enumerate(rows)]


@over(pools(), st.text(min_size=1, max_size=5))
@settings(max_examples=200)
def test_the_panel_is_the_first_possible_one_along_the_order(case: tuple[Rule, list[Person]], seed: str):
    rule, people = case
    order = called_order(rule, people, seed)
    # Combinations come in the order of their elements: the first that holds is the first along the public order.
    panels = itertools.combinations(order, rule.seats)
    expected = next((list(panel) for panel in panels if keeps_quotas(rule, panel)), None)
    assert walk(rule, order) == expected


@over(pools(most=40), st.text(min_size=1, max_size=5))
@settings(max_examples=150)
def test_quotas_are_met_everybody_is_titular_or_alternate_and_homes_are_called_once(case, seed):
    rule, people = case
    order = called_order(rule, people, seed)
    drawn = draw(rule, order)
    if drawn is None:
        return
    assert len(drawn.panel) == rule.seats
    assert keeps_quotas(rule, drawn.panel)
    assert sorted([*drawn.panel, *drawn.alternates], key=order.index) == order
    homes = [person.household for person in order if person.household]
    assert len(homes) == len(set(homes))


@over(st.randoms(use_true_random=False), st.integers(1, 7))
def test_the_order_of_lines_and_of_files_changes_nothing(shuffler: random.Random, cut: int):
    rule = a_rule()
    header, *lines = SMALL_POOL.splitlines(keepends=True)
    shuffler.shuffle(lines)
    names = ["a.csv", "b.csv"]
    shuffler.shuffle(names)
    people = people_of(rule, header + "".join(lines[:cut]), header + "".join(lines[cut:]), names=names)
    assert record(rule, people) == record(rule, people_of(rule, SMALL_POOL))


def test_people_of_the_same_kind_have_the_same_chance():
    rule = a_rule()
    people = people_of(rule, SMALL_POOL)
    drawn: Counter[str] = Counter()
    for number in range(4000):
        panel = walk(rule, called_order(rule, people, str(number)))
        assert panel is not None
        drawn.update(person.id for person in panel)
    kinds: dict[tuple[str, ...], list[int]] = {}
    for person in people:
        kinds.setdefault(person.labels, []).append(drawn[person.id])
    # Five standard deviations of a draw of 4,000: the seeds are fixed, so this never changes.
    assert all(max(counts) - min(counts) < 160 for counts in kinds.values()), kinds


def test_swapping_two_people_of_a_kind_swaps_their_fate():
    rule = a_rule()
    people = people_of(rule, SMALL_POOL)
    swap = {"a2": "a3", "a3": "a2"}
    order = called_order(rule, people, "x")
    swapped = [next(one for one in people if one.id == swap.get(person.id, person.id)) for person in order]
    panel, other = walk(rule, order), walk(rule, swapped)
    assert panel is not None
    assert other is not None
    assert {swap.get(person.id, person.id) for person in panel} == {person.id for person in other}


def test_only_the_first_of_a_household_may_be_called():
    order = [Person("a", (), "1"), Person("b", (), "2"), Person("c", (), "1"), Person("d", ()), Person("e", ())]
    assert [person.id for person in one_per_household(order)] == ["a", "b", "d", "e"]


def test_alternates_may_be_so_many_for_each_seat_of_a_kind():
    people = people_of(a_rule(), SMALL_POOL)
    rule = a_rule(alternates=1)
    order = called_order(rule, people, "x")
    drawn = draw(rule, order)
    assert drawn is not None
    seats = Counter(person.labels for person in drawn.panel)
    rest = Counter(person.labels for person in order if person not in drawn.panel)
    assert Counter(person.labels for person in drawn.alternates) == {
        kind: min(number, rest[kind]) for kind, number in seats.items() if rest[kind]
    }
    assert [order.index(person) for person in drawn.alternates] == sorted(map(order.index, drawn.alternates))


# --- Replacing ------------------------------------------------------------------------------------------------------


def test_a_refusal_calls_the_next_of_the_same_kind_then_whoever_keeps_the_quotas_then_nobody():
    rule = a_rule(seats=2, quotas=[{"of": {"sexe": "F"}, "min": 1, "max": 1}])
    order = [
        Person("f1", ("26+", "F")),
        Person("h1", ("26+", "H")),
        Person("h2", ("-26", "H")),
        Person("f2", ("-26", "F")),
        Person("f3", ("26+", "F")),
    ]
    panel = walk(rule, order)
    assert panel == order[:2]
    first = replace(rule, order, ["f1", "h1"], ["f1", "h1"], "f1")
    assert first is not None
    assert (first.person.id, first.why) == ("f3", Why.SAME_KIND)
    second = replace(rule, order, ["f3", "h1"], ["f1", "h1", "f3"], "f3")
    assert second is not None
    assert (second.person.id, second.why) == ("f2", Why.KEEPS_QUOTAS)
    assert replace(rule, order, ["f2", "h1"], ["f1", "h1", "f3", "f2"], "f2") is None


@over(pools(most=25), st.data())
def test_after_any_refusals_the_quotas_still_hold_and_nobody_is_called_twice(case, data):
    rule, people = case
    order = called_order(rule, people, "r")
    panel = walk(rule, order)
    if panel is None:
        return
    seated, called = [person.id for person in panel], {person.id for person in panel}
    known = {person.id: person for person in order}
    for _ in range(6):
        refused = data.draw(st.sampled_from(seated))
        call = replace(rule, order, seated, called, refused)
        if call is None:
            return
        assert call.person.id not in called
        called.add(call.person.id)
        seated[seated.index(refused)] = call.person.id
        assert keeps_quotas(rule, [known[id_] for id_ in seated])


# --- Verifying ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field", "rank"),
    [
        ({"algorithm": "autre"}, "algorithm", None),
        ({"rule_sha256": "0"}, "rule_sha256", None),
        ({"list_sha256": "0"}, "list_sha256", None),
        ({"event": "1"}, "seed", None),
        ({"people": 7}, "people", None),
        ({"panel": ["a1"]}, "panel", 1),
        ({"note": "ajoutée"}, "note", None),
    ],
)
def test_a_record_that_was_touched_says_where(change, field, rank):
    rule = a_rule()
    people = people_of(rule, SMALL_POOL)
    found = record(rule, people)
    assert first_difference(found, rule, people) is None
    difference = first_difference({**found, **change}, rule, people)
    assert difference is not None
    assert difference.field == field
    assert rank is None or difference.rank is not None

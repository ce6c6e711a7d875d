"""Receipts, seals, orders and texts of ballots: pure, and the same for everybody who computes them again."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ballots.rules.ballot import canonical_ballot, pairs, parse_ballot
from app.domain.ballots.rules.order import personal_order
from app.domain.ballots.rules.seals import root_of, seal_digest
from app.domain.ballots.rules.texts import Texts
from app.domain.ballots.services import new_code
from tests.support.refusals import assert_refused

BALLOTS = st.lists(st.dictionaries(st.text(max_size=5), st.integers(0, 9), max_size=6), max_size=12)
REFS = st.lists(st.text("0123456789abc", min_size=1, max_size=4), unique=True, max_size=10)


@given(BALLOTS)
def test_ballots_written_fast_are_written_the_same(ballots):
    texts = Texts()
    for choices in ballots:
        written = texts.write(pairs(choices))
        assert written == canonical_ballot(choices)
        assert texts.read(written) == pairs(parse_ballot(written))


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"b":1,"a":1}', '{"a": 1}', '{"a":0}', '{"a":1.0}', '{"a":true}', "null"]
)
def test_a_text_nobody_wrote_is_refused(text):
    for texts in (Texts(), known()):
        with assert_refused("ballot_text"):
            texts.read(text)


def known() -> Texts:
    texts = Texts()
    texts.write((("a", 1), ("b", 1)))
    return texts


@given(st.lists(st.text("0123456789abcdef", min_size=4, max_size=4), max_size=8), st.randoms())
def test_the_root_of_a_batch_knows_no_order(receipts, random):
    shuffled = list(receipts)
    random.shuffle(shuffled)
    assert root_of(shuffled) == root_of(receipts)


def test_the_root_is_redone_by_anybody():
    assert root_of(["b" * 64, "a" * 64]) == hashlib.sha256(f"{'a' * 64}\n{'b' * 64}".encode()).hexdigest()


def test_every_part_of_a_seal_counts():
    seal = {"scrutin_id": 1, "num": 1, "emargements": 10, "ballots": 10, "root": "r", "previous": "p"}
    digests = {seal_digest(**{**seal, name: value}) for name, value in (
        ("scrutin_id", 2), ("num", 2), ("emargements", 11), ("ballots", 11), ("root", "s"), ("previous", "q"),
    )}  # fmt: skip
    assert len(digests | {seal_digest(**seal)}) == 7


@given(REFS, st.randoms())
def test_the_order_of_a_voter_does_not_follow_the_order_of_deposit(refs, random):
    shuffled = list(refs)
    random.shuffle(shuffled)
    assert personal_order("key", 7, 1, refs) == personal_order("key", 7, 1, shuffled)
    assert sorted(personal_order("key", 7, 1, refs)) == sorted(refs)


def test_each_project_comes_first_for_about_as_many_voters():
    first = [personal_order("key", person, 1, "abcd")[0] for person in range(2000)]
    assert all(400 < first.count(ref) < 600 for ref in "abcd")


def test_codes_are_never_drawn_twice():
    assert len({new_code() for _ in range(1000)}) == 1000

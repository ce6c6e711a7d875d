"""The quick writing and reading of a great many ballots is that of one ballot, whatever a project is called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ballots.rules.ballot import canonical_ballot, pairs, parse_ballot
from app.domain.ballots.rules.texts import Texts
from tests.support.refusals import assert_refused

# Names that JSON escapes, or that look like what stands between two projects.
NAMES = st.one_of(st.sampled_from(["a", "a,", ',"', '":1,"b', "\\", '\\"', "é", "}", ""]), st.text(max_size=4))
BALLOTS = st.lists(st.dictionaries(NAMES, st.integers(0, 3), max_size=5), max_size=6)


@given(BALLOTS)
def test_many_ballots_are_written_and_read_as_one(ballots):
    writer, reader = Texts(), Texts()
    # Twice: the second time every piece is known.
    for choices in [*ballots, *ballots]:
        text = writer.write(pairs(choices))
        assert text == canonical_ballot(choices)
        assert reader.read(text) == pairs(choices) == pairs(parse_ballot(text))


@pytest.mark.parametrize(
    "text",
    [
        '{"b":1,"a":1}',
        '{"a":1,"a":1}',
        '{"a":1,"a":2}',
        '{"a":1,}',
        '{"a":1',
        '"a":1}',
        '{"a":0}',
        '{"a": 1}',
        "[]",
        "",
    ],
)
def test_any_other_writing_is_refused_even_of_known_pieces(text):
    texts = Texts()
    for known in ({"a": 1}, {"a": 2}, {"b": 1}):
        texts.read(canonical_ballot(known))
    with assert_refused("ballot_text"):
        texts.read(text)

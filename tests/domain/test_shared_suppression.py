"""Small cells are hidden, and nothing else of the table gives them away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shared.suppression import suppress

TABLES = st.lists(st.integers(0, 40), min_size=1, max_size=8)
THRESHOLDS = st.integers(1, 15)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([20, 30, 40], [20, 30, 40]),
        ([20, 0, 40], [20, 0, 40]),
        ([3, 30, 40], [None, None, 40]),
        ([3, 0, 40], [None, 0, None]),
        ([3, 4, 40, 50], [None, None, None, 50]),
        ([6, 7, 40, 50], [None, None, 40, 50]),
        ([3, 0], [None, None]),
        ([5], [None]),
        ([12], [12]),
        ([], []),
    ],
)
def test_a_table_is_shown_without_its_small_cells(counts, shown):
    assert suppress(counts, 10) == shown


@given(TABLES, THRESHOLDS)
def test_no_small_count_is_shown(counts, threshold):
    assert all(count is None or count == 0 or count >= threshold for count in suppress(counts, threshold))


@given(TABLES, THRESHOLDS)
def test_what_is_shown_is_true(counts, threshold):
    assert all(shown in (None, count) for count, shown in zip(counts, suppress(counts, threshold), strict=True))


@given(TABLES, THRESHOLDS)
def test_the_total_never_gives_a_hidden_count_away(counts, threshold):
    shown = suppress(counts, threshold)
    hidden = [count for count, cell in zip(counts, shown, strict=True) if cell is None]
    if hidden and len(hidden) < len(counts):
        assert len(hidden) >= 2
        assert sum(hidden) >= threshold


@given(TABLES, THRESHOLDS)
def test_a_table_without_small_counts_is_shown_whole(counts, threshold):
    counts = [count for count in counts if count == 0 or count >= threshold]
    assert suppress(counts, threshold) == counts

"""Largest remainder: every seat is given, nobody is more than one seat away from their exact part."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from app.domain.shared.shares import largest_remainder

weights = st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=12).filter(any)
seats = st.integers(min_value=0, max_value=500)


def test_forty_seats_over_five_quartiers_as_rennes_shared_them():
    assert largest_remainder(40, [6100, 4200, 4100, 3900, 2000]) == [12, 8, 8, 8, 4]


def test_the_seat_left_goes_to_the_largest_remainder_and_not_to_the_largest_weight():
    assert largest_remainder(10, [600, 261, 139]) == [6, 3, 1]
    assert largest_remainder(10, [610, 240, 150]) == [6, 2, 2]


def test_equal_remainders_are_served_in_the_order_given():
    assert largest_remainder(3, [5, 5]) == [2, 1]
    assert largest_remainder(1, [1, 1, 1]) == [1, 0, 0]


def test_a_place_without_weight_gets_nothing():
    assert largest_remainder(5, [0, 3, 0]) == [0, 5, 0]


@over(seats, weights)
def test_every_seat_is_given_and_each_part_stays_within_its_quota(seats: int, weights: list[int]):
    shares = largest_remainder(seats, weights)
    assert sum(shares) == seats
    for share, weight in zip(shares, weights, strict=True):
        exact = Fraction(seats * weight, sum(weights))
        assert abs(share - exact) < 1


@over(seats, weights)
def test_a_larger_weight_never_has_fewer_seats(seats: int, weights: list[int]):
    shares = dict(zip(weights, largest_remainder(seats, weights), strict=True))
    served = [shares[weight] for weight in sorted(shares)]
    assert served == sorted(served)


@over(seats, weights, st.integers(min_value=2, max_value=9))
def test_only_the_proportions_count(seats: int, weights: list[int], factor: int):
    assert largest_remainder(seats, weights) == largest_remainder(seats, [factor * weight for weight in weights])


@pytest.mark.parametrize(("seats", "weights"), [(4, []), (4, [0, 0]), (-1, [3]), (3, [4, -1])])
def test_nothing_to_share_by_is_an_error(seats: int, weights: list[int]):
    with pytest.raises(ValueError, match=r"weight"):
        largest_remainder(seats, weights)

"""Seats shared out in proportion, so that every quartier receives what its population gives it."""

from __future__ import annotations

from collections.abc import Sequence


def largest_remainder(seats: int, weights: Sequence[int]) -> list[int]:
    """Seats per weight, in the order given: whole quotas first, then one more to the largest remainders (Hamilton).

    ``weights`` are whole numbers, populations for instance; the sum of the answer is ``seats``. Between equal
    remainders the first in the order given wins, so whoever fixes the order fixes the tie: publish it. Raises
    ``ValueError`` when there is nothing to share by. Integers throughout, so that every machine finds the same.
    """
    total = sum(weights)
    if seats < 0 or any(weight < 0 for weight in weights):
        raise ValueError("seats and weights are zero or more")
    if total == 0:
        raise ValueError("no weight to share by")
    shares = [seats * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -(seats * weights[place] % total))
    for place in by_remainder[: seats - sum(shares)]:
        shares[place] += 1
    return shares

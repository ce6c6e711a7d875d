"""Publishing counts without pointing at anybody: small cells are hidden, and so is what would give them away."""

from __future__ import annotations

from collections.abc import Sequence


def suppress(counts: Sequence[int], threshold: int) -> list[int | None]:
    """The counts of a one-way table whose total is published, with ``None`` where a count must be hidden.

    A count from 1 to ``threshold - 1`` is hidden. As the total is known, one hidden cell could be computed: the
    smallest others are hidden too until at least two are, and until they hold ``threshold`` people together. When the
    table cannot be protected that way (too few people in all), every cell is hidden, zeros included. Refuses nothing.
    Source: architecture §4 (small cells, including by complement); votes-tirage-questionnaires §5.1.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < threshold}
    if not hidden:
        return list(counts)
    # Zeros protect nothing: an empty cell adds nobody to those among whom a person is hidden.
    others = sorted((count, place) for place, count in enumerate(counts) if count >= threshold)
    for _, place in others:
        if _is_safe([counts[place] for place in hidden], threshold):
            break
        hidden.add(place)
    if not _is_safe([counts[place] for place in hidden], threshold):
        return [None] * len(counts)
    return [None if place in hidden else count for place, count in enumerate(counts)]


def _is_safe(hidden: list[int], threshold: int) -> bool:
    return len(hidden) >= 2 and sum(hidden) >= threshold

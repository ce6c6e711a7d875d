"""The exact answer by following every reachable count at once, as the bits of one large integer.

Taking one more person of a group shifts the integer. A quota is forgotten as soon as its last group is behind, so ten
quartiers cost hardly more than one. No search, hence no bad surprise: the cost is known before starting. It serves
when the search of ``feasible`` has not found an answer within its budget, and proves it in the tests.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.councils.rules.draw.questions import Bound, Group, Question, tightened


def reachable(question: Question) -> bool:
    """Whether the seats can be filled with every quota between its bounds, both included."""
    tight = tightened(question)
    if tight is None:
        return False
    return tight.seats == 0 or _cheapest(tight).reaches_the_end()


def cost(question: Question) -> int:
    """The bits that following the question needs. 0 when it answers itself."""
    tight = tightened(question)
    return 0 if tight is None or tight.seats == 0 else _cheapest(tight).bits


def _cheapest(question: Question) -> _Plan:
    """The order of groups that keeps the fewest quotas open at once."""
    orders = [list(family) for family in question.families] or [[]]
    return min((_Plan(question, first) for first in orders), key=lambda plan: plan.bits)


class _Plan:
    """Which group comes when, and which digit of the state counts which quota.

    A state is a number written in mixed radix: one digit for the seats taken, one for each open quota. Quotas that
    are never open together share a digit.
    """

    def __init__(self, question: Question, first: Sequence[int]) -> None:
        self.question = question
        self.bounds = question.bounds
        families = [first, *(family for family in question.families if list(family) != list(first))]
        self.groups = sorted(question.groups, key=lambda group: [_category(group, family) for family in families])
        self.counted = {place for place, bound in enumerate(self.bounds) if not self._is_void(place, bound)}
        self.deduced = self._deduce(families[1:])
        self.spans = {place: self._span(place) for place in sorted(self.counted)}
        self.stride, self.radix, self.bits = self._digits()

    def _is_void(self, place: int, bound: Bound) -> bool:
        room = sum(size for group, size in self.question.groups.items() if place in group)
        return bound[0] == 0 and bound[1] >= min(room, self.question.seats)

    def _deduce(self, families: Sequence[Sequence[int]]) -> dict[int, list[int]]:
        """In a family where everybody has a category, the largest is what the others leave: no digit for it."""
        deduced = {}
        for family in families:
            covers = all(any(place in group for place in family) for group in self.groups)
            if family and covers and self.counted.issuperset(family):
                largest = max(family, key=lambda place: self.bounds[place][1])
                self.counted.discard(largest)
                deduced[largest] = [place for place in family if place != largest]
        return deduced

    def _span(self, place: int) -> tuple[int, int]:
        """The first and the last group of a quota; one whose sister is deduced stays until the end."""
        where = [number for number, group in enumerate(self.groups) if place in group]
        if any(place in others for others in self.deduced.values()):
            return where[0] if where else 0, len(self.groups)
        return (where[0], where[-1]) if where else (0, 0)

    def _digits(self) -> tuple[dict[int, int], dict[int, int], int]:
        """The weight and the radix of each quota's digit; the seats have the lowest digit."""
        slots: list[list[int]] = []
        for place, (begins, _) in sorted(self.spans.items(), key=lambda item: item[1]):
            free = next((slot for slot in slots if self.spans[slot[-1]][1] < begins), None)
            if free is None:
                slots.append([place])
            else:
                free.append(place)
        stride, radix, weight = {}, {}, self.question.seats + 1
        for slot in slots:
            size = 1 + max(self.bounds[place][1] for place in slot)
            for place in slot:
                stride[place], radix[place] = weight, size
            weight *= size
        return stride, radix, weight

    def _where(self, weight: int, radix: int, low: int, high: int) -> int:
        """The states whose digit stands between two values, as a mask."""
        if low > high:
            return 0
        mask = ((1 << weight * (high - low + 1)) - 1) << weight * low
        period = weight * radix
        while period < self.bits:
            mask |= mask << period
            period *= 2
        return mask & ((1 << self.bits) - 1)

    def reaches_the_end(self) -> bool:
        """Follows every reachable state through all the groups."""
        seats = self.question.seats
        last = {place: end for place, (_, end) in self.spans.items()}
        free = {place: self._where(self.stride[place], self.radix[place], 0, self.bounds[place][1] - 1)
                for place in self.counted}  # fmt: skip
        reached, seat_left = 1, self._where(1, seats + 1, 0, seats - 1)
        for number, group in enumerate(self.groups):
            room, shift = seat_left, 1
            for place in self.counted.intersection(group):
                room &= free[place]
                shift += self.stride[place]
            for _ in range(self.question.groups[group]):
                reached |= (reached & room) << shift
            for place in [place for place, end in last.items() if end == number]:
                reached = self._closed(reached, place, 0)
        reached &= self._where(1, seats + 1, seats, seats)
        for largest, others in self.deduced.items():
            reached = self._deduced(reached, largest, others)
        return reached != 0

    def _closed(self, reached: int, place: int, seats: int) -> int:
        """The states where the quota is within its bounds, its digit back to zero and ``seats`` less for each one."""
        low, high = self.bounds[place]
        weight, radix = self.stride[place], self.radix[place]
        kept = 0
        for value in range(low, high + 1):
            kept |= (reached & self._where(weight, radix, value, value)) >> value * (weight + seats)
        return kept

    def _deduced(self, reached: int, largest: int, others: Sequence[int]) -> int:
        """Takes the other categories away from the seats: what is left is the count of the largest."""
        seats, (low, high) = self.question.seats, self.bounds[largest]
        for place in others:
            reached = self._closed(reached, place, 1)
        kept = 0
        for value in range(low, high + 1):
            kept |= (reached & self._where(1, seats + 1, value, value)) << seats - value
        return kept


def _category(group: Group, family: Sequence[int]) -> int:
    """Which category of the family a group has; the groups without one come last."""
    return next((number for number, place in enumerate(family) if place in group), len(family))

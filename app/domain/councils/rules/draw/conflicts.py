"""When the quotas cannot be met: the fewest that conflict, told as an agent would tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from flask_babel import lazy_gettext as _l

from app.domain.councils.rules.draw.feasible import feasible
from app.domain.councils.rules.draw.questions import Question
from app.domain.councils.rules.draw.rule import Quota, Rule


@dataclass(frozen=True)
class Limit:
    """One side of a quota, with how many people of the lists count in it."""

    quota: Quota
    side: Literal["min", "max"]
    available: int

    def to_facts(self) -> dict[str, object]:
        wanted = self.quota.low if self.side == "min" else self.quota.high
        return {"of": dict(self.quota.of), self.side: wanted, "available": self.available}

    def __str__(self) -> str:
        who = named(self.quota)
        if self.side == "min":
            return str(
                _l(
                    "au moins %(n)s « %(who)s » (les listes en contiennent %(has)s)",
                    n=self.quota.low,
                    who=who,
                    has=self.available,
                )
            )
        return str(
            _l(
                "au plus %(n)s « %(who)s » (les listes en contiennent %(has)s)",
                n=self.quota.high,
                who=who,
                has=self.available,
            )
        )


def conflict(rule: Rule, question: Question) -> list[Limit]:
    """The fewest limits that cannot hold together: without any one of them the others can. Question: infeasible.

    Limits are set aside one by one and put back when the rest can then be met (deletion filter), the most general
    last, so that what is named is as precise as can be. Empty when there are fewer people than seats.
    """
    rooms = question.rooms()
    limits = [
        Limit(quota, side, rooms[place])
        for place, quota in enumerate(rule.quotas)
        for side in ("min", "max")
        if (quota.low > 0 if side == "min" else quota.high < rule.seats)
    ]
    kept = list(limits)
    for limit in limits:
        without = [other for other in kept if other is not limit]
        if not feasible(_only(rule, question, without)):
            kept = without
    return kept


def told(rule: Rule, question: Question, limits: Sequence[Limit]) -> str:
    """The sentence of a conflict."""
    people = sum(question.groups.values())
    if not limits:
        return str(
            _l(
                "Il faut %(seats)s personnes, les listes n’en contiennent que %(people)s.",
                seats=rule.seats,
                people=people,
            )
        )
    if len(limits) == 1:
        return _alone(rule, limits[0], people)
    listed = " ; ".join(str(limit) for limit in limits)
    return str(
        _l("Pour %(seats)s sièges, ces règles ne tiennent pas ensemble : %(listed)s.", seats=rule.seats, listed=listed)
    )


def named(quota: Quota) -> str:
    """The categories of a quota in words."""
    return ", ".join(f"{name} : {category}" for name, category in quota.of)


def _alone(rule: Rule, limit: Limit, people: int) -> str:
    who = named(limit.quota)
    if limit.side == "min" and limit.quota.low > rule.seats:
        return str(
            _l(
                "Il faut %(n)s « %(who)s » pour %(seats)s sièges seulement.",
                n=limit.quota.low,
                who=who,
                seats=rule.seats,
            )
        )
    if limit.side == "min":
        return str(
            _l(
                "Il faut %(n)s « %(who)s », les listes n’en contiennent que %(has)s.",
                n=limit.quota.low,
                who=who,
                has=limit.available,
            )
        )
    other = _l(
        "Il faut %(n)s personnes autres que « %(who)s », les listes n’en contiennent que %(has)s.",
        n=rule.seats - limit.quota.high,
        who=who,
        has=people - limit.available,
    )
    return str(other)


def _only(rule: Rule, question: Question, limits: Sequence[Limit]) -> Question:
    """The question with these limits alone."""
    lows = {limit.quota.of for limit in limits if limit.side == "min"}
    highs = {limit.quota.of for limit in limits if limit.side == "max"}
    bounds = [
        (quota.low if quota.of in lows else 0, quota.high if quota.of in highs else rule.seats) for quota in rule.quotas
    ]
    return replace(question, bounds=bounds)

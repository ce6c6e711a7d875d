"""After a refusal or a departure, who is called: the order decides, nobody else."""

from __future__ import annotations

import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.councils.rules.draw.pools import Person
from app.domain.councils.rules.draw.rule import Rule


class Why(enum.StrEnum):
    """Why this person is called."""

    SAME_KIND = "same_kind"
    KEEPS_QUOTAS = "keeps_quotas"


@dataclass(frozen=True)
class Call:
    """The next person, and why."""

    person: Person
    why: Why


def replace(
    rule: Rule, order: Sequence[Person], seated: Collection[str], called: Collection[str], refused: str
) -> Call | None:
    """Who takes the seat that ``refused`` leaves: the next of the same kind, else the next who keeps every quota.

    ``order`` is that of ``called_order``, or the titulars and alternates of a record put back in that order.
    ``seated`` are the identifiers of those who hold a seat, ``refused`` among them; ``called`` everyone who was
    called so far, whatever they answered: nobody is called twice. None when the list is spent: a new draw is needed.
    Raises ``KeyError`` for an identifier that is not in the order. Source: choix de conception; CC-R17 for the end.
    """
    known = {person.id: person for person in order}
    kind = known[refused].labels
    free = [person for person in order if person.id not in called and person.id not in seated and person.id != refused]
    same = next((person for person in free if person.labels == kind), None)
    if same is not None:
        return Call(same, Why.SAME_KIND)
    others = [known[id_] for id_ in seated if id_ != refused]
    fitting = next((person for person in free if keeps_quotas(rule, [*others, person])), None)
    return None if fitting is None else Call(fitting, Why.KEEPS_QUOTAS)


def keeps_quotas(rule: Rule, people: Sequence[Person]) -> bool:
    """Whether these people fill the seats within every quota."""
    reached = reached_quotas(rule, people)
    within = (quota.low <= count <= quota.high for quota, count in zip(rule.quotas, reached, strict=True))
    return len(people) == rule.seats and all(within)


def reached_quotas(rule: Rule, people: Sequence[Person]) -> list[int]:
    """How many of these people count in each quota."""
    reached = [0] * len(rule.quotas)
    for person in people:
        for place in rule.group_of(person.labels):
            reached[place] += 1
    return reached

"""The draw itself: an order nobody chooses, and a walk along it that keeps whoever leaves the quotas within reach.

The panel is the first possible one along the public order. Two people with the same categories have the same chance,
for the order knows identifiers only. Anyone with the published list, the rule and the event finds the same panel.
Source: domain protocol of RFC 3797 (publish first, draw from a public event); choix de conception for the walk.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.councils.rules.draw.feasible import filling
from app.domain.councils.rules.draw.pools import Person
from app.domain.councils.rules.draw.questions import Group, Question
from app.domain.councils.rules.draw.rule import Labels, Rule


@dataclass(frozen=True)
class Draw:
    """A draw done: titulars then alternates, both in the public order."""

    panel: Sequence[Person]
    alternates: Sequence[Person]


def event_text(event: str) -> str:
    """The public value as it is hashed: spaces at the ends and doubled ones do not count."""
    return " ".join(event.split())


def seed_of(list_sha256: str, rule_sha256: str, event: str) -> str:
    """The seed. The rule is in it, so that no other rule may be tried on an order that is already known."""
    return _sha256(f"v1|{list_sha256}|{rule_sha256}|{event_text(event)}")


def public_order(people: Iterable[Person], seed: str) -> list[Person]:
    """Everyone by the SHA-256 of ``seed|id``; the identifier would separate two equal digests."""
    return sorted(people, key=lambda person: (_sha256(f"{seed}|{person.id}"), person.id))


def one_per_household(order: Iterable[Person]) -> list[Person]:
    """Only the first of each household along the order. Those without a household are all kept."""
    seen: set[str] = set()
    kept = []
    for person in order:
        if not person.household or person.household not in seen:
            kept.append(person)
            seen.add(person.household)
    return kept


def called_order(rule: Rule, people: Iterable[Person], seed: str) -> list[Person]:
    """The order in which people may be called: the public order, one person per household when the rule says so."""
    order = public_order(people, seed)
    return one_per_household(order) if rule.one_per_household else order


def question_of(rule: Rule, labels: Iterable[Labels]) -> Question:
    """The quotas of a rule asked of so many people."""
    groups: Counter[Group] = Counter()
    for kind, size in Counter(labels).items():
        groups[rule.group_of(kind)] += size
    bounds = [(quota.low, quota.high) for quota in rule.quotas]
    return Question(rule.seats, groups, bounds, rule.families)


def draw(rule: Rule, order: Sequence[Person]) -> Draw | None:
    """Titulars and alternates, or None when the quotas cannot be met. ``order`` is that of ``called_order``."""
    panel = walk(rule, order)
    return None if panel is None else Draw(panel, alternates(rule, order, panel))


def walk(rule: Rule, order: Sequence[Person]) -> list[Person] | None:
    """Down the order, keeps each person with whom all the seats can still be filled within the quotas.

    A group refused once is refused for good: whoever is kept later only adds constraints. So the feasibility is asked
    at most once per group and once per seat, and not at all when the last way found has room for the person.
    """
    question = question_of(rule, (person.labels for person in order))
    way = filling(question)
    if way is None:
        return None
    groups = {labels: rule.group_of(labels) for labels in {person.labels for person in order}}
    panel: list[Person] = []
    closed: set[Group] = set()
    for person in order:
        group = groups[person.labels]
        if len(panel) == rule.seats:
            break
        if group in closed:
            continue
        after = question.after(group)
        if way.get(group):
            way = {**way, group: way[group] - 1}
        else:
            other = filling(after)
            if other is None:
                closed.add(group)
                question = question.without(group)
                continue
            way = other
        question = after
        panel.append(person)
    return panel


def alternates(rule: Rule, order: Sequence[Person], panel: Sequence[Person]) -> list[Person]:
    """Those who come next along the order: everybody, or so many of each kind for each of its seats."""
    seated = {person.id for person in panel}
    rest = [person for person in order if person.id not in seated]
    if rule.alternates is None:
        return rest
    left = {labels: seats * rule.alternates for labels, seats in Counter(person.labels for person in panel).items()}
    kept = []
    for person in rest:
        if left.get(person.labels, 0) > 0:
            left[person.labels] -= 1
            kept.append(person)
    return kept


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

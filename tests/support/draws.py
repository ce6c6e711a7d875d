"""Rules and lists for tests of the draw by lot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.domain.councils.rules.draw.pools import Person, PoolFile, read_pools
from app.domain.councils.rules.draw.rule import Rule
from app.domain.councils.rules.draw.rule_reading import rule_of

SMALL_RULE: dict[str, Any] = {
    "seats": 4,
    "criteria": {"sexe": ["F", "H"], "age": ["-26", "26+"]},
    "quotas": [
        {"of": {"sexe": "F"}, "min": 2, "max": 2},
        {"of": {"sexe": "H"}, "min": 2, "max": 2},
        {"of": {"age": "-26"}, "min": 1, "max": 2},
    ],
}
SMALL_POOL = """id;sexe;age
a1;F;-26
a2;F;26+
a3;F;26+
a4;H;26+
a5;H;26+
a6;H;-26
a7;F;26+
a8;H;26+
"""


def a_rule(**changes: Any) -> Rule:
    """The small rule with these changes, read."""
    rule, faults = rule_of({**SMALL_RULE, **changes})
    assert rule is not None, [str(fault) for fault in faults]
    return rule


def people_of(rule: Rule, *texts: str, names: Sequence[str] = ()) -> list[Person]:
    """The people of these lists, which hold no fault."""
    named = zip(texts, names or [f"liste{number}.csv" for number in range(len(texts))], strict=True)
    people, faults = read_pools(rule, [PoolFile(name, text.encode()) for text, name in named])
    assert faults == [], [str(fault) for fault in faults]
    return people

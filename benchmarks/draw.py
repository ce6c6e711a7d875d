"""Drawing a council among 50,000 people of 2 x 3 x 10 kinds: the real commands, then lists hardly long enough."""

from __future__ import annotations

import json
import random
import time

from app.domain.councils.rules.draw.outlook import outlook
from app.domain.councils.rules.draw.pools import PoolFile, read_pools
from app.domain.councils.rules.draw.record import record_of
from app.domain.councils.rules.draw.rule_reading import rule_of
from benchmarks.count import run_command
from benchmarks.databases import Store
from benchmarks.figures import at_most, figure, note
from benchmarks.server import environment

PEOPLE, SEATS, AIM_SECONDS, AIM_MEGABYTES = 50_000, 40, 5.0, 300.0
AGES, QUARTIERS = ["-26", "26-59", "60+"], [f"Quartier {number}" for number in range(10)]
RULE = {
    "seats": SEATS,
    "criteria": {"sexe": ["F", "H"], "age": AGES, "quartier": QUARTIERS},
    "quotas": [
        {"of": {"sexe": "F"}, "min": 20, "max": 20},
        {"of": {"age": "-26"}, "min": 8, "max": 12},
        {"of": {"age": "60+"}, "min": 8, "max": 12},
        *({"of": {"quartier": name}, "min": 4, "max": 4} for name in QUARTIERS),
    ],
}


def measure(store: Store) -> None:
    """The commands, as people run them, each in its own process; then lists so short that quotas hardly hold."""
    note(f"{PEOPLE:,} people, {SEATS} seats, 2 x 3 x 10 kinds. No database is opened.".replace(",", " "))
    rule, pool = store.folder / "regle.json", store.folder / "liste.csv"
    rule.write_text(json.dumps(RULE), encoding="utf-8")
    pool.write_text(invented(PEOPLE), encoding="utf-8")
    settings = environment(store.fresh("draw"), store.folder)
    for name, arguments in (
        ("check", ["check", str(rule), str(pool), "--json"]),
        ("run", ["run", str(rule), str(pool), "--seed", "4 8 15 16 23 42", "--json"]),
    ):
        done = run_command(["draw", *arguments], settings)
        at_most(f"flask draw {name}", done.seconds, "s", AIM_SECONDS)
        at_most("  largest memory", done.memory, "MB", AIM_MEGABYTES)
    for people in (60, 100, 300):
        _measure_short(people)


def _measure_short(people: int) -> None:
    read, _ = rule_of(RULE)
    if read is None:
        raise RuntimeError("the rule of the benchmark does not hold")
    persons, _ = read_pools(read, [PoolFile("liste.csv", invented(people).encode())])
    began = time.perf_counter()
    seen = outlook(read, persons)
    figure(
        f"check among {people} ({'feasible' if seen.feasible else 'not feasible'})", time.perf_counter() - began, "s"
    )
    began = time.perf_counter()
    drawn = record_of(read, persons, "4 8 15 16 23 42")
    figure(f"run among {people} ({'drawn' if drawn else 'not drawn'})", time.perf_counter() - began, "s")


def invented(people: int) -> str:
    """A list of so many invented people."""
    draw = random.Random(2026)
    rows = (f"{n};{draw.choice('FH')};{draw.choice(AGES)};{draw.choice(QUARTIERS)}\n" for n in range(people))
    return "id;sexe;age;quartier\n" + "".join(rows)

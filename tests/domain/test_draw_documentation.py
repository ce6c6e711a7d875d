"""The program printed in the documentation, taken from it and run alone, draws the same people."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.councils.rules.draw.pools import published_list
from app.domain.councils.rules.draw.record import record_of
from app.domain.councils.rules.draw.rule_reading import rule_of
from tests.support.draws import a_rule, people_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "tirage.md").read_text(encoding="utf-8")
QUARTIERS = ["Tilleuls", "Plaine", "Gare"]


def block(language: str) -> str:
    return PAGE.split(f"```{language}\n")[1].split("```")[0]


def invented(size: int) -> str:
    draw = random.Random(size)
    rows = [
        (number, draw.choice("FH"), draw.choice(["-26", "26+", "26+"]), draw.choice(QUARTIERS), draw.randrange(size))
        for number in range(size)
    ]
    return "id;sexe;age;quartier;household\n" + "".join(";".join(map(str, row)) + "\n" for row in rows)


@pytest.mark.parametrize(("size", "household"), [(14, False), (30, True), (400, True)])
def test_the_program_of_a_few_lines_finds_the_same_people(tmp_path: Path, size: int, household: bool):
    program = block("python")
    assert sum(bool(line) for line in program.splitlines()) < 40
    rule = a_rule(
        seats=8,
        criteria={"sexe": ["F", "H"], "age": ["-26", "26+"], "quartier": QUARTIERS},
        quotas=[
            {"of": {"sexe": "F"}, "min": 4, "max": 4},
            {"of": {"age": "-26"}, "min": 2, "max": 3},
            *({"of": {"quartier": name}, "min": 2, "max": 3} for name in QUARTIERS),
        ],
        one_per_household=household,
    )
    people = people_of(rule, invented(size))
    (tmp_path / "tirage.py").write_text(program, encoding="utf-8")
    (tmp_path / "regle.json").write_text(json.dumps(dict(rule.facts)), encoding="utf-8")
    (tmp_path / "liste.csv").write_bytes(published_list(rule, people).encode())
    for event in ("1 2 3", "4  5 6 "):
        arguments = [sys.executable, "-I", "-X", "utf8", "tirage.py", "regle.json", "liste.csv", event]
        done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, check=True, text=True)
        record = record_of(rule, people, event)
        assert record is not None
        assert json.loads(done.stdout) == {"panel": record["panel"], "alternates": record["alternates"]}


def test_the_rule_of_the_documentation_is_a_rule():
    rule, faults = rule_of(json.loads(block("json")))
    assert faults == []
    assert rule is not None
    assert [source.name for source in rule.sources] == ["liste électorale", "volontaires"]

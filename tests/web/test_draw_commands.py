"""``flask draw``: files in, a record out, no database; one sentence per fault and exit 2 when the input is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.draws import SMALL_POOL, SMALL_RULE


@pytest.fixture
def flask_draw(shared_app, tmp_path, monkeypatch):
    """Runs ``flask draw …`` in a folder that holds a rule and a list: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "regle.json").write_text(json.dumps(SMALL_RULE), encoding="utf-8")
    (tmp_path / "liste.csv").write_text(SMALL_POOL, encoding="utf-8")

    def run(*args: str) -> tuple[int, str, str]:
        result = shared_app.test_cli_runner().invoke(args=["draw", *args])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


def plain(text: str) -> str:
    """Without the no-break spaces of French."""
    return " ".join(text.split())


FILES = ("regle.json", "liste.csv")


def test_a_draw_is_checked_done_twice_alike_and_verified(flask_draw, tmp_path: Path):
    code, out, err = flask_draw("check", *FILES, "--json")
    checked = json.loads(out)
    assert (code, err, checked["feasible"], checked["conflicts"]) == (0, "", True, [])
    code, out, err = flask_draw("run", *FILES, "--seed", "4 8 15 16 23 42", "--json")
    record = json.loads(out)
    assert (code, err) == (0, "")
    assert (record["list_sha256"], record["rule_sha256"]) == (checked["list_sha256"], checked["rule_sha256"])
    assert len(record["panel"]) == len(record["alternates"]) == 4
    (tmp_path / "ordre.csv").write_text("".join(reversed(SMALL_POOL.splitlines(True)[1:])), encoding="utf-8")
    (tmp_path / "vide.csv").write_text(SMALL_POOL.splitlines(True)[0], encoding="utf-8")
    (tmp_path / "ordre.csv").write_text(
        SMALL_POOL.splitlines(True)[0] + (tmp_path / "ordre.csv").read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert flask_draw("run", "regle.json", "vide.csv", "ordre.csv", "--seed", " 4 8 15 16  23 42", "--json")[1] == out
    (tmp_path / "pv.json").write_text(out, encoding="utf-8")
    assert flask_draw("verify", "pv.json", "liste.csv", "--json") == (0, '{"verified": true}\n', "")
    (tmp_path / "publiee.csv").write_text(flask_draw("list", *FILES)[1], encoding="utf-8")
    assert flask_draw("verify", "pv.json", "publiee.csv")[0] == 0


def test_people_read_words(flask_draw):
    assert "Les quotas peuvent être tenus : 8 personnes" in plain(flask_draw("check", *FILES)[1])
    told = flask_draw("run", *FILES, "--seed", "4 8 15 16 23 42")[1]
    assert told.index("Titulaires") < told.index("Suppléants") < told.index("list_sha256")


def test_quotas_that_cannot_be_met_are_a_no_with_its_sentence(flask_draw, tmp_path):
    rule = {**SMALL_RULE, "quotas": [{"of": {"age": "-26"}, "min": 3}]}
    (tmp_path / "regle.json").write_text(json.dumps(rule), encoding="utf-8")
    code, out, err = flask_draw("check", *FILES)
    assert (code, err) == (1, "")
    assert plain(out) == "Il faut 3 « age : -26 », les listes n’en contiennent que 2."
    code, out, err = flask_draw("run", *FILES, "--seed", "1", "--json")
    facts = json.loads(out)
    assert (code, err, facts["feasible"]) == (1, "", False)
    assert facts["conflicts"] == [{"of": {"age": "-26"}, "min": 3, "available": 2}]
    assert "panel" not in facts


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"panel": ["a1", "a2", "a3", "a4"]}, "« panel », rang"),
        ({"list_sha256": "0" * 64}, "Les listes ne sont pas celles"),
        ({"event": "autre"}, "« seed »"),
    ],
)
def test_a_record_that_does_not_hold_is_a_no_that_names_the_difference(flask_draw, tmp_path, change, said):
    record = json.loads(flask_draw("run", *FILES, "--seed", "1", "--json")[1])
    (tmp_path / "pv.json").write_text(json.dumps({**record, **change}), encoding="utf-8")
    code, out, err = flask_draw("verify", "pv.json", "liste.csv")
    assert (code, err) == (1, "")
    assert said in plain(out)
    assert json.loads(flask_draw("verify", "pv.json", "liste.csv", "--json")[1])["verified"] is False


def test_a_wrong_list_is_a_sentence_per_line_and_nothing_is_drawn(flask_draw, tmp_path):
    text = SMALL_POOL.replace("a2;F", "a2;X").replace("a3;F;26+", "a3;F;").replace("a7", "a1")
    (tmp_path / "liste.csv").write_text(text, encoding="utf-8")
    for command in (("check", *FILES), ("list", *FILES), ("run", *FILES, "--seed", "1", "--json")):
        code, out, err = flask_draw(*command)
        assert (code, out) == (2, "")
        assert sorted(line.split(",")[1] for line in err.splitlines()) == [" ligne 3", " ligne 4", " ligne 8"]


def test_a_hopeless_list_does_not_fill_the_screen(flask_draw, tmp_path):
    rows = "".join(f"b{number};X;26+\n" for number in range(1200))
    (tmp_path / "liste.csv").write_text("id;sexe;age\n" + rows, encoding="utf-8")
    code, _, err = flask_draw("check", *FILES)
    assert (code, err.count("\n")) == (2, 1001)
    assert "200 autres fautes" in err


@pytest.mark.parametrize(
    "args",
    [
        ("check", "absente.json", "liste.csv"),
        ("check", "regle.json", "absente.csv"),
        ("check", "regle.json", "."),
        ("check", "regle.json"),
        ("check", "liste.csv", "liste.csv"),
        ("run", *FILES),
        ("run", *FILES, "--seed", " "),
        ("verify", "regle.json", "liste.csv"),
        ("verify", "liste.csv", "liste.csv"),
    ],
)
def test_a_wrong_command_is_one_sentence(flask_draw, args):
    code, out, err = flask_draw(*args)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_a_key_changes_every_identifier(flask_draw):
    plain = flask_draw("list", *FILES)[1].splitlines()
    hidden = flask_draw("list", *FILES, "--key", "secret")[1].splitlines()
    assert plain[0] == hidden[0]
    assert not set(plain[1:]) & set(hidden[1:])

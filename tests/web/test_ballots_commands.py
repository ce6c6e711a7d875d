"""``flask ballot``: a file in, a count, a file out; one sentence and exit 2 when the input is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.box import all_vote, people_and_vote, rows

TOULOUSE = Path(__file__).resolve().parents[3] / "shared" / "data" / "pabulib" / "France_Toulouse_2019.pb"
SMALL = """META
key;value
description;Budget participatif
country;France
unit;Valombre
instance;2026
num_projects;4
num_votes;5
budget;60000
vote_type;approval
rule;greedy
date_begin;01.06.2026
date_end;30.06.2026
max_length;2
PROJECTS
project_id;cost;name
31;40000;"Jeux ; petits"
7;25000;Jardin
44;15000.50;Vélo
12;8000;Bancs
VOTES
voter_id;vote
a;31,7
b;31
c;7,12
d;31,44
e;7
"""


@pytest.fixture
def ballot(real_app, tmp_path, monkeypatch):
    """Runs ``flask ballot …`` in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*args: str) -> tuple[int, str, str]:
        result = real_app.test_cli_runner().invoke(args=["ballot", *args])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


def written(tmp_path: Path, text: str = SMALL, name: str = "valombre.pb") -> str:
    (tmp_path / name).write_bytes(text.encode())
    return name


def test_a_file_is_imported_counted_and_written_back_equal(ballot, tmp_path):
    code, out, err = ballot("import", written(tmp_path), "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"id": 1, "projects": 4, "ballots": 5, "envelope_cents": 60_000_00}
    code, out, err = ballot("count", "1", "--json")
    facts = json.loads(out)
    assert (code, err) == (0, "")
    assert (facts["winners"], facts["spent_cents"], facts["left_cents"]) == (["7", "12", "44"], 4800050, 1199950)
    assert facts["scores"] == {"31": 3, "7": 3, "44": 1, "12": 1}
    assert facts["not_retained"] == {"31": "tie_lost"}
    assert len(facts["rules_sha256"]) == 64
    assert ballot("export", "1", "out.pb")[0] == 0
    assert ballot("import", "out.pb", "--json")[0] == 0
    assert ballot("export", "2", "again.pb")[0] == 0
    assert (tmp_path / "out.pb").read_bytes() == (tmp_path / "again.pb").read_bytes()
    again = json.loads(ballot("count", "2", "--json")[1])
    assert again == facts


def test_counting_again_gives_the_frozen_result_and_simulations_leave_it(ballot, tmp_path):
    ballot("import", written(tmp_path))
    first = ballot("count", "1", "--json")
    stopped = json.loads(ballot("count", "1", "--overflow", "stop", "--json")[1])
    assert stopped["winners"] == ["7"]
    assert stopped["rules_sha256"] != json.loads(first[1])["rules_sha256"]
    assert json.loads(ballot("count", "1", "--seed", "4 8 15", "--json")[1])["spent_cents"] == 4800050
    assert ballot("count", "1", "--json") == first


def test_people_read_words(ballot, tmp_path):
    assert "4 projets, 5 bulletins" in ballot("import", written(tmp_path))[1]
    told = ballot("count", "1")[1]
    assert "1. Jardin – 25 000 €" in told.replace("\u202f", " ").replace("\u00a0", " ")
    assert "Reste : 11 999,50 €" in told.replace("\u202f", " ").replace("\u00a0", " ")
    assert ballot("seal")[1].split() == ["Bulletins", "mis", "dans", "l’urne", ":", "0."]


WRONG = {
    "empty": "",
    "truncated": SMALL[:-12],
    "cut in the projects": SMALL[: SMALL.index("44;")],
    "unknown project": SMALL.replace("e;7", "e;99"),
    "negative cost": SMALL.replace("7;25000", "7;-25000"),
    "too many choices": SMALL.replace("e;7", 'e;"7,31,12"'),
    "a number that differs": SMALL.replace("num_votes;5", "num_votes;6"),
    "unknown rule": SMALL.replace("rule;greedy", "rule;magie"),
    "no budget": SMALL.replace("budget;60000\n", ""),
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_file_is_one_sentence_with_its_line_and_field_and_nothing_is_written(ballot, real_app, tmp_path, text):
    code, out, err = ballot("import", written(tmp_path, text), "--json")
    assert (code, out) == (2, "")
    assert err.startswith("Ligne ")
    assert "champ «" in err
    assert err.count("\n") == 1
    for table in ("scrutins", "scrutin_projects", "ballots", "journal"):
        assert rows(real_app, f"SELECT count(*) FROM {table}") == [("0",)]  # noqa: S608 - our own tables


def test_a_file_that_is_not_utf8_is_refused(ballot, tmp_path):
    (tmp_path / "latin.pb").write_bytes(SMALL.replace("Vélo", "Vélo").encode("latin-1"))
    code, _, err = ballot("import", "latin.pb")
    assert code == 2
    assert "UTF-8" in err


@pytest.mark.parametrize(
    "args",
    [
        ("import", "absent.pb"),
        ("import", "."),
        ("import",),
        ("import", "a.pb", "b.pb"),
        ("count", "1"),
        ("count", "99999999999999999999"),
        ("count", "un"),
        ("count", "1", "--overflow", "autre"),
        ("export", "1", "out.pb"),
    ],
)
def test_a_wrong_command_is_one_sentence(ballot, args):
    code, out, err = ballot(*args)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_a_file_cannot_be_written_nowhere(ballot, tmp_path):
    ballot("import", written(tmp_path))
    code, _, err = ballot("export", "1", "nulle/part.pb")
    assert code == 2
    assert err.count("\n") == 1


def test_nothing_of_a_vote_of_the_town_leaves_before_its_count(ballot, real_app):
    scrutin_id, people = people_and_vote(real_app, 12)
    all_vote(real_app, scrutin_id, people)
    for args in (
        ("count", str(scrutin_id), "--json"),
        ("count", str(scrutin_id), "--overflow", "stop"),
        ("count", str(scrutin_id), "--seed", "4"),
        ("export", str(scrutin_id), "out.pb"),
    ):
        code, out, err = ballot(*args)
        assert (code, out) == (1, "")
        assert "dépouillement" in err
    assert json.loads(ballot("seal", "--json")[1]) == {"moved": 12}


@pytest.mark.skipif(not TOULOUSE.exists(), reason="the real file lies beside the project, not in it")
def test_toulouse_2019_comes_out_to_the_euro(ballot):
    assert json.loads(ballot("import", str(TOULOUSE), "--json")[1])["ballots"] == 1494
    skip = json.loads(ballot("count", "1", "--overflow", "skip", "--json")[1])
    stop = json.loads(ballot("count", "1", "--overflow", "stop", "--json")[1])
    official = json.loads(ballot("count", "1", "--json")[1])
    assert (len(skip["winners"]), skip["spent_cents"], skip["left_cents"]) == (14, 100_000_000, 0)
    assert (len(stop["winners"]), stop["left_cents"]) == (8, 8_200_000)
    assert official["winners"] == skip["winners"]

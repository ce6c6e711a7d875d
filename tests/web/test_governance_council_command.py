"""``flask council import``: a file in, conseils with their seats out; every fault named, nothing half written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.database import db
from app.domain.governance import queries
from app.domain.governance.models import Body, RulebookSubject
from app.domain.governance.rules import presets, read_rule, with_terms
from tests.support.town import make_contract, make_quartier

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "contrats" / "montpellier_conseils_citoyens.csv"
TITLES = (
    "conseil,population,habitants_tires_au_sort,jeunes_moins_25_tires_au_sort,habitants_volontaires,"
    "associations_et_acteurs_locaux,total"
)
GOOD = f"{TITLES}\nLes Genêts,1200,6,2,4,8,20\nLe Port,9000,7,1,3,9,20\n"


@pytest.fixture
def council(real_app, tmp_path, monkeypatch):
    """Runs ``flask council import`` on a text: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def run(content, *args):
        if isinstance(content, str):
            content = content.encode()
        (tmp_path / "conseils.csv").write_bytes(content)
        result = real_app.test_cli_runner().invoke(args=["council", "import", "conseils.csv", *args])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


def kept(real_app):
    with real_app.app_context():
        return db.session.scalar(db.select(db.func.count()).select_from(Body))


def test_a_file_becomes_conseils_with_their_seats(council, real_app):
    with real_app.app_context():
        contract = make_contract()
        quartier = make_quartier(contract, name="Les Genêts")
        db.session.commit()
        contract_id, quartier_id = contract.id, quartier.id
    code, out, err = council(GOOD, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"councils": 2, "seats": 40, "residents": 23, "others": 17, "created": 2}
    with real_app.app_context():
        genets, port = (
            queries.body_by_id(queries.body_named(contract_id, f"Conseil citoyen {name}").id)
            for name in ("Les Genêts", "Le Port")
        )
        assert [one.id for one in genets.quartiers] == [quartier_id]
        assert port.quartiers == []
        assert "Le Port, 9000 habitants" in port.perimeter
        rule = read_rule(queries.last_rulebook(genets.id, RulebookSubject.COMPOSITION).content)
        assert rule == with_terms(presets()["conseil_citoyen"].composition, appeal_days=60, witnesses=2)
        assert len(queries.open_seats(port)) == 20


def test_the_same_file_again_changes_nothing_and_another_one_is_refused(council, real_app):
    assert council(GOOD)[0] == 0
    code, out, _ = council(GOOD, "--json")
    assert code == 0
    assert json.loads(out)["created"] == 0
    code, _, err = council(GOOD.replace("6,2,4,8,20", "5,2,4,9,20"))
    assert code == 2
    assert "existe déjà avec d’autres sièges" in err
    assert kept(real_app) == 2


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (f"{TITLES}\nA,x,6,2,4,8,20\n", 2, "population"),
        (f"{TITLES}\nA,1000,6,2,4,8,21\n", 2, "total"),
        (f"{TITLES}\nA,1000,6,2,4,8,20\n,1000,6,2,4,8,20\n", 3, "conseil"),
        (f"{TITLES}\nA,1000,6,2,4,8,20\nA,1000,6,2,4,8,20\n", 3, "conseil"),
        (f"{TITLES}\nA,1000,6,2,4\n", 2, "associations_et_acteurs_locaux"),
        (f"{TITLES}\nA,1000,0,0,0,0,0\n", 2, "total"),
        (f"{TITLES}\nA,1000,,2,4,8,20\n", 2, "habitants_tires_au_sort"),
        (f"{TITLES}\n", 2, "conseil"),
        ("", 1, "conseil"),
        (TITLES.replace(",total", ""), 1, "total"),
        ('"', 1, "conseil"),
        (b"\xff\xfe", 1, "conseil"),
    ],
)
def test_a_wrong_file_is_told_line_and_column_and_writes_nothing(content, line, column, council, real_app):
    code, out, err = council(content)
    assert (code, out) == (2, "")
    assert f"Ligne {line}, colonne « {column} »" in err.replace("\u00a0", " ").replace("\u202f", " ")
    assert kept(real_app) == 0


def test_every_fault_is_told_at_once(council):
    code, _, err = council(f"{TITLES}\nA,x,6,2,4,8,20\nB,1000,6,2,4,8,99\n")
    assert code == 2
    assert len(err.strip().splitlines()) == 2


def test_a_file_or_a_contract_that_is_not_there_is_a_sentence(council, real_app):
    code, _, err = council(GOOD, "--contract", "999")
    assert (code, len(err.strip().splitlines())) == (2, 1)
    result = real_app.test_cli_runner().invoke(args=["council", "import", "absent.csv"])
    assert result.exit_code == 2
    assert "n’existe pas" in result.stderr


def test_with_several_contracts_one_must_be_named(council, real_app):
    with real_app.app_context():
        make_contract()
        make_contract()
        db.session.commit()
    code, _, err = council(GOOD)
    assert code == 2
    assert "--contract" in err


@pytest.mark.skipif(not REAL.is_file(), reason="the file of a real contract is not on this machine")
def test_the_conseils_of_a_real_contract(council):
    code, out, err = council(REAL.read_bytes(), "--json")
    assert (code, err) == (0, "")
    facts = json.loads(out)
    assert [facts[name] for name in ("councils", "seats", "residents", "others")] == [12, 320, 192, 128]

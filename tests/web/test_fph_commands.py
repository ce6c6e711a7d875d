"""``flask fph``: a règlement checked and a fund played from files, no database; one sentence per fault, three exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.domain.fph.rules.presets import presets

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "fph.md").read_text(encoding="utf-8")


def block(number: int) -> dict[str, object]:
    """One of the JSON examples of the documentation."""
    return dict(json.loads(PAGE.split("```json\n")[number].split("```")[0]))


@pytest.fixture
def flask_fph(shared_app, tmp_path, monkeypatch):
    """Runs ``flask fph …`` on a file with this content: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*args: str, content: object = None) -> tuple[int, str, str]:
        if content is not None:
            text = content if isinstance(content, str) else json.dumps(content)
            (tmp_path / "fichier.json").write_text(text, encoding="utf-8")
        result = shared_app.test_cli_runner().invoke(args=["fph", *args])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


CHECK = ("rules", "check", "fichier.json")
SIMULATE = ("simulate", "fichier.json")


@pytest.mark.parametrize("code", presets())
def test_a_model_is_written_and_read_back(flask_fph, code):
    code_of, out, err = flask_fph("rules", "model", code)
    assert (code_of, err) == (0, "")
    code_of, out, err = flask_fph(*CHECK, "--json", content=out)
    told = json.loads(out)
    assert (code_of, err, told["ready"]) == ((0, "", True) if code == "demonstration" else (1, "", False))
    assert told["rules_sha256"] == presets()[code].rules.sha256


def test_the_models_are_listed_and_an_unknown_one_is_a_wrong_input(flask_fph):
    assert set(json.loads(flask_fph("rules", "model", "--json")[1])["models"]) == set(presets())
    assert "Méricourt" in flask_fph("rules", "model")[1]
    code, out, err = flask_fph("rules", "model", "paris")
    assert (code, out) == (2, "")
    assert "paris" in err


def test_a_reglement_that_contradicts_itself_is_a_no_with_its_fields(flask_fph):
    rules = {**presets()["demonstration"].rules.to_facts(), "holder_year_cents": 100, "open_to": []}
    code, out, err = flask_fph(*CHECK, content=rules)
    assert (code, err, [line.split()[0] for line in out.splitlines()]) == (
        1, "", ["open_to", "holder_year_cents"]
    )  # fmt: skip
    to_mend = json.loads(flask_fph(*CHECK, "--json", content=rules)[1])["to_mend"]
    assert [one["code"] for one in to_mend] == ["contradiction", "contradiction"]
    assert "complet" in flask_fph(*CHECK, content=presets()["demonstration"].rules.to_facts())[1]


@pytest.mark.parametrize(
    ("content", "faults"),
    [("{", 1), ('{"max_rate": "1/2", "max_rate": "1/3"}', 1), ("[]", 1), ("NaN", 1), ("[" * 100_000, 1),
     ({"max_rate": 2, "plafond": 1}, 2)],
)  # fmt: skip
def test_a_file_that_is_no_reglement_is_a_wrong_input(flask_fph, content, faults):
    code, out, err = flask_fph(*CHECK, content=content)
    assert (code, out, len(err.splitlines())) == (2, "", faults)
    assert err.strip().endswith(".")


def test_a_file_that_is_not_there_and_a_command_badly_written_are_told_in_a_sentence(flask_fph):
    for args in (CHECK, SIMULATE, ("simulate",)):
        code, out, err = flask_fph(*args)
        assert (code, out, len(err.splitlines())) == (2, "", 1)


def test_ales_the_third_grant_is_refused_for_the_envelope(flask_fph):
    code, out, err = flask_fph(*SIMULATE, "--json", content=block(1))
    told = json.loads(out)
    assert (code, err, told["refused"]) == (1, "", 1)
    refused = next(one for one in told["events"] if not one["done"])
    assert (refused["do"], refused["file"], refused["code"]) == ("grant", "C", "envelope")
    assert [told["files"][ref]["state"] for ref in "ABC"] == ["granted", "granted", "heard"]
    envelope = told["envelopes"]["Cévennes 2026"]
    assert (envelope["endowed"], envelope["reserved"], envelope["available"]) == (300_000, 220_000, 80_000)
    words = flask_fph(*SIMULATE, content=block(1))[1]
    assert "Refusé, événement 18 (grant)" in " ".join(words.split())
    assert words.count("Dossier ") == 3


def test_croix_a_grant_spent_under_is_repaid_and_closed(flask_fph):
    code, out, err = flask_fph(*SIMULATE, "--json", content=block(2))
    told = json.loads(out)
    assert (code, err, told["refused"]) == (0, "", 0)
    file = told["files"]["A"]
    assert (file["state"], file["money"], file["settlement"]["repayment_cents"]) == ("closed", "settled", 14_000)
    assert told["envelopes"]["Croix 2026"] == {
        "endowed": 300_000, "reserved": 0, "committed": 50_000, "paid": 64_000, "justified": 50_000,
        "returned": 14_000, "waived": 0, "available": 250_000,
    }  # fmt: skip
    assert [line["kind"] for line in told["ledger"]] == [
        "endow", "reserve", "commit", "pay", "justify", "decommit", "return", "decommit",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({}, "rules"),
        ({"preset": "paris", "events": []}, "preset"),
        ({"preset": ["ales"], "events": []}, "preset"),
        ({"rules": [], "events": []}, "règlement"),
        ({"preset": "ales", "rules": 3, "events": []}, "règlement"),
        ({"preset": "ales"}, "events"),
        ({"preset": "ales", "events": {}}, "events"),
        ({"preset": "ales", "events": [], "evenements": []}, "evenements"),
        ({"preset": "ales", "events": [], "seats": [{"seat": 0}]}, "seats"),
        ({"preset": "ales", "events": [], "payment_mode": "espèces"}, "payment_mode"),
        ({"preset": "ales", "events": [1]}, "events[1]"),
        ({"preset": "ales", "events": [{"do": "offrir"}]}, "events[1].do"),
        ({"preset": "ales", "events": [{"on": "2026-02-30", "do": "admit", "file": "A"}]}, "events[1].on"),
        ({"preset": "ales", "events": [{"on": "9999-01-01", "do": "admit", "file": "A"}]}, "events[1].on"),
        ({"preset": "ales", "events": [{"on": "2026-02-20", "do": "admit"}]}, "events[1].file"),
        ({"preset": "ales", "events": [{"on": "2026-02-20", "do": "admit", "file": "A", "x": 1}]}, "events[1].x"),
        (
            {"preset": "ales", "events": [{"on": "2026-02-20", "do": "admit", "file": "A"},
                                          {"on": "2026-02-19", "do": "admit", "file": "A"}]}, "events[2].on",
        ),
    ],
)  # fmt: skip
def test_a_file_of_events_badly_written_is_told_by_the_place_of_its_fault(flask_fph, content, field):
    code, out, err = flask_fph(*SIMULATE, content=content)
    assert (code, out) == (2, "")
    assert f"« {field} »" in " ".join(err.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_an_event_about_nothing_known_is_refused_and_the_next_one_is_played(flask_fph):
    events = [
        {"on": "2026-01-01", "do": "admit", "file": "Z"},
        {"on": "2026-01-01", "do": "convene", "seance": "Z"},
        {"on": "2026-01-01", "do": "endow", "envelope": "E", "amount_cents": 1},
    ]
    code, out, _ = flask_fph(*SIMULATE, "--json", content={"preset": "ales", "events": events})
    told = json.loads(out)
    assert (code, [one.get("code") for one in told["events"]]) == (1, ["unknown_file", "unknown_seance", None])
    assert told["envelopes"]["E"]["available"] == 1

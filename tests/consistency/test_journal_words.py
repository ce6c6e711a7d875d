"""The journal is read by people: each verb written in it has words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from flask_babel import force_locale

from app.blueprints.accounts.journal_facts import LABELS, NAMED_BY, facts_in_words
from app.blueprints.accounts.journal_words import VERBS
from app.web.application import Agora

APP = Path(__file__).resolve().parents[2] / "app"


def test_every_verb_of_the_journal_has_words():
    written = {
        verb
        for path in APP.rglob("*.py")
        for verb in re.findall(r"journal\.record\(\s*\"(\w+)\"", path.read_text(encoding="utf-8"))
    }
    assert len(written) > 20
    assert written - set(VERBS) == set()


def test_every_fact_of_the_journal_has_a_name():
    written = {
        fact.arg
        for path in (APP / "domain").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "journal.record"
        for fact in call.keywords
        if fact.arg
    }
    assert len(written) > 20
    assert written - set(LABELS) - {"actor"} == set()  # who acted has a column of their own


def test_every_fact_told_by_a_code_takes_its_words_from_somewhere():
    written = {
        fact.arg
        for path in (APP / "domain").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "journal.record"
        for fact in call.keywords
        if isinstance(fact.value, ast.Attribute) and fact.value.attr == "value"
    }
    assert len(written) > 8
    assert written - set(NAMED_BY) == set()


def test_every_code_a_fact_may_hold_has_words(app: Agora):
    with app.test_request_context(), force_locale("fr"):
        for key, kinds in NAMED_BY.items():
            for one in (one for kind in kinds for one in kind):
                told = facts_in_words({key: one.value}).partition(":")[2].strip()
                assert told == str(one.label) or told != one.value  # type: ignore[attr-defined]


def test_the_facts_of_the_journal_are_read_in_french(app: Agora):
    facts = {"number": 31, "reason": "advertising", "scope_id": None, "before": 3_800_000, "moderation": True}
    with app.test_request_context(), force_locale("fr"):
        words = " ".join(facts_in_words(facts).split())
    assert words == (
        "n° 31 ; raison : C’est de la publicité ou de la propagande ; "
        "avant : 38 000 € ; relecture avant publication : oui"
    )

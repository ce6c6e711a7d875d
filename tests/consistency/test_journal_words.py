"""The journal is read by people: each verb written in it has words."""

from __future__ import annotations

import re
from pathlib import Path

from app.blueprints.accounts.journal_words import VERBS

APP = Path(__file__).resolve().parents[2] / "app"


def test_every_verb_of_the_journal_has_words():
    written = {
        verb
        for path in APP.rglob("*.py")
        for verb in re.findall(r"journal\.record\(\s*\"(\w+)\"", path.read_text(encoding="utf-8"))
    }
    assert len(written) > 20
    assert written - set(VERBS) == set()

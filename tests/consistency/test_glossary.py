"""Every concept has its row in the glossary, and every row still has its concept."""

from __future__ import annotations

import enum
import importlib
import inspect
import pkgutil
import re
from collections import Counter
from pathlib import Path

import app.domain
from app.database import Base

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "docs" / "glossaire.md"


def rows() -> list[tuple[str, list[str], str]]:
    """Each row: the French word, the identifiers of the code, the meaning."""
    found = []
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and cells[0] not in {"Terme", "---"}:
            found.append((cells[0], re.findall(r"`([^`]+)`", cells[1]), cells[2]))
    return found


def concepts() -> dict[str, str]:
    """What the domain keeps: each model, and each list of words people read. Name → where it is written."""
    found: dict[str, str] = {}
    for module in pkgutil.walk_packages(app.domain.__path__, "app.domain."):
        for name, thing in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            # A query's enum names ways of looking (an order, a filter), not what is kept.
            if thing.__module__ != module.name or name.startswith("_") or ".queries" in module.name:
                continue
            is_model = issubclass(thing, Base) and hasattr(thing, "__tablename__")
            is_list = issubclass(thing, enum.Enum) and hasattr(thing, "label")
            if is_model or is_list:
                found[name] = module.name
    return found


def test_every_model_and_every_list_of_words_has_its_row():
    known = {identifier for _, identifiers, _ in rows() for identifier in identifiers}
    missing = sorted(f"{name} ({place})" for name, place in concepts().items() if name not in known)
    assert missing == [], "docs/glossaire.md lacks a row for these"


def test_every_row_names_something_that_is_still_in_the_code():
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    words = set(re.findall(r"\w+", text))
    named = {word for _, identifiers, _ in rows() for identifier in identifiers for word in identifier.split(".")}
    gone = sorted(named - words)
    assert gone == [], "docs/glossaire.md names what no longer exists"


def test_a_term_has_one_row_with_an_identifier_and_a_meaning():
    twice = [term for term, count in Counter(term for term, _, _ in rows()).items() if count > 1]
    assert twice == []
    assert [term for term, identifiers, meaning in rows() if not identifiers or not meaning] == []

"""The frozen facts of a record, told to people: French labels, amounts in euros, dates in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.blueprints.governance.labels import LABELS, WORDS
from app.web.i18n import day, euros, moment

DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
INSTANT = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$")
# Numbers that name something are not counts: no space in the middle of a year or of a code.
NAMES = ("year", "annee", "id", "ref", "number", "seed", "position")


@dataclass(frozen=True)
class Fact:
    """One fact: a text, or a list of texts, or a table, or facts inside it."""

    label: str
    text: str = ""
    items: Sequence[str] = ()
    headers: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    inside: Sequence[Fact] = field(default=())

    @property
    def is_simple(self) -> bool:
        """Whether it is one text beside its label."""
        return not (self.items or self.headers or self.inside)


def readable(facts: Mapping[str, Any]) -> list[Fact]:
    """The facts in reading order: what is short first, then lists, tables and groups."""
    told = [_fact(key, value) for key, value in facts.items()]
    return [fact for fact in told if fact.is_simple] + [fact for fact in told if not fact.is_simple]


def label_of(key: str) -> str:
    """The French name of a key; an unknown key is shown as it is, its underscores made spaces."""
    for known in (key, key.removesuffix("_cents")):
        if known in LABELS:
            return str(LABELS[known])
    words = key.removesuffix("_cents").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def told(key: str, value: object) -> str:
    """One value as people read it; a short structure inside a cell is told on one line."""
    if value is None or value == "":
        return _("non précisé")
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, int):
        return _number(key, value)
    if isinstance(value, Mapping):
        return " ; ".join(f"{label_of(str(name))} : {told(f'{key}.{name}', held)}" for name, held in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(told(key, held) for held in value) or _("aucun")
    return _text(str(value))


def _number(key: str, value: int) -> str:
    # A structure in cents holds cents all the way down.
    if any(part.endswith("_cents") or part == "cents" for part in key.split(".")):
        return euros(value)
    last = key.rsplit(".", 1)[-1]
    if last in NAMES or last.endswith(tuple(f"_{name}" for name in NAMES)):
        return str(value)
    return str(format_decimal(value))


def _text(value: str) -> str:
    try:
        if DAY.match(value):
            return day(date.fromisoformat(value))
        if INSTANT.match(value):
            return moment(datetime.fromisoformat(value))
    except ValueError:
        # It looked like a date and is not one: shown as it was written.
        return value
    return str(WORDS.get(value, value))


def _fact(key: str, value: object) -> Fact:
    label = label_of(key)
    if isinstance(value, Mapping) and value:
        return _group(key, label, value)
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        if all(isinstance(row, Mapping) for row in value):
            return _table(label, value)
        return Fact(label, items=[told(key, held) for held in value])
    return Fact(label, told(key, value))


def _group(key: str, label: str, value: Mapping[str, Any]) -> Fact:
    if key.endswith("_cents") or key in KEYED_BY_NAME:
        return Fact(label, inside=[Fact(str(name), told(f"{key}.{name}", held)) for name, held in value.items()])
    return Fact(label, inside=readable(value))


# Groups whose keys are names of things (a project, a quartier), not words of ours.
KEYED_BY_NAME = ("scores", "votes", "not_retained", "turnout", "by_quartier", "by_channel", "points", "voters")


def _table(label: str, rows: Sequence[Mapping[str, Any]]) -> Fact:
    """One column per key, in the order in which rows first name them."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    # The first column names the row: what people recognise goes there.
    keys.sort(key=lambda key: key not in ("title", "name", "label", "project", "quartier"))
    cells = [[told(key, row.get(key)) for key in keys] for row in rows]
    return Fact(label, headers=[label_of(key) for key in keys], rows=cells)

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
NAMES = ("year", "annee", "id", "ref", "number", "seed", "position", "num", "version", "edition")
# Keys whose numbers are those of quartiers.
QUARTIERS = ("quartier", "quartiers", "quartier_id", "quartier_ids")
DIGEST = re.compile(r"^[0-9a-f]{64}$")
# What people look for first in a record.
FIRST_TOLD = (
    "reason",
    "corrected_facts",
    "winners",
    "result",
    "standings",
    "not_retained",
    "turnout",
    "projects",
    "criteria",
)
# Keys whose text is the reference of a project.
NAMES_A_PROJECT = ("project", "order", "against", "draw")
# Groups whose keys are references of projects, and those whose keys are other names of things.
BY_PROJECT = ("standings", "not_retained")
KEYED_BY_NAME = ("scores", "votes", "turnout", "by_quartier", "by_channel", "points", "draw", "findings")
FIRST = ("title", "name", "label", "project", "quartier", "channel", "wording", "num", "tier")


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
    named = facts.get("names")
    if not isinstance(named, Mapping):
        return _Teller(_names(facts)).facts(facts)
    others = {key: value for key, value in facts.items() if key != "names"}
    return _Teller(_names(facts), named).facts(others)


def label_of(key: str) -> str:
    """The French name of a key; an unknown key is shown as it is, its underscores made spaces."""
    for known in (key, key.removesuffix("_cents")):
        if known in LABELS:
            return str(LABELS[known])
    words = key.removesuffix("_cents").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def told(key: str, value: object) -> str:
    """One value as people read it, without the names of a record."""
    return _Teller({}).value(key, value)


def _names(facts: Mapping[str, Any]) -> dict[str, str]:
    """What the projects of a record are called: a count names them by a short reference only."""
    projects = facts.get("projects", ())
    rows = [row for row in projects if isinstance(row, Mapping)] if isinstance(projects, Sequence) else []
    return {str(row["ref"]): str(row["title"]) for row in rows if "ref" in row and "title" in row}


@dataclass(frozen=True)
class _Teller:
    """Tells the facts of one record, whose projects have these names.

    ``numbered`` is what the record itself froze of the names its numbers stood for; an older record has none, and its
    numbers are shown as they are.
    """

    names: Mapping[str, str]
    numbered: Mapping[str, Any] = field(default_factory=dict)

    def facts(self, facts: Mapping[str, Any]) -> list[Fact]:
        """What is short, then what matters most, then the digests, which are for machines."""
        keys = sorted(facts, key=lambda key: FIRST_TOLD.index(key) if key in FIRST_TOLD else len(FIRST_TOLD))
        told = [self.fact(key, facts[key]) for key in keys if not _is_digest(facts[key])]
        digests = [Fact(label_of(key), str(facts[key])) for key in keys if _is_digest(facts[key])]
        whole = [fact for fact in told if fact.is_simple] + [fact for fact in told if not fact.is_simple]
        return [*whole, Fact(_("Empreintes"), inside=digests)] if digests else whole

    def fact(self, key: str, value: object) -> Fact:
        label = label_of(key)
        if isinstance(value, Mapping) and value:
            return self.group(key, label, value)
        if isinstance(value, Sequence) and not isinstance(value, str) and value:
            if all(isinstance(row, Mapping) for row in value):
                return self.table(label, value)
            return Fact(label, items=[self.value(key, held) for held in value])
        return Fact(label, self.value(key, value))

    def group(self, key: str, label: str, value: Mapping[str, Any]) -> Fact:
        """A group keyed by projects becomes a table; one keyed by other names keeps them as they are."""
        if all(isinstance(held, Mapping) for held in value.values()) and (
            key in BY_PROJECT or set(value) <= set(self.names)
        ):
            return self.table(label, [{"project": name, **held} for name, held in value.items()])
        if key == "voters":
            # In a règlement the word does not count people, it says who they may be.
            label = _("Qui peut voter")
        if key.endswith("_cents") or key in KEYED_BY_NAME:
            told = [
                Fact(self.names.get(str(name), str(name)), self.value(f"{key}.{name}", held))
                for name, held in value.items()
            ]
            return Fact(label, inside=told)
        return Fact(label, inside=self.facts(value))

    def table(self, label: str, rows: Sequence[Mapping[str, Any]]) -> Fact:
        """One column per key, in the order in which rows first name them; digests stay in the downloaded file."""
        keys = list(dict.fromkeys(key for row in rows for key in row if not _is_digest(row[key])))
        if "wording" in keys:
            # The code of a criterion is for the file; its sentence is beside it.
            keys.remove("code")
        # The first column names the row: what people recognise goes there.
        keys.sort(key=lambda key: FIRST.index(key) if key in FIRST else len(FIRST))
        cells = [[self.value(key, row.get(key)) for key in keys] for row in rows]
        return Fact(label, headers=[label_of(key) for key in keys], rows=cells)

    def value(self, key: str, value: object) -> str:
        """One value; a short structure inside a cell is told on one line."""
        if value is None or value == "":
            return _unset(key)
        if isinstance(value, bool):
            return _("oui") if value else _("non")
        if isinstance(value, int):
            return self.name_of(key, value) or _number(key, value)
        if isinstance(value, Mapping):
            parts = (
                _("%(name)s : %(value)s", name=label_of(str(name)), value=self.value(f"{key}.{name}", held))
                for name, held in value.items()
            )
            return " ; ".join(parts) or _("aucun")
        if isinstance(value, Sequence) and not isinstance(value, str):
            return ", ".join(self.value(key, held) for held in value) or _empty(key)
        if key.rsplit(".", 1)[-1] in NAMES_A_PROJECT and value in self.names:
            return self.names[str(value)]
        return _text(str(value))

    def name_of(self, key: str, number: int) -> str:
        """What the record says this number stood for; empty when it does not."""
        last = key.rsplit(".", 1)[-1]
        if last in QUARTIERS:
            return str(self.numbered.get("quartiers", {}).get(str(number), ""))
        return str(self.numbered.get("edition", "")) if last == "edition" else ""


def _unset(key: str) -> str:
    """What a rule left empty means: it asks for nothing."""
    last = key.rsplit(".", 1)[-1].removesuffix("_cents")
    if last.startswith("max_") or last.endswith("_max"):
        return _("sans limite")
    return _("aucun") if last.startswith(("min_", "threshold")) else _("non précisé")


def _empty(key: str) -> str:
    """What an empty list means: a rule that names no quartier holds in all of them."""
    last = key.rsplit(".", 1)[-1]
    if last in ("quartier_ids", "quartiers"):
        return _("tous")
    return _("aucune") if last in ("reserves", "sub_envelopes") else _("aucun")


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and DIGEST.match(value) is not None


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

"""Reading the lists: UTF-8, comma or semicolon, one person per line. Every fault is a sentence; one fault and nobody
is drawn.

What is kept of a line is what the draw needs: an identifier, the categories, and the household when the rule asks for
it. Names and addresses stop here. The published list is these lines sorted, so that neither the order of the lines
nor that of the files changes its digest, and ``sha256sum`` checks it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Final

from flask_babel import lazy_gettext as _l

from app.domain.councils.rules.draw.rule import SOURCE, Criterion, Labels, Rule, Source
from app.domain.councils.rules.draw.rule_reading import is_plain
from app.domain.councils.rules.draw.tables import Table, at, read_table
from app.domain.shared.canonical import digest
from app.domain.shared.refusals import Refusal

ID, HOUSEHOLD = "id", "household"
OLDEST: Final = 130


@dataclass(frozen=True)
class PoolFile:
    """A list as it was given."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Person:
    """One line of the lists: an identifier, a label for each field of the rule, and the household (or nothing)."""

    id: str
    labels: Labels
    household: str = ""


def read_pools(rule: Rule, files: Sequence[PoolFile], key: str = "") -> tuple[list[Person], list[Refusal]]:
    """The people of all the lists sorted by identifier, and the faults; with a fault, nobody is to be drawn.

    Each ``Refusal`` has the ``line`` and, in ``field``, the column. Without a column of identifiers, a line is known
    by the SHA-256 of its content. With a ``key``, identifiers become HMAC-SHA-256 under it: whoever holds the same
    roll can then no longer tell who is on the published list.
    """
    people: dict[str, Person] = {}
    seen: dict[str, tuple[str, int]] = {}
    faults: list[Refusal] = []
    for file in sorted(files, key=lambda file: (file.name, file.content)):
        table, found = read_table(file.name, file.content, published_header(rule))
        faults += found
        if table is None:
            continue
        lines = _Lines(rule, table, key)
        for line, person in lines.people():
            if person.id in seen:
                other, place = seen[person.id]
                what = _l(
                    "la même personne est déjà à la ligne %(n)s de %(file)s. Gardez-la une fois.", n=place, file=other
                )
                faults.append(at(file.name, line, lines.id_column, "duplicate", what))
            else:
                seen[person.id] = (file.name, line)
                people[person.id] = person
        faults += lines.faults
    if not people and not faults:
        faults.append(Refusal(_l("Les listes ne contiennent personne."), code="empty"))
    return _households(sorted(people.values(), key=lambda person: person.id)), faults


def published_header(rule: Rule) -> tuple[str, ...]:
    """The columns of the published list."""
    return (ID, *rule.fields, *((HOUSEHOLD,) if rule.one_per_household else ()))


def published_list(rule: Rule, people: Sequence[Person]) -> str:
    """The list as it is published and digested: a header, one line per person sorted by identifier, ``;`` between."""
    rows = [published_header(rule)]
    for person in sorted(people, key=lambda person: person.id):
        rows.append((person.id, *person.labels, *((person.household,) if rule.one_per_household else ())))
    return "".join(";".join(row) + "\n" for row in rows)


def list_sha256(rule: Rule, people: Sequence[Person]) -> str:
    """The digest of the published list."""
    return hashlib.sha256(published_list(rule, people).encode()).hexdigest()


def _households(people: Sequence[Person]) -> list[Person]:
    """Names each household after the smallest identifier in it: the address itself is not published."""
    first: dict[str, str] = {}
    for person in people:
        first.setdefault(person.household, person.id)
    return [replace(person, household=first[person.household]) if person.household else person for person in people]


class _Lines:
    """The lines of one table, made into people; what cannot be is a fault."""

    def __init__(self, rule: Rule, table: Table, key: str) -> None:
        self.rule, self.table, self.faults = rule, table, list[Refusal]()
        self.published = table.header == published_header(rule)
        self.key = "" if self.published else key
        self.source = None if self.published else self._source()
        columns = {} if self.published else {**rule.columns, **(self.source.columns if self.source else {})}
        self.id_column = columns.get(ID, ID)
        self.has_id = ID in columns or ID in table.header
        self.wanted = {name: columns.get(name, name) for name in rule.fields}
        if self.source:
            del self.wanted[SOURCE]
        if rule.one_per_household:
            self.wanted[HOUSEHOLD] = columns.get(HOUSEHOLD, HOUSEHOLD)
        if self.has_id:
            self.wanted[ID] = self.id_column
        for column in sorted(set(self.wanted.values()) - set(table.header)):
            self.refuse(
                1,
                column,
                "column",
                _l("cette colonne manque. Ajoutez-la, ou dites dans la règle comment elle s’appelle."),
            )
        self.criteria = {criterion.name: criterion for criterion in rule.criteria}

    def refuse(self, line: int, column: str, code: str, what: object) -> None:
        self.faults.append(at(self.table.name, line, column, code, what))

    def _source(self) -> Source | None:
        """The source a file is: by its name, unless a column says it for each line."""
        if not self.rule.sources or self.rule.columns.get(SOURCE, SOURCE) in self.table.header:
            return None
        name = PurePath(self.table.name)
        for source in self.rule.sources:
            if name.name == source.file or (not source.file and name.stem == source.name):
                return source
        what = _l("aucune source de la règle ne porte le nom de ce fichier. Écrivez-le dans « file ».")
        self.refuse(1, SOURCE, "source", what)
        return Source("", "", {})

    def people(self) -> Iterator[tuple[int, Person]]:
        """Each line that makes a person, with its number."""
        if self.faults:
            return
        for line, row in self.table.rows:
            cells = dict(zip(self.table.header, row, strict=True))
            before = len(self.faults)
            labels = tuple(self._label(line, name, cells) for name in self.rule.fields)
            household = self._household(line, cells)
            id_ = self._id(line, cells)
            if len(self.faults) == before:
                yield line, Person(id_, labels, household)

    def _filled(self, line: int, name: str, cells: Mapping[str, str]) -> str:
        column = self.wanted[name]
        if not cells[column]:
            self.refuse(line, column, "empty_field", _l("ce champ est vide. Remplissez-le, ou retirez la ligne."))
        return cells[column]

    def _label(self, line: int, name: str, cells: Mapping[str, str]) -> str:
        if name == SOURCE:
            return self.source.name if self.source else self._among(line, name, cells, self._source_names())
        criterion = self.criteria[name]
        if criterion.bands and not self.published:
            return self._age_band(line, criterion, cells)
        return self._among(line, name, cells, criterion.categories, criterion.words)

    def _source_names(self) -> list[str]:
        return [source.name for source in self.rule.sources]

    def _among(
        self,
        line: int,
        name: str,
        cells: Mapping[str, str],
        known: Sequence[str],
        words: Mapping[str, str] | None = None,
    ) -> str:
        value = self._filled(line, name, cells)
        category = (words or {}).get(value, value)
        if value and category not in known:
            what = _l("« %(v)s » n’est pas une catégorie de la règle (%(known)s).", v=value, known=", ".join(known))
            self.refuse(line, self.wanted[name], "unknown_category", what)
        return category

    def _age_band(self, line: int, criterion: Criterion, cells: Mapping[str, str]) -> str:
        value = self._filled(line, criterion.name, cells)
        if value in criterion.categories:
            return value
        age = age_of(value, criterion)
        band = next((band for band in criterion.bands if age is not None and band.holds(age)), None)
        if value and band is None:
            what = _l(
                "« %(v)s » ne donne aucune tranche d’âge de la règle (%(known)s).",
                v=value,
                known=", ".join(criterion.categories),
            )
            self.refuse(line, self.wanted[criterion.name], "unknown_age", what)
        return band.name if band else ""

    def _household(self, line: int, cells: Mapping[str, str]) -> str:
        if not self.rule.one_per_household:
            return ""
        return " ".join(self._filled(line, HOUSEHOLD, cells).casefold().split())

    def _id(self, line: int, cells: Mapping[str, str]) -> str:
        id_ = self._filled(line, ID, cells) if self.has_id else digest(cells)
        if id_ and not is_plain(id_):
            what = _l("cet identifiant contient un caractère qui n’est pas permis (point-virgule, guillemet).")
            self.refuse(line, self.id_column, "id", what)
        return hmac.new(self.key.encode(), id_.encode(), "sha256").hexdigest() if self.key else id_


def age_of(text: str, criterion: Criterion) -> int | None:
    """The age in whole years: as written; or the year of the rule's day less that of birth; or on that very day."""
    if criterion.age_from == "birth_date":
        born, on = _birth_date(text), criterion.on
        if born is None or on is None:
            return None
        age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    elif not (text.isascii() and text.isdigit() and len(text) <= 4):
        return None
    else:
        age = int(text) if criterion.age_from == "age" or criterion.on is None else criterion.on.year - int(text)
    return age if 0 <= age <= OLDEST else None


def _birth_date(text: str) -> date | None:
    parts = text.split("/")
    try:
        return date.fromisoformat("-".join(reversed(parts)) if len(parts) == 3 else text)
    except ValueError:
        return None

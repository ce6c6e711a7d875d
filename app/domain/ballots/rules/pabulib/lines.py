"""From bytes to rows: encoding, size and quoting are settled here, and every row knows the line it begins on."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from flask_babel import lazy_gettext as _l

from app.domain.shared.money import MOST_CENTS
from app.domain.shared.refusals import Refusal

BOM: Final = b"\xef\xbb\xbf"
# [0-9], not \d: other alphabets have digits too. Fifteen digits keep every number small before it is compared.
_NUMBER: Final = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,15}))?")


@dataclass(frozen=True)
class Limits:
    """What one file may cost the machine: bytes in all and per line, projects, ballots. The caller decides."""

    bytes: int = 64 * 2**20
    line_bytes: int = 2**20
    projects: int = 5_000
    ballots: int = 1_000_000


def refuse(code: str, line: int, field: str, what: object) -> Refusal:
    """The one sentence of a bad file: where, then what to do. ``line`` counts from 1."""
    sentence = _l("Ligne %(line)s, champ « %(field)s » : %(what)s", line=line, field=field, what=what)
    return Refusal(sentence, field=field, code=code, line=line)


class Rows:
    """The non-empty rows of the file, one at a time. ``line`` is where the last row began, ``section`` where we are."""

    def __init__(self, source: BinaryIO, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._reader = csv.reader(self._lines(), delimiter=";", strict=True)
        self.line = 1
        self.section = "META"

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        row: list[str] = []
        while not row:
            self.line = self._reader.line_num + 1
            try:
                row = next(self._reader)
            except csv.Error as error:
                raise self._unreadable(error) from error
        return row

    def refuse(self, code: str, field: str, what: object) -> Refusal:
        """A refusal about the row just read."""
        return refuse(code, self.line, field, what)

    def _unreadable(self, error: csv.Error) -> Refusal:
        if "limit" in str(error):
            what = _l("une cellule est trop longue, ou un guillemet n’est pas refermé. Corrigez cette ligne.")
            return self.refuse("too_long", self.section, what)
        what = _l("les guillemets sont mal placés. Doublez-les dans le texte et refermez la cellule.")
        return self.refuse("csv", self.section, what)

    def _lines(self) -> Iterator[str]:
        # Decoding line by line costs little and gives the exact line of a wrong byte, which a text stream cannot.
        size, most = 0, self._limits.line_bytes
        raw = self._source.readline(most + 1).removeprefix(BOM)
        number = 1
        while raw:
            size += len(raw)
            if size > self._limits.bytes:
                raise refuse(
                    "too_big", number, self.section, _l("le fichier est trop gros. Importez-en un plus petit.")
                )
            if len(raw) > most:
                raise refuse("too_long", number, self.section, _l("la ligne est trop longue. Vérifiez le fichier."))
            yield self._decoded(raw, number)
            raw = self._source.readline(most + 1)
            number += 1

    def _decoded(self, raw: bytes, number: int) -> str:
        try:
            if b"\0" not in raw:
                return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
        what = _l("le fichier n’est pas du texte en UTF-8. Enregistrez-le en UTF-8, puis recommencez.")
        raise refuse("encoding", number, self.section, what)


def section_title(row: list[str]) -> str:
    """The title of a section (``META``, ``PROJECTS``, ``VOTES``) when the row is one, else nothing."""
    title = row[0].strip().upper()
    return title if title in {"META", "PROJECTS", "VOTES"} and not any(row[1:]) else ""


def whole(text: str, *, round_up: bool = False) -> int | None:
    """A whole number as files write it (``12``, ``12.0``); ``round_up`` takes ``12.5`` for 13. ``None`` otherwise."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    beyond = bool((match[2] or "").strip("0"))
    if beyond and not round_up:
        return None
    return int(match[1]) + beyond


def cents(text: str) -> int | None:
    """An amount of a file (``4000``, ``4000.0``, ``4000.50``) in cents, exactly; ``None`` when it is not one."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    decimals = (match[2] or "").rstrip("0").ljust(2, "0")
    amount = int(match[1]) * 100 + int(decimals[:2])
    return amount if len(decimals) == 2 and amount <= MOST_CENTS else None

"""From bytes to rows: encoding, separator, quotes and number of cells are settled here, each fault on its line."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import lazy_gettext as _l

from app.domain.shared.refusals import Refusal

BOM: Final = b"\xef\xbb\xbf"
SEPARATORS: Final = (";", ",")


@dataclass(frozen=True)
class Table:
    """A list read: its columns, and its rows with the line each begins on. Cells are trimmed, in NFC."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[str]]]


def at(file: str, line: int, field: str, code: str, what: object) -> Refusal:
    """The one sentence of a wrong line: which file, which line, which column, then what to do."""
    sentence = _l(
        "%(file)s, ligne %(line)s, champ « %(field)s » : %(what)s", file=file, line=line, field=field, what=what
    )
    return Refusal(sentence, field=field, code=code, line=line)


def read_table(name: str, content: bytes, published: Sequence[str] = ()) -> tuple[Table | None, list[Refusal]]:
    """The rows of a list, or no table and a ``Refusal`` per wrong line.

    ``published`` is the header of the published list, which settles the separator when it is met.
    """
    lines = content.removeprefix(BOM).split(b"\n")
    text, faults = _decoded(name, lines)
    if faults:
        return None, faults
    separator = _separator(text[0], published)
    # ``splitlines`` would also cut at rare characters that editors do not show as lines.
    reader = csv.reader((line + "\n" for line in text), delimiter=separator, strict=True)
    header: tuple[str, ...] = ()
    rows = []
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not header:
                header = tuple(cells)
                faults += _header_faults(name, header)
            elif len(cells) != len(header):
                if cells:
                    faults.append(_wrong_number(name, line, header, len(cells), separator))
            else:
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        what = _l("les guillemets sont mal placés. Doublez-les dans le texte et refermez la cellule.")
        faults.append(at(name, line, header[0] if header else "?", "quotes", what))
    return (None, faults) if faults else (Table(name, header, rows), [])


def _decoded(name: str, lines: Sequence[bytes]) -> tuple[list[str], list[Refusal]]:
    """Each line as text. Decoding line by line gives the exact line of a wrong byte."""
    text, faults = [], []
    for number, raw in enumerate(lines, start=1):
        try:
            line = raw.removesuffix(b"\r").decode()
        except UnicodeDecodeError as error:
            what = _l(
                "ce texte n’est pas en UTF-8. Enregistrez la liste en « CSV UTF-8 », puis recommencez "
                "(sur le site, on peut aussi dire qu’elle est en « Windows (ANSI) »)."
            )
            faults.append(at(name, number, _column(lines[0], raw[: error.start]), "encoding", what))
            continue
        if not line.isprintable() and any(ord(char) < 32 and char != "\t" for char in line):
            what = _l("cette ligne contient un caractère invisible. Retirez-le.")
            faults.append(at(name, number, _column(lines[0], b""), "control", what))
        text.append(line if line.isascii() else unicodedata.normalize("NFC", line))
    return text, faults


def _column(header: bytes, before: bytes) -> str:
    """The name of the column in which a line stops being readable, as well as it can be told."""
    separator = b";" if header.count(b";") >= header.count(b",") else b","
    names = header.decode(errors="replace").strip().split(separator.decode())
    return names[min(before.count(separator), len(names) - 1)].strip(' "') or "?"


def _separator(header: str, published: Sequence[str]) -> str:
    if header.strip() == ";".join(published):
        return ";"
    return max(SEPARATORS, key=header.count)


def _header_faults(name: str, header: Sequence[str]) -> list[Refusal]:
    twins = sorted({column for column in header if header.count(column) > 1 or not column})
    what = _l("la première ligne nomme chaque colonne, une seule fois.")
    return [at(name, 1, column or "?", "header", what) for column in twins]


def _wrong_number(name: str, line: int, header: Sequence[str], found: int, separator: str) -> Refusal:
    what = _l(
        "%(found)s champs au lieu de %(wanted)s. Regardez s’il y a un « %(separator)s » de trop ou qui manque.",
        found=found,
        wanted=len(header),
        separator=separator,
    )
    return at(name, line, header[min(found, len(header)) - 1], "fields", what)

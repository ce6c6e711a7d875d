"""The file of the conseils citoyens of a contract: one line each, with its seats; every fault is named at once."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from flask_babel import gettext as _

from app.domain.governance.rules.composition import CollegeRule, CompositionRule, SeatGroup, SeatKind, seats_of
from app.domain.governance.rules.presets import presets
from app.domain.shared.refusals import Refusal

DRAWN, YOUNG = "habitants_tires_au_sort", "jeunes_moins_25_tires_au_sort"
VOLUNTEERS, ACTORS = "habitants_volontaires", "associations_et_acteurs_locaux"
NUMBERS = ("population", DRAWN, YOUNG, VOLUNTEERS, ACTORS, "total")
COLUMNS = ("conseil", *NUMBERS)
# Beyond, it is not a list of conseils.
MOST_LINES, MOST = 2000, 10_000_000


@dataclass(frozen=True)
class CouncilLine:
    """One conseil as the file gives it: its name, its population, its seats."""

    name: str
    population: int
    drawn: int
    young: int
    volunteers: int
    actors: int

    @property
    def residents(self) -> int:
        """The seats of the college of residents."""
        return self.drawn + self.young + self.volunteers

    @property
    def total(self) -> int:
        """Every seat."""
        return self.residents + self.actors


@dataclass(frozen=True)
class Fault:
    """What is wrong in the file, and where: line counted from 1, the first being that of the titles."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        where = _("Ligne %(line)s, colonne « %(column)s » :", line=self.line, column=self.column)
        return f"{where} {self.sentence}"


def read_councils(content: bytes) -> tuple[list[CouncilLine], list[Fault]]:
    """The conseils of a file and its faults; with one fault, nothing should be written."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Fault(1, "conseil", _("le fichier n’est pas en UTF-8 : enregistrez-le ainsi."))]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return [], [Fault(1, "conseil", _("le fichier n’est pas un tableau CSV lisible : vérifiez ses guillemets."))]
    titles = [title.strip() for title in rows[0]] if rows else []
    missing = [Fault(1, column, _("cette colonne manque.")) for column in COLUMNS if column not in titles]
    if missing:
        return [], missing
    if len(rows) > MOST_LINES:
        return [], [Fault(MOST_LINES, "conseil", _("le fichier est trop long : deux mille conseils au plus."))]
    return _read_rows(titles, rows)


def _read_rows(titles: list[str], rows: list[list[str]]) -> tuple[list[CouncilLine], list[Fault]]:
    lines: list[CouncilLine] = []
    faults: list[Fault] = []
    names: dict[str, int] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        wrong = _row_faults(number, titles, row, names)
        faults += wrong
        if not wrong:
            cells = dict(zip(titles, (cell.strip() for cell in row), strict=True))
            names[cells["conseil"].casefold()] = number
            counts = (int(cells[name]) for name in ("population", DRAWN, YOUNG, VOLUNTEERS, ACTORS))
            lines.append(CouncilLine(cells["conseil"], *counts))
    if not lines and not faults:
        faults.append(Fault(2, "conseil", _("le fichier ne contient aucun conseil.")))
    return lines, faults


def _row_faults(number: int, titles: list[str], row: list[str], names: dict[str, int]) -> list[Fault]:
    if len(row) != len(titles):
        sentence = _("cette ligne a %(held)s cases au lieu de %(wanted)s.", held=len(row), wanted=len(titles))
        return [Fault(number, titles[min(len(row), len(titles) - 1)], sentence)]
    cells = dict(zip(titles, (cell.strip() for cell in row), strict=True))
    faults = [_number_fault(number, name, cells[name]) for name in NUMBERS]
    found = [fault for fault in faults if fault is not None]
    name = cells["conseil"]
    if not name or len(name) > 120 or not name.isprintable():
        found.append(Fault(number, "conseil", _("écrivez le nom du conseil, en cent vingt caractères au plus.")))
    elif name.casefold() in names:
        earlier = names[name.casefold()]
        found.append(Fault(number, "conseil", _("« %(name)s » est déjà à la ligne %(line)s.", name=name, line=earlier)))
    if not found:
        seats = sum(int(cells[column]) for column in (DRAWN, YOUNG, VOLUNTEERS, ACTORS))
        if seats != int(cells["total"]):
            told = _("la somme des sièges est %(sum)s et non %(total)s.", sum=seats, total=cells["total"])
            found.append(Fault(number, "total", told))
        elif not 0 < seats <= 500:
            found.append(Fault(number, "total", _("un conseil a entre 1 et 500 sièges.")))
    return found


def _number_fault(line: int, column: str, cell: str) -> Fault | None:
    if cell.isascii() and cell.isdigit() and len(cell) <= 8 and int(cell) <= MOST:
        return None
    told = _("écrivez un nombre entier, par exemple 12.") if cell else _("cette case est vide.")
    return Fault(line, column, told)


def rule_of_line(line: CouncilLine) -> CompositionRule:
    """The shipped rule of three formats when it gives these seats, otherwise a rule that counts them one by one."""
    shared = presets()["conseil_citoyen"].composition
    if _gives(shared, line):
        return shared
    counted = (line.drawn, line.young, line.volunteers, line.actors)
    kinds = [kind for college in shared.colleges for kind in college.kinds]
    written = [_counted(kind, count) for kind, count in zip(kinds, counted, strict=True) if count]
    codes = {college.code: {kind.code for kind in college.kinds} for college in shared.colleges}
    colleges = [
        CollegeRule(
            one.code, one.name, str(sum(int(kind.seats) for kind in written if kind.code in codes[one.code])),
            one.is_residents, one.parity,
            (SeatGroup("rest", tuple(kind for kind in written if kind.code in codes[one.code])),),
        )
        for one in shared.colleges
    ]  # fmt: skip
    return CompositionRule(tuple(college for college in colleges if college.kinds), formats=(line.total,))


def _counted(kind: SeatKind, count: int) -> SeatKind:
    return SeatKind(kind.code, kind.name, str(count), kind.recruitment, kind.min_age, kind.max_age, True, kind.sources)


def _gives(rule: CompositionRule, line: CouncilLine) -> bool:
    try:
        counts = [seat.count for seat in seats_of(rule, line.total)]
    except Refusal:
        return False
    return counts == [line.drawn, line.young, line.volunteers, line.actors]

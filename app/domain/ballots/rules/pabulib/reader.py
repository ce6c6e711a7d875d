"""Reading a Pabulib file as a stream: META and PROJECTS at once, then ballots one by one."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, Final

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.ballot import Pairs, check_ballot, pairs
from app.domain.ballots.rules.pabulib.election import Election
from app.domain.ballots.rules.pabulib.lines import Limits, Rows, cents, section_title, whole
from app.domain.ballots.rules.pabulib.meta import Meta, Override, rules_of
from app.domain.ballots.rules.terms import Project
from app.domain.shared.refusals import Refusal

# Real files write 999999999 as the cost of a project withdrawn after it was published: it is no cost.
WITHDRAWN_CENTS: Final = 999_999_999_00
_POINTS_CODES: Final = frozenset({"points_invalid", "points_project", "points_total", "points_too_few"})


class Reading:
    """A file being read. Place, rules and projects are known at once; ``ballots`` may be walked through once."""

    def __init__(self, source: BinaryIO, limits: Limits, rules_override: Override | None) -> None:
        self._rows = Rows(source, limits)
        self._meta = Meta(self._rows)
        self._limits = limits
        self.about = self._meta.about()
        self.rules = rules_of(self._meta, rules_override)
        self.number = self._meta.number_of("num_votes", limits.ballots)
        self.blanks = self._meta.blanks or 0
        if self.blanks > limits.ballots:
            self._meta.refuse("too_many", "comment", _l("le nombre de bulletins blancs dépasse la limite d’import."))
        self._min_cost, self._max_cost = self._meta.cents("min_sum_cost"), self._meta.cents("max_sum_cost")
        subs = {sub.id for sub in self.rules.sub_envelopes}
        self.projects, self.official = _Projects(self._rows, self._meta, limits, subs).read()

    def ballots(self) -> Iterator[Pairs]:
        """The ballots as sorted (project, points) pairs, in the order of the file, then the blank ones as ``()``.

        Raises the ``Refusal`` of the first bad row: nothing may be kept of a walk that did not reach its end.
        """
        yield from _Votes(self._rows, self).read(self._meta.text("vote_type").strip() == "cumulative")
        for _ in range(self.blanks):
            yield ()

    def refuse_number(self, read: int) -> None:
        """Refuses a file whose rows are not as many as META says: it may have been cut."""
        if read != self.number:
            what = _l(
                "META annonce %(said)s votes, le fichier en contient %(read)s. Reprenez le fichier complet.",
                said=self.number,
                read=read,
            )
            self._meta.refuse("num_votes", "num_votes", what)

    def refuse_cost(self, ballot: Pairs, costs: dict[str, int]) -> Refusal | None:
        """Why the projects of this ballot cost too much or too little for META, if they do."""
        if self._min_cost is None and self._max_cost is None:
            return None
        total = sum(costs[project] for project, _ in ballot)
        if self._max_cost is not None and total > self._max_cost:
            what = _l("les projets choisis coûtent plus que « max_sum_cost ». Corrigez ce vote ou META.")
            return self._rows.refuse("sum_cost", "vote", what)
        if self._min_cost is not None and total < self._min_cost:
            what = _l("les projets choisis coûtent moins que « min_sum_cost ». Corrigez ce vote ou META.")
            return self._rows.refuse("sum_cost", "vote", what)
        return None


def open_pabulib(source: BinaryIO, limits: Limits | None = None, rules_override: Override | None = None) -> Reading:
    """Opens a Pabulib file: reads META and PROJECTS, and leaves the ballots to be streamed. Costs become cents.

    ``rules_override`` receives the rules the file amounts to (skip, when its rule is not one of ours) and returns
    those to count by; without it such a rule is refused. Raises one ``Refusal`` with ``line`` and ``field``; its
    codes are in ``tests/domain/test_ballots_pabulib_refusals.py``. Source: https://pabulib.org/format.
    """
    return Reading(source, limits or Limits(), rules_override)


def read_pabulib(
    source: BinaryIO | bytes, limits: Limits | None = None, rules_override: Override | None = None
) -> Election:
    """Reads a whole Pabulib file, equal ballots merged, ready for ``count``. Refuses as ``open_pabulib`` does."""
    reading = open_pabulib(io.BytesIO(source) if isinstance(source, bytes) else source, limits, rules_override)
    ballots = dict(Counter(reading.ballots()))
    return Election(reading.about, reading.rules, reading.projects, ballots, reading.official)


def columns(rows: Rows, wanted: tuple[str, ...]) -> dict[str, int]:
    """Where each column of a section is, by name; the first of two equal names counts."""
    header = [cell.strip().lower() for cell in next(rows, [])]
    for name in wanted:
        if name not in header:
            raise rows.refuse("missing_column", name, _l("cette colonne manque. Ajoutez-la à la ligne de titres."))
    places = {name: place for place, name in reversed(list(enumerate(header)))}
    places[""] = len(header)
    return places


def check_width(row: list[str], width: int, rows: Rows) -> None:
    """A row has as many cells as its header, or empty ones beyond: anything else is a cut or unquoted row."""
    if len(row) < width or any(row[width:]):
        what = _l("cette ligne n’a pas le même nombre de cellules que les titres. Vérifiez les points-virgules.")
        raise rows.refuse("row", rows.section, what)


class _Projects:
    """The PROJECTS section."""

    def __init__(self, rows: Rows, meta: Meta, limits: Limits, sub_envelopes: set[str]) -> None:
        rows.section = "PROJECTS"
        self._rows, self._meta = rows, meta
        self._number = meta.number_of("num_projects", limits.projects)
        self._columns = columns(rows, ("project_id", "cost"))
        self._sub_envelopes = sub_envelopes

    def read(self) -> tuple[tuple[Project, ...], frozenset[str] | None]:
        found: dict[str, Project] = {}
        official: set[str] = set()
        for row in self._rows:
            if section_title(row) == "VOTES":
                self._check_number(len(found))
                return tuple(found.values()), frozenset(official) if "selected" in self._columns else None
            check_width(row, self._columns[""], self._rows)
            project = self._project(row)
            if project.id in found:
                raise self._rows.refuse("duplicate_project", "project_id", _l("ce projet figure déjà plus haut."))
            found[project.id] = project
            if len(found) > self._number:
                self._check_number(len(found))
            if self._cell(row, "selected").strip() == "1":
                official.add(project.id)
        raise self._rows.refuse("missing_section", "VOTES", _l("la section VOTES manque. Ajoutez-la après PROJECTS."))

    def _project(self, row: list[str]) -> Project:
        id_ = self._cell(row, "project_id")
        if not id_.strip() or "," in id_:
            what = _l("donnez à chaque projet un identifiant, sans virgule.")
            raise self._rows.refuse("project_id", "project_id", what)
        sub_envelope = self._cell(row, "neighborhood") if self._sub_envelopes else ""
        if sub_envelope and sub_envelope not in self._sub_envelopes:
            what = _l("la sous-enveloppe « %(name)s » n’existe pas dans les règles.", name=sub_envelope)
            raise self._rows.refuse("unknown_sub_envelope", "neighborhood", what)
        return Project(
            id=id_,
            cost_cents=self._cost(self._cell(row, "cost")),
            name=self._cell(row, "name") if "name" in self._columns else id_,
            sub_envelope=sub_envelope or None,
            category=self._cell(row, "category") or None,
        )

    def _cost(self, text: str) -> int:
        cost = cents(text)
        if cost is None:
            what = _l("« %(cost)s » n’est pas un coût. Écrivez par exemple 4000 ou 4000.50.", cost=text)
            raise self._rows.refuse("amount", "cost", what)
        if cost == WITHDRAWN_CENTS:
            what = _l("999999999 marque un projet retiré. Retirez-le de la liste et des votes, ou écrivez son coût.")
            raise self._rows.refuse("withdrawn", "cost", what)
        return cost

    def _cell(self, row: list[str], column: str) -> str:
        return row[self._columns[column]] if column in self._columns else ""

    def _check_number(self, read: int) -> None:
        if read != self._number or read == 0:
            what = _l(
                "META annonce %(said)s projets, le fichier en contient %(read)s. Corrigez l’un ou l’autre.",
                said=self._number,
                read=read,
            )
            self._meta.refuse("num_projects", "num_projects", what)


class _Votes:
    """The VOTES section: the only loop whose length is the number of ballots, hence its few short steps."""

    def __init__(self, rows: Rows, reading: Reading) -> None:
        rows.section = "VOTES"
        self._rows, self._reading = rows, reading
        self._costs = {project.id: project.cost_cents for project in reading.projects}
        # One pair object for all ballots that give the same points to the same project: memory stays low.
        self._shared: dict[tuple[str, int], tuple[str, int]] = {}

    def read(self, cumulative: bool) -> Iterator[Pairs]:
        wanted = ("voter_id", "vote", "points") if cumulative else ("voter_id", "vote")
        places = columns(self._rows, wanted)
        width, voter, vote, points = places[""], places["voter_id"], places["vote"], places.get("points", 0)
        voters: set[str] = set()
        for row in self._rows:
            if len(row) != width:
                check_width(row, width, self._rows)
            if row[voter] in voters:
                what = _l("cette personne figure déjà plus haut. Gardez un seul vote par personne.")
                raise self._rows.refuse("duplicate_voter", "voter_id", what)
            voters.add(row[voter])
            if len(voters) > self._reading.number:
                break
            yield self._ballot(row[vote], row[points] if cumulative else None)
        self._reading.refuse_number(len(voters))

    def _ballot(self, vote: str, points: str | None) -> Pairs:
        ids = vote.split(",") if vote else []
        choices = dict(zip(ids, self._points(points, len(ids)), strict=True)) if points is not None else {}
        choices = choices or dict.fromkeys(ids, 1)
        if len(choices) != len(ids):
            raise self._rows.refuse(
                "bad_list", "vote", _l("un projet figure deux fois dans ce vote. Gardez-le une fois.")
            )
        verdict = check_ballot(self._reading.rules.form, self._costs, choices)
        if isinstance(verdict, Refusal):
            raise self._refused(verdict, ids)
        shared = self._shared
        ballot = pairs([shared.setdefault(pair, pair) for pair in choices.items()])
        too_dear = self._reading.refuse_cost(ballot, self._costs)
        if too_dear is not None:
            raise too_dear
        return ballot

    def _points(self, text: str, number: int) -> list[int]:
        points = [whole(part) for part in text.split(",")] if text else []
        given = [value for value in points if value is not None]
        if len(given) != len(points):
            raise self._rows.refuse("points", "points", _l("les points s’écrivent en nombres entiers, 0 ou plus."))
        if len(given) != number:
            raise self._rows.refuse("bad_list", "points", _l("écrivez autant de points que de projets dans ce vote."))
        return given

    def _refused(self, verdict: Refusal, ids: list[str]) -> Refusal:
        if any(part != part.strip() or not part for part in ids):
            return self._rows.refuse("bad_list", "vote", _l("séparez les projets par une virgule, sans espace."))
        field = "points" if verdict.code in _POINTS_CODES else "vote"
        return self._rows.refuse(verdict.code, field, verdict.sentence)

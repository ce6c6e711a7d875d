"""Adding the ballots up: the only step whose time grows with their number, in one pass and constant memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.ballot import Ballot, Pairs
from app.domain.shared.refusals import Refusal

# A ballot alone, or a ballot and how many people cast the same.
Cast: TypeAlias = Ballot | Pairs | tuple[Ballot | Pairs, int]


@dataclass(frozen=True)
class Tally:
    """Points and voters of each project (every project is present), number of ballots, of which blank."""

    points: Mapping[str, int]
    voters: Mapping[str, int]
    ballots: int
    blanks: int


def tally(project_ids: Collection[str], ballots: Iterable[Cast]) -> Tally:
    """Adds ballots up. Each is a mapping project → points, its ``pairs``, or a couple (ballot, multiplicity).

    Points are whole numbers; a project with 0 points is not named. The form is not asked again: ``check_ballot`` was,
    when the ballot was cast. Raises a ``Refusal`` for an unknown project (``unknown_project``) and for negative points
    or multiplicity (``points_invalid``). Source: choix de conception.
    """
    named: defaultdict[tuple[str, int], int] = defaultdict(int)
    number = blanks = 0
    for cast in ballots:
        ballot, times = _unfold(cast)
        number += times
        blank = True
        for pair in ballot.items() if isinstance(ballot, dict) else _pairs_of(ballot):
            if pair[1]:
                named[pair] += times
                blank = False
        if blank:
            blanks += times
    points, voters = _sums(project_ids, named)
    return Tally(points, voters, number, blanks)


def _unfold(cast: Cast) -> tuple[Ballot | Pairs, int]:
    if type(cast) is tuple and len(cast) == 2 and type(cast[1]) is int:
        if cast[1] < 0:
            raise _invalid()
        return cast[0], cast[1]
    return cast, 1  # type: ignore[return-value]  # a couple of pairs is a ballot, not a couple


def _pairs_of(ballot: Ballot | Pairs) -> Iterable[tuple[str, int]]:
    return ballot.items() if isinstance(ballot, Mapping) else ballot


def _sums(project_ids: Collection[str], named: Mapping[tuple[str, int], int]) -> tuple[dict[str, int], dict[str, int]]:
    points = dict.fromkeys(project_ids, 0)
    voters = dict.fromkeys(project_ids, 0)
    for (project, given), times in named.items():
        if type(given) is not int or given < 0:
            raise _invalid()
        if project not in points:
            sentence = _l("Un bulletin nomme le projet « %(project)s », absent de ce vote. Vérifiez.", project=project)
            raise Refusal(sentence, field="choices", code="unknown_project")
        points[project] += given * times
        voters[project] += times
    return points, voters


def _invalid() -> Refusal:
    sentence = _l("Un bulletin porte un nombre de points impossible. Écrivez des nombres entiers, 0 ou plus.")
    return Refusal(sentence, field="choices", code="points_invalid")

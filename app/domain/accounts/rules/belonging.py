"""How people say where they belong and how old they are, without an address nor a birth date."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Link
from app.domain.shared.refusals import YES, Refusal, Verdict

OLDEST = 120
# Demonstration values, set when an installation has none: the thresholds of the laws and surveys people know best.
DEMONSTRATION_STARTS = (0, 11, 16, 18, 26, 40, 60, 75)

Bracket = tuple[int, int | None]


def link_names_its_place(link: Link, quartier_id: int | None) -> Verdict:
    """Who lives there says in which quartier; any other link may leave it out. Refusal code ``quartier``."""
    if link is Link.LIVES and quartier_id is None:
        sentence = _l("Choisissez votre quartier. Si vous n’y habitez pas, dites comment vous y êtes lié.")
        return Refusal(sentence, field="quartier", code="quartier")
    return YES


def brackets_from(starts: Sequence[int]) -> list[Bracket]:
    """The brackets that begin at these ages (in years): each ends where the next begins, the last has no end."""
    return [
        (first, following - 1 if following is not None else None)
        for first, following in itertools.zip_longest(starts, starts[1:])
    ]


def brackets_hold(brackets: Sequence[Bracket]) -> Verdict:
    """Brackets cover every age from the first one's, once: in order, no overlap, no hole, the last without end.

    Refusal code ``brackets``, on the field ``starts``. Source: choix de conception (statistics without birth dates).
    """
    if not brackets:
        return _wrong(_l("Écrivez au moins un âge de départ, par exemple 0."))
    if any(first < 0 or first > OLDEST for first, _ in brackets):
        return _wrong(_l("Les âges vont de 0 à %(oldest)d ans.", oldest=OLDEST))
    if brackets[-1][1] is not None:
        return _wrong(_l("La dernière tranche n’a pas de fin : les plus âgés doivent pouvoir se trouver."))
    for (first, last), (following, _) in itertools.pairwise(brackets):
        if last is None or following <= last:
            return _wrong(
                _l("La tranche qui commence à %(age)d ans recouvre la précédente. Écrivez les âges en ordre.",
                   age=following)
            )  # fmt: skip
        if last < first:
            return _wrong(_l("Écrivez les âges du plus petit au plus grand, chacun une seule fois."))
        if following > last + 1:
            return _wrong(_l("Il manque les âges de %(first)d à %(last)d ans.", first=last + 1, last=following - 1))
    return YES


def _wrong(sentence: object) -> Refusal:
    return Refusal(sentence, field="starts", code="brackets")

"""What an agent should be warned of, body by body: pure rules over facts loaded beforehand."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.shared.clock import months_after

# The frequency of a body is written by the year.
FREQUENCY_MONTHS = 12


class WarningKind(enum.Enum):
    """What is not as it should be."""

    FREQUENCY = "frequency"
    MANDATE_ENDS = "mandate_ends"
    SILENT = "silent"
    NO_REPRESENTATIVE = "no_representative"
    NO_CHARTER = "no_charter"
    NO_ALTERNATE = "no_alternate"
    LATE_ANSWER = "late_answer"

    @property
    def label(self) -> Any:
        return {
            "frequency": _l("Pas assez de séances"),
            "mandate_ends": _l("Mandats qui se terminent"),
            "silent": _l("Conseil silencieux"),
            "no_representative": _l("Pas de représentante ni de représentant"),
            "no_charter": _l("Charte pas encore adoptée"),
            "no_alternate": _l("Plus de suppléante ni de suppléant"),
            "late_answer": _l("Réponse à un avis en retard"),
        }[self.value]


@dataclass(frozen=True)
class Thresholds:
    """After how many months one is warned; each is a setting of the site."""

    mandate_months: int
    silence_months: int
    charter_months: int


@dataclass(frozen=True)
class BodyFacts:
    """What is known of an active body. ``steering`` names the instances de pilotage where it has nobody."""

    body_id: int
    name: str
    is_council: bool
    created_on: date | None
    yearly_seances: int | None = None
    seances_in_a_year: int = 0
    last_seance_on: date | None = None
    last_avis_on: date | None = None
    mandates_ends_on: Sequence[date] = ()
    unrepresented_at: Sequence[tuple[int, str]] = ()
    has_charter: bool = True
    alternates_ever: int = 0
    alternates_left: int = 0
    late_avis: Sequence[tuple[int, str, date]] = ()


@dataclass(frozen=True)
class Warned:
    """One warning: its sentence, the day it counts from, and a key that is the same as long as it is the same fact."""

    kind: WarningKind
    body_id: int
    body_name: str
    sentence: Any
    since: date | None
    key: str
    avis_id: int | None = None


def warnings_of(facts: BodyFacts, thresholds: Thresholds, today: date) -> list[Warned]:
    """Everything an agent should be warned of about a body, in a stable order.

    Source: droit-et-pratique §2.2, CC-R14 (mandates), CC-R17 (alternates), CC-R20 (charter), CC-R24 (representatives).
    """
    found = [
        *_frequency(facts, today),
        *_mandates(facts, thresholds, today),
        *_silence(facts, thresholds, today),
        *_representatives(facts),
        *_charter(facts, thresholds, today),
        *_alternates(facts),
        *_late(facts),
    ]
    return sorted(found, key=lambda one: list(WarningKind).index(one.kind))


def _warned(
    facts: BodyFacts, kind: WarningKind, sentence: Any, since: date | None, detail: object, avis_id: int | None = None
) -> Warned:
    return Warned(kind, facts.body_id, facts.name, sentence, since, f"{kind.value}:{facts.body_id}:{detail}", avis_id)


def _frequency(facts: BodyFacts, today: date) -> Iterator[Warned]:
    """Twelve months are looked at, so a body younger than that is left in peace."""
    start = months_after(today, -FREQUENCY_MONTHS)
    young = facts.created_on is not None and facts.created_on > start
    if facts.yearly_seances and not young and facts.seances_in_a_year < facts.yearly_seances:
        sentence = _l(
            "Séances en douze mois : %(held)d, au lieu de %(wanted)d au moins.",
            held=facts.seances_in_a_year, wanted=facts.yearly_seances,
        )  # fmt: skip
        # Told again each quarter it lasts, not each day.
        yield _warned(facts, WarningKind.FREQUENCY, sentence, None, f"{today.year}-{(today.month + 2) // 3}")


def _mandates(facts: BodyFacts, thresholds: Thresholds, today: date) -> Iterator[Warned]:
    soon = sorted(day for day in facts.mandates_ends_on if day <= months_after(today, thresholds.mandate_months))
    if soon:
        sentence = _l("Mandats concernés : %(count)d. Le premier se termine à cette date.", count=len(soon))
        yield _warned(facts, WarningKind.MANDATE_ENDS, sentence, soon[0], soon[0].isoformat())


def _silence(facts: BodyFacts, thresholds: Thresholds, today: date) -> Iterator[Warned]:
    known = [day for day in (facts.last_seance_on, facts.last_avis_on, facts.created_on) if day is not None]
    if facts.is_council and known and max(known) <= months_after(today, -thresholds.silence_months):
        sentence = _l("Ni séance ni avis depuis cette date.")
        yield _warned(facts, WarningKind.SILENT, sentence, max(known), max(known).isoformat())


def _representatives(facts: BodyFacts) -> Iterator[Warned]:
    for body_id, name in facts.unrepresented_at if facts.is_council else ():
        sentence = _l("Le conseil n’a personne qui le représente à « %(name)s ».", name=name)
        yield _warned(facts, WarningKind.NO_REPRESENTATIVE, sentence, None, body_id)


def _charter(facts: BodyFacts, thresholds: Thresholds, today: date) -> Iterator[Warned]:
    if not facts.is_council or facts.has_charter or facts.created_on is None:
        return
    due = months_after(facts.created_on, thresholds.charter_months)
    if due <= today:
        sentence = _l("La charte ou le règlement intérieur était attendu pour cette date.")
        yield _warned(facts, WarningKind.NO_CHARTER, sentence, due, due.isoformat())


def _alternates(facts: BodyFacts) -> Iterator[Warned]:
    if facts.alternates_ever and not facts.alternates_left:
        sentence = _l("La liste des suppléants est épuisée : un nouveau tirage est nécessaire.")
        yield _warned(facts, WarningKind.NO_ALTERNATE, sentence, None, facts.alternates_ever)


def _late(facts: BodyFacts) -> Iterator[Warned]:
    for avis_id, subject, due in facts.late_avis:
        sentence = _l("L’avis « %(subject)s » attendait sa réponse pour cette date.", subject=subject)
        yield _warned(facts, WarningKind.LATE_ANSWER, sentence, due, avis_id, avis_id=avis_id)

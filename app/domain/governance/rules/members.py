"""Who may take a seat, who is next for it, when a mandate may end: pure answers on what is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from app.domain.governance.models import Body, Gender, Mandate, Member, Seat, SeatType, Standing
from app.domain.shared.refusals import YES, Refusal, Verdict


@dataclass(frozen=True)
class Vacancy:
    """A seat to fill: its quartier and ages if it has some, and who sits in its college when parity is asked."""

    quartier_id: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    year: int = 0
    parity: bool = False
    women: int = 0
    men: int = 0


@dataclass(frozen=True)
class Alternate:
    """Somebody on the list: their place, what they declared, and whether they already said no to this seat."""

    mandate_id: int
    rank: int
    gender: Gender = Gender.UNDECLARED
    birth_year: int | None = None
    quartier_id: int | None = None
    has_refused: bool = False


def next_alternate(vacancy: Vacancy, alternates: Iterable[Alternate]) -> Alternate | None:
    """The first alternate, in the public order, whose sitting keeps the rule; ``None``: the list is used up.

    The list is that of the college and kind of the seat. Nobody chooses: ages, quartier and parity decide.
    Source: droit-et-pratique §2.2, CC-R16.
    """
    return next((one for one in sorted(alternates, key=lambda one: one.rank) if keeps_rule(vacancy, one)), None)


def keeps_rule(vacancy: Vacancy, one: Alternate) -> bool:
    """Whether the rule still holds with this alternate in this seat. What was never declared cannot break it."""
    if one.has_refused or (vacancy.quartier_id is not None and one.quartier_id != vacancy.quartier_id):
        return False
    if one.birth_year is not None and not age_fits(vacancy.year - one.birth_year, vacancy.min_age, vacancy.max_age):
        return False
    return not vacancy.parity or _keeps_parity(vacancy, one.gender)


def age_fits(age: int, min_age: int | None, max_age: int | None) -> bool:
    """Whether an age reached in the year is between two bounds, included.

    The day of birth is never known: somebody may be one year younger than the age they reach this year.
    """
    return (min_age is None or age >= min_age) and (max_age is None or age - 1 <= max_age)


def _keeps_parity(vacancy: Vacancy, gender: Gender) -> bool:
    """As many women as men, to one; a gap already wider must not widen."""
    before = abs(vacancy.women - vacancy.men)
    women = vacancy.women + (gender is Gender.WOMAN)
    men = vacancy.men + (gender is Gender.MAN)
    return abs(women - men) <= max(1, before)


def can_take(seat: Seat, member: Member, standing: Standing, starts_on: date) -> Verdict:
    """Whether a member may be given a seat. Needs the seat's mandates. Refusals ``closed``, ``held``, ``ages``."""
    if seat.closed_on is not None and seat.closed_on <= starts_on:
        return Refusal(_l("Ce siège est fermé à cette date."), code="closed")
    if standing is Standing.TITULAR and any(one.standing is standing and one.ended_on is None for one in seat.mandates):
        return Refusal(_l("Ce siège a déjà une ou un titulaire : terminez d’abord son mandat."), code="held")
    age, kind = member.age_in(starts_on.year), seat.seat_type
    if age is not None and not age_fits(age, kind.min_age, kind.max_age):
        return Refusal(
            _l("Ce siège demande %(ages)s : l’âge de cette personne ne convient pas.", ages=ages_in_words(kind)),
            field="birth_year", code="ages",
        )  # fmt: skip
    return YES


def ages_in_words(kind: SeatType) -> object:
    """The ages of a kind of seat; nothing when any age may sit."""
    if kind.min_age is not None and kind.max_age is not None:
        return _l("de %(min)s à %(max)s ans", min=kind.min_age, max=kind.max_age)
    if kind.min_age is not None:
        return _l("%(min)s ans ou plus", min=kind.min_age)
    return "" if kind.max_age is None else _l("%(max)s ans au plus", max=kind.max_age)


def can_end(mandate: Mandate, day: date) -> Verdict:
    """A mandate ends once, and not before it began. Refusals ``ended``, and ``ended_on`` on its field."""
    if mandate.ended_on is not None:
        return Refusal(_l("Ce mandat est déjà terminé."), code="ended")
    if day < mandate.starts_on:
        sentence = _l("Cette date est avant le début du mandat. Choisissez-en une plus tard.")
        return Refusal(sentence, field="ended_on", code="ended_on")
    return YES


def can_represent(body: Body, represented: Body | None) -> Verdict:
    """One sits for another body of the same contract. Refusal ``contract`` on ``represents_body_id``."""
    if represented is None or (represented.contract_id == body.contract_id and represented.id != body.id):
        return YES
    sentence = _l("Choisissez une autre instance, du même contrat de ville.")
    return Refusal(sentence, field="represents_body_id", code="contract")

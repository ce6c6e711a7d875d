"""The money of a conseil: never more than it has, nor more paid than granted; past its envelope, a warning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _l

from app.domain.councils.models import CouncilLedgerLine, LineCategory, LineKind
from app.domain.shared.refusals import YES, Refusal, Verdict


def proposed_cents(seats: int, base_cents: int, per_seat_cents: int) -> int:
    """The grant proposed for so many seats, in cents: a base and so much by seat, both data of the year.

    Source: contrat-montpellier §2 (3 000, 3 500 and 4 000 € for 20, 30 and 40 seats).
    """
    return base_cents + seats * per_seat_cents


def over_envelope(granted_cents: int, envelope_cents: int | None) -> int:
    """By how many cents the grants of a year pass their envelope; 0 when they do not, or when there is none.

    It warns and refuses nothing. Source: contrat-montpellier, R42.
    """
    return 0 if envelope_cents is None else max(0, granted_cents - envelope_cents)


def category_fits(kind: LineKind, category: LineCategory | None) -> Verdict:
    """What is spent, or given back, says what for; a payment of the grant does not. Refusal ``category``."""
    if (category is None) == (kind is LineKind.RECEIVED):
        return YES
    sentence = _l("Dites à quoi sert une dépense ; un versement de la subvention n’a pas de catégorie.")
    return Refusal(sentence, field="category", code="category")


def can_be_written(
    *, kind: LineKind, cents: int, balance_cents: int, left_to_receive_cents: int, happened_on: date, today: date
) -> Verdict:
    """Whether a movement of so many signed cents may be written.

    Refusals: ``amount`` (nothing), ``overdrawn`` (more than there is), ``over_granted`` (more paid than granted),
    ``future``. Source: choix de conception.
    """
    if cents == 0:
        return Refusal(_l("Écrivez un montant plus grand que zéro."), field="amount", code="amount")
    if happened_on > today:
        return Refusal(_l("Ce jour n’est pas encore venu."), field="happened_on", code="future")
    if kind is LineKind.RECEIVED and cents > left_to_receive_cents:
        sentence = _l("Ce versement dépasse la subvention accordée. Vérifiez le montant.")
        return Refusal(sentence, field="amount", code="over_granted")
    if balance_cents + cents < 0:
        sentence = _l("Il ne reste pas assez d’argent sur cette subvention. Vérifiez le montant.")
        return Refusal(sentence, field="amount", code="overdrawn")
    return YES


def can_be_corrected(line: CouncilLedgerLine, corrected: Iterable[int | None]) -> Verdict:
    """A line is corrected once, and a correction is not corrected: another line is written. Refusal ``corrected``."""
    if line.kind is LineKind.CORRECTION or line.id in set(corrected):
        sentence = _l("Cette ligne est déjà corrigée, ou est une correction. Écrivez une nouvelle ligne.")
        return Refusal(sentence, code="corrected")
    return YES


def dates_in_order(starts_on: date, ends_on: date) -> Verdict:
    """A mission ends on its first day or later. Refusal ``dates``."""
    if ends_on >= starts_on:
        return YES
    return Refusal(_l("La fin doit venir après le début. Vérifiez les deux dates."), field="ends_on", code="dates")

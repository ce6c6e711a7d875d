"""What a séance still lacks, and what may be done with it at this hour."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.governance.models import ENDED, AgendaItem, Lack, Seance
from app.domain.shared import clock
from app.domain.shared.refusals import YES, Refusal, Verdict


def lacks(seance: Seance) -> list[Lack]:
    """What a séance still lacks, in the order one settles it; nothing once its hour has passed."""
    if seance.is_over:
        return []
    empty: dict[Lack, Any] = {
        Lack.PLACE: seance.place,
        Lack.AGENDA: seance.agenda,
        Lack.CONVOCATION: seance.convocation_sent_at,
    }
    return [lack for lack, held in empty.items() if not held]


def can_be_planned(starts_at: datetime) -> Verdict:
    """A séance is announced before it takes place. Refusal on ``starts_at``, code ``past``."""
    if starts_at <= clock.now():
        return Refusal(
            _l("Cette date est déjà passée. Choisissez un jour et une heure à venir."), field="starts_at", code="past"
        )
    return YES


def ends_after(starts_at: datetime, ends_at: datetime | None) -> Verdict:
    """A séance ends after it begins. Refusal on ``ends_at``, code ``order``."""
    if ends_at is not None and ends_at <= starts_at:
        return Refusal(_l("La fin doit venir après le début."), field="ends_at", code="order")
    return YES


def can_change(seance: Seance) -> Verdict:
    """A séance already held is history: what was announced stays written. Refusal code ``past``."""
    if seance.is_over or seance.is_in_session:
        return Refusal(_l("Cette séance a déjà eu lieu : elle ne peut plus être modifiée."), code="past")
    return YES


def can_prepare(seance: Seance) -> Verdict:
    """Its agenda may still change: to come, or being held. Refusal code ``past``."""
    if seance.state in ENDED:
        return Refusal(_l("Cette séance est terminée : son ordre du jour ne change plus."), code="past")
    return YES


def can_be_taken_off(item: AgendaItem, seance: Seance) -> Verdict:
    """Before the séance, and when the subject is about nothing else. Codes ``session``, ``tied``.

    What somebody else brought to the table (minutes to approve, an avis, an interpellation) is not put aside in
    silence.
    """
    if seance.is_in_session:
        return Refusal(_l("La séance est ouverte : reportez plutôt ce sujet à une autre séance."), code="session")
    if not item.source_kind:
        return YES
    sentence = _l("Ce sujet porte sur un texte : dites d’abord qu’il ne porte plus dessus, puis retirez-le.")
    return Refusal(sentence, code="tied")


def can_open(seance: Seance, today: date) -> Verdict:
    """A séance opens on its day or later, to treat something. Codes ``early``, ``agenda``."""
    if clock.in_paris(seance.starts_at).date() > today:
        return Refusal(_l("Cette séance n’est pas encore venue : elle s’ouvre le jour dit."), code="early")
    if not seance.agenda:
        return Refusal(_l("L’ordre du jour est vide : écrivez au moins un sujet."), code="agenda")
    return YES


def can_convene(seance: Seance) -> Verdict:
    """A convocation says where and what for, and is sent once (droit-et-pratique §4.1). Codes ``lacks``, ``sent``."""
    if seance.convocation_sent_at is not None:
        return Refusal(_l("La convocation de cette séance est déjà notée comme envoyée."), code="sent")
    if not seance.place:
        return Refusal(_l("Indiquez d’abord le lieu de la séance : la convocation doit le dire."), code="lacks")
    if not seance.agenda:
        return Refusal(_l("Écrivez d’abord l’ordre du jour : la convocation doit le dire."), code="lacks")
    return can_change(seance)

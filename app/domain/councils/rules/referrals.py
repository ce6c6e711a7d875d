"""What an interpellation asks at each of its steps."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from app.domain.governance.models import BodyKind, Seance
from app.domain.shared.refusals import YES, Refusal, Verdict


def can_be_noted(happened_on: date, last_step_on: date, today: date) -> Verdict:
    """A step is noted on its day or later, and comes after the one before. Refusals ``future``, ``before``."""
    if happened_on > today:
        return Refusal(_l("Ce jour n’est pas encore venu."), field="happened_on", code="future")
    if happened_on < last_step_on:
        sentence = _l("Cette étape ne peut pas venir avant la précédente. Vérifiez le jour.")
        return Refusal(sentence, field="happened_on", code="before")
    return YES


def has_its_reference(letter_reference: str) -> Verdict:
    """What the préfet writes is transcribed with the reference of his letter. Refusal ``reference``."""
    if letter_reference:
        return YES
    sentence = _l("Recopiez la référence de la lettre du préfet : elle permet de la retrouver.")
    return Refusal(sentence, field="letter_reference", code="reference")


def can_be_heard_at(seance: Seance, contract_id: int) -> Verdict:
    """A steering committee of the same contract hears it, at a séance to come. Refusal ``seance``. Needs the body."""
    if seance.body.kind is BodyKind.COPIL and seance.body.contract_id == contract_id and not seance.is_over:
        return YES
    sentence = _l("Choisissez une séance à venir du comité de pilotage de ce contrat.")
    return Refusal(sentence, field="seance", code="seance")

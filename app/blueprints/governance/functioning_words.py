"""How a body meets, as everybody reads it: each question with its answer."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.blueprints.governance.seances_forms import PROPOSERS_WORDS
from app.domain.governance.rules import FunctioningRules


def functioning_rows(held: FunctioningRules | None) -> list[tuple[Any, Any, None]]:
    """What the rulebook in force says, question by question; what it does not ask for is left out."""
    if held is None:
        return []
    answers = [
        (_("Quorum"), _share(held.quorum) if held.quorum else _("aucun")),
        (_("Quorum à la seconde convocation"), _share(held.second_call_quorum) if held.second_call_quorum else ""),
        (_("Délai avant la seconde convocation"), _days(held.second_call_days)),
        (_("Pouvoirs par personne, au plus"), str(held.proxies_per_person)),
        (_("La convocation part"), _before(held.notice_days)),
        (_("Le compte rendu est envoyé"), _within(held.minutes_days)),
        (_("Qui peut proposer un sujet"), PROPOSERS_WORDS.get(held.proposers, "")),
        (_("Un sujet se propose"), _before(held.propose_until_days)),
        (_("Durée habituelle"), _("%(minutes)d minutes", minutes=held.seance_minutes) if held.seance_minutes else ""),
        (_("Une signature dessinée s’efface"), _within(held.signature_days or None)),
        (_("Une réponse à un avis arrive"), _answered(held.answer_days)),
    ]
    return [(label, answer, None) for label, answer in answers if answer]


def _share(part: str) -> str:
    return _("%(part)s des voix", part=part)


def _days(days: int | None) -> str:
    return "" if days is None else ngettext("%(num)s jour", "%(num)s jours", days)


def _before(days: int | None) -> str:
    return "" if days is None else ngettext("%(num)s jour avant la séance", "%(num)s jours avant la séance", days)


def _within(days: int | None) -> str:
    return "" if days is None else ngettext("%(num)s jour après la séance", "%(num)s jours après la séance", days)


def _answered(days: int | None) -> str:
    if days is None:
        return ""
    return ngettext("%(num)s jour au plus après l’envoi", "%(num)s jours au plus après l’envoi", days)

"""What an avis asks before it is adopted, sent and answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from app.domain.councils.models import ItemAnswer
from app.domain.shared.refusals import YES, Refusal, Verdict


@dataclass(frozen=True)
class Answered:
    """What is answered to one item."""

    answer: ItemAnswer
    reason: str = ""


def asks_something(items: Collection[str]) -> Verdict:
    """An avis asks at least one thing, since it is answered item by item. Refusal ``items``."""
    if any(item.strip() for item in items):
        return YES
    sentence = _l("Écrivez au moins une demande : c’est à chaque demande que l’instance répondra.")
    return Refusal(sentence, field="demands", code="items")


def can_be_addressed(body_contract: int, body_id: int, addressed_contract: int, addressed_id: int) -> Verdict:
    """An avis goes to another body of the same contract. Refusal ``addressed``."""
    if body_contract == addressed_contract and body_id != addressed_id:
        return YES
    sentence = _l("Choisissez une autre instance du même contrat de ville.")
    return Refusal(sentence, field="addressed", code="addressed")


def due_on(sent_on: date, days: int) -> date:
    """The last day of the answer: so many days after the sending, that day included (the delay is a setting)."""
    return sent_on + timedelta(days=days)


def can_answer(waiting: Collection[int], given: Mapping[int, Answered]) -> Verdict:
    """Whether these answers, by number of item, may be given.

    Refusals: ``nothing`` (none is given), ``answered`` (one has its answer already), ``reason`` (an item that is not
    retained, or only in part, without its reason). Source: droit-et-pratique §4.1, "retained / partly / not retained +
    reason".
    """
    if not given:
        return Refusal(_l("Répondez à une demande au moins."), code="nothing")
    for position, answered in given.items():
        if position not in waiting:
            return Refusal(_l("Une de ces demandes a déjà sa réponse. Relisez la page."), code="answered")
        if answered.answer is not ItemAnswer.RETAINED and not answered.reason:
            sentence = _l("Dites pourquoi : ce qui n’est pas retenu, ou pas tout à fait, a toujours sa raison.")
            return Refusal(sentence, field=f"reason_{position}", code="reason")
    return YES

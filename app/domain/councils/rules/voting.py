"""How a conseil adopts what it says: a vote with its counts, on a day, with what the minority thinks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from app.domain.governance.models import Body
from app.domain.shared.refusals import YES, Refusal, Verdict, first_refusal


@dataclass(frozen=True)
class Vote:
    """The vote of a conseil. ``quorum`` says in words how many were needed and there; the séance is named by its id."""

    votes_for: int
    votes_against: int
    votes_abstained: int
    adopted_on: date
    quorum: str
    minority_view: str = ""
    seance_id: int | None = None


def can_speak(body: Body) -> Verdict:
    """A body whose life has ended says nothing more: its past stays. Refusal ``over``."""
    if body.is_over:
        return Refusal(_l("Cette instance est terminée : elle ne peut plus rien écrire."), code="over")
    return YES


def can_be_adopted(vote: Vote, today: date, seance_held_on: date | None) -> Verdict:
    """Whether a vote adopts a text.

    Refusals: ``votes`` (nobody voted, or not more for than against), ``quorum`` (not told), ``future``, ``seance``
    (the day is not that of the séance). Source: droit-et-pratique §6, "text adopted by vote, date, for/against,
    minority view".
    """
    return first_refusal(_more_for(vote), _quorum_is_told(vote), _on_a_day(vote, today, seance_held_on))


def _more_for(vote: Vote) -> Verdict:
    if vote.votes_for > vote.votes_against:
        return YES
    sentence = _l("Ce texte n’a pas plus de voix pour que de voix contre : il n’est pas adopté.")
    return Refusal(sentence, field="votes_for", code="votes")


def _quorum_is_told(vote: Vote) -> Verdict:
    if vote.quorum:
        return YES
    sentence = _l("Dites combien de membres étaient là et combien il en fallait.")
    return Refusal(sentence, field="quorum", code="quorum")


def _on_a_day(vote: Vote, today: date, seance_held_on: date | None) -> Verdict:
    if vote.adopted_on > today:
        return Refusal(
            _l("Ce jour n’est pas encore venu. Vérifiez la date du vote."), field="adopted_on", code="future"
        )
    if seance_held_on is not None and vote.adopted_on != seance_held_on:
        sentence = _l("Ce jour n’est pas celui de la séance choisie. Vérifiez la date du vote.")
        return Refusal(sentence, field="adopted_on", code="seance")
    return YES

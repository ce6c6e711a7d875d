"""The vote by which a conseil adopts an avis or an interpellation, written the same way on both."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.councils.models import Avis, Interpellation
from app.domain.councils.queries import past_seances
from app.domain.councils.rules.voting import Vote, can_be_adopted
from app.domain.governance.models import Body
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal, Verdict


def check_vote(vote: Vote, body: Body) -> Verdict:
    """Whether the vote adopts the text. Refusals: ``votes``, ``quorum``, ``future``, ``seance``."""
    held_on = None
    if vote.seance_id is not None:
        seance = next((one for one in past_seances(body) if one.id == vote.seance_id), None)
        if seance is None:
            return Refusal(_l("Choisissez une séance que le conseil a tenue."), field="seance", code="seance")
        held_on = clock.in_paris(seance.starts_at).date()
    return can_be_adopted(vote, clock.today(), held_on)


def note_vote(text: Avis | Interpellation, vote: Vote) -> None:
    """Writes the vote on what it adopted."""
    text.votes_for, text.votes_against, text.votes_abstained = vote.votes_for, vote.votes_against, vote.votes_abstained
    text.quorum, text.minority_view = vote.quorum, vote.minority_view
    text.adopted_on, text.seance_id = vote.adopted_on, vote.seance_id

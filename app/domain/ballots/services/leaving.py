"""Closing an account during a vote: who has cast a ballot stays known until the closing, so that nobody votes twice."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.ballots import queries
from app.domain.shared import clock
from app.domain.shared.refusals import YES, Refusal, Verdict


def may_leave(person_id: int) -> Verdict:
    """Whether somebody may close their account now: not while a vote they took part in is open.

    A closed account forgets its e-mail, which could then make another account and vote again. The open votes are
    locked until the commit: a ballot on its way is waited for, and the next one finds the account closed.
    Refusal ``open_vote``. Source: choix de conception (one voice each; RGPD, article 12.3, leaves one month to erase).
    """
    scrutin = queries.open_vote_of_for_update(person_id)
    if scrutin is None:
        return YES
    sentence = _l(
        "Un vote auquel ce compte a pris part est encore ouvert : « %(title)s ». Fermez le compte après la clôture, "
        "le %(day)s. D’ici là, il garantit que personne ne vote deux fois.",
        title=scrutin.title,
        day=clock.in_words(scrutin.closes_at),
    )
    return Refusal(sentence, code="open_vote")

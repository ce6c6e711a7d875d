"""What a vote that is open asks of accounts until it closes: to stay, and to say the same of those it calls."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.ballots import queries
from app.domain.processes.rules import Belonging, is_called
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


def may_move(*, was: Belonging, becomes: Belonging) -> Verdict:
    """Whether somebody may change what they say of themselves now: not if an open vote would begin, or cease, to call
    them.

    What was said when the vote opened decides, whatever is said next: nobody moves into a quartier to vote there, and
    whoever really moves keeps the vote they had. A change no open vote depends on is free. Refusal ``open_vote``.
    Source: choix de conception (docs/decisions/0011; RGPD, article 12.3, leaves one month to correct).
    """
    for scrutin in queries.open_scrutins():
        if bool(is_called(scrutin.eligibility, was)) != bool(is_called(scrutin.eligibility, becomes)):
            sentence = _l(
                "Le vote « %(title)s » est ouvert, et ce que vous disiez à son ouverture décide qui vote. Votre "
                "quartier, votre lien et votre âge pourront changer après sa clôture, le %(day)s.",
                title=scrutin.title,
                day=clock.in_words(scrutin.closes_at),
            )
            return Refusal(sentence, code="open_vote")
    return YES

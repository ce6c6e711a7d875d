"""When a vote may be cast, when its box may be opened, and when its result may be read."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.domain.shared.refusals import YES, Refusal, Verdict


def can_cast_at(opens_at: datetime, closes_at: datetime, *instants: datetime) -> Verdict:
    """Whether the vote is open at all these instants (UTC): the application's clock and the database's.

    The closing instant no longer belongs to the vote. Refusals: ``not_open_yet``, ``closed``.
    Source: votes-tirage-questionnaires §6.2 (the clock of the database is the judge).
    """
    if any(instant < opens_at for instant in instants):
        return Refusal(_l("Le vote n’est pas encore ouvert. Revenez à la date d’ouverture."), code="not_open_yet")
    if any(instant >= closes_at for instant in instants):
        sentence = _l("Le vote est clos : votre bulletin n’a pas été déposé. Le résultat sera publié ici.")
        return Refusal(sentence, code="closed")
    return YES


def can_open_at(closes_at: datetime, counted: bool, *instants: datetime) -> Verdict:
    """Whether the box may be opened at all these instants (UTC). Refusals: ``still_open``, ``counted``.

    Source: droit-et-pratique §4.6 (results hidden until the close).
    """
    if any(instant < closes_at for instant in instants):
        return Refusal(_l("Le vote est encore ouvert. Le dépouillement commence après la clôture."), code="still_open")
    if counted:
        return Refusal(_l("Ce vote est déjà dépouillé. Consultez ses résultats."), code="counted")
    return YES


def result_is_out(counted: bool) -> Verdict:
    """Whether anything of the result may leave the server: once counted, and not one figure before.

    Refusal: ``not_counted``. Source: droit-et-pratique §4.6 (results hidden until the close).
    """
    if not counted:
        sentence = _l("Le dépouillement n’a pas encore eu lieu. Les résultats seront publiés après la clôture.")
        return Refusal(sentence, code="not_counted")
    return YES

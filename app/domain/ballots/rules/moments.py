"""When a vote may be cast, when its box may be opened, and when its result may be read."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from app.domain.shared import clock
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


def can_open_with(held_since: datetime | None, closes_at: datetime, wait_days: int, now: datetime) -> Verdict:
    """Whether a role held without a break since an instant (UTC) opens the box of a vote that closed at another.

    A role given after the closing waits ``wait_days`` days: nobody gives it to a second account of their own and counts
    the same evening, unseen; and a team that changed after the closing still gets its result. Refusals: ``role`` (none
    is held), ``late_role``. Source: docs/decisions/0009; choix de conception.
    """
    if held_since is None:
        return Refusal(_l("Vous n’avez plus le rôle qui permet d’ouvrir le dépouillement."), code="role")
    opens = held_since + timedelta(days=wait_days)
    if held_since < closes_at or now >= opens:
        return YES
    sentence = _l(
        "Votre rôle vous a été donné après la clôture de ce vote : il permet de l’ouvrir à partir du %(day)s. "
        "D’ici là, demandez à deux personnes qui avaient déjà ce rôle.",
        day=clock.in_paris(opens).strftime("%d/%m/%Y"),
    )
    return Refusal(sentence, code="late_role")


def result_is_out(counted: bool) -> Verdict:
    """Whether anything of the result may leave the server: once counted, and not one figure before.

    Refusal: ``not_counted``. Source: droit-et-pratique §4.6 (results hidden until the close).
    """
    if not counted:
        sentence = _l("Le dépouillement n’a pas encore eu lieu. Les résultats seront publiés après la clôture.")
        return Refusal(sentence, code="not_counted")
    return YES

"""Sessions: begun by proving who one is, ended on the server."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts import queries, rules
from app.domain.accounts.models import CardState, Person, SignIn
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal
from app.domain.territories.queries import site


def sign_in(*, identifier: str, password: str) -> tuple[Person, str]:
    """Opens a session for whoever holds this identifier (e-mail or card) and password (or code).

    Gives the person and the session's token, to be kept by the browser alone. Raises one same refusal (code
    ``identity``) whether the identifier or the password is wrong, after the same time: nobody learns who has an
    account. A card with its right code that nobody has activated is told apart (code ``not_activated``).
    """
    person = queries.person_by_identifier(identifier)
    card = None if person or "@" in identifier else queries.card_by_identifier(identifier)
    known = person.password_hash if person else card.code_hash if card else None
    # Every meaning is tried, even after the right one: the time says nothing.
    right = any([rules.password_matches(known, meant) for meant in rules.secrets_meant(identifier, password)])
    if right and card is not None and card.state is CardState.UNUSED:
        raise Refusal(_l("Cette carte n’est pas encore activée. Activez-la d’abord, plus bas."), code="not_activated")
    if person is None or not right or not person.is_active:
        raise Refusal(
            _l(
                "L’identifiant ou le mot de passe ne correspondent pas. "
                "Vérifiez-les, ou demandez un nouveau mot de passe."
            ),
            code="identity",
        )
    return person, begin_session(person=person)


def begin_session(*, person: Person) -> str:
    """Opens a session for somebody who has just proved who they are; gives its token, known to the browser alone.

    It serves until it is ended, ``Site.session_days`` days at most.
    """
    token, today = secrets.token_urlsafe(32), clock.today()
    ends_on = today + timedelta(days=site().session_days)
    db.session.add(SignIn(token_hash=rules.hash_token(token), person_id=person.id, begun_on=today, ends_on=ends_on))
    return token


def sign_out(*, token: str) -> None:
    """Ends the session of this token; says nothing when it has ended already."""
    session = db.session.get(SignIn, rules.hash_token(token))
    if session is not None and session.ended_at is None:
        session.ended_at = clock.now()


def end_all_sessions(*, person: Person, actor: Person | None, but_token: str = "") -> None:
    """Ends every session of a person, on all devices (lost telephone, new password), but one if its token is given."""
    now, kept = clock.now(), rules.hash_token(but_token)
    for session in queries.open_sessions(person):
        if session.token_hash != kept:
            session.ended_at = now
    journal.record("ended_sessions", person, actor=actor)

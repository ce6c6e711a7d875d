"""What happens to accounts: people join, sign in and out, receive roles and cards."""

from __future__ import annotations

import secrets

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts import queries, rules
from app.domain.accounts.models import Notice, Person, SignIn
from app.domain.shared import clock, journal, outbox
from app.domain.shared.refusals import Refusal


def sign_in(*, identifier: str, password: str) -> tuple[Person, str]:
    """Opens a session for whoever holds this identifier (e-mail or card) and password (or code).

    Gives the person and the session's token, to be kept by the browser alone. Raises one same refusal (code
    ``identity``) whether the identifier or the password is wrong, after the same time: nobody learns who has
    an account.
    """
    person = queries.person_by_identifier(identifier)
    right = rules.password_matches(person.password_hash if person else None, password)
    if person is None or not right or not person.is_active:
        raise Refusal(
            _l(
                "L’identifiant ou le mot de passe ne correspondent pas. "
                "Vérifiez-les, ou demandez un nouveau mot de passe."
            ),
            code="identity",
        )
    token = secrets.token_urlsafe(32)
    db.session.add(SignIn(token_hash=rules.hash_token(token), person_id=person.id, begun_on=clock.today()))
    return person, token


def sign_out(*, token: str) -> None:
    """Ends the session of this token; says nothing when it has ended already."""
    session = db.session.get(SignIn, rules.hash_token(token))
    if session is not None and session.ended_at is None:
        session.ended_at = clock.now()


def end_all_sessions(*, person: Person, actor: Person | None) -> None:
    """Ends every session of a person, on all devices (lost telephone, new password)."""
    now = clock.now()
    for session in queries.open_sessions(person):
        session.ended_at = now
    journal.record("ended_sessions", person, actor=actor)


def tell(person: Person, subject: object, body: object, path: str = "") -> None:
    """Tells a person something, on their own page and, if they gave one, at their e-mail address.

    ``path`` is a path of this site where to see more. Never used for a vote's content.
    """
    notice = Notice(person_id=person.id, at=clock.now(), subject=str(subject), body=str(body), path=path)
    db.session.add(notice)
    outbox.post(person.email, str(subject), str(body))

"""Passwords: changed by who knows the present one, or by who reads the letters of the account."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from app.database import db
from app.domain.accounts import queries, rules
from app.domain.accounts.models import PasswordReset, Person
from app.domain.accounts.services import letters
from app.domain.accounts.services.joining import forget_expired_links
from app.domain.accounts.services.sessions import begin_session, end_all_sessions
from app.domain.accounts.services.telling import tell
from app.domain.shared import clock, journal, outbox
from app.domain.shared.refusals import Refusal, require
from app.domain.territories.queries import site


def ask_new_password(*, email: str, link_to: Callable[[str], str]) -> None:
    """Sends a link to choose a new password, if the address has an account; nothing in the answer tells.

    Only the last link works, once, for ``Site.reset_link_minutes`` minutes. Refusal ``email`` on a malformed address.
    """
    require(rules.can_be_email(email))
    forget_expired_links()
    person = queries.person_by_identifier(email)
    if person is not None and person.is_active:
        forget_resets(person)
        token, minutes = secrets.token_urlsafe(32), site().reset_link_minutes
        expires_at = clock.now() + timedelta(minutes=minutes)
        db.session.add(PasswordReset(token_hash=rules.hash_token(token), person_id=person.id, expires_at=expires_at))
        outbox.post(person.email, *letters.new_password(link_to(token), minutes))
    journal.record("asked_new_password", PasswordReset.__tablename__, actor=None)


def choose_new_password(*, token: str, password: str) -> tuple[Person, str]:
    """Sets the password by the link of a letter, ends every session, and opens a new one.

    Refusals: ``link`` (unknown, used or too old), ``password``.
    """
    reset = queries.password_reset_for_update(token)
    if reset is None:
        raise letters.dead_link()
    require(rules.can_be_password(password))
    person = queries.person_by_id(reset.person_id)
    if not person.is_active:
        raise letters.dead_link()
    _set(person, password)
    end_all_sessions(person=person, actor=person)
    journal.record("chose_new_password", person, actor=person)
    return person, begin_session(person=person)


def change_password(*, person: Person, current: str, new: str, actor: Person) -> None:
    """Changes the password of who knows the present one; their other sessions end.

    Refusals: ``current_password`` (wrong), ``password`` (too short, on the field ``new_password``).
    """
    if not rules.knows_secret(person, current):
        sentence = _l("Ce n’est pas votre mot de passe actuel. Vérifiez les majuscules, puis recommencez.")
        raise Refusal(sentence, field="current_password", code="current_password")
    verdict = rules.can_be_password(new)
    if isinstance(verdict, Refusal):
        raise Refusal(verdict.sentence, field="new_password", code=verdict.code)
    _set(person, new)
    end_all_sessions(person=person, actor=actor, but_token=person.sign_in_token or "")
    journal.record("changed_password", person, actor=actor)


def _set(person: Person, password: str) -> None:
    person.password_hash = rules.hash_password(password)
    forget_resets(person)
    tell(
        person,
        _l("Votre mot de passe a changé"),
        _l("Si ce n’est pas vous, demandez tout de suite un nouveau mot de passe et prévenez-nous."),
    )


def forget_resets(person: Person) -> None:
    """Makes the links sent to choose a new password good for nothing."""
    db.session.execute(delete(PasswordReset).where(PasswordReset.person_id == person.id))

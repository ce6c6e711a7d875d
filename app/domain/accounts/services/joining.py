"""Joining: by a link sent to an e-mail, or with the card of somebody who has none (see ``cards``)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts import queries, rules
from app.domain.accounts.models import AddressChange, Link, PasswordReset, PendingAccount, Person, SignIn
from app.domain.accounts.services import letters
from app.domain.accounts.services.sessions import begin_session
from app.domain.shared import clock, journal, outbox
from app.domain.shared.refusals import YES, Refusal, Verdict, require
from app.domain.territories.queries import site


@dataclass(frozen=True)
class Profile:
    """What somebody says of themselves: a public name, where they belong, an age bracket, a language."""

    pseudonym: str
    link: Link
    quartier_id: int | None
    age_bracket_id: int
    language: str = "fr"


def pseudonym_is_free(pseudonym: str, but: int | None = None) -> Verdict:
    """Whether nobody else has this name. Names are public: saying that one is taken tells nothing new."""
    if queries.pseudonym_is_taken(pseudonym, but):
        return taken()
    return YES


def taken() -> Refusal:
    """A name that somebody else has."""
    return Refusal(
        _l("Ce nom est déjà pris. Ajoutez un mot ou un nombre, par exemple le nom de votre rue."),
        field="pseudonym",
        code="pseudonym_taken",
    )


def ask_to_join(*, email: str, password: str, profile: Profile, link_to: Callable[[str], str], sign_in_at: str) -> None:
    """Sends a letter to an address: with a link to confirm when it is new, saying so when it has an account.

    Nothing in the answer nor in its time tells which. ``link_to`` makes the address of the link from its token. An
    earlier request by the same address is forgotten: only the last link works, for ``Site.sign_up_link_hours`` hours.
    Refusals: ``email``, ``pseudonym``, ``pseudonym_taken``, ``password``, ``quartier``.
    """
    require(rules.can_be_email(email), *_profile_verdicts(profile), rules.can_be_password(password))
    forget_expired_links()
    address, password_hash = rules.normal_identifier(email), rules.hash_password(password)
    db.session.execute(delete(PendingAccount).where(PendingAccount.email == address))
    person = queries.person_by_identifier(address)
    if person is not None:
        outbox.post(address, *letters.already_joined(sign_in_at))
    else:
        token = secrets.token_urlsafe(32)
        hours = site().sign_up_link_hours
        db.session.add(
            PendingAccount(
                token_hash=rules.hash_token(token), email=address, password_hash=password_hash,
                pseudonym=profile.pseudonym, link=profile.link, quartier_id=profile.quartier_id,
                age_bracket_id=profile.age_bracket_id, language=profile.language,
                expires_at=clock.now() + timedelta(hours=hours),
            )
        )  # fmt: skip
        outbox.post(address, *letters.confirm(link_to(token), hours))
    journal.record("asked_to_join", PendingAccount.__tablename__, actor=None)


def confirm_account(*, token: str, pseudonym: str) -> tuple[Person, str]:
    """Makes the account a link was sent for, and opens a session; the link has served.

    The name may have been taken in the meantime: it is given again. Refusals: ``link`` (unknown, used or too old),
    ``pseudonym``, ``pseudonym_taken``.
    """
    pending = queries.pending_account_for_update(token)
    if pending is None:
        raise letters.dead_link()
    profile = Profile(pseudonym, pending.link, pending.quartier_id, pending.age_bracket_id, pending.language)
    person = add_person(profile, email=pending.email, password_hash=pending.password_hash)
    db.session.delete(pending)
    journal.record("joined", person, actor=person, channel="email")
    return person, begin_session(person=person)


def add_person(
    profile: Profile, *, password_hash: str, email: str | None = None, card_identifier: str | None = None
) -> Person:
    """Writes the person, once their name is free. The database has the last word on names and addresses."""
    require(*_profile_verdicts(profile))
    person = Person(
        pseudonym=profile.pseudonym, pseudonym_key=rules.pseudonym_key(profile.pseudonym), email=email,
        card_identifier=card_identifier, password_hash=password_hash, quartier_id=profile.quartier_id,
        link=profile.link, age_bracket_id=profile.age_bracket_id, language=profile.language, created_at=clock.now(),
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(person)
            db.session.flush()
    except IntegrityError:
        raise (taken() if queries.pseudonym_is_taken(profile.pseudonym) else letters.dead_link()) from None
    return queries.person_by_id(person.id)


def _profile_verdicts(profile: Profile) -> tuple[Verdict, ...]:
    return (
        rules.can_be_pseudonym(profile.pseudonym),
        pseudonym_is_free(profile.pseudonym),
        rules.link_names_its_place(profile.link, profile.quartier_id),
    )


def forget_expired_links() -> None:
    """Forgets the links nobody used in time, with the addresses they hold, and the sessions too old to serve."""
    now = clock.now()
    db.session.execute(delete(PendingAccount).where(PendingAccount.expires_at <= now))
    db.session.execute(delete(PasswordReset).where(PasswordReset.expires_at <= now))
    db.session.execute(delete(AddressChange).where(AddressChange.expires_at <= now))
    db.session.execute(delete(SignIn).where(SignIn.ends_on < clock.today()))

"""The e-mail of an account: changed or added by a link sent to the new one, removed when a card remains."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts import queries, rules
from app.domain.accounts.models import AddressChange, Person
from app.domain.accounts.services import letters
from app.domain.accounts.services.joining import forget_expired_links
from app.domain.accounts.services.passwords import forget_resets
from app.domain.accounts.services.telling import tell
from app.domain.shared import clock, journal, outbox
from app.domain.shared.refusals import Refusal, require
from app.domain.territories.queries import site

_MOVED = _l("Vos courriels arrivent maintenant à une autre adresse. Si ce n’est pas vous, prévenez-nous vite.")
_ADDED = _l(
    "Vous pouvez vous connecter avec elle, et toujours avec votre carte. Si ce n’est pas vous, prévenez-nous vite."
)


def ask_address(
    *, person: Person, email: str, password: str, link_to: Callable[[str], str], sign_in_at: str, actor: Person
) -> None:
    """Sends a letter to the address somebody wants: with a link to confirm, or saying that it has an account.

    Nothing in the answer, in its time nor in what the person reads or exports tells which: the request is written in
    both cases, and the token of a taken address is given to nobody. Only the last link works, for
    ``Site.sign_up_link_hours`` hours. Refusals: ``email``, ``same``, ``password``.
    """
    # Held: two requests at once leave one link.
    person = queries.person_by_id_for_update(person.id)
    _require_secret(person, password)
    require(rules.can_be_new_email(person, email))
    forget_expired_links()
    forget_address_change(person)
    address, token, hours = rules.normal_identifier(email), secrets.token_urlsafe(32), site().sign_up_link_hours
    expires_at = clock.now() + timedelta(hours=hours)
    db.session.add(
        AddressChange(token_hash=rules.hash_token(token), person_id=person.id, email=address, expires_at=expires_at)
    )
    taken = queries.person_by_identifier(address) is not None
    letter = letters.address_taken(sign_in_at) if taken else letters.confirm_address(link_to(token), hours)
    outbox.post(address, *letter)
    journal.record("asked_address", person, actor=actor)


def confirm_address(*, person: Person, token: str, actor: Person) -> None:
    """Gives an account the e-mail its person asked for; the link has served, and the former address is told.

    The person is signed in: an address typed wrong opens the account to nobody who reads its letters. Links sent to
    the former address for a new password serve no more. Refusal ``link`` (unknown, used, too old, somebody else's, or
    the address has found an account meanwhile).
    """
    # The person first, as when asking: two acts wait for each other in one order.
    person = queries.person_by_id_for_update(person.id)
    change = queries.address_change(person, token)
    if change is None:
        raise letters.dead_link()
    _tell_former_address(person, _MOVED if person.email else _ADDED)
    address = change.email
    try:
        with db.session.begin_nested():
            db.session.delete(change)
            person.email = address
            db.session.flush()
    except IntegrityError:
        raise letters.dead_link() from None
    forget_resets(person)
    journal.record("confirmed_address", person, actor=actor)


def remove_address(*, person: Person, password: str, actor: Person) -> None:
    """Removes the e-mail of somebody who signs in with a card; a link that waits goes too, and the address is told.

    Refusals: ``no_email``, ``no_card``, ``password``.
    """
    person = queries.person_by_id_for_update(person.id)
    require(rules.can_remove_email(person))
    _require_secret(person, password)
    _tell_former_address(
        person, _l("Cette adresse n’est plus celle de votre compte. Si ce n’est pas vous, prévenez-nous vite.")
    )
    person.email = None
    forget_address_change(person)
    forget_resets(person)
    journal.record("removed_address", person, actor=actor)


def forget_address_change(person: Person) -> None:
    """Makes the link sent to an address not confirmed yet good for nothing, and forgets the address."""
    db.session.execute(delete(AddressChange).where(AddressChange.person_id == person.id))


def _tell_former_address(person: Person, sentence: object) -> None:
    """Before the change, hence to the address the person knows, and on their page; it never names the new one."""
    tell(person, _l("L’adresse e-mail de votre compte a changé"), sentence)


def _require_secret(person: Person, password: str) -> None:
    if not rules.knows_secret(person, password):
        sentence = _l("Ce n’est pas votre mot de passe. Votre adresse n’est pas changée.")
        raise Refusal(sentence, field="password", code="password")

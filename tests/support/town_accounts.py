"""Small pieces of accounts: people who can sign in by the form, cards, links taken from letters."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sqlalchemy import select

from app.database import db
from app.domain.accounts import queries, services
from app.domain.accounts.models import Link, Person, Role
from app.domain.accounts.rules import hash_password
from app.domain.accounts.services import PrintedCard, Profile
from app.domain.shared.journal import JournalEntry
from app.domain.shared.outbox import OutboxMessage
from tests.support.town import make_bracket, make_person

PASSWORD = "quatre mots à moi"


@cache
def password_hash() -> str:
    """What is kept of ``PASSWORD``, computed once: at the cost of production each one takes a page's time."""
    return hash_password(PASSWORD)


def make_member(*roles: Role, pseudonym: str = "Nour", **values: Any) -> Person:
    """Somebody who signs in with ``PASSWORD``."""
    filled = {"email": f"{pseudonym.lower()}@exemple.test", "password_hash": password_hash(), **values}
    return queries.person_by_id(make_person(*roles, pseudonym=pseudonym, **filled).id)


def make_profile(pseudonym: str = "Nour", **values: Any) -> Profile:
    """What somebody who works there says of themselves."""
    filled = {"link": Link.WORKS, "quartier_id": None, "age_bracket_id": make_bracket().id, **values}
    return Profile(pseudonym, **filled)


def make_card(actor: Person, batch: str = "f" * 32) -> PrintedCard:
    """A card just printed."""
    return services.make_cards(count=1, place="Les Genêts", batch=batch, actor=actor)[0]


def letters_to(address: str) -> list[OutboxMessage]:
    """The letters written to an address, in order."""
    query = select(OutboxMessage).where(OutboxMessage.recipient == address).order_by(OutboxMessage.id)
    return list(db.session.scalars(query))


def link_in_letter(address: str) -> str:
    """The path of the link of the last letter to an address."""
    found = re.findall(r"http://127\.0\.0\.1:8000(/\S+)", letters_to(address)[-1].body)
    return str(found[-1])


def verbs() -> list[str]:
    """The verbs of the journal, in order."""
    return list(db.session.scalars(select(JournalEntry.verb).order_by(JournalEntry.id)))

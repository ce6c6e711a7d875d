"""Looking for people: reading personal data is an act, hence written down."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.accounts import queries
from app.domain.accounts.models import Person
from app.domain.accounts.rules import pseudonym_key
from app.domain.shared import journal
from app.domain.shared.paging import Page
from app.domain.shared.refusals import Refusal


def search_people(*, terms: str, number: int, actor: Person) -> Page[Person]:
    """People by a part of their name, or by a whole e-mail or card identifier. The journal keeps no terms.

    Refusal ``terms`` under two letters: one looks for somebody, one does not leaf through everybody.
    """
    if len(pseudonym_key(terms)) < 2:
        raise Refusal(_l("Écrivez au moins deux lettres du nom, ou l’e-mail entier."), field="terms", code="terms")
    found = queries.people_found(terms, number)
    journal.record("searched_people", Person.__tablename__, actor=actor, found=found.total)
    return found


def read_contact(*, person: Person, actor: Person) -> tuple[str | None, str | None]:
    """The e-mail and the card identifier of a person, for who must reach them."""
    journal.record("read_contact", person, actor=actor)
    return person.email, person.card_identifier

"""The name under which ideas are shown follows the person who gave them."""

from __future__ import annotations

from sqlalchemy import update

from app.database import db
from app.domain.accounts.models import Person
from app.domain.ideas.models import Idea
from app.domain.shared import journal


def rename_author(*, person: Person, actor: Person) -> None:
    """Shows a person's ideas under the name they have now: chosen anew, or that of a closed account.

    Whoever leaves must not stay named under what they wrote. Source: RGPD, articles 16 and 17.
    """
    query = update(Idea).where(Idea.author_id == person.id, Idea.author_name != person.pseudonym)
    renamed = db.session.scalars(query.values(author_name=person.pseudonym).returning(Idea.id)).all()
    if renamed:
        journal.record("renamed_author", Idea.__tablename__, actor=actor, count=len(renamed))

"""Ideas made one by one by the tests that need them."""

from __future__ import annotations

import itertools
import secrets
from typing import Any

from app.database import db
from app.domain.accounts.models import Person
from app.domain.ideas.models import LISTED, Idea, IdeaState
from app.domain.ideas.services.keeping import index_words
from app.domain.shared import clock
from app.domain.territories.models import Quartier
from tests.support.town import make_person, make_quartier

_number = itertools.count(1)


def make_idea(
    author: Person | None = None,
    quartier: Quartier | None = None,
    state: IdeaState = IdeaState.PUBLISHED,
    **values: Any,
) -> Idea:
    """An idea in a state, as if it had come there today; its quartier and author are made when none is given."""
    author = author or (make_person() if "entered_by_id" not in values else None)
    number = next(_number)
    now = clock.now()
    given = values.pop("at", now)
    idea = Idea(**{
        "key": secrets.token_hex(16),
        "title": f"Un banc à l’ombre, numéro {number}",
        "need": "Il fait trop chaud à la sortie de l’école.",
        "solution": "",
        "state": state,
        "number": None if state is IdeaState.DRAFT else number,
        "author_id": author.id if author else None,
        "author_name": author.pseudonym if author else "",
        "quartiers": [quartier or make_quartier()] if not values.get("all_quartiers") else [],
        "created_at": given,
        "edited_at": given,
        "submitted_at": None if state is IdeaState.DRAFT else given,
        "published_at": given if state in LISTED else None,
        "listed_at": given if state in LISTED else None,
        "withdrawn_at": given if state is IdeaState.WITHDRAWN else None,
        "support_count": 0,
        **values,
    })  # fmt: skip
    db.session.add(idea)
    db.session.flush()
    index_words(idea)
    return idea

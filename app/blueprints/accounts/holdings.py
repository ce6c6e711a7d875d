"""What the other features know of a person, brought together by the page: what they voted in, what they gave."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from app.domain.accounts.models import Person
from app.domain.ballots.queries import votes_of


def status_lines(person: Person) -> list[str]:
    """What one did that one wants to be sure of: that one has voted, and never for what."""
    return [_("Vous avez voté : %(title)s.", title=title) for title, _scrutin_id in votes_of(person.id)]


def held_elsewhere(person: Person) -> dict[str, Any]:
    """What the features above accounts hold about a person, for their own copy."""
    return {"votes": [{"scrutin": scrutin_id, "title": title} for title, scrutin_id in votes_of(person.id)]}

"""« Où en est-on ? »: what a person has given, supported and voted, with where each stands."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from app.blueprints.home.doors import way
from app.domain.accounts.models import Person
from app.domain.ballots import queries as ballots


@dataclass(frozen=True)
class Followed:
    """One thing followed: what it is, its last step, and its page."""

    title: str
    href: str
    state: str
    tone: str = "info"
    what: str = ""
    when: str = ""


def followed_by(person: Person, voted: list[tuple[str, int]]) -> list[Followed]:
    """What this person follows: the votes they took part in."""
    return [
        Followed(title, way("ballots.results", scrutin_id=scrutin_id), _("Vous avez voté"), "done", _("Vote"))
        for title, scrutin_id in voted[:5]
    ]


def votes_of(person: Person) -> list[tuple[str, int]]:
    """The votes this person took part in: title and number."""
    return ballots.votes_of(person.id)

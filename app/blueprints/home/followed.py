"""« Où en est-on ? »: what a person has given, supported and voted, each with its last step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain.accounts.models import Person
from app.domain.budgets.models import WorksState
from app.domain.budgets.queries import works_of_ideas
from app.domain.ideas import queries as ideas
from app.domain.ideas.models import Idea, IdeaState
from app.web.i18n import short_day

# A home shows the latest; the rest is one link further.
MOST = 4
TONES = {
    IdeaState.DRAFT: "quiet",
    IdeaState.SUBMITTED: "waiting",
    IdeaState.PUBLISHED: "info",
    IdeaState.RETURNED: "late",
    IdeaState.IN_STUDY: "waiting",
    IdeaState.ANSWERED: "done",
    IdeaState.MERGED: "quiet",
    IdeaState.WITHDRAWN: "quiet",
}


@dataclass(frozen=True)
class Followed:
    """One thing followed: what it is, its last step and since when, and its page."""

    title: str
    href: str
    state: Any
    tone: str
    what: str
    when: str = ""


def followed_by(person: Person, voted: Sequence[tuple[str, int]]) -> list[Followed]:
    """What this person follows: their ideas, those they support, the votes they took part in (title, number)."""
    given = ideas.of_author(person.id, MOST)
    supported = [idea for idea in ideas.supported_by(person.id, MOST) if idea.author_id != person.id]
    works = works_of_ideas([idea.id for idea in (*given, *supported)])
    return [
        *(_idea(idea, works.get(idea.id), _("Mon idée")) for idea in given),
        *(_idea(idea, works.get(idea.id), _("Je soutiens")) for idea in supported),
        *(_vote(title, scrutin_id) for title, scrutin_id in voted[:MOST]),
    ]


def _idea(idea: Idea, works: WorksState | None, what: str) -> Followed:
    """An idea; once works have begun, they are its last step."""
    href = url_for("ideas.show", number=idea.number) if idea.number else url_for("ideas.draft", key=idea.key)
    title = idea.title or _("Idée sans titre")
    if works is not None and works is not WorksState.NOT_STARTED:
        return Followed(title, href, works.label, works.tone, what)
    return Followed(title, href, idea.state.label, TONES[idea.state], what, short_day(_since(idea)))


def _since(idea: Idea) -> Any:
    """The last dated step of an idea."""
    dates = (idea.merged_at, idea.answered_at, idea.study_began_at, idea.returned_at, idea.published_at)
    return max((date for date in dates if date is not None), default=idea.submitted_at or idea.created_at)


def _vote(title: str, scrutin_id: int) -> Followed:
    """A vote: that the person took part, and nothing else."""
    return Followed(title, url_for("ballots.show", scrutin_id=scrutin_id), _("Vous avez voté"), "done", _("Vote"))

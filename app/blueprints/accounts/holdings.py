"""What the other features know of a person, brought together by the page: what they voted in, what they gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain.accounts.models import Person
from app.domain.accounts.queries import age_brackets
from app.domain.accounts.services import Profile
from app.domain.ballots.queries import votes_of
from app.domain.ballots.services import may_move
from app.domain.councils import queries as councils
from app.domain.councils import services as candidacies
from app.domain.councils.models import Candidacy
from app.domain.ideas import services as ideas
from app.domain.ideas.models import Idea
from app.domain.ideas.queries.held import numbers_supported_by, reports_by, written_by
from app.domain.processes.rules import Belonging
from app.domain.shared.refusals import Verdict


@dataclass(frozen=True)
class Line:
    """One status line of an account: what was done, and where to see more."""

    words: str
    href: str


def status_lines(person: Person) -> list[Line]:
    """What one did that one wants to be sure of: that one has voted, and never for what."""
    return [
        Line(_("Vous avez voté : %(title)s.", title=title), url_for("ballots.show", scrutin_id=scrutin_id))
        for title, scrutin_id in votes_of(person.id)
    ]


def has_candidacies(person: Person) -> bool:
    """Whether one asked to sit somewhere: the page leads to it."""
    return councils.has_candidacies(person)


def may_become(person: Person, profile: Profile) -> Verdict:
    """Whether a person may say this of themselves now: an open vote may depend on what they said."""
    ages = {bracket.id: bracket.min_age for bracket in age_brackets()}
    was = Belonging.of(person)
    min_age = ages.get(profile.age_bracket_id, was.min_age)
    return may_move(was=was, becomes=Belonging(min_age, profile.link, profile.quartier_id))


def follow_name(person: Person, actor: Person) -> None:
    """Carries a new name to what the person has published."""
    ideas.rename_author(person=person, actor=actor)


def leave(person: Person, actor: Person) -> None:
    """Deals with what somebody who closes their account leaves in the other features."""
    ideas.leave(person=person, actor=actor)
    candidacies.leave(person=person, actor=actor)


def held_elsewhere(person: Person) -> dict[str, Any]:
    """What the features above accounts hold about a person, for their own copy."""
    return {
        "votes": [{"scrutin": scrutin_id, "title": title} for title, scrutin_id in votes_of(person.id)],
        "ideas": [_idea(idea) for idea in written_by(person.id)],
        "supports": list(numbers_supported_by(person.id)),
        "reports": [
            {"idea": report.idea_id, "reason": report.reason.value, "words": report.words, "at": report.at.isoformat()}
            for report in reports_by(person.id)
        ],
        "candidacies": [_candidacy(candidacy) for candidacy in councils.whole_candidacies_of(person)],
    }


def _candidacy(candidacy: Candidacy) -> dict[str, Any]:
    return {
        "body": candidacy.body.name,
        "seat": candidacy.seat_type.name,
        "state": candidacy.state.value,
        "first_name": candidacy.first_name,
        "last_name": candidacy.last_name,
        "email": candidacy.email,
        "phone": candidacy.phone,
        "gender": candidacy.gender.value,
        "birth_year": candidacy.birth_year,
        "organisation": candidacy.organisation_name,
        "quality": candidacy.quality,
        "motivation": candidacy.motivation,
        "reason": candidacy.reason,
        "steps": [{"state": step.state.value, "at": step.at.isoformat()} for step in candidacy.steps],
    }


def _idea(idea: Idea) -> dict[str, Any]:
    return {
        "number": idea.number,
        "state": idea.state.value,
        "title": idea.title,
        "need": idea.need,
        "solution": idea.solution,
        "place": idea.place_words,
        "created_at": idea.created_at.isoformat(),
    }

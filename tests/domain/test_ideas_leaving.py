"""Somebody leaves: their drafts and the words of their reports go, what they published stays without their name."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.database import db
from app.domain.accounts.services import close_account
from app.domain.ideas import services
from app.domain.ideas.models import AbuseOutcome, AbuseReason, Idea, IdeaState
from tests.support.town import make_person
from tests.support.town_accounts import PASSWORD, make_member, verbs
from tests.support.town_ideas import make_idea

pytestmark = pytest.mark.usefixtures("in_app")


def leave(person):
    close_account(person=person, actor=person, password=PASSWORD)
    services.leave(person=person, actor=person)


def report(person, idea):
    return services.report_abuse(idea=idea, reason=AbuseReason.OTHER, words="Mon voisin y est nommé.", actor=person)


def test_drafts_go_and_what_was_given_stays_without_a_name():
    nour = make_member()
    make_idea(nour, state=IdeaState.DRAFT)
    given = make_idea(nour, state=IdeaState.RETURNED)
    other = make_idea(state=IdeaState.DRAFT)
    leave(nour)
    db.session.expire_all()
    assert set(db.session.scalars(select(Idea.id))) == {given.id, other.id}
    assert given.author_name == f"Compte fermé n° {nour.id}"
    assert "left" in verbs()


def test_the_words_of_a_report_stay_until_the_team_has_answered():
    nour, idea, old = make_member(), make_idea(), make_idea()
    handled = report(nour, old)
    services.handle_report(report=handled, outcome=AbuseOutcome.KEPT, reason="", actor=make_person())
    waiting = report(nour, idea)
    leave(nour)
    db.session.expire_all()
    assert handled.words == ""
    assert waiting.words
    db.session.refresh(waiting, ["idea", "by"])
    services.handle_report(report=waiting, outcome=AbuseOutcome.KEPT, reason="", actor=make_person())
    assert waiting.words == ""


def test_who_leaves_nothing_leaves_no_line_in_the_journal():
    nour = make_member()
    leave(nour)
    assert "left" not in verbs()
    assert db.session.scalar(select(func.count(Idea.id))) == 0

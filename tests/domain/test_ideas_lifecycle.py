"""The life of an idea: what its table allows, whatever the order in which people press buttons."""

from __future__ import annotations

import pytest
from hypothesis import given as draw
from hypothesis import strategies as st
from sqlalchemy import select

from app.database import db
from app.domain.accounts.models import Notice
from app.domain.ideas import queries, services
from app.domain.ideas.models import LIFECYCLE, LISTED, AnswerOutcome, IdeaState
from app.domain.shared.refusals import Refusal
from tests.support.refusals import assert_refused
from tests.support.town import make_person, make_site
from tests.support.town_ideas import make_idea

VERBS = sorted({row.verb for row in LIFECYCLE.rows})
pytestmark = pytest.mark.usefixtures("in_app")


@draw(st.lists(st.sampled_from(VERBS), max_size=30))
def test_no_order_of_acts_leaves_the_table(verbs):
    state = IdeaState.DRAFT
    studied = False
    for verb in verbs:
        allowed = LIFECYCLE.allows(verb, state)
        if not allowed:
            assert str(allowed)
            with pytest.raises(Refusal):
                LIFECYCLE.target(verb, state)
            continue
        if studied and verb == "edit":
            # Only a moderator who hides an idea opens it again to its author.
            assert state in {IdeaState.RETURNED, IdeaState.SUBMITTED, IdeaState.PUBLISHED}
        state = LIFECYCLE.target(verb, state)
        studied = state is IdeaState.IN_STUDY


def test_nothing_happens_any_more_to_an_idea_withdrawn_and_a_merged_one_may_only_be_hidden():
    assert LIFECYCLE.verbs(IdeaState.WITHDRAWN) == ()
    assert LIFECYCLE.verbs(IdeaState.MERGED) == ("unpublish",)


def test_an_idea_hidden_is_read_again_even_where_ideas_are_public_at_once():
    make_site(moderation_before_publication=False)
    author, agent = make_person(), make_person()
    idea = queries.idea_by_number(make_idea(author).number)
    services.unpublish(idea=idea, reason="Elle nomme une personne.", actor=agent)
    services.submit(idea=idea, actor=author)
    assert idea.state is IdeaState.SUBMITTED


def test_a_merged_idea_that_is_hidden_stands_alone_again():
    target = make_idea()
    merged = make_idea(state=IdeaState.MERGED, merged_into_id=target.id)
    idea = queries.idea_by_number(merged.number)
    services.unpublish(idea=idea, reason="Elle nomme une personne.", actor=make_person())
    assert idea.state is IdeaState.RETURNED
    assert queries.originals_of(target.id) == []


@pytest.mark.parametrize("state", [IdeaState.IN_STUDY, IdeaState.ANSWERED, IdeaState.MERGED, IdeaState.WITHDRAWN])
def test_the_words_freeze_when_the_study_begins(state):
    target = make_idea() if state is IdeaState.MERGED else None
    idea = make_idea(state=state, merged_into_id=target.id if target else None)
    with assert_refused("state"):
        services.write(idea=idea, title="Autre", need="Autre", solution="", actor=make_person())


@pytest.mark.parametrize("state", LISTED)
def test_every_public_state_is_in_the_list_and_found(state):
    target = make_idea() if state is IdeaState.MERGED else None
    assert make_idea(state=state, merged_into_id=target.id if target else None).is_listed


def test_a_whole_life_tells_the_author_each_time():
    make_site()
    author, agent = make_person(), make_person()
    idea = make_idea(author, state=IdeaState.SUBMITTED)
    services.publish(idea=idea, actor=agent)
    services.begin_study(idea=idea, actor=agent)
    services.answer(idea=idea, outcome=AnswerOutcome.RETAINED, text="C’est prévu au printemps.", actor=agent)
    assert idea.state is IdeaState.ANSWERED
    assert subjects(author) == [
        f"Votre idée n° {idea.number} est publiée",
        f"Votre idée n° {idea.number} est à l’étude",
        f"Une réponse à votre idée n° {idea.number}",
    ]


def subjects(person) -> list[str]:
    """What a person was told of, with plain spaces."""
    told = select(Notice.subject).where(Notice.person_id == person.id).order_by(Notice.id)
    return [" ".join(subject.split()) for subject in db.session.scalars(told)]

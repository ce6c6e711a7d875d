"""Several people at once, for real: numbers follow each other, supports are all counted, one form gives one idea."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from app.database import db
from app.domain.accounts.queries import person_by_id
from app.domain.ideas import queries, services
from app.domain.ideas.models import Idea, IdeaState, Support
from app.domain.shared.refusals import Refusal
from app.web.application import Agora
from tests.support.town import make_person, make_site
from tests.support.town_ideas import make_idea

pytestmark = pytest.mark.slow
PEOPLE = 8


def at_once(app: Agora, acts: list[Callable[[], Any]]) -> list[Any]:
    """Runs each act in a thread, a context and a transaction of its own; a refusal is a result."""

    def run(act: Callable[[], Any]) -> Any:
        with app.test_request_context():
            try:
                result = act()
                db.session.commit()
            except Refusal as refusal:
                db.session.rollback()
                return refusal.code
            finally:
                db.session.remove()
            return result

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def in_town(app: Agora, make: Callable[[], Any]) -> Any:
    with app.test_request_context():
        made = make()
        db.session.commit()
        return made


def test_numbers_given_at_once_follow_each_other(real_app):
    def drafts() -> list[str]:
        make_site()
        author = make_person()
        return [make_idea(author, state=IdeaState.DRAFT, title=f"Idée {rank}").key for rank in range(PEOPLE)]

    def submitting(key: str) -> Callable[[], int | None]:
        def act() -> int | None:
            idea = queries.idea_by_key(key)
            services.submit(idea=idea, actor=idea.author)
            return idea.number

        return act

    keys = in_town(real_app, drafts)
    numbers = at_once(real_app, [submitting(key) for key in keys])
    assert sorted(numbers) == list(range(1, PEOPLE + 1))


def test_one_form_sent_many_times_at_once_gives_one_idea(real_app):
    person_id = in_town(real_app, make_person).id

    def act() -> int:
        return services.begin(key="f" * 32, title="Un abri", actor=person_by_id(person_id)).id

    assert len(set(at_once(real_app, [act] * PEOPLE))) == 1


def test_one_idea_is_given_once_by_two_tabs(real_app):
    def draft() -> str:
        make_site()
        return make_idea(state=IdeaState.DRAFT).key

    key = in_town(real_app, draft)

    def act() -> str:
        idea = queries.idea_by_key(key)
        services.submit(idea=idea, actor=idea.author)
        return "given"

    assert sorted(at_once(real_app, [act] * 4)) == ["given", "state", "state", "state"]


def test_supports_given_at_once_are_all_counted(real_app):
    number = in_town(real_app, make_idea).number
    people = [in_town(real_app, make_person).id for _ in range(PEOPLE)]

    def supporting(person_id: int) -> Callable[[], bool]:
        def act() -> bool:
            return services.support(idea=queries.idea_by_number(number), actor=person_by_id(person_id))

        return act

    # Each presses twice.
    results = at_once(real_app, [supporting(person_id) for person_id in people * 2])
    assert results.count(True) == PEOPLE
    with real_app.test_request_context():
        rows = db.session.scalar(select(func.count()).select_from(Support))
        assert db.session.scalar(select(Idea.support_count)) == rows == PEOPLE

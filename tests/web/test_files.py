"""Photos: everybody's once public; before, of whoever gave them and of who may moderate their idea."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.adapters.files import Store
from app.domain.accounts.models import Role, Scope
from app.domain.ideas.models import IdeaState
from app.domain.shared.files import keep_photo
from tests.support.photos import a_photo
from tests.support.town import grant_role, make_person, make_quartier
from tests.support.town_ideas import make_idea
from tests.support.web import Web


@pytest.fixture
def photographed(app, given):
    """Makes an idea with a photo, in a state; gives its author, its quartier and the address of the photo."""

    def make(state: IdeaState, **values):
        author, quartier = given(make_person), given(make_quartier)

        def keep():
            store = Store(Path(app.config["FILES_DIR"]))
            file = keep_photo(upload=a_photo(), description="Un banc", store=store, actor=author)
            make_idea(author, quartier, state, photo_id=file.id, **values)
            return file.id

        return author, quartier, f"/fichiers/{given(keep)}"

    return make


def animator_of(given, quartier):
    person = given(make_person)
    given(grant_role, person, Role.ANIMATEUR, Scope.QUARTIER, quartier.id)
    return person


def test_a_photo_not_public_yet_follows_who_moderates_its_idea(app, given, photographed):
    author, quartier, address = photographed(IdeaState.SUBMITTED)
    elsewhere = animator_of(given, given(make_quartier))
    assert Web(app).client.get(address).status_code == 303
    for person, status in (
        (author, 200), (animator_of(given, quartier), 200), (given(make_person, Role.AGENT), 200),
        (elsewhere, 403), (given(make_person), 403),
    ):  # fmt: skip
        assert Web(app).sign_in(person).client.get(address).status_code == status


@pytest.mark.parametrize("state", [IdeaState.DRAFT, IdeaState.WITHDRAWN])
def test_the_photo_of_a_draft_or_of_a_withdrawn_idea_is_its_author_s_alone(app, given, photographed, state):
    author, quartier, address = photographed(state)
    assert Web(app).sign_in(author).client.get(address).status_code == 200
    assert Web(app).sign_in(animator_of(given, quartier)).client.get(address).status_code == 403
    assert Web(app).sign_in(given(make_person, Role.ADMIN)).client.get(address).status_code == 403


def test_a_photo_no_idea_shows_is_seen_by_who_gave_it(app, given):
    nour = given(make_person)

    def keep():
        store = Store(Path(app.config["FILES_DIR"]))
        return keep_photo(upload=a_photo(), description="", store=store, actor=nour).id

    address = f"/fichiers/{given(keep)}"
    assert Web(app).sign_in(nour).client.get(address).status_code == 200
    assert Web(app).sign_in(given(make_person, Role.ADMIN)).client.get(address).status_code == 403

"""A photo goes with what showed it: its row with the act, its bytes once the act is committed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.adapters.files import Store
from app.cli import worker
from app.database import db
from app.domain.accounts.services import close_account
from app.domain.ideas import services
from app.domain.ideas.models import IdeaState
from app.domain.shared.files import FileToErase, StoredFile, erase_file, files_to_erase, keep_photo
from tests.support.photos import a_photo
from tests.support.town import make_person
from tests.support.town_accounts import PASSWORD, make_member
from tests.support.town_ideas import make_idea


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def illustrated(author, store, state=IdeaState.DRAFT):
    """An idea with a photo, and the id of the photo."""
    file = keep_photo(upload=a_photo(), description="Un banc", store=store, actor=author)
    idea = make_idea(author, state=state, photo_id=file.id)
    db.session.refresh(idea, ["photo", "quartiers", "author", "process"])
    return idea, file.id


def rows():
    return set(db.session.scalars(select(StoredFile.id)))


@pytest.mark.usefixtures("in_app")
class TestTheAct:
    def test_a_draft_thrown_away_takes_its_photo_and_leaves_the_others(self, store):
        nour = make_person()
        draft, photo = illustrated(nour, store)
        _, other = illustrated(nour, store, IdeaState.SUBMITTED)
        services.discard(idea=draft, actor=nour)
        assert rows() == {other}
        assert files_to_erase() == [photo]
        # The bytes wait for the commit: an act undone has lost nothing.
        assert store.path(photo).exists()

    def test_an_account_closed_takes_the_photos_of_its_drafts_alone(self, store):
        nour = make_member()
        _, photo = illustrated(nour, store)
        _, given = illustrated(nour, store, IdeaState.PUBLISHED)
        make_idea(nour, state=IdeaState.DRAFT)
        _, other = illustrated(make_person(), store)
        close_account(person=nour, actor=nour, password=PASSWORD)
        services.leave(person=nour, actor=nour)
        assert rows() == {given, other}
        assert files_to_erase() == [photo]

    def test_a_photo_replaced_or_taken_off_goes(self, store):
        nour = make_person()
        idea, first = illustrated(nour, store)
        services.attach_photo(idea=idea, upload=a_photo(), description="", store=store, actor=nour)
        second = idea.photo_id
        assert rows() == {second}
        services.remove_photo(idea=idea, actor=nour)
        assert rows() == set()
        assert set(files_to_erase()) == {first, second}

    def test_a_photo_something_else_shows_stays(self, store):
        nour = make_person()
        draft, photo = illustrated(nour, store)
        shown = make_idea(nour, state=IdeaState.PUBLISHED, photo_id=photo)
        services.discard(idea=draft, actor=nour)
        assert rows() == {photo}
        assert files_to_erase() == []
        assert shown.photo_id == photo

    def test_erasing_twice_does_no_harm(self, store):
        draft, photo = illustrated(nour := make_person(), store)
        services.discard(idea=draft, actor=nour)
        for _time in range(2):
            erase_file(file_id=photo, store=store)
        assert files_to_erase() == []
        assert not store.path(photo).exists()


def test_the_worker_erases_the_bytes_and_one_that_resists_stops_no_other(real_app):
    with real_app.app_context():
        store, nour = Store(real_app.config["FILES_DIR"]), make_person()
        draft, photo = illustrated(nour, store)
        # Neither a name of ours nor a file: the adapter refuses it.
        db.session.add(FileToErase(id="!"))
        services.discard(idea=draft, actor=nour)
        db.session.commit()
        worker.do_chores()
        assert not store.path(photo).exists()
        assert list(files_to_erase()) == ["!"]

"""Writing an idea: begin a draft, fill it piece by piece, give it, change it until it is studied, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.adapters.files import Store
from app.database import db
from app.domain.accounts.models import Person
from app.domain.ideas import queries, rules
from app.domain.ideas.models import AuthorType, Idea, IdeaNumber, IdeaState
from app.domain.ideas.services.keeping import index_words, move, set_state
from app.domain.processes.models import Process
from app.domain.shared import clock, journal
from app.domain.shared.files import forget_file, keep_photo
from app.domain.shared.refusals import Refusal, require
from app.domain.territories.models import Quartier, ThematicNode
from app.domain.territories.queries import site


def begin(*, key: str, title: str, actor: Person, process: Process | None = None) -> Idea:
    """Begins a draft, private to its author; gives back the one already begun with this key or this title.

    ``key`` was made with the form: a double click, or the same form in two tabs, begins one idea. Refusals:
    ``too_long``, ``closed``, ``eligibility`` (see ``rules.can_be_given_to``), ``key`` when the form is somebody else's.
    """
    require(rules.fits(title=title), rules.can_be_given_to(process, actor))
    begun = queries.find_by_key(key) or queries.draft_with_title(actor.id, title)
    if begun is None:
        now = clock.now()
        begun = Idea(
            key=key, title=title, author_id=actor.id, author_name=actor.pseudonym, state=IdeaState.DRAFT,
            process_id=process.id if process else None, created_at=now, edited_at=now, language=actor.language,
            support_count=0, quartiers=[],
        )  # fmt: skip
        begun = keep(begun)
        journal.record("began", begun, actor=actor)
    if begun.author_id != actor.id:
        raise Refusal(_l("Ce formulaire a déjà servi. Ouvrez-en un nouveau."), code="key")
    return begun


def keep(idea: Idea) -> Idea:
    """Adds a new idea; when its key is already known (two requests at once), gives the idea that came first."""
    try:
        with db.session.begin_nested():
            db.session.add(idea)
            db.session.flush()
    except IntegrityError:
        return queries.idea_by_key(idea.key)
    return queries.idea_by_key(idea.key)


def write(*, idea: Idea, title: str, need: str, solution: str, actor: Person, language: str | None = None) -> None:
    """Changes the words of an idea. Refusals: ``too_long``, ``state`` (it is being studied)."""
    require(rules.fits(title=title, need=need, solution=solution))
    _change(idea, actor, "words", title=title, need=need, solution=solution, language=language or idea.language)


def place(
    *,
    idea: Idea,
    quartiers: Sequence[Quartier],
    all_quartiers: bool,
    place_words: str,
    actor: Person,
    latitude: int | None = None,
    longitude: int | None = None,
) -> None:
    """Says where: quartiers or all, a place in words, a point in millionths of a degree. Refusals: ``state``."""
    _change(
        idea, actor, "place", quartiers=[] if all_quartiers else list(quartiers), all_quartiers=all_quartiers,
        place_words=place_words, latitude=latitude, longitude=longitude,
    )  # fmt: skip


def classify(*, idea: Idea, theme: ThematicNode | None, process: Process | None, actor: Person) -> None:
    """Says about what, and for which démarche (or none). Refusals: ``state``, ``closed``, ``eligibility``."""
    if process is None or process.id != idea.process_id:
        require(rules.can_be_given_to(process, idea.author))
    _change(
        idea, actor, "theme", theme=theme, theme_id=theme.id if theme else None,
        process=process, process_id=process.id if process else None,
    )  # fmt: skip


def sign(*, idea: Idea, author_type: AuthorType, group_name: str, actor: Person) -> None:
    """Says in whose name the idea is given. Refusals: ``incomplete`` (a collective without its name), ``state``."""
    require(rules.is_signed(author_type, group_name))
    _change(idea, actor, "author", author_type=author_type, group_name=group_name if author_type.is_collective else "")


def attach_photo(*, idea: Idea, upload: bytes, description: str, store: Store, actor: Person) -> None:
    """Keeps a photo of the place, cleaned of its metadata. Refusals: ``photo``, ``state``."""
    require(rules.can_be_edited(idea))
    former = idea.photo_id
    photo = keep_photo(upload=upload, description=description, store=store, actor=actor)
    _change(idea, actor, "photo", photo=photo, photo_id=photo.id)
    if former is not None:
        forget_file(former)


def describe_photo(*, idea: Idea, description: str, actor: Person) -> None:
    """Changes the words that say what the photo shows. Refusals: ``state``."""
    require(rules.can_be_edited(idea))
    if idea.photo is not None and idea.photo.description != description:
        idea.photo.description = description
        _change(idea, actor, "photo")


def remove_photo(*, idea: Idea, actor: Person) -> None:
    """Takes the photo off the idea, and erases it. Refusals: ``state``."""
    former = idea.photo
    if former is not None:
        former.is_public = False
    _change(idea, actor, "photo", photo=None, photo_id=None)
    if former is not None:
        forget_file(former.id)


def submit(*, idea: Idea, actor: Person) -> None:
    """Gives the idea, the first time or again after the moderators sent it back; it receives its public number.

    It waits for a moderator when the site says so, otherwise it is public at once; what a moderator sent back is
    always read again. Refusals: ``state``, ``incomplete``, ``closed``, ``eligibility``.
    """
    require(rules.can_be_submitted(idea, idea.author))
    verb = "resubmit" if idea.state is IdeaState.RETURNED else "submit"
    idea.number = idea.number or _next_number()
    now = move(idea, verb)
    idea.submitted_at = now
    journal.record("submitted", idea, actor=actor, number=idea.number)
    if verb == "submit" and not site().moderation_before_publication:
        set_state(idea, IdeaState.PUBLISHED, now)
        index_words(idea)
        journal.record("published", idea, actor=None, number=idea.number)


def withdraw(*, idea: Idea, actor: Person) -> None:
    """The author takes the idea back; its number stays, its words are shown no more. Refusals: ``state``."""
    idea.withdrawn_at = move(idea, "withdraw")
    index_words(idea)
    journal.record("withdrew", idea, actor=actor, number=idea.number)


def discard(*, idea: Idea, actor: Person) -> None:
    """Throws a draft away for good, with its photo: nobody else ever saw it. Refusals: ``state``."""
    if idea.state is not IdeaState.DRAFT:
        raise Refusal(_l("Cette idée a été déposée : vous pouvez la retirer, pas l’effacer."), code="state")
    journal.record("discarded", idea, actor=actor)
    idea.quartiers, photo_id = [], idea.photo_id
    db.session.delete(idea)
    db.session.flush()
    if photo_id is not None:
        forget_file(photo_id)


def _change(idea: Idea, actor: Person, what: str, **values: Any) -> None:
    """Writes values while the idea may change; where ideas are read first, a published one is read again."""
    reread = idea.state is IdeaState.PUBLISHED and site().moderation_before_publication
    now = move(idea, "revise" if reread else "edit")
    for name, value in values.items():
        setattr(idea, name, value)
    idea.edited_at = now
    if reread:
        idea.submitted_at = now
    # The photo just changed shows as much as the idea does.
    set_state(idea, idea.state, now)
    index_words(idea)
    journal.record("edited", idea, actor=actor, what=what)


def _next_number() -> int:
    """The next public number. The one row is locked until the commit: numbers follow each other without a hole."""
    last = queries.last_number_for_update()
    if last is None:
        # Two first ideas at once: one writes the row, the other finds it.
        with suppress(IntegrityError), db.session.begin_nested():
            db.session.add(IdeaNumber(id=1, last=0))
            db.session.flush()
        return _next_number()
    last.last = max(last.last, queries.highest_number()) + 1
    return last.last

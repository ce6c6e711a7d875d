"""What several acts on ideas share: changing state, entering and leaving the public list, telling those concerned."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert

from app.database import db
from app.domain.accounts.models import Person
from app.domain.accounts.services import tell
from app.domain.ideas.models import LIFECYCLE, LISTED, Idea, IdeaState, IdeaWord
from app.domain.ideas.queries import lock_for_update, originals_of
from app.domain.ideas.rules.similarity import all_keys
from app.domain.shared import clock
from app.domain.shared.files import StoredFile


def move(idea: Idea, verb: str) -> datetime:
    """Locks the idea, applies a verb and gives the present instant; raises the refusal of the lifecycle."""
    lock_for_update(idea)
    now = clock.now()
    set_state(idea, LIFECYCLE.target(verb, idea.state), now)
    return now


def set_state(idea: Idea, state: IdeaState, now: datetime) -> None:
    """Sets the state and, with it, whether everybody sees the idea and its photo."""
    idea.state = state
    if state in LISTED:
        idea.published_at = idea.published_at or now
        idea.listed_at = idea.published_at
    else:
        idea.listed_at = None
    photo = db.session.get(StoredFile, idea.photo_id) if idea.photo_id else None
    if photo is not None:
        photo.is_public = state in LISTED


def index_words(idea: Idea) -> None:
    """Writes the words under which a public idea is found; an idea nobody sees is found under none."""
    db.session.flush()
    db.session.execute(delete(IdeaWord).where(IdeaWord.idea_id == idea.id))
    if idea.is_listed:
        keys = all_keys(idea.title, (idea.place_words, idea.need, idea.solution))
        db.session.execute(insert(IdeaWord), [{"word": key, "idea_id": idea.id} for key in sorted(keys)])


def tell_author(idea: Idea, subject: object, body: object, *, but: Person | None = None) -> None:
    """Tells the author, or who typed the idea for somebody; ``but`` is not told of their own act."""
    person_id = idea.author_id or idea.entered_by_id
    person = db.session.get(Person, person_id) if person_id is not None else None
    if person is not None and person.is_active and (but is None or person.id != but.id):
        tell(person, subject, body, path=path_of(idea))


def tell_every_author(idea: Idea, subject: object, body: object, *, but: Person | None = None) -> None:
    """Tells the author, and those of the ideas this one has taken over."""
    tell_author(idea, subject, body, but=but)
    for original in originals_of(idea.id):
        tell_author(original, subject, body, but=but)


def path_of(idea: Idea) -> str:
    """Where the idea is read: its public number is its address."""
    return f"/idees/{idea.number}"

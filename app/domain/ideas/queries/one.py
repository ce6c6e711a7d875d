"""One idea, and what surrounds it on its page."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.accounts.models import Person
from app.domain.accounts.queries import WITH_FRAME
from app.domain.ideas.models import (
    Idea,
    IdeaNumber,
    IdeaState,
    MergeQuestion,
    ModerationDecision,
    OfficialAnswer,
    Support,
)
from app.domain.processes.models import Process
from app.domain.shared.refusals import Missing

WHOLE = (
    selectinload(Idea.quartiers),
    joinedload(Idea.theme),
    joinedload(Idea.photo),
    joinedload(Idea.merged_into),
    joinedload(Idea.author).options(*WITH_FRAME),
    joinedload(Idea.process).options(selectinload(Process.phases), selectinload(Process.quartiers)),
)


def idea_by_number(number: int) -> Idea:
    """One idea by its public number, whatever its state, with everything its page shows. Raises ``Missing``."""
    found = db.session.scalar(select(Idea).where(Idea.number == number).options(*WHOLE))
    if found is None:
        raise Missing(f"idea {number}")
    return found


def idea_by_key(key: str) -> Idea:
    """One idea by the key of its form: how its author finds a draft, which has no number yet. Raises ``Missing``."""
    found = find_by_key(key)
    if found is None:
        raise Missing("idea by key")
    return found


def find_by_key(key: str) -> Idea | None:
    """The idea this form has made already, if it has."""
    return db.session.scalar(select(Idea).where(Idea.key == key).options(*WHOLE))


def idea_of_photo(file_id: str) -> Idea | None:
    """The idea a photo belongs to, with the places that say who may moderate it; ``None`` for any other file."""
    query = select(Idea).where(Idea.photo_id == file_id).options(selectinload(Idea.quartiers))
    return db.session.scalar(query.order_by(Idea.id).limit(1))


def lock_for_update(idea: Idea) -> None:
    """Locks an idea until the end of the act and reads its state again: two people at once decide once."""
    db.session.flush()
    db.session.refresh(idea, ["state", "merged_into_id"], with_for_update=True)


def of_process(process_id: int) -> Sequence[Idea]:
    """The public ideas given to a démarche, by number, merged ones included."""
    query = select(Idea).where(Idea.process_id == process_id, Idea.listed_at.is_not(None))
    query = query.options(selectinload(Idea.quartiers), joinedload(Idea.theme), joinedload(Idea.author))
    return db.session.scalars(query.order_by(Idea.number)).all()


def draft_with_title(author_id: int, title: str) -> Idea | None:
    """A draft of this author that already has this title: the same form opened in two tabs."""
    query = select(Idea).where(Idea.author_id == author_id, Idea.state == IdeaState.DRAFT, Idea.title == title)
    return db.session.scalar(query.order_by(Idea.id).limit(1).options(*WHOLE))


def of_author(person_id: int, most: int = 200) -> Sequence[Idea]:
    """Everything a person has given or begun, the last changed first; two hundred at most."""
    query = select(Idea).where(Idea.author_id == person_id).options(selectinload(Idea.quartiers))
    return db.session.scalars(query.order_by(Idea.edited_at.desc(), Idea.id.desc()).limit(most)).all()


def supported_by(person_id: int, most: int) -> Sequence[Idea]:
    """The ideas of others that a person supports, the last supported first."""
    query = select(Idea).join(Support, Support.idea_id == Idea.id).where(Support.person_id == person_id)
    query = query.where(Idea.listed_at.is_not(None)).order_by(Support.at.desc(), Idea.id.desc())
    return db.session.scalars(query.limit(most)).all()


def originals_of(idea_id: int) -> Sequence[Idea]:
    """The ideas this one has taken over, by number."""
    query = select(Idea).where(Idea.merged_into_id == idea_id).options(selectinload(Idea.quartiers))
    return db.session.scalars(query.order_by(Idea.number)).all()


def has_originals(idea_id: int) -> bool:
    """Whether this idea takes others over."""
    return db.session.scalar(select(Idea.id).where(Idea.merged_into_id == idea_id).limit(1)) is not None


def answers_of(idea_id: int) -> Sequence[OfficialAnswer]:
    """The official answers, the first one first."""
    query = select(OfficialAnswer).where(OfficialAnswer.idea_id == idea_id)
    return db.session.scalars(query.order_by(OfficialAnswer.at, OfficialAnswer.id)).all()


def decisions_of(idea_id: int) -> Sequence[ModerationDecision]:
    """The decisions of the moderators, the first one first."""
    query = select(ModerationDecision).where(ModerationDecision.idea_id == idea_id)
    return db.session.scalars(query.order_by(ModerationDecision.at, ModerationDecision.id)).all()


def supports(idea_id: int, person_id: int) -> bool:
    """Whether this person supports the idea."""
    return db.session.get(Support, (idea_id, person_id)) is not None


def supporters_of(idea_id: int) -> Sequence[Person]:
    """Who supports the idea, to be asked something; in the order they came."""
    query = select(Person).join(Support, Support.person_id == Person.id).where(Support.idea_id == idea_id)
    return db.session.scalars(query.order_by(Support.at, Person.id)).all()


def merge_question(idea_id: int, person_id: int) -> MergeQuestion | None:
    """The question put to a supporter when the idea was merged."""
    query = select(MergeQuestion).where(MergeQuestion.idea_id == idea_id, MergeQuestion.person_id == person_id)
    return db.session.scalar(query.options(joinedload(MergeQuestion.target), joinedload(MergeQuestion.idea)))


def open_merge_questions(person_id: int) -> Sequence[MergeQuestion]:
    """The questions this person has not answered."""
    query = select(MergeQuestion).where(MergeQuestion.person_id == person_id, MergeQuestion.answer.is_(None))
    query = query.options(joinedload(MergeQuestion.target), joinedload(MergeQuestion.idea))
    return db.session.scalars(query.order_by(MergeQuestion.asked_at, MergeQuestion.id)).all()


def idea_by_take_over(code_hash: str) -> Idea | None:
    """The idea whose printed copy carries this code."""
    return db.session.scalar(select(Idea).where(Idea.take_over_hash == code_hash).options(*WHOLE))


def last_number_for_update() -> IdeaNumber | None:
    """The row that numbers ideas, locked until the number is given."""
    return db.session.scalar(select(IdeaNumber).where(IdeaNumber.id == 1).with_for_update())


def highest_number() -> int:
    """The highest number given, 0 before the first."""
    return db.session.scalar(select(func.max(Idea.number))) or 0

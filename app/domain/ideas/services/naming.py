"""What becomes of ideas and reports when the person who gave them takes another name, or leaves."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from app.database import db
from app.domain.accounts.models import Person
from app.domain.ideas.models import AbuseReport, Idea, IdeaState, idea_quartiers
from app.domain.shared import journal
from app.domain.shared.files import forget_file


def rename_author(*, person: Person, actor: Person) -> None:
    """Shows a person's ideas under the name they have now: chosen anew, or that of a closed account.

    Whoever leaves must not stay named under what they wrote. Source: RGPD, articles 16 and 17.
    """
    query = update(Idea).where(Idea.author_id == person.id, Idea.author_name != person.pseudonym)
    renamed = db.session.scalars(query.values(author_name=person.pseudonym).returning(Idea.id)).all()
    if renamed:
        journal.record("renamed_author", Idea.__tablename__, actor=actor, count=len(renamed))


def leave(*, person: Person, actor: Person) -> None:
    """Deals with what a person who leaves had not published: drafts go with their photos, as do the words of reports.

    The words of a report that waits stay, without a name, until the team has answered: they say what to look at; they
    are wiped with the answer (``moderation``). To be called once the account is closed. Source: RGPD, article 17.
    """
    mine = (Idea.author_id == person.id, Idea.state == IdeaState.DRAFT)
    photos = {
        idea_id: photo_id for idea_id, photo_id in db.session.execute(select(Idea.id, Idea.photo_id).where(*mine))
    }
    drafts = list(photos)
    db.session.execute(delete(idea_quartiers).where(idea_quartiers.c.idea_id.in_(drafts)))
    db.session.execute(delete(Idea).where(Idea.id.in_(drafts)).execution_options(synchronize_session="fetch"))
    for photo_id in filter(None, photos.values()):
        forget_file(photo_id)
    handled = (AbuseReport.by_id == person.id, AbuseReport.handled_at.is_not(None), AbuseReport.words != "")
    wiped = update(AbuseReport).where(*handled).values(words="").returning(AbuseReport.id)
    words = len(db.session.scalars(wiped).all())
    if drafts or words:
        journal.record("left", Idea.__tablename__, actor=actor, drafts=len(drafts), reports=words)
    rename_author(person=person, actor=actor)

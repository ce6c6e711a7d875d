"""Ideas that look like the one being written."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.database import db
from app.domain.ideas.models import Idea, IdeaState
from app.domain.ideas.queries.listing import candidates
from app.domain.ideas.rules.similarity import CLOSE_ENOUGH, closeness, title_keys

# For each short form the newest ideas that have it, then the ones that share most forms: what Python compares
# never grows with the number of ideas.
NEWEST_PER_KEY = 300
COMPARED = 100
SHOWN = 5


def similar_to(title: str, *, but: int | None = None, most: int = SHOWN) -> Sequence[Idea]:
    """The public ideas whose titles are closest to this one, the closest first; merged ones left out."""
    keys = sorted(title_keys(title))
    if not keys:
        return []
    hits = candidates(keys, NEWEST_PER_KEY)
    query = (
        select(Idea)
        .join(hits, hits.c.idea_id == Idea.id)
        .where(Idea.state != IdeaState.MERGED, Idea.listed_at.is_not(None))
        .options(selectinload(Idea.quartiers))
        .order_by(hits.c.hits.desc(), Idea.id.desc())
        .limit(COMPARED)
    )
    scored = [(closeness(title, idea.title), idea) for idea in db.session.scalars(query) if idea.id != but]
    close = [(score, idea) for score, idea in scored if score >= CLOSE_ENOUGH]
    return [idea for _, idea in sorted(close, key=lambda pair: (-pair[0], -pair[1].id))[:most]]

"""Supporting an idea: anybody with an account, once, and as long as they like."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts.models import Person
from app.domain.ideas import rules
from app.domain.ideas.models import Idea, Support
from app.domain.shared import clock, journal
from app.domain.shared.refusals import require


def support(*, idea: Idea, actor: Person) -> bool:
    """Supports an idea; ``False`` when the person supported it already. Refusals: ``support`` (see the rule)."""
    require(rules.can_be_supported(idea))
    try:
        with db.session.begin_nested():
            db.session.add(Support(idea_id=idea.id, person_id=actor.id, at=clock.now()))
            db.session.flush()
    except IntegrityError:
        return False
    _count(idea, 1)
    journal.record("supported", idea, actor=actor)
    return True


def stop_supporting(*, idea: Idea, actor: Person) -> bool:
    """Takes one's support back, at any stage; ``False`` when there was none."""
    gone = db.session.execute(delete(Support).where(Support.idea_id == idea.id, Support.person_id == actor.id))
    if not getattr(gone, "rowcount", 0):
        return False
    _count(idea, -1)
    journal.record("stopped_supporting", idea, actor=actor)
    return True


def _count(idea: Idea, by: int) -> None:
    """The database adds, so that two people at once are counted twice."""
    db.session.execute(
        update(Idea).where(Idea.id == idea.id).values(support_count=Idea.support_count + by),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(idea, ["support_count"])

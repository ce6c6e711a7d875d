"""When an idea must have its answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.domain.ideas.models import Idea, IdeaState
from app.domain.processes.models import PhaseCode
from app.domain.shared import clock

_WAITING = (IdeaState.PUBLISHED, IdeaState.IN_STUDY)


def answer_due(idea: Idea, answer_days: int) -> datetime | None:
    """The instant (UTC) after which an idea without answer is late; ``None`` when it waits for none.

    An idea given to a démarche follows its calendar: it is answered at the latest when the projects are announced
    (or, without that phase, when the study ends). Otherwise ``answer_days`` days after its publication, a setting of
    the site. Needs ``process.phases`` loaded. Source: choix de conception ("every idea carries a dated answer").
    """
    if idea.state not in _WAITING or idea.published_at is None:
        return None
    if idea.process is not None:
        phase = idea.process.phase(PhaseCode.ANNOUNCEMENT) or idea.process.phase(PhaseCode.STUDY)
        if phase is not None:
            return phase.ends_at
    return idea.published_at + timedelta(days=answer_days)


def is_late(idea: Idea, answer_days: int) -> bool:
    """Whether the answer should have come already."""
    due = answer_due(idea, answer_days)
    return due is not None and clock.now() > due

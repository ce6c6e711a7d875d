"""Ideas: what people give, in which states, who supports, reports, moderates, merges and answers."""

from __future__ import annotations

from app.domain.ideas.models.acts import (
    AbuseReport,
    MergeQuestion,
    ModerationDecision,
    OfficialAnswer,
    Support,
)
from app.domain.ideas.models.idea import Idea, IdeaNumber, IdeaWord, idea_quartiers
from app.domain.ideas.models.terms import (
    LIFECYCLE,
    LISTED,
    AbuseOutcome,
    AbuseReason,
    AnswerOutcome,
    AuthorType,
    Channel,
    IdeaState,
    ModerationVerb,
)

__all__ = [
    "LIFECYCLE",
    "LISTED",
    "AbuseOutcome",
    "AbuseReason",
    "AbuseReport",
    "AnswerOutcome",
    "AuthorType",
    "Channel",
    "Idea",
    "IdeaNumber",
    "IdeaState",
    "IdeaWord",
    "MergeQuestion",
    "ModerationDecision",
    "ModerationVerb",
    "OfficialAnswer",
    "Support",
    "idea_quartiers",
]

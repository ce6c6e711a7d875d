"""What the regulation says of ideas."""

from __future__ import annotations

from app.domain.ideas.rules.answers import answer_due, is_late
from app.domain.ideas.rules.merging import can_merge, can_take_another_over
from app.domain.ideas.rules.moderating import (
    can_be_reported,
    can_be_supported,
    can_be_taken_over,
    has_agreed,
    is_reasoned,
)
from app.domain.ideas.rules.similarity import closeness
from app.domain.ideas.rules.writing import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    can_be_edited,
    can_be_given_to,
    can_be_submitted,
    fits,
    is_complete,
    is_signed,
)

__all__ = [
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "answer_due",
    "can_be_edited",
    "can_be_given_to",
    "can_be_reported",
    "can_be_submitted",
    "can_be_supported",
    "can_be_taken_over",
    "can_merge",
    "can_take_another_over",
    "closeness",
    "fits",
    "has_agreed",
    "is_complete",
    "is_late",
    "is_reasoned",
    "is_signed",
]

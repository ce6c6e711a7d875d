"""What is there: editions, studies, projects and what became of ideas."""

from __future__ import annotations

from app.domain.budgets.queries.editions import (
    edition_by_id,
    edition_for_update,
    editions_of_contracts,
    editions_open_for_ideas,
    published_editions,
)

__all__ = [
    "edition_by_id",
    "edition_for_update",
    "editions_of_contracts",
    "editions_open_for_ideas",
    "published_editions",
]

"""A page of a list: its rows, and the total that comes from the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select

from app.database import db

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows ``(number-1)*size`` to ``number*size`` of a list in a total order."""

    items: Sequence[Row]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages


def page_of(rows: Select[Any], count: Select[Any], number: int, size: int = 20) -> Page[Any]:
    """Runs the two queries of a page: ``rows`` ordered and unlimited, ``count`` giving one integer."""
    total = db.session.scalar(count) or 0
    last = max(1, -(-total // size))
    number = min(max(1, number), last)
    items = db.session.scalars(rows.limit(size).offset((number - 1) * size)).unique().all()
    return Page(items, number, size, total)

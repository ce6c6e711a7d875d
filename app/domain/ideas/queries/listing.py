"""The public list: filtered, ordered, and as quick with a hundred thousand ideas as with a thousand.

Pages follow a key (the last idea shown) instead of an offset, along an index made for each order; the count stops at a
ceiling, for counting a hundred thousand rows would cost more than showing twenty.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.ideas.models import Idea, IdeaState, IdeaWord, idea_quartiers
from app.domain.ideas.rules.similarity import search_keys

SIZE = 20
# Beyond, the page says "plus de 200": the exact figure is in the exports.
COUNTED = 200
# How many of the newest ideas are looked at for each word, and how many answers a search gives.
NEWEST_PER_WORD = 1000
MOST_FOUND = 40

FOR_CARDS = (selectinload(Idea.quartiers), joinedload(Idea.theme), joinedload(Idea.photo))


class Order(enum.Enum):
    """How the list may be read."""

    NEWEST = "recentes"
    SUPPORTED = "soutenues"

    @property
    def label(self) -> Any:
        return {"recentes": _l("Les plus récentes"), "soutenues": _l("Les plus soutenues")}[self.value]


@dataclass(frozen=True)
class Filters:
    """What is asked of the list."""

    quartier_id: int | None = None
    theme_id: int | None = None
    process_id: int | None = None
    state: IdeaState | None = None


@dataclass(frozen=True)
class Slice:
    """A piece of the list: its ideas, and the numbers of the ideas from which to go on or back, if there are more."""

    items: Sequence[Idea]
    before: int | None
    after: int | None
    total: int

    @property
    def is_capped(self) -> bool:
        """Whether there are more ideas than were counted."""
        return self.total > COUNTED


def listed(filters: Filters, order: Order = Order.NEWEST, after: int | None = None, before: int | None = None) -> Slice:
    """Twenty public ideas, after (or before) the one with this number in the order chosen."""
    keys = _keys(order)
    anchor = _anchor(order, after or before)
    backwards = anchor is not None and after is None
    query = _filtered(select(Idea), filters).options(*FOR_CARDS)
    if anchor is not None:
        query = query.where(tuple_(*keys) > anchor if backwards else tuple_(*keys) < anchor)
    ordered = query.order_by(*(key.asc() if backwards else key.desc() for key in keys))
    rows = list(db.session.scalars(ordered.limit(SIZE + 1)))
    more, rows = len(rows) > SIZE, rows[:SIZE]
    if backwards:
        rows.reverse()
    has_before = more if backwards else anchor is not None
    has_after = True if backwards else more
    return Slice(
        rows,
        rows[0].number if rows and has_before else None,
        rows[-1].number if rows and has_after else None,
        count_listed(filters),
    )


def count_listed(filters: Filters) -> int:
    """How many public ideas pass the filters, counted up to one more than ``COUNTED``."""
    some = _filtered(select(Idea.id), filters).limit(COUNTED + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def search(words: str, filters: Filters) -> Sequence[Idea]:
    """The public ideas that hold most of these words, the best first; a number finds its idea.

    ``MOST_FOUND`` are shown, and one more says that there are others.
    """
    found: list[Idea] = []
    digits = words.strip().removeprefix("n°").strip()
    if digits.isdigit() and len(digits) < 10:
        found += db.session.scalars(
            _filtered(select(Idea), filters).where(Idea.number == int(digits)).options(*FOR_CARDS)
        )
    keys = sorted(search_keys(words))
    if not keys:
        return found
    hits = candidates(keys, NEWEST_PER_WORD)
    query = _filtered(select(Idea), filters).join(hits, hits.c.idea_id == Idea.id).options(*FOR_CARDS)
    ranked = query.order_by(hits.c.hits.desc(), Idea.listed_at.desc(), Idea.id.desc()).limit(MOST_FOUND + 1)
    return [*found, *(idea for idea in db.session.scalars(ranked) if idea not in found)]


def candidates(keys: Sequence[str], most: int) -> Any:
    """The ideas that have some of these short forms, with how many; the ``most`` newest for each form."""
    pieces = [
        select(
            select(IdeaWord.idea_id)
            .where(IdeaWord.word == key)
            .order_by(IdeaWord.idea_id.desc())
            .limit(most)
            .subquery()
            .c.idea_id
        )
        for key in keys
    ]
    together = pieces[0].union_all(*pieces[1:]).subquery() if len(pieces) > 1 else pieces[0].subquery()
    return select(together.c.idea_id, func.count().label("hits")).group_by(together.c.idea_id).subquery()


def _keys(order: Order) -> tuple[Any, Any]:
    return (Idea.listed_at if order is Order.NEWEST else Idea.support_count), Idea.id


def _anchor(order: Order, number: int | None) -> tuple[Any, Any] | None:
    """Where the idea with this number stands in the order; ``None`` (the beginning) when it is not in the list."""
    if number is None:
        return None
    row = db.session.execute(select(*_keys(order)).where(Idea.number == number, Idea.listed_at.is_not(None))).first()
    return (row[0], row[1]) if row is not None else None


def _filtered(query: Select[Any], filters: Filters) -> Select[Any]:
    query = query.where(Idea.listed_at.is_not(None))
    if filters.theme_id is not None:
        query = query.where(Idea.theme_id == filters.theme_id)
    if filters.process_id is not None:
        query = query.where(Idea.process_id == filters.process_id)
    if filters.state is not None:
        query = query.where(Idea.state == filters.state)
    if filters.quartier_id is not None:
        query = query.where(or_(Idea.all_quartiers, _is_in(filters.quartier_id)))
    return query


def _is_in(quartier_id: int) -> Any:
    """Asked row by row while the order is followed: a hashed list of a quartier's ideas would grow with the town."""
    there = select(idea_quartiers.c.quartier_id).where(
        idea_quartiers.c.idea_id == Idea.id, idea_quartiers.c.quartier_id == quartier_id
    )
    return there.correlate(Idea).scalar_subquery().is_not(None)

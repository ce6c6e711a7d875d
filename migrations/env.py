"""How Alembic reaches the database of the application; ``flask db`` runs it."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app

from app.database import Base, Instant

FAMILY = current_app.extensions["migrate"]


def render_item(kind: str, thing: Any, _context: Any) -> str | bool:
    """Migrations speak SQL, not models: an instant is written as the column type behind it."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def compare_type(_context: Any, _inspected: Any, _metadata: Any, _found: Any, wanted: Any) -> bool | None:
    """An ``Instant`` and the ``DateTime`` it is stored as are the same column."""
    return False if isinstance(wanted, Instant) else None


def run() -> None:
    """Runs the migrations on the application's own engine."""
    engine = FAMILY.db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            compare_type=compare_type,
            render_as_batch=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()

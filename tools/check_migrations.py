"""Migrations build, on both databases, exactly what the models say; and they go down and up again."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from app import create_app
from app.database import db
from tests.support import postgres


def main() -> int:
    """Checks each database in turn; returns 1 when one differs."""
    faults = [f"{name}: {fault}" for name, address in _databases() for fault in _faults(address)]
    for fault in faults:
        print(fault)
    print(f"Migrations on SQLite and PostgreSQL: {len(faults)} faults")
    return 1 if faults else 0


def _databases() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory(prefix="agora-migrations-") as folder:
        yield "SQLite", f"sqlite:///{Path(folder, 'migrations.sqlite')}"
    with postgres.running_server() as server:
        yield "PostgreSQL", postgres.create_database(server, f"{postgres.prefix('migrations')}check")
        postgres.drop_databases(server, "migrations")


def _faults(address: str) -> Iterator[str]:
    try:
        yield from _round_trip(address)
    except SQLAlchemyError as error:
        # The sentence of the database and its statement; the trace of Alembic's machinery adds nothing.
        yield f"a step fails: {str(error)[:600]}"


def _round_trip(address: str) -> Iterator[str]:
    """Up, compare, down to nothing, up again, compare."""
    with _application(address) as app:
        migrate = app.extensions["migrate"]
        options = {**migrate.configure_args, "compare_type": True}
        flask_migrate.upgrade()
        yield from (f"a model and the migrations differ: {_told(change)}" for change in _differences(options))
        flask_migrate.downgrade(revision="base")
        left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
        if left:
            yield f"left after the downgrade: {', '.join(sorted(left))}"
        flask_migrate.upgrade()
        yield from (f"after a second upgrade: {_told(change)}" for change in _differences(options))


@contextmanager
def _application(address: str) -> Iterator[Flask]:
    app = create_app({"TESTING": True, "SECRET_KEY": "migrations", "SQLALCHEMY_DATABASE_URI": address})
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def _differences(options: dict[str, Any]) -> list[Any]:
    names = ("compare_type", "compare_server_default", "include_object", "include_name", "user_module_prefix")
    chosen = {name: options[name] for name in names if name in options}
    with db.engine.connect() as connection:
        found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=chosen), db.metadata)
    return found


def _told(change: Any) -> str:
    """One difference on one line: what would be added, removed or modified."""
    if isinstance(change, list):
        return "; ".join(_told(part) for part in change)
    return " ".join(str(part) for part in change if part is not None)[:300]


if __name__ == "__main__":
    sys.exit(main())

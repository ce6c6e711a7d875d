"""A migrated database keeps the same promises as the models: its tables, its constraints and its triggers."""

from __future__ import annotations

from pathlib import Path

import flask_migrate
from sqlalchemy import Connection, create_engine, inspect, text

from app.database import Base, db
from tests.support import database, postgres

SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
POSTGRESQL = (
    "SELECT tgname, pg_get_triggerdef(pg_trigger.oid) || prosrc FROM pg_trigger JOIN pg_proc ON tgfoid = pg_proc.oid "
    "WHERE NOT tgisinternal ORDER BY tgname"
)


def promises(connection: Connection) -> dict[str, object]:
    """The triggers, and the constraints of each table, as the database tells them."""
    rows = connection.execute(text(SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL)).all()
    found: dict[str, object] = {str(name): " ".join(str(sql).split()) for name, sql in rows}
    inspector = inspect(connection)
    for table in inspector.get_table_names():
        if table != "alembic_version":
            checks = inspector.get_check_constraints(table)
            # With their text: a list of codes that grew in the models must have grown in a migration too.
            found[f"{table}.checks"] = sorted(f"{one['name']}: {' '.join(one['sqltext'].split())}" for one in checks)
            found[f"{table}.uniques"] = sorted(str(one["name"]) for one in inspector.get_unique_constraints(table))
            found[f"{table}.indexes"] = sorted(str(one["name"]) for one in inspector.get_indexes(table))
    return found


def empty_database(all_databases: database.Databases, folder: Path) -> str:
    if all_databases.server:
        return postgres.create_database(all_databases.server, f"{postgres.prefix(all_databases.run)}migrated")
    return f"sqlite:///{folder / 'migrated.sqlite3'}"


def test_a_migrated_database_keeps_the_promises_of_the_models(all_databases, tmp_path):
    migrated = database.application(empty_database(all_databases, tmp_path), tmp_path)
    with migrated.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    kept = {}
    for name, url in (("models", all_databases.fresh()), ("migrations", migrated.config["SQLALCHEMY_DATABASE_URI"])):
        engine = create_engine(url)
        with engine.connect() as connection:
            kept[name] = promises(connection)
        engine.dispose()
    assert kept["migrations"] == kept["models"]


def test_every_table_that_refuses_changes_has_its_triggers(all_databases):
    engine = create_engine(all_databases.fresh())
    with engine.connect() as connection:
        found = promises(connection)
    engine.dispose()
    for table in Base.metadata.sorted_tables:
        refused = table.info.get("refused_changes", {})
        for verb in ("update", "delete", "insert"):
            assert (f"{table.name}_no_{verb}" in found) == (refused.get(verb) is not None)

"""Filling tables by the hundred thousand: plain dictionaries, the types and defaults of the models, one COPY each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Table, text

from app.database import db, insert_many


def fill(table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Inserts rows given by column name; what is not given takes the default of the model, or nothing."""
    columns = list(table.columns)
    writers = [_writer(column) for column in columns]
    names = [column.name for column in columns]
    insert_many(db.session, table, names, _tuples(rows, names, writers))


def trust_rows() -> None:
    """Where one may, spares PostgreSQL millions of checks of foreign keys until the commit: our rows do agree."""
    if db.engine.dialect.name == "postgresql" and db.session.scalar(text(_IS_MASTER)):
        db.session.execute(text("SET LOCAL session_replication_role = replica"))


_IS_MASTER = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"


def settle() -> None:
    """Commits, and lets the database look at what it holds, as it does by itself after a night."""
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for sequence in _sequences(connection):
            connection.execute(text(sequence))
        connection.execute(text("VACUUM ANALYZE" if db.engine.dialect.name == "postgresql" else "ANALYZE"))


def _sequences(connection: Any) -> Iterator[str]:
    """Rows that came with their number do not move the sequence of PostgreSQL: the next insertion would fall on one."""
    if db.engine.dialect.name != "postgresql":
        return
    for table in db.metadata.sorted_tables:
        owned = connection.execute(
            text("SELECT pg_get_serial_sequence(:t, 'id') WHERE EXISTS (SELECT 1 FROM information_schema.columns "
                 "WHERE table_name = :t AND column_name = 'id')"), {"t": table.name},
        ).scalar()  # fmt: skip
        if owned:
            yield f"SELECT setval('{owned}', coalesce(max(id), 0) + 1, false) FROM {table.name}"  # noqa: S608 - our own tables


def _tuples(
    rows: Iterable[dict[str, Any]], names: list[str], writers: list[tuple[Any, Callable[[Any], Any] | None]]
) -> Iterator[tuple[Any, ...]]:
    columns = list(zip(names, writers, strict=True))
    for row in rows:
        values = []
        for name, (default, process) in columns:
            value = row.get(name, default)
            values.append(process(value) if process is not None and value is not None else value)
        yield tuple(values)


def _writer(column: Column[Any]) -> tuple[Any, Callable[[Any], Any] | None]:
    """The default of a column, and what turns a value of the model into what the driver takes."""
    dialect = db.engine.dialect
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    return column.default.arg if column.default is not None and column.default.is_scalar else None, process

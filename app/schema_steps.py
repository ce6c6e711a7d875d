"""The steps of migrations that SQLite does not take by itself: a column with its checks, a list of codes that grows.

Rebuilding a table, as Alembic would on SQLite, loses its triggers and its checks; these steps leave it where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from app.database import change_refusals

NAME = re.compile(r"^[a-z_]+$")


def add_column(
    table: str,
    column: str,
    kind: str,
    *,
    default: str | None = None,
    references: str | None = None,
    checks: dict[str, str] | None = None,
) -> None:
    """Adds a column of an SQL type; with a ``default`` (an SQL value) it is never empty, and old rows take it.

    ``references`` is ``table.column``; ``checks`` are named after their table as in the models ("ordered").
    """
    parts = [f"ALTER TABLE {_name(table)} ADD COLUMN {_name(column)} {kind}"]
    if default is not None:
        parts.append(f"DEFAULT {default} NOT NULL")
    if references is not None:
        other, key = references.split(".")
        parts.append(f"CONSTRAINT fk_{table}_{column} REFERENCES {_name(other)} ({_name(key)})")
    parts += [f"CONSTRAINT ck_{table}_{_name(name)} CHECK ({test})" for name, test in (checks or {}).items()]
    _run(" ".join(parts))
    if default is not None and _dialect() == "postgresql":
        # The models give the value: the default only served the rows that were there.
        _run(f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT")


def add_codes_column(table: str, column: str, name: str, codes: Iterable[str], *, default: str | None = None) -> None:
    """Adds a column that holds one code of a list, as an enum of the models does. ``name`` is that of the enum."""
    checks = {name: _among(column, codes)}
    add_column(table, column, "VARCHAR(40)", default=f"'{default}'" if default else None, checks=checks)


def widen_codes(table: str, column: str, name: str, old: Iterable[str], new: Iterable[str]) -> None:
    """Lets a column hold other codes: the check that lists them is replaced. Run backwards, it narrows again.

    On SQLite the text of the table is changed in place, as its documentation foresees for a constraint that does not
    change what is stored (ALTER TABLE, "making other kinds of table schema changes"): nothing else is touched.
    """
    constraint = f"ck_{_name(table)}_{_name(name)}"
    before, after = _among(column, old), _among(column, new)
    if _dialect() == "postgresql":
        _run(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        _run(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK ({after})")
        return
    connection = op.get_bind()
    query = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
    written = str(connection.execute(query, {"table": table}).scalar_one())
    if written.count(before) != 1:
        raise ValueError(f"{table} does not hold this check once: {before}")
    _rewrite(table, written.replace(before, after))


def drop_columns(table: str, *columns: str) -> None:
    """Takes columns away, in an order that leaves no check without what it names."""
    for column in columns:
        _run(f"ALTER TABLE {_name(table)} DROP COLUMN {_name(column)}")


def refuse_changes(table: str, update: str | None = "", delete: str | None = "", insert: str | None = None) -> None:
    """Sets the triggers of an append-only table, with the conditions frozen in the migration that calls."""
    for statement in change_refusals(table, update, delete, insert)[_dialect()]:
        _run(statement)


def change_refusals_of(
    table: str, update: str | None = None, delete: str | None = None, insert: str | None = None
) -> None:
    """Puts other conditions to the triggers that are given; the others stay as they are."""
    for verb, condition in (("update", update), ("delete", delete), ("insert", insert)):
        if condition is not None:
            on = f" ON {_name(table)}" if _dialect() == "postgresql" else ""
            _run(f"DROP TRIGGER IF EXISTS {_name(table)}_no_{verb}{on}")
    for statement in change_refusals(table, update, delete, insert)[_dialect()]:
        if "truncate" not in statement.lower():
            _run(statement)


def forget_refusals(*tables: str) -> None:
    """Drops the functions of PostgreSQL, which outlive their tables. On SQLite the triggers went with them."""
    if _dialect() == "postgresql":
        for table in tables:
            for verb in ("update", "delete", "insert", "truncate"):
                _run(f"DROP FUNCTION IF EXISTS {_name(table)}_no_{verb}() CASCADE")


def _rewrite(table: str, definition: str) -> None:
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    update = sa.text("UPDATE sqlite_master SET sql = :definition WHERE type = 'table' AND name = :table")
    connection.execute(update, {"definition": definition, "table": table})
    # Every connection reads the schema again.
    connection.exec_driver_sql(f"PRAGMA schema_version = {int(version) + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")


def _among(column: str, codes: Iterable[str]) -> str:
    listed = ", ".join(f"'{_code(code)}'" for code in codes)
    return f"{_name(column)} IN ({listed})"


def _run(statement: str) -> None:
    op.get_bind().exec_driver_sql(statement.replace("%", "%%") if _dialect() == "postgresql" else statement)


def _dialect() -> str:
    return str(op.get_bind().dialect.name)


def _name(text: str) -> str:
    if not NAME.match(text):
        raise ValueError(f"not a name: {text}")
    return text


def _code(text: str) -> str:
    if not re.fullmatch(r"[A-Z0-9_]+", text):
        raise ValueError(f"not a code: {text}")
    return text

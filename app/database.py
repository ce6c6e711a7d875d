"""The database: one typed base for all models, one session per request, and the promises kept by the database itself.

Flask-SQLAlchemy is known here and nowhere else; replacing it is a change of this file.
"""

from __future__ import annotations

import enum
import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DDL, DateTime, Dialect, Engine, MetaData, Table, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# False while a request only reads: SQLite then begins without taking the one writing place.
writing: ContextVar[bool] = ContextVar("writing", default=True)


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC on both databases. A naive datetime is refused: it has no meaning."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every model."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it on the class
        datetime: Instant,
        # Text with a constraint rather than a type of PostgreSQL: the same on both databases, and it goes away cleanly.
        enum.Enum: sa.Enum(enum.Enum, native_enum=False, create_constraint=True, length=40),
    }


# The one commit of a request is its end: what was loaded is still true for the answer, nothing is read again.
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if type(connection).__module__ != "sqlite3":
        return
    # SQLAlchemy writes BEGIN itself (below), so that savepoints and BEGIN IMMEDIATE are really obeyed.
    connection.isolation_level = None
    # A writer waits up to fifteen seconds for its turn; secure_delete wipes what leaves a ballot table.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=15000",
        "secure_delete=ON",
        "cache_size=-20000",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # A deferred BEGIN that reads and then writes fails at once when another writes; an immediate one waits.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


@event.listens_for(Session, "after_flush")
def _note_flush(session: Session, _context: object) -> None:
    session.info["wrote"] = True


@event.listens_for(Session, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info["wrote"] = True


def has_written(session: Session) -> bool:
    """Whether this session wrote, or is about to write, since it was last closed."""
    return bool(session.info.get("wrote") or session.new or session.dirty or session.deleted)


def forget_writes(session: Session) -> None:
    """Starts a new account of what this session writes."""
    session.info.pop("wrote", None)


def refuse_changes(table: Table, update: str | None = "", delete: str | None = "", insert: str | None = None) -> None:
    """Makes the database itself refuse UPDATE, DELETE and TRUNCATE on a table, the owner's included.

    ``update``, ``delete`` and ``insert`` are the SQL conditions under which the change is refused, in terms of ``OLD``
    and ``NEW``; an empty text refuses always, ``None`` lets through. TRUNCATE is always refused: row triggers do not
    fire on it.
    """
    table.info["refused_changes"] = {"update": update, "delete": delete, "insert": insert}
    for dialect, statements in change_refusals(table.name, update, delete, insert).items():
        for statement in statements:
            event.listen(table, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect))


def change_refusals(
    table: str, update: str | None = "", delete: str | None = "", insert: str | None = None
) -> dict[str, list[str]]:
    """The statements behind ``refuse_changes``, by dialect; migrations run the same."""
    if not re.fullmatch(r"[a-z_]+", table):
        raise ValueError(f"not a table name: {table}")
    sqlite, postgresql = [], []
    for verb, condition in (("update", update), ("delete", delete), ("insert", insert)):
        if condition is None:
            continue
        when = f" WHEN {condition}" if condition else ""
        sqlite.append(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} FOR EACH ROW{when} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        test = f"IF {condition} THEN" if condition else "IF true THEN"
        back = "OLD" if verb == "delete" else "NEW"
        postgresql += [
            f"CREATE OR REPLACE FUNCTION {table}_no_{verb}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{test} RAISE EXCEPTION '{table} is append-only'; END IF; RETURN {back}; END $$",
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_no_{verb}()",
        ]
    postgresql += [
        f"CREATE OR REPLACE FUNCTION {table}_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_no_truncate()",
    ]
    return {"sqlite": sqlite, "postgresql": postgresql}


# --- What the ORM does not do ---------------------------------------------------------------------------------------


def tables_of(*models: type[Any]) -> list[Table]:
    """The tables behind models."""
    return [model.__table__ for model in models]


def insert_many(session: Any, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Inserts a great many rows fast: COPY on PostgreSQL, one prepared statement on SQLite. Same transaction."""
    connection = session.connection()
    cursor = connection.connection.cursor()
    names = ", ".join(columns)
    try:
        if connection.dialect.name == "postgresql":
            with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(columns))
            # The names come from our own models, never from outside.
            cursor.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)  # noqa: S608
    finally:
        cursor.close()


def wipe_deleted(engine: Engine, *tables: Table) -> None:
    """Removes what deleted rows leave behind (dead rows and their ``xmin``; pages of the log). After a commit only."""
    statements = [f"VACUUM (FULL) {table.name}" for table in tables]
    _outside_transaction(engine, statements, ["PRAGMA wal_checkpoint(TRUNCATE)"])


def lay_in_key_order(engine: Engine, *tables: Table) -> None:
    """Writes tables again in the order of their keys: nothing tells in which order rows came. After a commit only."""
    statements = [f"CLUSTER {table.name} USING {table.primary_key.name}" for table in tables]
    # SQLite fills each page in the order rows came; only VACUUM lays them again, for the whole file.
    _outside_transaction(engine, statements, ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"])


def _outside_transaction(engine: Engine, on_postgresql: list[str], on_sqlite: list[str]) -> None:
    pooled = engine.raw_connection()
    connection: Any = pooled.driver_connection
    try:
        if engine.dialect.name == "postgresql":
            connection.autocommit = True
            # Those who vote would queue behind a statement that itself waits: it gives up first, and comes back.
            for statement in ["SET lock_timeout = '3s'", *on_postgresql, "RESET lock_timeout"]:
                connection.execute(statement)
        else:
            for statement in on_sqlite:
                row = connection.execute(statement).fetchone()
                if row is not None and row[0]:
                    raise sqlite3.OperationalError("the log is being read: it cannot be cut now")
    finally:
        # Not given back to the pool: it was taken out of the ways of the others.
        pooled.invalidate()
        pooled.close()

"""Fresh databases to measure on: a SQLite file, and PostgreSQL where its programs are found. Nothing stays."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import note
from tests.support import postgres
from tests.support.database import fill_schema


@dataclass(frozen=True)
class Store:
    """A kind of database, a folder for files, and a way to make fresh databases with their tables."""

    name: str
    folder: Path
    create: Callable[[str], str]

    def fresh(self, name: str) -> str:
        """The address of an empty database with its tables, indexes and triggers."""
        url = self.create(f"{name}_{uuid.uuid4().hex[:6]}")
        fill_schema(url)
        return url


def stores() -> Iterator[Store]:
    """SQLite, then PostgreSQL if it can be started; each goes away when the next one comes."""
    with _folder() as folder:
        yield Store("SQLite", folder, lambda name: f"sqlite:///{folder / name}.sqlite3")
    try:
        with postgres.running_server() as server, _folder() as folder:
            run = uuid.uuid4().hex[:8]
            try:
                yield Store("PostgreSQL", folder, lambda name: _create(server, run, name))
            finally:
                postgres.drop_databases(server, run)
    except postgres.ServerNotFound as missing:
        note(f"PostgreSQL is not measured: {missing}")


def _create(server: str, run: str, name: str) -> str:
    return postgres.create_database(server, postgres.prefix(run) + name)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="agora-bench-") as folder:
        yield Path(folder)

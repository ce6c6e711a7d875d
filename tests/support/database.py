"""The databases of the tests: one per worker, each test undone; and real copies for tests that must really commit."""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, create_engine

# Every model must be known before the schema is created: the rooms and the commands reach them all.
from app import blueprints as _rooms  # noqa: F401
from app import cli as _commands  # noqa: F401
from app import create_app
from app.database import Base, db
from app.web.application import Agora
from tests.support import postgres

# The one of every account of the demonstration town, in the tests.
PASSWORD = "mot de passe de démonstration"
ON_POSTGRESQL = os.environ.get("TEST_DATABASE", "sqlite") == "postgresql"


def settings(url: str, folder: Path) -> dict[str, Any]:
    """The settings of an application under test: mail kept in memory, no limit of rate, known key."""
    return {
        "TESTING": True,
        "SECRET_KEY": "une clé de test, longue et sans valeur ailleurs",
        "SQLALCHEMY_DATABASE_URI": url,
        "FILES_DIR": folder / "files",
        "MAIL_URL": "memory:",
        "RATELIMIT_ENABLED": False,
        # Each test counts alone; the file the processes of a machine share has its own test.
        "RATELIMIT_STORAGE_URI": "memory://",
        "DEMO": False,
        "SERVER_NAME": None,
    }


def fill_schema(url: str) -> None:
    """Creates the tables, constraints and triggers of the models."""
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()


class Databases:
    """Gives the worker its database, and fresh copies of the empty one on demand.

    ``folder`` is the worker's own; ``shared`` is that of all the workers of a run.
    """

    def __init__(self, folder: Path, shared: Path, worker: str, run: str, server: str | None) -> None:
        self.folder, self.shared, self.worker, self.run, self.server = folder, shared, worker, run, server
        self.url = self._first()

    def _first(self) -> str:
        if self.server:
            return postgres.database_for_worker(self.server, self.worker, self.run, fill_schema)
        template = self.folder / "template.sqlite3"
        fill_schema(f"sqlite:///{template}")
        return self._copy("worker")

    def _copy(self, name: str, template: Path | None = None) -> str:
        path = self.folder / f"{name}.sqlite3"
        shutil.copyfile(template or self.folder / "template.sqlite3", path)
        return f"sqlite:///{path}"

    def fresh(self) -> str:
        """The address of an empty database with its schema, for a test that really commits."""
        name = f"copy{uuid.uuid4().hex[:8]}"
        if self.server:
            return postgres.database_for_worker(self.server, name, self.run, fill_schema)
        return self._copy(name)

    def town(self) -> tuple[str, Path]:
        """A copy of the demonstration town, loaded once per run, and a folder that holds copies of its pictures."""
        name = f"town{uuid.uuid4().hex[:8]}"
        with _alone(self.shared / "town.lock"):
            if self.server:
                # Beside the empty template, under a name of its own.
                url = postgres.database_for_worker(self.server, name, f"t{self.run}", self._fill_town)
            else:
                url = self._copy(name, self._town_file())
        folder = self.folder / name
        shutil.copytree(self._pictures, folder / "files")
        return url, folder

    @property
    def _pictures(self) -> Path:
        return self.shared / "town" / "files"

    def _town_file(self) -> Path:
        """The file of the town for all the workers of the run; an interrupted loading leaves none."""
        loaded = self.shared / "town.sqlite3"
        if not loaded.exists():
            self._fill_town(self._copy("loading"))
            (self.folder / "loading.sqlite3").replace(loaded)
        return loaded

    def _fill_town(self, url: str) -> None:
        if self.server:
            fill_schema(url)
        app = application(url, self.shared / "town", DEMO=True)
        loaded = app.test_cli_runner().invoke(args=["demo"], env={"DEMO_PASSWORD": PASSWORD}, catch_exceptions=False)
        assert loaded.exit_code == 0, loaded.output
        close(app)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One worker at a time: the others wait for the file, which the system gives back whatever happens."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@contextmanager
def databases(folder: Path, shared: Path, worker: str, run: str, server: str | None) -> Iterator[Databases]:
    """The databases of one worker for the length of the run; starts a PostgreSQL server when none was started."""
    with ExitStack() as stack:
        if ON_POSTGRESQL and server is None:
            server = stack.enter_context(postgres.running_server())
        yield Databases(folder, shared, worker, run, server if ON_POSTGRESQL else None)


class _Compiled(BytecodeCache):
    """Templates compiled once for all the applications of a worker."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.held:
            # With the digest of its source: a template that was changed is compiled again.
            bucket.bytecode_from_string(self.held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.held[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def application(url: str, folder: Path, **overrides: Any) -> Agora:
    """An application on a database."""
    app = create_app({**settings(url, folder), **overrides})
    app.jinja_env.bytecode_cache = _COMPILED
    return app


def close(app: Agora) -> None:
    """Gives back the connections of an application that is no longer used."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@contextmanager
def undone(app: Agora) -> Iterator[None]:
    """Runs a block in one outer transaction that is rolled back: commits inside become savepoints.

    Flask-SQLAlchemy's session takes its own engine first, so the engine itself is replaced by one connection.
    """
    with app.app_context():
        engines: dict[str | None, Any] = db._app_engines[app]
        engine: Engine = engines[None]
    with engine.connect() as connection:
        outer = connection.begin()
        engines[None] = connection
        sessions: Any = db.session.session_factory
        sessions.configure(join_transaction_mode="create_savepoint")
        try:
            yield
        finally:
            sessions.configure(join_transaction_mode="conditional_savepoint")
            engines[None] = engine
            outer.rollback()

"""The databases of the tests: one per worker, each test undone; and real copies for tests that must really commit."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

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
    """Gives the worker its database, and fresh copies of the empty one on demand."""

    def __init__(self, folder: Path, worker: str, run: str, server: str | None) -> None:
        self.folder, self.worker, self.run, self.server = folder, worker, run, server
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
        """A copy of the demonstration town, loaded once per worker, and the folder that holds its pictures."""
        name = f"town{uuid.uuid4().hex[:8]}"
        if self.server:
            # A template of its own: the pictures of another worker are in another folder.
            run = f"{self.worker}{self.run}"
            return postgres.database_for_worker(self.server, name, run, self._fill_town), self.folder
        template = self.folder / "town.sqlite3"
        if not template.exists():
            url = self._copy("town")
            try:
                self._fill_town(url)
            except BaseException:
                template.unlink()
                raise
        return self._copy(name, template), self.folder

    def _fill_town(self, url: str) -> None:
        if self.server:
            fill_schema(url)
        app = application(url, self.folder, DEMO=True)
        loaded = app.test_cli_runner().invoke(args=["demo"], env={"DEMO_PASSWORD": PASSWORD}, catch_exceptions=False)
        assert loaded.exit_code == 0, loaded.output
        close(app)


@contextmanager
def databases(folder: Path, worker: str, run: str, server: str | None) -> Iterator[Databases]:
    """The databases of one worker for the length of the run; starts a PostgreSQL server when none was started."""
    with ExitStack() as stack:
        if ON_POSTGRESQL and server is None:
            server = stack.enter_context(postgres.running_server())
        yield Databases(folder, worker, run, server if ON_POSTGRESQL else None)


def application(url: str, folder: Path, **overrides: Any) -> Agora:
    """An application on a database."""
    return create_app({**settings(url, folder), **overrides})


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

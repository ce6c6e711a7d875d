"""The counters of the limits of tries, in one small file that every process of this machine shares.

In memory each process would count alone, and as many processes would allow as many times the tries. The file holds
digests and the ends of windows, never more than a window long, and nobody backs it up.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from limits.storage import Storage

PATIENCE_SECONDS = 5


class FileCounters(Storage):
    """Fixed windows, kept in a SQLite file: ``counters:///path/of/the/file``."""

    STORAGE_SCHEME = ["counters"]  # noqa: RUF012 - the library reads it on the class

    def __init__(self, uri: str = "", wrap_exceptions: bool = False, **_options: str) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self.path = Path(unquote(urlsplit(uri).path))
        self.path.parent.mkdir(parents=True, exist_ok=True)

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Adds to the counter of the present window and gives what it holds.

        Windows follow the clock, not the first try: their end says nothing of the minute somebody came.
        """
        now = time.time()
        ends_at = (now // expiry + 1) * expiry
        with self._open() as file:
            file.execute("DELETE FROM counters WHERE ends_at <= ?", (now,))
            row = file.execute(
                "INSERT INTO counters (key, tries, ends_at) VALUES (?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET tries = tries + excluded.tries RETURNING tries",
                (key, amount, ends_at),
            ).fetchone()
        return int(row[0])

    def get(self, key: str) -> int:
        return int(self._of(key, "tries"))

    def get_expiry(self, key: str) -> float:
        return float(self._of(key, "ends_at") or time.time())

    def check(self) -> bool:
        with self._open() as file:
            return file.execute("SELECT 1").fetchone() is not None

    def reset(self) -> int:
        with self._open() as file:
            return file.execute("DELETE FROM counters").rowcount

    def clear(self, key: str) -> None:
        with self._open() as file:
            file.execute("DELETE FROM counters WHERE key = ?", (key,))

    def _of(self, key: str, column: str) -> float:
        with self._open() as file:
            row = file.execute(
                "SELECT tries, ends_at FROM counters WHERE key = ? AND ends_at > ?", (key, time.time())
            ).fetchone()
        return 0 if row is None else row[0 if column == "tries" else 1]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one act: threads and processes share none, and each act is whole.

        The journal stays in memory and what is deleted is wiped: the disk keeps no order of who came.
        """
        with closing(sqlite3.connect(self.path, timeout=PATIENCE_SECONDS, isolation_level=None)) as file:
            for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "secure_delete=ON"):
                file.execute(f"PRAGMA {pragma}")
            file.execute("BEGIN IMMEDIATE")
            file.execute(
                "CREATE TABLE IF NOT EXISTS counters "
                "(key TEXT PRIMARY KEY, tries INTEGER NOT NULL, ends_at REAL NOT NULL) WITHOUT ROWID"
            )
            yield file
            file.execute("COMMIT")

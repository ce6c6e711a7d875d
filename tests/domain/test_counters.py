"""The counters of tries: shared by the processes of a machine, forgotten with their window, naming nobody."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading

import pytest
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from app.adapters import counters
from app.adapters.counters import FileCounters


@pytest.fixture
def uri(tmp_path):
    return f"counters://{tmp_path / 'un dossier' / 'limites.sqlite3'}".replace(" ", "%20")


def test_two_processes_share_one_count(uri):
    program = f"from app.adapters.counters import FileCounters; FileCounters({uri!r}).incr('x', 3600, 2)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
    assert FileCounters(uri).incr("x", 3600) in {3, 1}  # 1 when the hour has just turned
    assert FileCounters(uri).get("x") in {3, 1}


def test_threads_lose_no_try(uri):
    store = storage_from_string(uri)
    threads = [threading.Thread(target=lambda: [store.incr("x", 10**9) for _ in range(10)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.get("x") == 40


def test_the_limiter_stops_at_the_limit_and_begins_again(uri, monkeypatch):
    now = 1_000_000_000.0
    monkeypatch.setattr(counters.time, "time", lambda: now)
    limiter, limit = FixedWindowRateLimiter(storage_from_string(uri)), parse("2/minute")
    assert [limiter.hit(limit, "line") for _ in range(3)] == [True, True, False]
    now += 60
    assert limiter.hit(limit, "line")
    assert limiter.get_window_stats(limit, "line").remaining == 1


def test_a_window_ends_with_the_clock_and_its_row_with_it(uri, monkeypatch, tmp_path):
    now = 1_000_000_000.0
    monkeypatch.setattr(counters.time, "time", lambda: now)
    store = FileCounters(uri)
    store.incr("x", 3600)
    assert store.get_expiry("x") % 3600 == 0
    now += 3600
    store.incr("y", 60)
    with sqlite3.connect(store.path) as file:
        assert file.execute("SELECT key FROM counters").fetchall() == [("y",)]
    file.close()
    assert store.get("x") == 0
    store.clear("y")
    assert (store.get("y"), store.reset(), store.check()) == (0, 0, True)

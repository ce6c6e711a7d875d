"""The real production server, on its own database: two processes of four threads, as the town runs it."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.client import Visitor

ROOT = Path(__file__).resolve().parents[1]
WORKERS, THREADS = 2, 4
SETTINGS = f"gunicorn, {WORKERS} processes of {THREADS} threads"
# Where this shell keeps no compiled code, an installation does: it is kept, in the folder of the measure.
DROPPED = frozenset({"DEMO", "FLASK_DEBUG", "PYTHONDONTWRITEBYTECODE"})
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Served:
    """A running server."""

    port: int
    pid: int
    secret: str

    def cpu(self) -> float:
        """Seconds of processor its processes have used; not a number where the system does not tell."""
        pids = [self.pid, *_children(self.pid)]
        return sum(_cpu_of(pid) for pid in pids)

    def memory(self) -> float:
        """Megabytes its largest process holds now."""
        return max((_memory_of(pid) for pid in _children(self.pid)), default=float("nan"))


def environment(url: str, folder: Path, secret: str = "") -> dict[str, str]:
    """The settings of an installation measured: its database, its files, one proxy believed, nothing sent."""
    kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
    return {
        **kept,
        "DATABASE_URL": url,
        "FILES_DIR": str(folder / "files"),
        "SECRET_KEY": secret or secrets.token_urlsafe(48),
        # Each visitor comes from an address of their own, as in life: limits of rate are per address.
        "PROXIES": "1",
        "MAIL_URL": "memory:",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }


@contextmanager
def serving(url: str, folder: Path, app: str = "app:create_app()", **more: str) -> Iterator[Served]:
    """Runs the server for the length of a block, with more settings if given; stopped, its processes are gone."""
    secret, port = secrets.token_urlsafe(48), _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--worker-class", "gthread",
        "--threads", str(THREADS), "--no-control-socket", "--bind", f"127.0.0.1:{port}", app,
    ]  # fmt: skip
    log = folder / f"server-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=ROOT,
            env={**environment(url, folder, secret), **more},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            _wait(process, port, log)
            yield Served(port, process.pid, secret)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path, patience: float = 60) -> None:
    end = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < end:
        try:
            with Visitor(port) as visitor:
                if visitor.get("/sante").status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory_of(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return float("nan")
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), float("nan"))

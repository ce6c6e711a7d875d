"""A real browser for journeys: the machine's Chromium, a live server, and the accessibility engine."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.support.looked import LOOKED, sight_of

NOT_FOUND = (
    "Chromium was not found. Install it (Debian: apt install chromium; macOS: brew install --cask chromium), "
    "or name the program in CHROMIUM."
)
PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
DOWNLOADED_BY_PLAYWRIGHT = (
    ".cache/ms-playwright/chromium-*/chrome-linux*/chrome",
    "Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
# Nothing leaves the machine, and a container's small /dev/shm is enough.
QUIET = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
RUN_AXE = "([within, options]) => axe.run(within || document, options).then(found => found.violations)"
WCAG_2_2_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


# --- The browser ------------------------------------------------------------------------------------------------


def find_chromium() -> str | None:
    """The program to start: the one named in ``CHROMIUM``, the machine's, or the one Playwright has downloaded."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in _candidates() if path), None)


def _candidates() -> Iterator[str | None]:
    yield from (shutil.which(name) for name in (*PROGRAMS, *PLACES))
    for pattern in DOWNLOADED_BY_PLAYWRIGHT:
        yield from sorted((str(path) for path in Path.home().glob(pattern)), reverse=True)


def launch_options() -> dict[str, Any]:
    """What Playwright's ``launch`` wants: the program and its arguments; refuses in a sentence when there is none."""
    program = find_chromium()
    if program is None:
        raise RuntimeError(NOT_FOUND)
    # Chromium's sandbox does not start as root, which is how containers run the suite.
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {"executable_path": program, "args": [*sandbox, *QUIET]}


# --- The server -------------------------------------------------------------------------------------------------


class _Silent(WSGIRequestHandler):
    """One line per request would hide what the test says."""

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


@contextmanager
def live_server(application: Callable[..., Iterable[bytes]], host: str = "127.0.0.1") -> Iterator[str]:
    """Serves an application from threads, as gunicorn's gthread does, and gives its address."""
    server = make_server(host, 0, application, threaded=True, request_handler=_Silent)
    # A connection the browser keeps open must not hold the end of the test.
    server.daemon_threads = True  # type: ignore[attr-defined]
    server.block_on_close = False  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(timeout=5)
        server.server_close()


# --- Accessibility ----------------------------------------------------------------------------------------------


def assert_accessible(
    page: Page, best_practice: bool = False, within: str | None = None, only: tuple[str, ...] = ()
) -> None:
    """Fails with every violation of WCAG 2.2 AA that axe finds in the page, or in one part of it.

    ``only`` names the rules to look at: what cannot have changed since the page was last looked at is left out. A page
    whose every element has passed already, standing the same way, is not looked at again.
    """
    rules = " ".join(only) or ("best-practice" if best_practice else "wcag")
    sight = sight_of(page, rules) if within is None else None
    if sight is not None and (LOOKED.has(sight) or (not only and LOOKED.has(replace(sight, rules="best-practice")))):
        return
    tags = [*WCAG_2_2_AA, *(["best-practice"] if best_practice else [])]
    run = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": tags}
    options = {"runOnly": run, "resultTypes": ["violations"]}
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(RUN_AXE, [within, options])
    assert not violations, f"{page.url} is not accessible:\n" + "\n".join(map(_told, violations))
    if sight is not None:
        LOOKED.keep(sight)


def _told(violation: dict[str, Any]) -> str:
    """One violation: its rule, what it asks, and each place with the reason."""
    places = [
        f"    {' '.join(map(str, node['target']))}: {_reason(node)}\n      {' '.join(node['html'].split())[:200]}"
        for node in violation["nodes"]
    ]
    return "\n".join([f"- {violation['id']} ({violation['impact']}): {violation['help']}", *places])


def _reason(node: dict[str, Any]) -> str:
    checks = [*node.get("any", []), *node.get("all", []), *node.get("none", [])]
    return "; ".join(check["message"] for check in checks) or "no reason given"

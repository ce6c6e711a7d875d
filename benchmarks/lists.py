"""Lists at 1,000 and at 100,000 ideas: a page should cost the same, within a third."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import mean
from urllib.parse import quote

from benchmarks import town
from benchmarks.client import Visitor
from benchmarks.databases import Store
from benchmarks.figures import Times, note
from benchmarks.inside import opened, session_cookie
from benchmarks.server import SETTINGS, Served, serving

SIZES = (1_000, 100_000)
WARMING, ROUNDS, AT_ONCE = 15, 12, 10
AIM_RATIO = 1.3
_NEXT = re.compile(rb'rel="next" href="([^"]+)"')


@dataclass(frozen=True)
class Place:
    """A server on a town of one size."""

    size: int
    server: Served
    town: town.Town


@dataclass
class Measured:
    """What one page cost on one town."""

    seconds: list[float]
    cpu: list[float]


def measure(store: Store) -> None:
    """Both towns are served at the same time, and asked in turn: whatever disturbs one disturbs the other."""
    with ExitStack() as stack:
        places = [stack.enter_context(_served(store, size)) for size in SIZES]
        note(f"{SETTINGS} on each town; one client, one page at a time, {ROUNDS * AT_ONCE} times, the towns in turn.")
        note("median and p95 as the client sees them; processor: of the server's own processes, per page.")
        _header()
        for name, find in PAGES.items():
            _measure_page(name, places, find)


def _header() -> None:
    small, large = (f"{size:,}".replace(",", " ") for size in SIZES)
    print(f"\n  {'milliseconds':<34}{small:>22}{large:>28}{'ratio of':>16}")
    print(f"  {'':<34}{'median    p95    cpu':>22}{'median    p95    cpu':>28}{'medians':>16}")


def _measure_page(name: str, places: list[Place], find: Callable[[Visitor, Place], str]) -> None:
    found = []
    with ExitStack() as stack:
        visitors = [stack.enter_context(Visitor(place.server.port, _cookies(place))) for place in places]
        paths = [find(visitor, place) for visitor, place in zip(visitors, places, strict=True)]
        found = [Measured([], []) for _ in places]
        for turn in range(ROUNDS + 1):
            for place, visitor, path, measured in zip(places, visitors, paths, found, strict=True):
                _ask(place, visitor, path, measured, warming=turn == 0)
    _print(name, found)


def _ask(place: Place, visitor: Visitor, path: str, measured: Measured, warming: bool) -> None:
    before = place.server.cpu()
    for _ in range(WARMING if warming else AT_ONCE):
        answer = visitor.get(path)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        if not warming:
            measured.seconds.append(answer.seconds)
    if not warming:
        measured.cpu.append((place.server.cpu() - before) / AT_ONCE)


def _print(name: str, found: list[Measured]) -> None:
    cells = []
    for measured in found:
        times = Times(measured.seconds)
        cells.append(f"{times.median * 1000:>8.1f}{times.p95 * 1000:>7.1f}{mean(measured.cpu) * 1000:>7.1f}")
    ratio = Times(found[-1].seconds).median / Times(found[0].seconds).median
    verdict = "reached" if ratio <= AIM_RATIO else "MISSED"
    print(f"  {name:<34}{cells[0]:>22}{cells[1]:>28}{ratio:>12.2f} ≤ {AIM_RATIO} {verdict}", flush=True)


# --- Pages --------------------------------------------------------------------------------------------------------


def _twentieth(visitor: Visitor, _place: Place) -> str:
    """The address of the twentieth page, reached as a reader does: by following “next” nineteen times."""
    path = "/idees"
    for _ in range(19):
        found = _NEXT.search(visitor.get(path).body)
        if found is None:
            raise RuntimeError(f"{path} has no next page")
        path = found[1].decode().replace("&amp;", "&")
    return path


def _fixed(path: str) -> Callable[[Visitor, Place], str]:
    return lambda _visitor, _place: path


PAGES: dict[str, Callable[[Visitor, Place], str]] = {
    "ideas, page 1": _fixed("/idees"),
    "ideas, page 20": _twentieth,
    "ideas of a quartier": lambda _visitor, place: f"/idees?quartier={place.town.quartier_id}",
    "ideas, the most supported first": _fixed("/idees?tri=soutenues"),
    "ideas: a common word (banc)": _fixed("/idees?q=banc"),
    "ideas: two words (jardin école)": _fixed(f"/idees?q={quote('jardin école')}"),
    "similar ideas, while typing": _fixed(f"/idees/proches?title={quote('Un banc à l’ombre devant l’école')}"),
    "queue of the moderators": _fixed("/idees/moderation"),
    "one idea": lambda _visitor, place: f"/idees/{place.town.idea_number}",
    "register, page 1": _fixed("/registre"),
    "register, page 20": _fixed("/registre?page=20"),
    "register: a word": _fixed(f"/registre?q={quote('pièce 99')}"),
}


# --- Towns --------------------------------------------------------------------------------------------------------


@contextmanager
def _served(store: Store, size: int) -> Iterator[Place]:
    url = store.fresh(f"town{size}")
    began = time.perf_counter()
    with opened(url, store.folder):
        made = town.build(ideas=size, records=size)
    note(f"a town of {size:,} ideas and records made in {time.perf_counter() - began:.0f} s".replace(",", " "))
    with serving(url, store.folder) as server:
        yield Place(size, server, made)


def _cookies(place: Place) -> dict[str, str]:
    return {"agora": session_cookie(place.server.secret, place.town.moderator_token)}

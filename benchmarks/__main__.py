"""``python -m benchmarks [lists] [votes] [count] [draw]``: measures, prints, and leaves nothing behind."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from datetime import date

from benchmarks import count, draw, lists, votes
from benchmarks.databases import stores
from benchmarks.figures import note, title

ALL: dict[str, Callable[..., None]] = {
    "lists": lists.measure,
    "votes": votes.measure,
    "count": count.measure,
    "draw": draw.measure,
}


def main(names: list[str]) -> int:
    unknown = sorted(set(names) - set(ALL))
    if unknown:
        print(f"Unknown: {', '.join(unknown)}. Known: {', '.join(ALL)}.", file=sys.stderr)
        return 2
    title("Agora des quartiers: figures")
    note(f"{date.today().isoformat()}, {os.cpu_count()} cores, Python {platform.python_version()}")  # noqa: DTZ011
    note("The client runs on the same cores as the server. Nothing is asserted: read the figures beside the aims.")
    for store in stores():
        for name in names or ALL:
            title(f"{store.name}: {name}")
            ALL[name](store)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

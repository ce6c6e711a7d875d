"""What the engine of accessibility has looked at and let pass, so that it is not asked twice.

An element that stands the same way, in the same light and room, under the same style, has the same faults. Each process
remembers by itself; when ``LOOKED_AT`` names a folder, what one database has shown is not looked at on the other.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from playwright.sync_api import Page

from tests.support.shapes import Shape, shapes_of

# Under this width, in pixels, the pages have one layout.
NARROW = 480
LIGHT = "() => [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('print').matches]"


@dataclass(frozen=True)
class Sight:
    """A page as it is seen: the rules it is held to, how it is shown, and what it is made of."""

    rules: str
    view: str
    shapes: frozenset[Shape]


def sight_of(page: Page, rules: str) -> Sight:
    """What is on the screen now."""
    soup = BeautifulSoup(page.content(), "html.parser")
    width, dark, printed = page.evaluate(LIGHT)
    # The site's own colours: its sheet is written by the application, and may change under the same page.
    sheets = (str(link.get("href")) for link in soup.select('link[rel="stylesheet"]'))
    own = sorted(sheet for sheet in sheets if not sheet.startswith("/static/"))
    view = (
        f"{'narrow' if width < NARROW else 'wide'} {'dark' if dark else 'light'} {'printed' if printed else ''} {own}"
    )
    return Sight(rules, view, shapes_of(soup))


class Looked:
    """What has passed, by rules and view."""

    def __init__(self, folder: Path | None) -> None:
        self.passed: dict[str, set[Shape]] = defaultdict(set)
        self.own = folder / f"{os.getpid()}.txt" if folder else None
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            for kept in folder.glob("*.txt"):
                for line in kept.read_text(encoding="utf-8").splitlines():
                    name, _, shape = line.rpartition("\t")
                    self.passed[name].add(shape)

    def has(self, sight: Sight) -> bool:
        """Whether nothing here is new."""
        return sight.shapes <= self.passed[self._name(sight)]

    def keep(self, sight: Sight) -> None:
        """Remembers what has just passed."""
        new = sight.shapes - self.passed[self._name(sight)]
        self.passed[self._name(sight)] |= new
        if self.own is not None and new:
            with self.own.open("a", encoding="utf-8") as file:
                file.writelines(f"{self._name(sight)}\t{shape}\n" for shape in sorted(new))

    @staticmethod
    def _name(sight: Sight) -> str:
        return f"{sight.rules} {sight.view}"


LOOKED = Looked(Path(os.environ["LOOKED_AT"]) if "LOOKED_AT" in os.environ else None)

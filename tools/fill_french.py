"""Fills the French catalogue with the sentences themselves, since they are written in French."""

from __future__ import annotations

import sys

from babel.messages import Catalog

from tools import catalogues


def fill(catalogue: Catalog) -> None:
    """Each sentence is its own translation; the plural serves every form but the first."""
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.id, list | tuple):
            singular, plural = message.id
            message.string = (singular, *[plural] * (catalogue.num_plurals - 1))
        else:
            message.string = message.id
        message.flags.discard("fuzzy")


def main() -> int:
    """Reads, fills and writes the French catalogue."""
    catalogue = catalogues.read("fr")
    fill(catalogue)
    catalogues.write("fr", catalogue)
    return 0


if __name__ == "__main__":
    sys.exit(main())

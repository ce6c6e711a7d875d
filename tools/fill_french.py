"""Fills the French catalogue with the sentences themselves, since they are written in French.

The code holds plain spaces; the catalogue holds those of French typography, so that no line begins with a colon.
"""

from __future__ import annotations

import re
import sys

from babel.messages import Catalog

from tools import catalogues


def typeset(sentence: str) -> str:
    """The sentence with the no-break spaces French puts before : ; ? ! and inside « »."""
    return re.sub(r"(?<=«) | (?=[:;?!»](?:\s|$|[.,)<]))", "\u00a0", sentence)


def fill(catalogue: Catalog) -> None:
    """Each sentence is its own translation; the plural serves every form but the first."""
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.id, list | tuple):
            singular, plural = map(typeset, message.id)
            message.string = (singular, *[plural] * (catalogue.num_plurals - 1))
        else:
            message.string = typeset(message.id)
        message.flags.discard("fuzzy")


def main() -> int:
    """Reads, fills and writes the French catalogue."""
    catalogue = catalogues.read("fr")
    fill(catalogue)
    catalogues.write("fr", catalogue)
    return 0


if __name__ == "__main__":
    sys.exit(main())

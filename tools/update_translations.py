"""Brings the catalogues up to date with the code and the templates; French fills itself, the rest waits."""

from __future__ import annotations

import sys

from tools import catalogues
from tools.fill_french import fill


def main() -> int:
    """Writes each catalogue and says how many sentences wait in it."""
    for language in catalogues.LANGUAGES:
        # Collected anew each time: the catalogue keeps the very messages it is given.
        sentences = catalogues.sentences()
        catalogue = catalogues.read(language)
        # No guesses from look-alikes: an empty translation is seen, a wrong one is not.
        catalogue.update(sentences, no_fuzzy_matching=True, update_creation_date=False)
        if language == "fr":
            fill(catalogue)
        catalogues.write(language, catalogue)
        waiting = sum(1 for message in catalogue if message.id and not _complete(message.string))
        print(f"{language}: {len(catalogue)} sentences, {waiting} waiting for their translation")
    return 0


def _complete(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    sys.exit(main())

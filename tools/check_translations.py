"""Every sentence has its translation in every language, with the same holes to fill."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import polib
from babel.messages.catalog import Message

from tools import catalogues

HOLE = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def main() -> int:
    """Prints what is missing, language by language; returns 1 when something is."""
    messages = [message for message in catalogues.sentences() if message.id]
    faults = [
        f"{language}: {fault}" for language in catalogues.LANGUAGES for fault in _faults_of_language(language, messages)
    ]
    for fault in faults:
        print(fault)
    print(f"{len(messages)} sentences in {len(catalogues.LANGUAGES)} languages, {len(faults)} faults")
    if faults:
        print("Run `make translations`, then fill the empty translations.")
    return 1 if faults else 0


def _faults_of_language(language: str, messages: list[Message]) -> Iterator[str]:
    path = catalogues.path_of(language)
    if not path.exists():
        yield f"{path.relative_to(catalogues.ROOT)} does not exist"
        return
    entries = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}
    plurals = catalogues.read(language).num_plurals
    for message in messages:
        singular, plural = (message.id, "") if isinstance(message.id, str) else message.id
        entry = entries.get((message.context, singular))
        fault = "is not in the catalogue" if entry is None else _fault(entry, plural, plurals)
        if fault:
            yield f"“{singular}” {fault} ({', '.join(sorted({file for file, _ in message.locations}))})"


def _fault(entry: polib.POEntry, plural: str, plurals: int) -> str | None:
    if entry.fuzzy:
        return "has a translation to be confirmed (fuzzy)"
    if entry.msgid_plural != plural:
        return "has another plural in the code"
    strings = list(entry.msgstr_plural.values()) if plural else [entry.msgstr]
    if not all(strings) or (plural and len(strings) != plurals):
        return "has no translation"
    # A singular may say "one" in words, so each form answers to either side.
    asked = [_holes(text) for text in (entry.msgid, plural) if text]
    wrong = next((text for text in strings if _holes(text) not in asked), None)
    return f"has other holes in “{wrong}”" if wrong is not None else None


def _holes(text: str) -> list[str]:
    return sorted(set(HOLE.findall(text)))


if __name__ == "__main__":
    sys.exit(main())

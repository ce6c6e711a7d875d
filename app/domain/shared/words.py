"""Words as a search compares them: without case nor accents, the same on every database."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """The text in lower case, without accents, its spaces made one: what a search column holds."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(character for character in plain if not unicodedata.combining(character)).split())

"""Finding ideas that look alike, on any database and at any size: short forms of words, few candidates, a score.

Each public idea keeps its words in the short forms computed here; an ordinary index finds the ideas that share some,
a limited number of the newest for each word; the candidates are then compared title to title, in Python. Nothing is
ever merged on the strength of a score (choix de conception).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.domain.shared.words import LETTERS, stem, telling_words

MOST_TEXT_WORDS = 40
# Under this score two titles have nothing in common worth showing.
CLOSE_ENOUGH = 0.2


def skeleton(word: str) -> str:
    """The consonants of a word without doubles nor silent h: what a misspelling keeps (« biblioteque »)."""
    singular = word[:-1] if len(word) > 3 and word[-1] in "sx" else word
    bare = re.sub(r"[aeiouyh]", "", singular.replace("ph", "f").replace("qu", "k").replace("c", "k"))
    return re.sub(r"(.)\1+", r"\1", bare)[:LETTERS]


def title_keys(title: str) -> set[str]:
    """The forms under which a title is found by one that looks like it: stems (``t:``) and skeletons (``s:``)."""
    words = telling_words(title)
    bones = {skeleton(word) for word in words if len(word) > 4}
    return {f"t:{stem(word)}" for word in words} | {f"s:{bone}" for bone in bones if len(bone) > 2}


def search_keys(text: str) -> set[str]:
    """The forms asked for by somebody who searches (``w:``)."""
    return {f"w:{stem(word)}" for word in telling_words(text)}


def all_keys(title: str, texts: Iterable[str]) -> set[str]:
    """Everything an idea is found by: its title, and the first telling words of its texts."""
    words = [*telling_words(title), *telling_words(" ".join(texts), MOST_TEXT_WORDS)]
    return title_keys(title) | {f"w:{stem(word)}" for word in words}


def closeness(one: str, other: str) -> float:
    """How close two titles are, from 0 to 1: the share of groups of three letters they have in common (Dice)."""
    first, second = _trigrams(one), _trigrams(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _trigrams(text: str) -> set[str]:
    return {
        padded[start : start + 3]
        for padded in (f" {word} " for word in telling_words(text))
        for start in range(len(padded) - 2)
    }

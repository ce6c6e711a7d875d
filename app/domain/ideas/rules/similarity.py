"""Finding ideas that look alike, on any database and at any size: short forms of words, few candidates, a score.

Each public idea keeps its words in the short forms computed here; an ordinary index finds the ideas that share some,
a limited number of the newest for each word; the candidates are then compared title to title, in Python. Nothing is
ever merged on the strength of a score (choix de conception).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# The longest short form: its mark, then five letters of a word or of its skeleton.
LETTERS = 5
# More words than this in a title or a search add nothing but work.
MOST_WORDS = 10
MOST_TEXT_WORDS = 40
# Under this score two titles have nothing in common worth showing.
CLOSE_ENOUGH = 0.2

_EMPTY_WORDS = frozenset(
    # One block of words reads better than a column of a hundred lines.
    """au aux avec car ce ces cet cette chez dans de des donc du elle elles en entre est et eux il ils je la le les leur
    leurs lui ma mais mes mettre moi mon ne nos notre nous on ont ou par pas plus pour pouvoir que quel quelle qui quoi
    sa sans se ses son sont sous sur ta te tes toi ton tous tout toute toutes tres tu un une vers vos votre vous
    creer creation faire avoir etre installer installation amenager amenagement quartier idee projet""".split()  # noqa: SIM905
)
_WORD = re.compile(r"[a-z0-9]+")


def plain(text: str) -> str:
    """Lower case without accents, ligatures opened: what two spellings of the same words share."""
    opened = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", " ").replace("'", " ")
    return "".join(c for c in unicodedata.normalize("NFKD", opened) if not unicodedata.combining(c))


def telling_words(text: str, most: int = MOST_WORDS) -> list[str]:
    """The first words that say something, each once, in order; if a text has none, its words as they are."""
    words = list(dict.fromkeys(_WORD.findall(plain(text))))
    telling = [word for word in words if len(word) > 1 and word not in _EMPTY_WORDS]
    return (telling or words)[:most]


def stem(word: str) -> str:
    """The beginning of a word, which its plural and its family share: « éclairage », « éclairer » → ``eclai``."""
    singular = word[:-1] if len(word) > 3 and word[-1] in "sx" else word
    return singular[:LETTERS]


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

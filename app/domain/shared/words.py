"""Words as a search compares them: without case nor accents, in short forms, the same on every database."""

from __future__ import annotations

import re
import unicodedata

# The longest short form of a word.
LETTERS = 5
# More words than this in a title or a search add nothing but work.
MOST_WORDS = 10
MOST_TITLE_WORDS = 40

_EMPTY_WORDS = frozenset(
    # One block of words reads better than a column of a hundred lines.
    """au aux avec car ce ces cet cette chez dans de des donc du elle elles en entre est et eux il ils je la le les leur
    leurs lui ma mais mes mettre moi mon ne nos notre nous on ont ou par pas plus pour pouvoir que quel quelle qui quoi
    sa sans se ses son sont sous sur ta te tes toi ton tous tout toute toutes tres tu un une vers vos votre vous
    creer creation faire avoir etre installer installation amenager amenagement quartier idee projet""".split()  # noqa: SIM905
)
_WORD = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """The text in lower case, without accents, its spaces made one: what a search column holds."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(character for character in plain if not unicodedata.combining(character)).split())


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

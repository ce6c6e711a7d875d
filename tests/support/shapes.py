"""What a page is made of, its words apart: two pages of the same shapes look the same to an engine of accessibility."""

from __future__ import annotations

import hashlib

from bs4 import BeautifulSoup, Tag

# Attributes whose value changes what the element is; of the others only the presence counts.
TELLING = frozenset({"role", "type", "autocomplete", "scope", "dir", "lang", "aria-current", "aria-live", "tabindex"})
# What is particular to one page: an address, a reference, what was typed.
PARTICULAR = frozenset({"id", "for", "name", "value", "href", "src", "class", "action", "content", "title", "datetime"})
# What must have words, or there is nothing to read aloud.
SPOKEN = frozenset({"a", "button", "h1", "h2", "h3", "h4", "label", "legend", "summary", "th", "caption", "option"})

CELLS = frozenset({"td", "th", "dd", "dt"})

# An element where it stands: the digest of what it is and of the shape of its parent, the same in every process.
Shape = str
_known: dict[tuple[object, ...], Shape] = {}


def shapes_of(soup: BeautifulSoup) -> frozenset[Shape]:
    """One shape for each different element: its name, classes, kinds of attributes, and the same of its ancestors."""
    places: dict[int, Shape] = {}
    for tag in soup.find_all(True):
        key: tuple[object, ...] = (
            places.get(id(tag.parent), ""),
            tag.name,
            tuple(tag.get("class") or ()),
            _attributes(tag),
        )
        key += (_speaks(tag), _room(tag))
        if key not in _known:
            _known[key] = hashlib.blake2b(repr(key).encode(), digest_size=8).hexdigest()
        places[id(tag)] = _known[key]
    return frozenset(places.values())


def _attributes(tag: Tag) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            (name, str(value) if name in TELLING else "") for name, value in tag.attrs.items() if name not in PARTICULAR
        )
    )


def _speaks(tag: Tag) -> bool:
    return tag.name not in SPOKEN or bool(tag.get_text(strip=True))


def _room(tag: Tag) -> int:
    """How much room its words take, roughly: in a cell all of them, elsewhere the longest, which no line can cut."""
    if tag.find(True) is not None:
        return 0
    words = tag.get_text().split()
    if tag.name in CELLS:
        return min(len(" ".join(words)) // 16, 4)
    return min(max(map(len, words), default=0) // 12, 2)

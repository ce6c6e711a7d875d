"""A strict reader of our HTML: it refuses what a browser would silently mend, then gives the page to look into.

``parse`` reads a whole page, ``parse_fragment`` what htmx swaps. Both fail with every fault at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import html5lib
from bs4 import BeautifulSoup, Tag
from bs4.builder._html5lib import HTML5TreeBuilder
from html5lib.constants import E as REASONS

# What a form control may be called by, and which controls need no name of their own.
NAMELESS_INPUTS = {"hidden", "submit", "button", "reset", "image"}
REFERENCES = frozenset(
    {"for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage", "aria-owns", "form"}
)
# Cells and items do not stand alone in a body: their table is put back around them, on the same line.
WRAPPERS = {
    "tr": ("<table><tbody>", "</tbody></table>"),
    "td": ("<table><tbody><tr>", "</tr></tbody></table>"),
    "th": ("<table><tbody><tr>", "</tr></tbody></table>"),
    "tbody": ("<table>", "</table>"),
    "thead": ("<table>", "</table>"),
    "li": ("<ul>", "</ul>"),
    "dt": ("<dl>", "</dl>"),
    "option": ("<select aria-label=x>", "</select>"),
}

# Every element of a page, listed once for all: a search of the tree for each check would take as long as the parser.
Tags = list[Tag]
Check = Callable[[Tags], Iterator[str]]


def parse(html: str | bytes) -> BeautifulSoup:
    """The page, once it has passed every check."""
    return _read(html, PAGE_CHECKS)


def parse_fragment(html: str | bytes) -> BeautifulSoup:
    """A part of a page: what belongs to the whole (title, heading, targets of references) is not asked of it."""
    text = html.decode() if isinstance(html, bytes) else html
    first = re.match(r"\s*(?:<!--.*?-->\s*)*<([a-z0-9]+)", text, re.DOTALL)
    before, after = WRAPPERS.get(first.group(1) if first else "", ("", ""))
    head = '<!doctype html><html lang="fr" dir="ltr"><head><title>x</title></head>'
    return _read(f"{head}<body>{before}{text}{after}</body></html>", COMMON_CHECKS)


class _Recorder(HTML5TreeBuilder):
    """Builds the tree and keeps what the parser of the standard had to say of it: one reading for both."""

    problems: list[tuple[tuple[int, int], str, dict[str, str]]]

    def feed(self, markup: str | bytes) -> None:
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)  # type: ignore[arg-type]
        self.underlying_builder.parser = parser
        parser.parse(markup)
        self.underlying_builder.parser = None
        self.problems = parser.errors


def _read(html: str | bytes, checks: tuple[Check, ...]) -> BeautifulSoup:
    text = html.decode() if isinstance(html, bytes) else html
    builder = _Recorder()
    soup = BeautifulSoup(text, builder=builder)
    faults = [_syntax(text, *problem) for problem in builder.problems]
    tags = soup.find_all(True)
    faults += [fault for check in checks for fault in check(tags)]
    assert not faults, "This HTML is not right:\n" + "\n".join(f"- {fault}" for fault in faults)
    return soup


def _syntax(text: str, position: tuple[int, int], code: str, values: dict[str, str]) -> str:
    line = position[0]
    lines = text.splitlines() or [""]
    excerpt = lines[min(line, len(lines)) - 1].strip()[:160]
    return f"line {line}: {REASONS.get(code, code) % values}\n    {excerpt}"


def _named(tags: Tags, *names: str) -> Iterator[Tag]:
    return (tag for tag in tags if tag.name in names)


def _shown(tag: Tag) -> str:
    """The opening of an element, as one finds it again in a template."""
    start = str(tag).split(">", 1)[0]
    return f"line {tag.sourceline}: {' '.join(start.split())[:160]}>"


# --- Every piece of HTML ----------------------------------------------------------------------------------------


def _identifiers(tags: Tags) -> Iterator[str]:
    counted = Counter(str(tag["id"]) for tag in tags if "id" in tag.attrs)
    yield from (f"the id “{name}” is used {count} times" for name, count in counted.items() if count > 1)


def _inline_code(tags: Tags) -> Iterator[str]:
    for tag in tags:
        if tag.name == "script" and not tag.get("src"):
            yield f"inline script, {_shown(tag)}"
        if tag.name == "style" or tag.has_attr("style"):
            yield f"inline style, {_shown(tag)}"
        handlers = [name for name in tag.attrs if name.startswith(("on", "hx-on"))]
        if handlers:
            yield f"inline code in {', '.join(handlers)}, {_shown(tag)}"


def _controls(tags: Tags) -> Iterator[str]:
    labelled = {str(tag["for"]) for tag in _named(tags, "label") if "for" in tag.attrs}
    for tag in _named(tags, "input", "select", "textarea"):
        if tag.name == "input" and str(tag.get("type", "text")).lower() in NAMELESS_INPUTS:
            continue
        named = tag.get("aria-label") or tag.get("aria-labelledby") or tag.find_parent("label")
        if not named and str(tag.get("id", "")) not in labelled:
            yield f"no label for {_shown(tag)}"


def _names(tags: Tags) -> Iterator[str]:
    for tag in _named(tags, "a", "button"):
        if tag.get("aria-label") or tag.get("aria-labelledby") or tag.get_text(strip=True):
            continue
        if not any(image.get("alt") or image.get("aria-label") for image in tag.find_all(["img", "svg"])):
            yield f"nothing to read aloud in {_shown(tag)}"


def _forms(tags: Tags) -> Iterator[str]:
    for form in _named(tags, "form"):
        posts = str(form.get("method", "get")).lower() == "post"
        if posts and not form.find("input", attrs={"name": "csrf_token", "value": True}):
            yield f"no csrf_token in {_shown(form)}"


def _links(tags: Tags) -> Iterator[str]:
    for tag in _named(tags, "a"):
        href = str(tag.get("href", "")).strip()
        if href in {"", "#"} or href.lower().startswith("javascript:"):
            yield f"a link that leads nowhere, {_shown(tag)}"


def _images(tags: Tags) -> Iterator[str]:
    yield from (f"no alt on {_shown(tag)}" for tag in _named(tags, "img") if not tag.has_attr("alt"))


# --- Whole pages ------------------------------------------------------------------------------------------------


def _head(tags: Tags) -> Iterator[str]:
    html = next(_named(tags, "html"), None)
    for attribute in ("lang", "dir"):
        if html is None or not html.get(attribute):
            yield f"<html> has no {attribute}"
    # Drawings have titles too: only the one of the head counts.
    titles = (tag for tag in _named(tags, "title") if tag.parent is not None and tag.parent.name == "head")
    title = next(titles, None)
    if title is None or not title.get_text(strip=True):
        yield "the title is empty"


def _one_heading(tags: Tags) -> Iterator[str]:
    headings = list(_named(tags, "h1"))
    if len(headings) != 1:
        yield f"{len(headings)} h1 instead of one: {[heading.get_text(' ', strip=True) for heading in headings]}"
    elif not headings[0].get_text(strip=True):
        yield "the h1 is empty"


def _references(tags: Tags) -> Iterator[str]:
    known = {str(tag["id"]) for tag in tags if "id" in tag.attrs}
    for tag in tags:
        for name in REFERENCES.intersection(tag.attrs):
            missing = [word for word in " ".join(tag.get_attribute_list(name)).split() if word not in known]
            if missing:
                yield f"{name} names {missing}, which is not in the page: {_shown(tag)}"
    for tag in _named(tags, "a"):
        target = str(tag.get("href", ""))
        if target.startswith("#") and target[1:] and target[1:] not in known:
            yield f"the link leads to “{target}”, which is not in the page: {_shown(tag)}"


COMMON_CHECKS: tuple[Check, ...] = (_identifiers, _inline_code, _controls, _names, _forms, _links, _images)
PAGE_CHECKS: tuple[Check, ...] = (*COMMON_CHECKS, _head, _one_heading, _references)

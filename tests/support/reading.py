"""The whole town read by each of those who may: every page they are led to, and every form they send empty."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import Tag

from app.web.application import Agora
from tests.support.crawl import endpoint_of
from tests.support.shapes import Shape, shapes_of
from tests.support.visitors import Visitor
from tests.support.web import Shown, Web

BUTTONS = {"hidden", "submit", "button"}
TOKEN = re.compile(r'(name="csrf_token"[^>]*value=")[^"]*')
# What belongs to the answer as it travelled, not to the page.
TRAVELLED = {"set-cookie", "content-length"}


@dataclass(frozen=True)
class Read:
    """A page as somebody was answered."""

    address: str
    endpoint: str
    status: int
    headers: tuple[tuple[str, str], ...]
    html: str
    shapes: frozenset[Shape]
    # What it takes to draw it: style and scripts.
    needs: tuple[str, ...]

    @property
    def same(self) -> str:
        """What two readings of one page have in common: all but the token of their forms."""
        return TOKEN.sub(r"\1", self.html)


@dataclass
class Reading:
    """What one visitor was answered, and the application that answered."""

    visitor: Visitor
    app: Agora
    web: Web
    pages: list[Read] = field(default_factory=list)
    # Answers to forms sent empty, at addresses of their own.
    refused: list[Read] = field(default_factory=list)
    shut_doors: list[str] = field(default_factory=list)
    endpoints: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


Kind = tuple[str, str, tuple[str, ...]]


def read_town(app: Agora, visitor: Visitor, known: set[Kind]) -> Reading:
    """Walks as this visitor, then sends each kind of form that nobody has sent yet (``known``) with nothing in it."""
    with visitor.at_their_time():
        web, walk = visitor.walk(app)
        reading = Reading(visitor, app, web, shut_doors=walk.shut_doors, endpoints=walk.endpoints)
        reading.pages = [_kept(app, address, page) for address, page in walk.readable.items()]
        for number, (address, kind) in enumerate(_forms(app, walk.readable, known)):
            _send_empty(reading, address, kind, number)
    return reading


def _kept(app: Agora, address: str, page: Shown) -> Read:
    headers = tuple((name, value) for name, value in page.response.headers if name.lower() not in TRAVELLED)
    sheets = [str(link["href"]) for link in page.soup.select('link[rel="stylesheet"]')]
    scripts = [str(script["src"]) for script in page.soup.select("script[src]")]
    return Read(
        address=address, endpoint=endpoint_of(app, address) or "", status=page.status, headers=headers,
        html=page.response.text, shapes=shapes_of(page.soup), needs=(*sheets, *scripts),
    )  # fmt: skip


# --- Forms ------------------------------------------------------------------------------------------------------


def _forms(app: Agora, pages: dict[str, Shown], known: set[Kind]) -> list[tuple[str, Kind]]:
    """Each kind of form that writes, once: the page it is on, and its kind."""
    found = []
    for address, page in pages.items():
        for form in page.soup.find_all("form"):
            kind = _kind(app, address, form)
            if str(form.get("method", "get")).lower() == "post" and kind[2] and kind not in known:
                known.add(kind)
                found.append((address, kind))
    return found


def _kind(app: Agora, address: str, form: Tag) -> Kind:
    """The page, where it is sent, and the names of its fields."""
    action = str(form.get("action") or address)
    return endpoint_of(app, address) or "", endpoint_of(app, action) or action, tuple(_names(form))


def _names(form: Tag) -> Iterator[str]:
    for control in form.find_all(["input", "select", "textarea"]):
        if control.has_attr("name") and str(control.get("type", "text")) not in BUTTONS:
            yield str(control["name"])


def _send_empty(reading: Reading, address: str, kind: Kind, number: int) -> None:
    """Opens the page again, as an earlier form may have done its work, and sends this one with nothing in it."""
    page = reading.web.get(address)
    form = next((one for one in page.soup.find_all("form") if _kind(reading.app, address, one) == kind), None)
    if page.status != 200 or form is None:
        return
    answer = reading.web.post(str(form.get("action") or address), list(_emptied(form)))
    if answer.status not in {200, 422}:
        reading.faults.append(f"{address}, {kind}: {answer.status}")
    if answer.status == 422:
        if len(answer.soup.select(".error-summary")) != 1:
            reading.faults.append(f"{address}, {kind} does not say why it is refused")
        reading.refused.append(_kept(reading.app, f"{address.partition('?')[0]}?vide={number}", answer))


def _emptied(form: Tag) -> Iterator[tuple[str, Any]]:
    """What a browser sends when every box is unticked, every choice is the first and every field is empty."""
    for control in form.find_all(["input", "select", "textarea"]):
        name, kind = control.get("name"), str(control.get("type", "text"))
        if not name or control.has_attr("disabled") or kind in {"checkbox", "radio", "submit", "button"}:
            continue
        if kind == "hidden":
            yield str(name), control.get("value", "")
        elif control.name == "select":
            first = None if control.has_attr("multiple") else control.find("option")
            if first is not None:
                yield str(name), first.get("value", first.get_text())
        elif kind == "file":
            yield str(name), (io.BytesIO(b""), "")
        else:
            yield str(name), ""


# --- Which to look at, and how ----------------------------------------------------------------------------------


def worth_looking_at(readings: Iterable[Reading]) -> dict[str, list[Read]]:
    """For each visitor, pages that show between them every kind of page and every shape of all that was read.

    The richest first: what a page shows that no page before it did is looked at there.
    """
    shown: set[Shape] = set()
    kinds: set[str] = set()
    chosen: dict[str, list[Read]] = {}
    for reading in readings:
        mine = chosen.setdefault(reading.visitor.name, [])
        pages = sorted((page for page in reading.pages if page.status == 200), key=lambda one: -len(one.shapes))
        for page in (*pages, *reading.refused):
            if page.endpoint not in kinds or page.shapes - shown:
                kinds.add(page.endpoint)
                shown |= page.shapes
                mine.append(page)
    return chosen


class Replay:
    """A server that answers again what was answered, and asks the application for the rest: style, scripts…"""

    def __init__(self, app: Agora, pages: Iterable[Read]) -> None:
        self.app = app
        self.pages = {page.address: page for page in pages}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        page = self.pages.get(environ["PATH_INFO"] + (f"?{query}" if query else ""))
        if page is None:
            return self.app(environ, start_response)
        body = page.html.encode()
        start_response(f"{page.status} ", [*page.headers, ("Content-Length", str(len(body)))])
        return [body]

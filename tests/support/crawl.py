"""Walks through the demonstration town as somebody would: every link of every page, a few pages of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.web.application import Agora
from tests.support.web import Shown, Web

# A few pages of a kind show its variants (an edition in the call, another closed) without walking the whole town.
PER_ENDPOINT = 3


@dataclass
class Walk:
    """What a walk saw: the pages by address, the page each address was found on, and the endpoints reached."""

    pages: dict[str, Shown] = field(default_factory=dict)
    found_on: dict[str, str] = field(default_factory=dict)
    endpoints: Counter[str] = field(default_factory=Counter)

    @property
    def readable(self) -> dict[str, Shown]:
        """The pages of HTML."""
        return {address: page for address, page in self.pages.items() if page.response.mimetype == "text/html"}

    @property
    def shut_doors(self) -> list[str]:
        """The links that lead to a refusal or an error: a page proposes only what it allows."""
        return [
            f"{address} answers {page.status}, and {self.found_on.get(address, 'the test')} leads there"
            for address, page in self.pages.items()
            if page.status >= 400
        ]


def walk(app: Agora, web: Web, starts: Iterable[str] = ("/",), only: tuple[str, ...] = ("",)) -> Walk:
    """Follows the links from ``starts`` until each kind of page has been seen ``PER_ENDPOINT`` times.

    ``only`` the endpoints that begin so are opened, and what one starts from.
    """
    seen = Walk()
    starts = tuple(starts)
    waiting = list(starts)
    known = set(waiting)
    while waiting:
        address = waiting.pop(0)
        endpoint = endpoint_of(app, address)
        if endpoint is None or seen.endpoints[endpoint] >= PER_ENDPOINT:
            continue
        if address not in starts and not endpoint.startswith(only):
            continue
        seen.endpoints[endpoint] += 1
        page = web.get(address)
        seen.pages[address] = page
        for link in links_of(page, address):
            if link not in known:
                known.add(link)
                seen.found_on[link] = address
                waiting.append(link)
    return seen


def links_of(page: Shown, address: str) -> Iterator[str]:
    """The addresses of this site a page leads to: its links, its pictures, and the forms that only read."""
    for link in page.soup.find_all("a", href=True):
        yield from _inside(address, str(link["href"]))
    for picture in page.soup.find_all("img", src=True):
        yield from _inside(address, str(picture["src"]))
    for form in page.soup.find_all("form"):
        if str(form.get("method", "get")).lower() == "get" and form.get("action"):
            yield from _inside(address, str(form["action"]))


def _inside(address: str, href: str) -> Iterator[str]:
    parts = urlsplit(urljoin(f"http://localhost{address}", href))
    if parts.scheme == "http" and parts.netloc == "localhost" and not parts.path.startswith("/static/"):
        yield parts.path + (f"?{parts.query}" if parts.query else "")


def endpoint_of(app: Agora, address: str) -> str | None:
    """The view behind an address, when it answers a reading request."""
    parts = urlsplit(address)
    try:
        endpoint, _values = app.url_map.bind("localhost").match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint)

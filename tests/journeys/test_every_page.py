"""Every page of the town, as each of those who may see it: reached by links, valid, accessible, light, without a fault.

The town is read once for all these tests: each visitor walks through a copy of it, and sends every form empty. A page
whose every element, words apart, stands the same way in another is looked at there by the engine of accessibility.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Response

from app.web.application import Agora
from tests.support import vnu
from tests.support.browser import assert_accessible, live_server
from tests.support.database import Databases, application, close
from tests.support.reading import Kind, Reading, Replay, read_town, worth_looking_at
from tests.support.visitors import VISITORS
from tests.support.web import Web

# Each line says why no link leads there.
UNREACHED = {
    "ideas.outlines": "asked by the script of the map; its answer is not a page",
    "ideas.where": "asked by the script of the map; a fragment",
    "ideas.similar": "asked while a title is typed; a fragment of the page that asks",
    "health.ready": "answers 503 in the tests, whose databases are made without migrations",
    "territories.accent": "a stylesheet, when the site has its own colour",
    # A link of a letter, a button that needs a card, a calendar: read in the tests of accounts and of séances.
    "accounts.confirm_address": "the link of a letter that only the new address receives",
    "accounts.remove_address": "offered to whoever keeps a card",
    "governance.my_calendar": "a calendar read by a telephone, at a secret address",
}
# A first visit on an old telephone, without pictures: the page as it is, its style and scripts as they travel (gzip).
LIGHT = 100_000
SMALL = {"width": 320, "height": 640}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="session")
def readings(all_databases: Databases) -> Iterator[list[Reading]]:
    """The town as each visitor reads it, each in a copy of their own."""
    known: set[Kind] = set()
    read = [read_town(_town(all_databases), visitor, known) for visitor in VISITORS]
    # Pages are kept as text: what they were read with is no longer used.
    gc.collect()
    yield read
    for reading in read:
        close(reading.app)


def _town(databases: Databases) -> Agora:
    url, folder = databases.town()
    return application(url, folder, DEMO=True)


def test_links_lead_everywhere_and_only_where_one_may_go(readings: list[Reading]) -> None:
    shut = [f"{reading.visitor}: {door}" for reading in readings for door in reading.shut_doors]
    assert not shut, "\n".join(shut)
    reached = {endpoint for reading in readings for endpoint in reading.endpoints}
    pages = {rule.endpoint for rule in readings[0].app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    unreached = pages - reached
    assert not unreached - set(UNREACHED), "\n".join(sorted(unreached - set(UNREACHED)))
    assert not set(UNREACHED) - unreached, "these are reached now"


def test_a_form_sent_empty_is_done_or_says_why(readings: list[Reading]) -> None:
    faults = [f"{reading.visitor}: {fault}" for reading in readings for fault in reading.faults]
    assert not faults, "\n".join(faults)
    assert any(reading.refused for reading in readings), "no form was sent"


def test_pages_are_valid(readings: list[Reading]) -> None:
    once = {
        page.same: (f"{reading.visitor} {page.address}", page.html)
        for reading in readings
        for page in (*reading.pages, *reading.refused)
    }
    said = vnu.check_pages(dict(once.values()))
    assert not said, "\n".join({message.text: str(message) for message in said}.values())


def test_a_first_visit_is_light(readings: list[Reading]) -> None:
    """What a first visit receives, pictures apart, in bytes."""
    app = readings[0].app
    needed = {one for reading in readings for page in reading.pages for one in page.needs}
    sizes = {address: _travels(app, address) for address in needed}
    weights = {
        f"{reading.visitor} {page.address}": len(page.html.encode()) + sum(sizes[one] for one in page.needs)
        for reading in readings
        for page in reading.pages
    }
    assert {name: weight for name, weight in weights.items() if weight > LIGHT} == {}


def _travels(app: Agora, address: str) -> int:
    with app.test_client().get(address, headers={"Accept-Encoding": "gzip"}) as response:
        return len(response.data)


# --- In a real browser ----------------------------------------------------------------------------------------------


@dataclass
class Watched:
    """A browser's page, and everything it complained about."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    def _hear(self, message: Any) -> None:
        # A refused form is answered 422: the browser tells it to those who build, it is no fault.
        if message.type == "error" and "status of 422" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def open(self, path: str) -> Response:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        return answer


def _signed_in(browser: Browser, web: Web, address: str) -> BrowserContext:
    """A browser that goes on from where somebody without JavaScript is."""
    context = browser.new_context(locale="fr-FR", base_url=address, viewport=SMALL)  # type: ignore[arg-type]
    # Each page has the engine as it comes.
    context.add_init_script(AXE_SCRIPT)
    cookie = web.client.get_cookie("agora")
    if cookie is not None:
        context.add_cookies([{"name": "agora", "value": cookie.value, "url": address}])
    return context


@pytest.mark.browser
@pytest.mark.parametrize("place", range(len(VISITORS)), ids=map(str, VISITORS))
def test_every_page_is_accessible(browser: Browser, readings: list[Reading], place: int) -> None:
    """Pages that show, between them, every kind of page and every shape of all that was read, refusals included."""
    reading = readings[place]
    chosen = worth_looking_at(readings)[reading.visitor.name]
    with reading.visitor.at_their_time(), live_server(Replay(reading.app, chosen)) as address:
        context = _signed_in(browser, reading.web, address)
        watched = Watched(context.new_page(), address)
        for page in chosen:
            assert watched.open(page.address).status == page.status, page.address
            _look(watched.page)
        context.close()
    assert not watched.complaints, "\n".join(watched.complaints)


def _look(page: Page) -> None:
    """On the smallest telephone by day, then at a desk by night."""
    width = page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= 320, f"{page.url} is {width} px wide on a telephone of 320: {page.evaluate(WIDE)}"
    assert_accessible(page, best_practice=True)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1280, "height": 720})
    assert_accessible(page, only=("color-contrast", "target-size"))
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]


# What sticks out, for the message.
WIDE = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 321)
  .slice(0, 5).map(e => e.tagName + '.' + e.className).join(' ')"""

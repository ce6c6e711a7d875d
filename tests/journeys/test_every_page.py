"""Every page of the town, as each of those who may see it: reached by links, valid, accessible, light, without a fault.

Each person is a test of their own, so that they walk in parallel. What the checker of HTML says of all pages costs one
start of its machine per person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from bs4 import Tag
from playwright.sync_api import Browser, BrowserContext, Page, Response

from app.web.application import Agora
from tests.support import vnu
from tests.support.browser import assert_accessible, live_server
from tests.support.crawl import Walk, endpoint_of
from tests.support.database import Databases, application, close
from tests.support.visitors import PASSERS_BY, PUBLIC, VISITORS, Visitor, person
from tests.support.web import Shown, Web

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
    "governance.paper": "a document; no séance of the town has one",
    "governance.body_paper": "a document; no instance of the town has one",
    # Steps that nobody of the town has reached yet: each is opened, read and checked in a browser by its own journey.
    "governance.decline_item": "nobody has proposed a subject that waits",
    "councils.decline_candidacy": "journey of the candidacies",
    "councils.note_answer_of_candidate": "journey of the candidacies",
    "councils.load_list": "journey of the draws",
    "councils.map_list": "journey of the draws",
    "councils.write_draw_rule": "journey of the draws",
    "councils.publish_draw": "journey of the draws",
    "councils.drop_draw": "journey of the draws",
    "councils.draw_lots": "journey of the draws",
    "councils.calls": "journey of the draws",
    "councils.answer_call": "journey of the draws",
    "councils.send_avis": "journey of the avis",
    "councils.write_interpellation": "journey of the interpellations",
    "councils.adopt_interpellation": "journey of the interpellations",
    "councils.send_interpellation": "journey of the interpellations",
    "councils.put_on_agenda": "journey of the interpellations",
    "councils.close_interpellation": "journey of the interpellations",
}
# A first visit on an old telephone, without pictures: the page as it is, its style and scripts as they travel (gzip).
LIGHT = 100_000
# In the browser, two pages of a kind: their variants are read by the checker of HTML.
TWO = 2
BUTTONS = {"hidden", "submit", "button"}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_links_lead_everywhere_and_only_where_one_may_go_and_pages_are_valid_and_light(town_app: Agora) -> None:
    seen = {}
    for visitor in (*VISITORS, *PASSERS_BY):
        with visitor.at_their_time():
            _web, seen[visitor.name] = visitor.walk(town_app)
    shut = [f"{name}: {door}" for name, walk in seen.items() for door in walk.shut_doors]
    assert not shut, "\n".join(shut)
    reached = {endpoint for walk in seen.values() for endpoint in walk.endpoints}
    pages = {rule.endpoint for rule in town_app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    unreached = pages - reached
    assert not unreached - set(UNREACHED), "\n".join(sorted(unreached - set(UNREACHED)))
    assert not set(UNREACHED) - unreached, "these are reached now"
    read = {f"{name} {address}": page for name, walk in seen.items() for address, page in walk.readable.items()}
    said = vnu.check_pages({name: page.response.text for name, page in read.items()})
    assert not said, "\n".join({message.text: str(message) for message in said}.values())
    weights = {name: _weight(town_app, page) for name, page in read.items()}
    assert {name: weight for name, weight in weights.items() if weight > LIGHT} == {}


def _weight(app: Agora, page: Shown) -> int:
    """What a first visit receives, pictures apart, in bytes."""
    sheets = [str(link["href"]) for link in page.soup.select('link[rel="stylesheet"]')]
    scripts = [str(script["src"]) for script in page.soup.select("script[src]")]
    return len(page.response.data) + sum(_travels(app, address) for address in (*sheets, *scripts))


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
    context = browser.new_context(locale="fr-FR", base_url=address)
    cookie = web.client.get_cookie("agora")
    if cookie is not None:
        context.add_cookies([{"name": "agora", "value": cookie.value, "url": address}])
    return context


def _theirs(app: Agora, visitor: Visitor, walk: Walk) -> dict[str, Shown]:
    """Two pages of each kind whose main part is not what somebody with less to do reads at the same address."""
    others = [Web(app, strict=False)]
    if visitor.name == "administrator":
        others.append(Web(app, strict=False).sign_in(person(app, "agente@demo.test")))
    kept: Counter[str] = Counter()
    theirs = {}
    for address, page in walk.readable.items():
        endpoint = endpoint_of(app, address) or ""
        if page.status != 200 or kept[endpoint] >= TWO or not endpoint.startswith(visitor.only or ""):
            continue
        if visitor is not PUBLIC and any(_reads_the_same(one.get(address), page) for one in others):
            continue
        kept[endpoint] += 1
        theirs[address] = page
    return theirs


def _reads_the_same(one: Shown, other: Shown) -> bool:
    """The same words and the same fields: what differs is around them."""
    return one.text == other.text and _names(one) == _names(other)


def _names(page: Shown) -> list[str]:
    return [str(control.get("name")) for control in page.soup.select("main :is(input, select, textarea)")]


@pytest.fixture
def town_for(all_databases: Databases, request: pytest.FixtureRequest) -> Iterator[tuple[Agora, Visitor]]:
    """A town for one visitor, at their time."""
    url, folder = all_databases.town()
    app = application(url, folder, DEMO=True)
    with request.param.at_their_time():
        yield app, request.param
    close(app)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("town_for", VISITORS, ids=str, indirect=True)
def test_every_page_and_every_form_is_accessible(browser: Browser, town_for: tuple[Agora, Visitor]) -> None:
    app, visitor = town_for
    # The same walk as above, which has read these pages strictly.
    web, walk = visitor.walk(app, strict=False)
    theirs = _theirs(app, visitor, walk)
    with live_server(app) as address:
        context = _signed_in(browser, web, address)
        watched = Watched(context.new_page(), address)
        for path in theirs:
            assert watched.open(path).status == 200, path
            _look(watched.page)
        refused = _send_every_form_empty(app, watched, theirs)
        context.close()
    assert not watched.complaints, "\n".join(watched.complaints)
    said = vnu.check_pages(refused)
    assert not said, "\n".join({message.text: str(message) for message in said}.values())


def _look(page: Page) -> None:
    """By day, by night, and on the smallest telephone."""
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page, only=("color-contrast",))
    page.emulate_media(color_scheme="light")
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    width = page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= 320, f"{page.url} is {width} px wide on a telephone of 320: {page.evaluate(WIDE)}"
    if size is not None:
        page.set_viewport_size(size)


# What sticks out, for the message.
WIDE = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 321)
  .slice(0, 5).map(e => e.tagName + '.' + e.className).join(' ')"""
EMPTY_AND_SEND = """index => {
  const form = document.forms[index];
  for (const control of form.elements) {
    if (control.type === 'checkbox' || control.type === 'radio') control.checked = false;
    else if (control.tagName === 'SELECT') control.selectedIndex = control.multiple ? -1 : 0;
    else if (!['hidden', 'submit', 'button'].includes(control.type)) control.value = '';
  }
  HTMLFormElement.prototype.submit.call(form);
}"""


def _send_every_form_empty(app: Agora, watched: Watched, pages: dict[str, Shown]) -> dict[str, str]:
    """Sends each form that has fields with nothing in them; gives the refused pages by address."""
    refused: dict[str, str] = {}
    for path, index in _forms(app, pages):
        if watched.open(path).status != 200:
            # An earlier form has done its work: there is nothing left to fill in here.
            continue
        with watched.page.expect_navigation() as sent:
            watched.page.evaluate(EMPTY_AND_SEND, index)
        answer = sent.value
        assert answer.status in {200, 422}, f"{path}, form {index}: {answer.status}"
        if answer.status == 422:
            assert watched.page.locator(".error-summary").count() == 1, f"{path}, form {index} does not say why"
            assert_accessible(watched.page)
            refused[f"{path}, form {index}, refused"] = answer.text()
    return refused


def _forms(app: Agora, pages: dict[str, Shown]) -> Iterator[tuple[str, int]]:
    """Each kind of form once: the page it is on and its place there."""
    known = set()
    for path, page in pages.items():
        for index, form in enumerate(page.soup.find_all("form")):
            fields = [one for one in form.find_all(["input", "select", "textarea"]) if _is_field(one)]
            action = str(form.get("action") or path)
            kind = (
                endpoint_of(app, path),
                endpoint_of(app, action) or action,
                tuple(str(one["name"]) for one in fields),
            )
            if str(form.get("method", "get")).lower() == "post" and fields and kind not in known:
                known.add(kind)
                yield path, index


def _is_field(control: Tag) -> bool:
    return control.has_attr("name") and str(control.get("type", "text")) not in BUTTONS

"""A browser without JavaScript: it reads every page strictly, fills forms by their labels, and follows redirects."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.database import db
from app.domain.accounts.models import Person, SignIn
from app.domain.accounts.rules import hash_token
from app.domain.shared import clock
from app.web.application import Agora
from tests.support.html import parse, parse_fragment


class Shown:
    """A page as it was answered: its status, its text, its links and forms."""

    def __init__(self, response: TestResponse, web: Web) -> None:
        self.response, self.web = response, web
        self.status = response.status_code
        self.path = response.request.full_path.rstrip("?")
        is_html = response.mimetype == "text/html"
        fragment = response.request.headers.get("HX-Request") == "true"
        checked = web.strict and is_html and response.text
        self.soup: BeautifulSoup = (
            (parse_fragment if fragment else parse)(response.text)
            if checked
            else BeautifulSoup(response.text if is_html else "", "html.parser")
        )

    @property
    def text(self) -> str:
        """What is read in the main part (or in the whole fragment), spaces folded."""
        main = self.soup.find("main") or self.soup
        return " ".join(main.get_text(" ").split())

    @property
    def heading(self) -> str:
        """The one h1."""
        found = self.soup.find("h1")
        return " ".join(found.get_text(" ").split()) if found else ""

    @property
    def flashes(self) -> str:
        """The messages of what has just been done."""
        zone = self.soup.find(id="flashes")
        return " ".join(zone.get_text(" ").split()) if zone else ""

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        zone = self.soup.select_one(".error-summary")
        return [" ".join(item.get_text(" ").split()) for item in zone.select("li")] if zone else []

    def follow(self, words: str) -> Shown:
        """Follows the link whose words contain these."""
        for link in self.soup.find_all("a", href=True):
            if words in " ".join(link.get_text(" ").split()):
                return self.web.get(str(link["href"]))
        raise AssertionError(f"no link says “{words}” on {self.path}: {self._links()}")

    def has_link(self, words: str) -> bool:
        return any(words in " ".join(link.get_text(" ").split()) for link in self.soup.find_all("a", href=True))

    def has_button(self, words: str) -> bool:
        return any(words in " ".join(button.get_text(" ").split()) for button in self.soup.find_all("button"))

    def submit(self, button: str, htmx: bool = False, **values: Any) -> Shown:
        """Fills the form that has this button and sends it. Values go by field name; ``None`` leaves a field out."""
        form, pressed = self._form_with(button)
        data = _filled(form)
        if pressed.get("name"):
            data.append((str(pressed["name"]), str(pressed.get("value", ""))))
        data = _changed(form, data, values)
        action = str(pressed.get("formaction") or form.get("action") or self.path)
        method = str(form.get("method", "get")).lower()
        if method == "get":
            return self.web.get(action, query=data)
        return self.web.post(action, data, htmx=htmx)

    def _form_with(self, words: str) -> tuple[Tag, Tag]:
        for form in self.soup.find_all("form"):
            for button in form.find_all("button"):
                if words in " ".join(button.get_text(" ").split()):
                    return form, button
        buttons = [" ".join(button.get_text(" ").split()) for button in self.soup.find_all("button")]
        raise AssertionError(f"no button says “{words}” on {self.path} ({self.status}): {buttons} — {self.text[:300]}")

    def _links(self) -> list[str]:
        return [" ".join(link.get_text(" ").split()) for link in self.soup.find_all("a", href=True)]


def _filled(form: Tag) -> list[tuple[str, Any]]:
    """What a browser would send if nothing were touched."""
    data: list[tuple[str, Any]] = []
    for control in form.find_all(["input", "select", "textarea"]):
        name = control.get("name")
        if not name or control.has_attr("disabled"):
            continue
        kind = str(control.get("type", "text"))
        if control.name == "select":
            chosen = control.find_all("option", selected=True) or (
                [] if control.has_attr("multiple") else control.find_all("option")[:1]
            )
            data += [(name, option.get("value", option.get_text())) for option in chosen]
        elif control.name == "textarea":
            data.append((name, control.get_text().removeprefix("\n")))
        elif kind in {"radio", "checkbox"}:
            if control.has_attr("checked"):
                data.append((name, control.get("value", "on")))
        elif kind not in {"file", "submit", "button"}:
            data.append((name, control.get("value", "")))
    return data


def _changed(form: Tag, data: list[tuple[str, Any]], values: dict[str, Any]) -> list[tuple[str, Any]]:
    names = {control.get("name") for control in form.find_all(["input", "select", "textarea"])}
    for name, value in values.items():
        assert name in names, f"the form has no field “{name}”: {sorted(filter(None, names))}"
        data = [(other, held) for other, held in data if other != name]
        many = value if isinstance(value, list) else [] if value is None else [value]
        data += [(name, one) for one in many]
    return data


class Web:
    """One browser: its cookies, and who is signed in with it.

    Without ``strict`` it reads quickly and checks nothing: for pages that another test has read already.
    """

    def __init__(self, app: Agora, strict: bool = True) -> None:
        self.app, self.strict = app, strict
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, htmx: bool = False, query: Any = None, follow: bool = True, **headers: str) -> Shown:
        """Opens a page."""
        sent = _headers(htmx, headers)
        response = self.client.get(path, headers=sent, query_string=query, follow_redirects=follow)
        return Shown(response, self)

    def post(
        self, path: str, data: list[tuple[str, Any]] | dict[str, Any], htmx: bool = False, follow: bool = True
    ) -> Shown:
        """Sends a form as it is; the token must be in it."""
        sent = MultiDict(data)
        response = self.client.post(path, data=sent, headers=_headers(htmx, {}), follow_redirects=follow)
        return Shown(response, self)

    def token(self) -> str:
        """A token the application accepts, for requests that no page proposes."""
        page = self.get("/")
        field = page.soup.find("input", attrs={"name": "csrf_token"})
        assert isinstance(field, Tag)
        return str(field["value"])

    def sign_in(self, person: Person) -> Web:
        """Signs somebody in at once, without the form (whose own tests use it)."""
        token = secrets.token_urlsafe(16)
        with self.app.test_request_context():
            row = SignIn(token_hash=hash_token(token), person_id=person.id, begun_on=clock.today(), ends_on=date.max)
            db.session.add(row)
            db.session.commit()
        with self.client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        return self


def _headers(htmx: bool, headers: dict[str, str]) -> dict[str, str]:
    return {**({"HX-Request": "true"} if htmx else {}), "Accept-Language": "fr", **headers}


class Queries(list[str]):
    """The statements sent to the database during a block."""


@contextmanager
def count_queries() -> Iterator[Queries]:
    """Counts the SELECT, INSERT, UPDATE and DELETE statements of a block, savepoints and BEGIN apart."""
    seen = Queries()

    def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().split(" ", 1)[0].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def swapped(page: Shown, fragment: Shown, target: str, how: str = "outerHTML") -> str:
    """The main part of ``page`` once the fragment has been swapped into the element with this id."""
    soup = BeautifulSoup(str(page.soup), "html.parser")
    place = soup.find(id=target)
    assert isinstance(place, Tag), f"no element #{target}"
    new = BeautifulSoup(fragment.response.text, "html.parser")
    for area in new.find_all("textarea"):
        # A browser drops the line break that begins a textarea; this parser does not.
        area.string = area.get_text().removeprefix("\n").removeprefix("\r\n")
    if how == "outerHTML":
        place.replace_with(new)
    else:
        place.clear()
        place.append(new)
    return normal(soup)


def normal(soup: BeautifulSoup) -> str:
    """The main part of a page without what changes at each reading (tokens), spaces folded."""
    main = soup.find("main") or soup
    copy = BeautifulSoup(str(main), "html.parser")
    for field in copy.find_all("input", attrs={"name": "csrf_token"}):
        field["value"] = ""
    for zone in copy.find_all(id="flashes"):
        zone.decompose()
    return " ".join(str(copy).split())


def assert_fragment_equals_reload(page: Shown, fragment: Shown, target: str, how: str = "outerHTML") -> None:
    """The page with the fragment swapped in is the page one would get by loading it again."""
    reloaded = page.web.get(page.path)
    assert swapped(page, fragment, target, how) == normal(reloaded.soup)

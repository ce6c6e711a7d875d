"""A telephone in somebody's hand: a narrow browser, with or without JavaScript, that looks at each page."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from app.domain.accounts.models import Person
from app.domain.accounts.rules import hash_password
from tests.support.browser import assert_accessible

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
SECRET = "quatre mots à moi"
# Where to leave pictures of the pages, for whoever wants to look at them.
SHOTS = os.environ.get("SHOTS", "")

Opener = Callable[[Person], Page]


def may_sign_in(*people: Person) -> None:
    """Gives these people the password that ``sign_in`` types."""
    for person in people:
        person.password_hash = hash_password(SECRET)


def telephone(browser: Browser, address: str, scripts: bool) -> BrowserContext:
    """A telephone in French that reads the site at this address."""
    return browser.new_context(
        java_script_enabled=scripts,
        locale="fr-FR",
        viewport=PHONE,  # type: ignore[arg-type]
        base_url=address,
    )


def sign_in(page: Page, person: Person) -> None:
    """Signs somebody in through the form."""
    page.goto("/connexion")
    page.fill("input[name=identifier]", person.email or "")
    page.fill("input[name=password]", SECRET)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "connexion" not in url)


def follow(page: Page, words: str, name: str = "") -> None:
    """Looks at the page, then follows a link; ``name`` is that of the picture."""
    look(page, name)
    page.get_by_role("link", name=words).first.click()


def press(page: Page, words: str, name: str = "") -> None:
    """Looks at the page, then presses a button; ``name`` is that of the picture."""
    look(page, name)
    page.get_by_role("button", name=words, exact=True).click()


def look(page: Page, name: str = "") -> None:
    """Nothing is refused by the accessibility engine, which needs scripts; nothing sticks out of a telephone."""
    # A click returns as soon as the next page begins to arrive.
    page.wait_for_load_state()
    if page.evaluate("typeof window.htmx === 'object'"):
        assert_accessible(page)
        if SHOTS and name:
            page.screenshot(path=str(Path(SHOTS) / f"{name}-360.png"), full_page=True)
            page.set_viewport_size(DESK)  # type: ignore[arg-type]
            page.screenshot(path=str(Path(SHOTS) / f"{name}-1280.png"), full_page=True)
            page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"], page.url

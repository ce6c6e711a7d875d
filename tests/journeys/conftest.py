"""What several journeys begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from app.domain.accounts.models import Person
from tests.support.telephone import Opener, sign_in, telephone


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def signed_in(browser: Browser, site_address: str, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens a telephone on which somebody is signed in."""
    contexts: list[BrowserContext] = []

    def opened(person: Person) -> Page:
        contexts.append(telephone(browser, site_address, scripts=request.param))
        page = contexts[-1].new_page()
        sign_in(page, person)
        return page

    yield opened
    for context in contexts:
        context.close()

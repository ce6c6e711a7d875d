"""A séance led in a real browser, with and without JavaScript: every page is read by the accessibility engine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.database import db
from app.domain.accounts.models import Role
from app.domain.accounts.rules import hash_password
from app.web.application import Agora
from tests.support.browser import assert_accessible
from tests.support.town import make_person
from tests.support.town_seances import make_council, make_meeting

PASSWORD = "quatre mots faciles à retenir"
SHOTS = os.environ.get("AGORA_SHOTS")


@pytest.fixture
def meeting(real_app: Agora) -> tuple[int, str]:
    """A séance of today, and the address of whoever leads it."""
    with real_app.test_request_context():
        leader = make_person(Role.AGENT, password_hash=hash_password(PASSWORD))
        seance = make_meeting(make_council(), in_days=0.001)
        db.session.commit()
        return seance.id, str(leader.email)


def looked_at(page: Page, scripts: bool, name: str) -> None:
    """Nothing to scroll sideways, nothing the engine complains of."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{scripts}.png"), full_page=True)
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        assert_accessible(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_seance_is_led_on_a_telephone(
    browser: Browser, site_address: str, meeting: tuple[int, str], scripts: bool
) -> None:
    number, email = meeting
    context = browser.new_context(java_script_enabled=scripts, locale="fr-FR", viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site_address}/connexion")
    page.fill("input[name=identifier]", email)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()
    start = f"{site_address}/seances/{number}"
    for path in ("", "/ordre-du-jour", "/convocation", "/presences", "/tablette", "/ecran"):
        page.goto(start + path)
        looked_at(page, scripts, path.strip("/") or "seance")
    page.goto(start + "/tablette")
    for _ in range(4):
        page.locator("main ul button").first.click()
        page.wait_for_load_state()
    page.goto(start + "/conduite")
    page.fill("input[name=presided_by]", "Fatou")
    page.fill("input[name=secretaries]", "Bruno")
    page.get_by_role("button", name="Ouvrir la séance").click()
    page.get_by_role("button", name="Commencer : Le budget").click()
    expect(page.locator("h1")).to_have_text("Le budget")
    looked_at(page, scripts, "conduite")
    page.fill("textarea[name=points]", "On en a parlé.")
    page.fill("textarea[name=decision]", "Adopté.")
    page.get_by_role("button", name="Enregistrer et passer à la suite").click()
    expect(page.locator("h1")).to_have_text("La fête du quartier")
    page.get_by_role("button", name="Lever la séance").click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "Compte rendu"
    looked_at(page, scripts, "compte-rendu")
    context.close()

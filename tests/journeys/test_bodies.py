"""A conseil made from a model, composed and installed in a real browser, with and without JavaScript."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from app.database import db
from app.domain.accounts.models import Role
from app.domain.accounts.rules import hash_password
from app.web.application import Agora
from tests.support.browser import assert_accessible
from tests.support.pdf import read
from tests.support.town import make_contract, make_person

PASSWORD = "quatre mots faciles à retenir"
SHOTS = os.environ.get("AGORA_SHOTS")


@pytest.fixture
def agent(real_app: Agora) -> str:
    """The address of an agent, who also sits: their pseudonym is « Nadia »."""
    with real_app.test_request_context():
        make_contract()
        person = make_person(Role.AGENT, pseudonym="Nadia", password_hash=hash_password(PASSWORD))
        db.session.commit()
        return str(person.email)


def looked_at(page: Page, scripts: bool, name: str) -> None:
    """Nothing to scroll sideways, nothing the engine complains of, by day and by night."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{scripts}.png"), full_page=True)
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page)


def pressed(page: Page, button: str) -> None:
    """One button, then the page it leads to."""
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def seat_given(page: Page, first_name: str, alternate: bool) -> None:
    """Writes somebody for the seat shown, as titular or first alternate."""
    page.get_by_role("link", name="Écrire une nouvelle personne").click()
    page.fill("input[name=first_name]", first_name)
    page.fill("input[name=last_name]", "Petit")
    pressed(page, "Enregistrer")
    if alternate:
        page.locator("input[name=standing][value=alternate]").check()
        page.fill("input[name=rank]", "1")
    pressed(page, "Donner le siège")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_conseil_is_made_composed_and_installed_on_a_telephone(
    browser: Browser, site_address: str, agent: str, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="fr-FR", viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site_address}/connexion")
    page.fill("input[name=identifier]", agent)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()
    page.goto(f"{site_address}/instances/nouvelle")
    looked_at(page, scripts, "creer")
    page.fill("input[name=name]", "Conseil des Genêts")
    page.locator("input[name=preset][value=conseil_citoyen]").check()
    pressed(page, "Créer l’instance")
    place = page.url.removesuffix("/preparer")
    looked_at(page, scripts, "preparer")
    for part in ("/modifier/pouvoirs", "/regles", "/regles/ecrire", "/papiers", "/diffusion", "/vie/terminer"):
        page.goto(place + part)
        looked_at(page, scripts, part.replace("/", "-"))
    page.goto(place + "/sieges")
    page.fill("input[name=total]", "20")
    pressed(page, "Ouvrir ces sièges")
    looked_at(page, scripts, "membres")
    page.locator("main a[href*='/sieges/']").first.click()
    page.wait_for_load_state()
    seat = page.url
    for name, alternate, door in (("Fatou", False, "Donner le siège"), ("Rosa", True, "Donner une suppléance")):
        page.goto(seat)
        page.get_by_role("link", name=door, exact=True).click()
        seat_given(page, name, alternate)
    page.goto(seat)
    looked_at(page, scripts, "siege")
    page.get_by_role("link", name="Terminer le mandat").click()
    page.locator("input[name=reason][value=moved]").check()
    page.fill("textarea[name=words]", "Lettre du 3 juin.")
    pressed(page, "Enregistrer")
    pressed(page, "Proposer le siège")
    looked_at(page, scripts, "offre")
    pressed(page, "La personne accepte")
    assert page.locator("main h2").first.inner_text() == "Rosa Petit"
    page.get_by_role("link", name="Son compte").click()
    page.fill("input[name=pseudonym]", "Nadia")
    pressed(page, "Relier le compte")
    page.goto(place + "/vie/installer")
    pressed(page, "Installer l’instance")
    for part in ("", "/composition", "/constats"):
        page.goto(place + part)
        looked_at(page, scripts, part.strip("/") or "instance")
    page.goto(f"{site_address}/mes-mandats")
    looked_at(page, scripts, "mes-mandats")
    page.get_by_role("link", name="Demander une attestation").first.click()
    page.fill("input[name=occasion]", "Séance du conseil citoyen")
    page.fill("input[name=on]", "2026-12-03")
    with page.expect_download() as download:
        page.get_by_role("button", name="Recevoir l’attestation (PDF)").click()
    paper = Path(download.value.path()).read_bytes()
    if SHOTS:
        (Path(SHOTS) / "attestation.pdf").write_bytes(paper)
    assert "Rosa Petit" in read(paper).text
    context.close()

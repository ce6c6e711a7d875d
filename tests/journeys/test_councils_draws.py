"""A candidacy and a draw in a real browser, with and without JavaScript; each page read by the accessibility engine."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.database import db
from app.domain.accounts.models import Person
from app.domain.accounts.rules import hash_password
from app.domain.shared import clock
from app.web.application import Agora
from tests.support.browser import assert_accessible
from tests.support.town import make_site
from tests.support.town_draws import VALUE, Installing, a_list, make_installing

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SECRET = "quatre mots à moi"
PHONE = {"width": 360, "height": 740}
# Where to leave pictures of the pages, for whoever wants to look at them.
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def installing(real_app: Agora) -> Installing:
    """A conseil with free seats, whose people can sign in."""
    with real_app.test_request_context():
        make_site(small_cell_threshold=5)
        installing = make_installing()
        for person in (installing.council.resident, installing.council.agent):
            person.password_hash = hash_password(SECRET)
        db.session.commit()
        return installing


Opener = Callable[[Person], Page]


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def signed_in(browser: Browser, site_address: str, request: pytest.FixtureRequest) -> Any:
    """Opens a telephone on which somebody is signed in."""
    contexts: list[BrowserContext] = []

    def opened(person: Person) -> Page:
        contexts.append(
            browser.new_context(
                java_script_enabled=request.param, locale="fr-FR", viewport=PHONE, base_url=site_address
            )  # type: ignore[arg-type]
        )
        page = contexts[-1].new_page()
        page.goto("/connexion")
        page.fill("input[name=identifier]", person.email or "")
        page.fill("input[name=password]", SECRET)
        page.click("main form button[type=submit]")
        page.wait_for_url(lambda url: "connexion" not in url)
        return page

    yield opened
    for context in contexts:
        context.close()


def look(page: Page, name: str = "") -> None:
    """Nothing is refused by the accessibility engine, which needs scripts; nothing sticks out of a telephone."""
    if page.evaluate("typeof window.htmx === 'object'"):
        assert_accessible(page)
        if SHOTS and name:
            page.screenshot(path=str(Path(SHOTS) / f"{name}-360.png"), full_page=True)
            page.set_viewport_size({"width": 1280, "height": 900})
            page.screenshot(path=str(Path(SHOTS) / f"{name}-1280.png"), full_page=True)
            page.set_viewport_size(PHONE)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"], page.url


def press(page: Page, words: str, name: str = "") -> None:
    look(page, name)
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str, name: str = "") -> None:
    look(page, name)
    page.get_by_role("link", name=words).first.click()


def test_a_resident_asks_to_sit_and_sits(installing: Installing, signed_in: Opener):
    page = signed_in(installing.council.resident)
    page.goto(f"/conseils/{installing.body.id}/sieger")
    follow(page, "Déposer ma candidature", "sit")
    press(page, "Continuer", "seat")
    expect(page.locator(".error-summary")).to_contain_text("Choisissez un siège")
    page.get_by_label("volontaires").check()
    press(page, "Continuer")
    page.get_by_label("Prénom").fill("Aminata")
    page.get_by_label("Nom de famille").fill("Sow")
    press(page, "Continuer")
    press(page, "Continuer")
    page.get_by_label("Téléphone").fill("06 00 00 00 00")
    press(page, "Continuer")
    page.get_by_label("Pourquoi voulez-vous siéger").fill("Pour les enfants du square.")
    press(page, "Continuer")
    press(page, "Déposer la candidature", "check")
    address = page.url
    agent = signed_in(installing.council.agent)
    agent.goto(address)
    press(agent, "Retenir cette candidature", "candidacy")
    press(agent, "Proposer un siège")
    page.goto(address)
    press(page, "Oui, je siège")
    look(page, "seated")
    expect(page.locator("main")).to_contain_text("Siège au conseil")


def load(page: Page, source: str, name: str, content: bytes) -> None:
    follow(page, "Charger une liste")
    page.get_by_label("Quelle source").select_option(source)
    page.get_by_label("Le fichier CSV").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    press(page, "Charger ce fichier", "load")
    press(page, "Lire la liste", "mapping")


def test_a_draw_is_announced_done_and_done_again_by_anybody(installing: Installing, signed_in: Opener):
    page = signed_in(installing.council.agent)
    page.goto(f"/conseils/{installing.body.id}/tirages")
    follow(page, "Préparer un tirage")
    page.get_by_label("Comment s’appelle ce tirage").fill("Habitants des Genêts")
    page.get_by_label("D’où viennent les listes").fill("électeurs\nvolontaires : 1")
    page.get_by_label("Tranches d’âge").fill("-25 : 1\n26+")
    page.get_by_label("Les listes donnent").select_option("birth_year")
    press(page, "Enregistrer la règle", "rule")
    load(page, "électeurs", "electeurs.csv", a_list())
    load(page, "volontaires", "volontaires.csv", a_list(prefix="v"))
    expect(page.locator("main")).to_contain_text("Les quotas peuvent être tenus")
    follow(page, "Annoncer le tirage", "ready")
    page.get_by_label("Quel événement public").fill("Les six numéros du Loto de demain")
    when = clock.in_paris(clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    page.get_by_label("Quand cet événement").fill(when)
    press(page, "Annoncer ce tirage")
    with clock.shifted(timedelta(days=2)):
        page.reload()
        follow(page, "Faire le tirage", "announced")
        page.get_by_label("Quelle valeur").fill(VALUE)
        page.get_by_label("Qui a vu").fill("Rosa Lopez\nKarim Benali")
        press(page, "Tirer au sort")
        address = page.url
        follow(page, "Les appels", "drawn")
        press(page, "Voir les noms et les coordonnées")
        follow(page, "Noter la réponse", "calls")
        page.get_by_label("A accepté").check()
        press(page, "Noter cette réponse")
        page.goto(address)
        follow(page, "Refaire ce tirage")
        if page.evaluate("typeof window.htmx === 'object'"):
            page.get_by_role("button", name="Refaire le calcul").click()
            expect(page.get_by_role("status").filter(has_text="résultat")).to_contain_text("Même résultat")
        look(page, "replay")

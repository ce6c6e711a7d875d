"""A resident joins, with an e-mail or with a card, signs out and in: in a real browser, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.database import db
from app.domain.accounts import services
from app.domain.accounts.models import Role
from app.domain.accounts.queries import person_by_id
from tests.support.browser import assert_accessible
from tests.support.town import make_contract, make_quartier, make_site
from tests.support.town_accounts import PASSWORD, make_card, make_member

pytestmark = pytest.mark.browser


@pytest.fixture
def animator(real_app) -> int:
    """A small town, with somebody who makes cards and administers."""
    with real_app.app_context():
        make_site(name="Agora de Valombre")
        services.set_brackets(starts=[0, 16, 18, 26, 60], actor=None)
        make_quartier(make_contract(), name="Les Genêts")
        number = make_member(Role.ANIMATEUR, Role.ADMIN, pseudonym="Camille").id
        db.session.commit()
        return number


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def resident(request, browser: Browser, site_address: str) -> Iterator[Page]:
    """A telephone, with and without JavaScript, on the site."""
    place = browser.new_context(
        java_script_enabled=request.param, base_url=site_address, locale="fr-FR", viewport={"width": 360, "height": 780}
    )
    page = place.new_page()
    page.without_scripts = not request.param  # type: ignore[attr-defined]
    yield page
    place.close()


def look(page: Page) -> None:
    """Axe finds nothing in this state of the page. It is a script: where none runs, there is nothing to ask."""
    if not getattr(page, "without_scripts", False):
        assert_accessible(page)


def answer_profile(page: Page, name: str) -> None:
    page.get_by_label("Sous quel nom voulez-vous apparaître").fill(name)
    page.get_by_label("J’y habite").check()
    page.get_by_label("Quel est votre quartier").select_option(label="Les Genêts")
    page.get_by_label("de 26 à 59 ans").check()
    page.get_by_label("J’accepte la charte").check()


def sign_out_and_in(page: Page, identifier: str, secret: str, name: str) -> None:
    page.goto("/mon-compte")
    look(page)
    page.locator("main").get_by_role("button", name="Me déconnecter").click()
    expect(page.locator("#flashes")).to_contain_text("déconnecté")
    page.goto("/connexion")
    look(page)
    page.get_by_label("Votre e-mail, ou l’identifiant").fill(identifier)
    page.get_by_label("Votre mot de passe, ou le code").fill(secret)
    page.locator("main").get_by_role("button", name="Me connecter").click()
    expect(page.locator("#flashes")).to_contain_text(f"Bonjour {name}")


def test_a_resident_joins_with_an_email(resident, animator):
    resident.goto("/inscription")
    look(resident)
    resident.get_by_role("button", name="Créer mon compte").click()
    expect(resident.get_by_role("alert")).to_contain_text("Il reste quelque chose à corriger")
    look(resident)
    resident.get_by_label("Votre adresse e-mail").fill("nour@exemple.test")
    resident.get_by_label("Choisissez un mot de passe").fill(PASSWORD)
    answer_profile(resident, "Nour")
    resident.get_by_role("button", name="Créer mon compte").click()
    expect(resident.get_by_role("heading", level=1)).to_contain_text("Regardez votre boîte")
    look(resident)
    resident.goto("/courriels")
    look(resident)
    resident.get_by_role("link", name="Ouvrir le lien de cette lettre").click()
    look(resident)
    resident.get_by_role("button", name="Confirmer mon compte").click()
    expect(resident.locator("#flashes")).to_contain_text("Bienvenue Nour")
    sign_out_and_in(resident, "nour@exemple.test", PASSWORD, "Nour")


def test_a_resident_joins_with_a_card(resident, animator, real_app):
    with real_app.app_context():
        printed = make_card(person_by_id(animator))
        db.session.commit()
    resident.goto(f"/carte?identifiant={printed.identifier}")
    look(resident)
    resident.get_by_label("Le code imprimé").fill("CCCCC-CCCCC")
    answer_profile(resident, "Yvette")
    resident.get_by_role("button", name="Activer ma carte").click()
    expect(resident.get_by_role("alert")).to_contain_text("ne vont pas ensemble")
    look(resident)
    resident.get_by_label("Le code imprimé").fill(printed.code.lower())
    resident.get_by_role("button", name="Activer ma carte").click()
    expect(resident.locator("#flashes")).to_contain_text("Bienvenue Yvette")
    sign_out_and_in(resident, printed.identifier, printed.code, "Yvette")


def tab_to(page: Page, selector: str) -> None:
    """Presses the tabulation until the element has the focus."""
    for _press in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never reaches {selector}")


def test_a_resident_joins_with_the_keyboard_alone(browser, site_address, animator):
    page = browser.new_context(base_url=site_address, locale="fr-FR").new_page()
    page.goto("/inscription")
    for selector, words in (("#email", "nour@exemple.test"), ("#password", PASSWORD), ("#pseudonym", "Nour")):
        tab_to(page, selector)
        page.keyboard.type(words)
    tab_to(page, "[name=link]")
    page.keyboard.press("Space")
    tab_to(page, "#quartier")
    page.keyboard.type("Les")
    tab_to(page, "[name=age_bracket]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#charter")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Regardez votre boîte")
    page.goto("/courriels")
    tab_to(page, "main a[href*=confirmer]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Confirmer mon compte")
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#flashes")).to_contain_text("Bienvenue Nour")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_colour_too_pale_is_made_darker_and_read_in_both_lights(browser, site_address, animator, scheme):
    page = browser.new_context(base_url=site_address, locale="fr-FR", color_scheme=scheme).new_page()
    page.goto("/connexion")
    page.get_by_label("Votre e-mail, ou l’identifiant").fill("camille@exemple.test")
    page.get_by_label("Votre mot de passe, ou le code").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Me connecter").click()
    page.goto("/administration/site")
    page.locator("#accent").fill("#ffd400")
    page.get_by_role("button", name="Enregistrer les réglages").click()
    expect(page.locator("#flashes")).to_contain_text("foncée")
    page.goto("/cartes")
    page.get_by_role("button", name="Faire les cartes").click()
    expect(page.locator(".paper-card").first).to_be_visible()
    assert_accessible(page)
    page.context.close()

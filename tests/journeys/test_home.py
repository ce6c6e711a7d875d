"""Each public arrives on a home made for it: small screen, dark, right to left, with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from app.database import db
from app.domain.accounts.models import Role
from app.domain.accounts.rules import hash_password
from app.domain.processes.models import PhaseCode
from app.domain.shared import clock
from app.web.application import Agora
from tests.support.browser import assert_accessible
from tests.support.town import make_contract, make_person, make_process, make_quartier, make_site
from tests.support.town_ballots import make_scrutin
from tests.support.town_governance import make_body, make_record, make_seance

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SECRET = "quatre mots à moi"
ARRIVALS = {
    "habitante": ("Ce qui se passe dans mon quartier", "Où en est-on ?"),
    "animateur": ("Bonjour animateur", "Mes prochaines séances"),
    "agente": ("À traiter", "Bientôt"),
}


@pytest.fixture
def town(real_app: Agora) -> None:
    """A quartier where something is open, and one person of each public."""
    with real_app.test_request_context():
        make_site(email="contact@valombre.test")
        contract = make_contract(name="Contrat de ville de Valombre")
        quartier = make_quartier(contract, name="Les Genêts", referent_name="Claire", referent_phone="04 00 00 00 11")
        for name, roles in (("habitante", ()), ("animateur", (Role.ANIMATEUR,)), ("agente", (Role.AGENT,))):
            password = hash_password(SECRET)
            make_person(*roles, quartier=quartier, pseudonym=name, email=f"{name}@exemple.test", password_hash=password)
        make_process(contract, open_phase=PhaseCode.CALL, call_opened_at=clock.now(), title="Budget participatif 2027")
        make_scrutin(title="Budget participatif 2026")
        make_seance(make_body(contract, [quartier]), title="Réunion publique", place="Maison du projet")
        make_record(title="Règlement du budget participatif 2027")
        db.session.commit()


def arrive(context: BrowserContext, address: str, who: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/connexion")
    page.fill("input[name=identifier]", f"{who}@exemple.test")
    page.fill("input[name=password]", SECRET)
    page.click("main form button[type=submit]")
    page.wait_for_selector(f"h1:has-text('{ARRIVALS[who][0]}')")
    return page


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
@pytest.mark.parametrize("who", ARRIVALS)
def test_each_public_arrives_on_its_home(browser: Browser, town: None, site_address: str, who: str, scripts: bool):
    context = browser.new_context(java_script_enabled=scripts, locale="fr-FR", viewport={"width": 360, "height": 740})
    page = arrive(context, site_address, who)
    assert page.locator("h1").inner_text() == ARRIVALS[who][0]
    assert page.get_by_role("heading", name=ARRIVALS[who][1]).is_visible()
    if scripts:
        assert fits(page)
        assert_accessible(page)
    context.close()


def test_the_home_holds_in_the_dark_right_to_left_and_at_four_hundred_percent(
    browser: Browser, town: None, site_address: str
):
    context = browser.new_context(color_scheme="dark", locale="fr-FR", viewport={"width": 320, "height": 256})
    page = arrive(context, site_address, "habitante")
    assert fits(page), "1280 pixels at 400 % are 320"
    assert_accessible(page)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert fits(page)
    assert_accessible(page)
    context.close()


def test_a_resident_goes_from_the_door_to_the_seance_with_the_keyboard_alone(
    browser: Browser, town: None, site_address: str
):
    context = browser.new_context(locale="fr-FR", viewport={"width": 360, "height": 740})
    page = arrive(context, site_address, "habitante")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Venir":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Qui se réunit")
    assert page.locator("h1").inner_text() == "Réunion publique"
    context.close()

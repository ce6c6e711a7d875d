"""A vote in a real browser: with and without JavaScript, with the keyboard alone, from the booth to the results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from app.domain.accounts.models import Role
from app.domain.accounts.rules import hash_password
from app.domain.shared import clock
from tests.support.box import committed, rows
from tests.support.browser import assert_accessible
from tests.support.town import make_person, make_quartier, make_site
from tests.support.town_ballots import POINTS, UP_TO_TWO, cast_all, make_scrutin

pytestmark = pytest.mark.browser
SECRET = "quatre mots à moi"


@pytest.fixture
def town(real_app):
    """An open vote by points, another by choices, a resident and two agents who can sign in."""

    def build() -> dict[str, int]:
        make_site()
        quartier = make_quartier(name="Les Genêts")
        secret = hash_password(SECRET)
        make_person(email="nour@exemple.test", password_hash=secret, quartier=quartier)
        make_person(Role.AGENT, email="ana@exemple.test", password_hash=secret)
        make_person(Role.AGENT, email="bea@exemple.test", password_hash=secret)
        points, choices = make_scrutin(POINTS), make_scrutin(UP_TO_TWO, title="Vote de quartier")
        for scrutin, votes in ((points, {"12": 3, "7": 1}), (choices, {"31": 1})):
            cast_all(scrutin, [votes] * 12, [make_person(quartier=quartier) for _ in range(12)])
        return {"points": points.id, "choices": choices.id}

    return committed(real_app, build)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visit(request, browser: Browser, site_address: str) -> Iterator[Page]:
    """A page of a new browser on a small screen, with JavaScript and without."""
    place = browser.new_context(
        java_script_enabled=request.param, base_url=site_address, locale="fr-FR", viewport={"width": 360, "height": 740}
    )
    page = place.new_page()
    page.has_script = request.param
    yield page
    place.close()


@pytest.fixture
def scripted(browser: Browser, site_address: str) -> Iterator[Page]:
    """A page with JavaScript, on a large screen."""
    place = browser.new_context(base_url=site_address, locale="fr-FR")
    yield place.new_page()
    place.close()


def sign_in(page: Page, name: str) -> Page:
    page.goto("/connexion")
    page.get_by_label("Votre e-mail, ou l’identifiant de votre carte").fill(f"{name}@exemple.test")
    page.get_by_label("Votre mot de passe, ou le code de votre carte").fill(SECRET)
    page.get_by_role("main").get_by_role("button", name="Me connecter").click()
    return page


def seen(page: Page) -> Page:
    """The page is accessible, and nothing of it is wider than the screen (both are asked by scripts)."""
    if not getattr(page, "has_script", True):
        return page
    assert_accessible(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], f"{page.url} is {width} px wide"
    return page


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def test_a_resident_shares_points_and_keeps_a_receipt(visit: Page, town):
    sign_in(visit, "nour").goto(f"/scrutins/{town['points']}")
    seen(visit).get_by_role("link", name="Voter").click()
    seen(visit).get_by_label("Points pour « Jardin partagé »").select_option("3")
    visit.get_by_role("button", name="Relire mon bulletin").click()
    heading(seen(visit), "Voici votre bulletin")
    expect(visit.get_by_text("Jardin partagé : 3 points")).to_be_visible()
    visit.get_by_role("button", name="Changer mes choix").click()
    expect(visit.get_by_label("Points pour « Jardin partagé »")).to_have_value("3")
    visit.get_by_label("Points pour « Atelier vélo »").select_option("2")
    visit.get_by_role("button", name="Relire mon bulletin").click()
    visit.get_by_role("button", name="Déposer mon bulletin").click()
    heading(seen(visit), "Votre bulletin est déposé")
    code = visit.locator(".receipt-code").inner_text().strip()
    assert re.fullmatch(r"([A-Z2-7]{4}\s){6}[A-Z2-7]{2}", code)
    visit.get_by_role("link", name="Vérifier mon bulletin").click()
    seen(visit).get_by_label("Quel est le code de votre reçu ?").fill(code)
    visit.get_by_role("button", name="Vérifier").click()
    expect(seen(visit).get_by_text("Oui, ce bulletin est dans l’urne.")).to_be_visible()
    visit.goto(f"/scrutins/{town['points']}/voter")
    heading(seen(visit), "Vous avez voté")
    expect(visit.get_by_role("link", name="Voir mon reçu")).to_be_visible()


def test_a_resident_chooses_projects_and_is_told_when_there_are_too_many(visit: Page, town):
    sign_in(visit, "nour").goto(f"/scrutins/{town['choices']}/voter")
    for title in ("Jardin partagé", "Atelier vélo", "Bancs à l’ombre"):
        visit.get_by_label(title).check()
    visit.get_by_role("button", name="Relire mon bulletin").click()
    expect(visit.get_by_role("alert")).to_contain_text("Choisissez-en 2 au plus.")
    expect(seen(visit).get_by_label("Atelier vélo")).to_be_checked()
    expect(visit.locator("#reste")).to_contain_text("Projets en trop : 1")
    visit.get_by_label("Atelier vélo").uncheck()
    visit.get_by_role("button", name="Relire mon bulletin").click()
    visit.get_by_role("button", name="Déposer mon bulletin").click()
    heading(visit, "Votre bulletin est déposé")
    visit.get_by_role("button", name="Je l’ai gardé").click()
    visit.goto(f"/scrutins/{town['choices']}/recu")
    expect(seen(visit).get_by_text("Votre reçu n’est plus sur cet appareil")).to_be_visible()


def test_the_running_total_follows_the_voter(scripted: Page, town):
    sign_in(scripted, "nour").goto(f"/scrutins/{town['points']}/voter")
    line = scripted.locator("#reste")
    expect(line).to_contain_text("Points à partager : 7")
    for title in ("Jardin partagé", "Atelier vélo", "Bancs à l’ombre"):
        scripted.get_by_label(f"Points pour « {title} »").select_option("3")
    expect(line).to_contain_text("Points en trop : 2")
    scripted.get_by_label("Points pour « Atelier vélo »").select_option("0")
    expect(line).to_contain_text("Points à partager : 1")


def test_a_resident_votes_with_the_keyboard_alone(scripted: Page, town):
    sign_in(scripted, "nour").goto(f"/scrutins/{town['choices']}/voter")
    titles = [text.strip() for text in scripted.locator(".ballot-name").all_inner_texts()]
    for number in range(2):
        tab_to(scripted, f"input[name=choices]:nth-of-type(1) >> nth={number}")
        scripted.keyboard.press("Space")
    tab_to(scripted, "main button[type=submit]")
    scripted.keyboard.press("Enter")
    heading(scripted, "Voici votre bulletin")
    expect(scripted.get_by_role("main")).to_contain_text(titles[0])
    tab_to(scripted, "main button[type=submit]")
    scripted.keyboard.press("Enter")
    heading(scripted, "Votre bulletin est déposé")


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus, as somebody without a mouse does."""
    target = page.locator(selector).first
    for _ in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard never reaches {selector}")


def test_a_double_click_casts_one_ballot_and_shows_its_receipt(visit: Page, town, real_app):
    before = rows(real_app, "SELECT count(*) FROM ballot_arrivals")
    sign_in(visit, "nour").goto(f"/scrutins/{town['choices']}/voter")
    visit.get_by_label("Jardin partagé").check()
    visit.get_by_role("button", name="Relire mon bulletin").click()
    visit.get_by_role("button", name="Déposer mon bulletin").dblclick()
    heading(visit, "Votre bulletin est déposé")
    expect(visit.locator(".receipt-code")).to_be_visible()
    after = rows(real_app, "SELECT count(*) FROM ballot_arrivals")
    assert int(after[0][0]) == int(before[0][0]) + 1


def test_two_agents_open_the_count_and_everybody_reads_the_results(visit: Page, town):
    vote = town["points"]
    sign_in(visit, "ana").goto(f"/scrutins/{vote}/resultats")
    expect(seen(visit).get_by_text("Le vote n’est pas terminé")).to_be_visible()
    visit.goto(f"/scrutins/{vote}/depouillement")
    expect(seen(visit).get_by_text("Le vote est encore ouvert.")).to_be_visible()
    with clock.shifted(timedelta(days=8)):
        visit.goto(f"/scrutins/{vote}/depouillement")
        seen(visit).get_by_role("button", name="Ouvrir le dépouillement").click()
        expect(seen(visit).get_by_text("Votre demande est notée.", exact=True)).to_be_visible()
        visit.context.clear_cookies()
        sign_in(visit, "bea").goto(f"/scrutins/{vote}/depouillement")
        visit.get_by_role("button", name="Ouvrir le dépouillement").click()
        heading(seen(visit), "Résultats")
        expect(visit.get_by_role("img", name="Ce que chaque projet a obtenu")).to_be_visible()
        visit.get_by_role("link", name="Lire tous les bulletins").click()
        heading(seen(visit), "Tous les bulletins")
        visit.goto(f"/scrutins/{vote}/proces-verbal")
        heading(seen(visit), "Procès-verbal de dépouillement")


def test_the_booth_reads_from_right_to_left(scripted: Page, town):
    sign_in(scripted, "nour").goto(f"/scrutins/{town['points']}/voter")
    scripted.evaluate("document.documentElement.dir = 'rtl'")
    scripted.set_viewport_size({"width": 360, "height": 740})
    seen(scripted)
    assert scripted.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

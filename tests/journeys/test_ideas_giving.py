"""Giving an idea in a real browser: with and without JavaScript, with the keyboard alone, in light and in dark."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.database import db
from app.domain.accounts.models import Role
from app.domain.accounts.rules import hash_password
from app.domain.ideas import queries, services
from app.domain.ideas.models import AbuseReason, AnswerOutcome, IdeaState
from app.domain.processes.models import PhaseCode
from app.domain.shared import clock
from app.web.application import Agora
from tests.support.browser import assert_accessible
from tests.support.photos import a_photo
from tests.support.town import make_contract, make_person, make_process, make_quartier, make_site, make_theme
from tests.support.town_ideas import make_idea

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SECRET = "quatre mots à moi"
PHONE = {"width": 360, "height": 740}


def outline(longitude: float, latitude: float) -> dict[str, object]:
    """A quartier as tall as wide."""
    corners = [(0, 0), (0.01, 0.001), (0.011, 0.008), (0.002, 0.009), (0, 0)]
    return {"type": "Polygon", "coordinates": [[[longitude + x, latitude + y] for x, y in corners]]}


@pytest.fixture
def town(real_app: Agora) -> dict[str, str]:
    """Two quartiers, an open call, Nour, Lina and an agent, ideas in every state; gives some addresses."""
    with real_app.test_request_context():
        make_site()
        contract = make_contract(name="Contrat de ville de Valombre")
        here = make_quartier(contract, name="Les Genêts", outline=outline(3.86, 43.6))
        make_quartier(contract, name="La Roseraie", outline=outline(3.875, 43.603))
        theme = make_theme(contract, label="Cadre de vie", plain_label="Ma rue, mon immeuble")
        make_process(contract, open_phase=PhaseCode.CALL, call_opened_at=clock.now(), title="Budget participatif 2027")
        password = hash_password(SECRET)
        nour, lina, agent = (
            make_person(*roles, quartier=here, pseudonym=name, email=f"{name}@exemple.test", password_hash=password)
            for name, roles in (("nour", ()), ("lina", ()), ("samia", (Role.AGENT,)))
        )
        place = {"latitude": 43_604_000, "longitude": 3_865_000, "place_words": "Devant la grille"}
        public = make_idea(lina, here, title="Un banc devant l’école Jean-Moulin", theme_id=theme.id, **place)
        taken = make_idea(lina, here, title="Des bancs près de l’école")
        services.support(idea=taken, actor=nour)
        services.merge(idea=taken, target=public, actor=agent)
        answered = make_idea(lina, here, title="Éclairer le chemin du stade", theme_id=theme.id)
        services.answer(idea=answered, outcome=AnswerOutcome.ADAPTED, text="Huit lampes en mars.", actor=agent)
        back = make_idea(nour, here, state=IdeaState.SUBMITTED, title="Une tyrolienne")
        services.return_to_author(idea=back, reason="Dites à quel endroit.", actor=agent)
        make_idea(lina, here, state=IdeaState.SUBMITTED, title="Un composteur")
        report = services.report_abuse(idea=answered, reason=AbuseReason.OTHER, words="C’est chez moi.", actor=nour)
        draft = make_idea(nour, here, state=IdeaState.DRAFT, title="Mon brouillon")
        gone = make_idea(lina, here, state=IdeaState.WITHDRAWN)
        db.session.commit()
        numbers = {"public": public, "taken": taken, "answered": answered, "back": back, "gone": gone}
        found = {name: f"/idees/{idea.number}" for name, idea in numbers.items()}
        return {**found, "draft": f"/idees/ecrire/{draft.key}", "report": f"/idees/signalements/{report.id}"}


def signed_in(context: BrowserContext, address: str, who: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/connexion")
    page.fill("input[name=identifier]", f"{who}@exemple.test")
    page.fill("input[name=password]", SECRET)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "connexion" not in url)
    return page


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def heading(page: Page, words: str) -> None:
    expect(page.locator("h1")).to_have_text(re.compile(words))


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_resident_gives_an_idea_with_a_photo_and_a_place(
    browser: Browser, town: dict[str, str], site_address: str, real_app: Agora, scripts: bool
):
    context = browser.new_context(java_script_enabled=scripts, locale="fr-FR", viewport=PHONE)
    page = signed_in(context, site_address, "nour")
    page.goto(f"{site_address}/idees/proposer")
    page.get_by_label("Quelle est votre idée").fill("Un banc à l’ombre devant l’école")
    if not scripts:
        press(page, "Voir les idées proches")
    expect(page.locator("#proches")).to_contain_text("Un banc devant l’école Jean-Moulin")
    press(page, "Continuer")
    heading(page, "Votre idée")
    page.get_by_label("Que proposez-vous").fill("Un banc et trois micocouliers.")
    press(page, "Enregistrer et continuer")
    heading(page, "Le lieu")
    page.get_by_label("Les Genêts").check()
    page.get_by_label("À quel endroit précisément").fill("Près du portail")
    if scripts:
        show_on_map(page)
    else:
        expect(page.locator("[data-map-picker]")).to_be_hidden()
    press(page, "Enregistrer et continuer")
    page.get_by_label("Ma rue, mon immeuble").check()
    page.get_by_label("Budget participatif 2027").check()
    press(page, "Enregistrer et continuer")
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": a_photo(gps=True)}
    page.get_by_label("Avez-vous une photo").set_input_files(files=[photo])  # type: ignore[list-item]
    page.get_by_label("Que voit-on sur la photo").fill("Un trottoir en plein soleil")
    press(page, "Enregistrer et continuer")
    press(page, "Enregistrer et continuer")
    heading(page, "Vérifiez vos réponses")
    press(page, "Déposer mon idée")
    expect(page.locator("#flashes")).to_contain_text("Merci")
    expect(page.get_by_alt_text("Un trottoir en plein soleil")).to_be_visible()
    with real_app.test_request_context():
        idea = queries.idea_by_number(int(page.url.rsplit("/", 1)[1]))
        assert idea.process is not None
        assert bool(idea.point) is scripts
    context.close()


def show_on_map(page: Page) -> None:
    """Touches the map where a quartier is, and reads where that is."""
    page.locator(".map-name", has_text="La Roseraie").wait_for()
    box = page.locator(".map-name", has_text="La Roseraie").bounding_box()
    frame = page.locator("[data-map]").bounding_box()
    assert box is not None
    assert frame is not None
    at = {"x": box["x"] + box["width"] / 2 - frame["x"], "y": box["y"] + box["height"] / 2 - frame["y"]}
    page.locator("[data-map]").click(position=at)  # type: ignore[arg-type]
    expect(page.locator("#ou")).to_have_text("Le point est dans le quartier La Roseraie.")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_resident_supports_an_idea(browser: Browser, town: dict[str, str], site_address: str, scripts: bool):
    context = browser.new_context(java_script_enabled=scripts, locale="fr-FR", viewport=PHONE)
    page = signed_in(context, site_address, "nour")
    page.goto(site_address + town["public"])
    press(page, "Soutenir cette idée")
    expect(page.locator("#soutiens")).to_contain_text("Vous la soutenez.")
    press(page, "Ne plus soutenir")
    expect(page.locator("#soutiens")).to_contain_text("Personne ne soutient encore cette idée")
    context.close()


def test_the_keyboard_alone_is_enough(browser: Browser, town: dict[str, str], site_address: str):
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 800})
    page = signed_in(context, site_address, "nour")
    page.goto(f"{site_address}/idees/proposer")
    page.get_by_label("Quelle est votre idée").focus()
    page.keyboard.type("Une fontaine")
    page.keyboard.press("Enter")
    heading(page, "Votre idée")
    page.get_by_label("Qu’est-ce qui ne va pas").focus()
    page.keyboard.type("Il n’y a pas d’eau.")
    tab_to(page, "Enregistrer et continuer")
    page.keyboard.press("Enter")
    heading(page, "Le lieu")
    page.get_by_label("Les Genêts").focus()
    page.keyboard.press("Space")
    page.locator(".map-name").first.wait_for()
    tab_to(page, "Mettre le point au milieu de la carte")
    page.keyboard.press("Enter")
    expect(page.locator("#ou")).to_contain_text("Le point est")
    tab_to(page, "Enlever le point")
    page.keyboard.press("Enter")
    expect(page.locator("#ou")).to_have_text("")
    tab_to(page, "Enregistrer et continuer")
    page.keyboard.press("Enter")
    heading(page, "Le thème")
    context.close()


def tab_to(page: Page, words: str) -> None:
    """Presses Tab until the control with these words has the focus, in reading order."""
    for _ in range(25):
        page.keyboard.press("Tab")
        if words == page.evaluate("document.activeElement.innerText.trim()"):
            return
    raise AssertionError(f"Tab never reaches “{words}”")


def test_a_page_that_refuses_brings_one_to_the_reasons(browser: Browser, town: dict[str, str], site_address: str):
    context = browser.new_context(locale="fr-FR", viewport=PHONE)  # type: ignore[arg-type]
    page = signed_in(context, site_address, "samia")
    for path, button in (
        ("/idees/proposer", "Continuer"),
        (f"{town['public']}/repondre", "Publier la réponse"),
        (town["report"], "Enregistrer la décision"),
    ):
        page.goto(site_address + path)
        press(page, button)
        expect(page.locator("[data-error-summary]")).to_be_focused()
    context.close()


def test_the_copy_is_handed_over(browser: Browser, town: dict[str, str], site_address: str):
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 800})
    page = signed_in(context, site_address, "samia")
    page.goto(f"{site_address}/idees/saisir-pour")
    page.get_by_label("Pendant un atelier").check()
    page.get_by_label("Quelle est votre idée").fill("Une rampe à l’entrée du marché")
    page.get_by_label("Que proposez-vous").fill("Une rampe.")
    page.get_by_label("Tous les quartiers").check()
    page.get_by_label("La personne est d’accord").check()
    press(page, "Déposer l’idée pour cette personne")
    heading(page, "Votre idée n°")
    expect(page.locator("main strong.number")).to_have_text(re.compile(r"^\w{5} \w{5}$"))
    assert_accessible(page)
    page.emulate_media(media="print")
    expect(page.locator("main strong.number")).to_be_visible()
    context.close()

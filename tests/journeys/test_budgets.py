"""An agent leads an edition from its creation to the published list, and a winner to its ribbon, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from app.database import db
from app.domain.accounts.models import Role
from app.domain.accounts.rules import hash_password
from app.domain.budgets import queries
from app.domain.budgets.models import WorksState
from app.domain.processes.rules import ORDER
from app.domain.shared import clock
from app.web.application import Agora
from tests.support.browser import assert_accessible
from tests.support.town import make_contract, make_person, make_quartier, make_site
from tests.support.town_budgets import make_called_idea, make_realised_edition, make_service

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SECRET = "quatre mots à moi"
TITLE = "Budget participatif 2027"


@pytest.fixture
def town(real_app: Agora) -> None:
    """A contract with a quartier, a service, and the agent who will lead."""
    with real_app.test_request_context():
        make_site()
        make_quartier(make_contract(name="Contrat de ville de Valombre"), name="Les Genêts")
        make_service()
        make_person(Role.AGENT, pseudonym="agente", email="agente@exemple.test", password_hash=hash_password(SECRET))
        db.session.commit()


@pytest.fixture
def time() -> Iterator[ExitStack]:
    """The time that passes during a journey, given back at its end."""
    with ExitStack() as stack:
        yield stack


class Agent:
    """An agent at her screen: what she reads is checked at each page when scripts run."""

    def __init__(self, page: Page, address: str, checked: bool) -> None:
        self.page, self.address, self.checked = page, address, checked

    def arrives(self) -> None:
        self.page.goto(f"{self.address}/connexion")
        self.page.fill("input[name=identifier]", "agente@exemple.test")
        self.page.fill("input[name=password]", SECRET)
        self.page.click("main form button[type=submit]")
        expect(self.page.locator("h1")).to_contain_text("À traiter")

    def opens(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.reads()

    def reads(self) -> None:
        expect(self.page.locator("h1")).to_have_count(1)
        if self.checked:
            assert_accessible(self.page)

    def follows(self, words: str) -> None:
        self.page.locator("main").get_by_role("link", name=words).first.click()
        self.reads()

    def presses(self, words: str) -> None:
        self.page.locator("main").get_by_role("button", name=words, exact=True).click()
        self.reads()

    def is_told(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)


def fill_the_calendar(page: Page) -> None:
    first = clock.today() - timedelta(days=10)
    for rank, code in enumerate(ORDER):
        page.fill(f"#{code.value}_first", (first + timedelta(days=10 * rank)).isoformat())
        page.fill(f"#{code.value}_last", (first + timedelta(days=10 * rank + 9)).isoformat())


def prepare_and_open(agent: Agent) -> None:
    page = agent.page
    agent.opens("/budgets-participatifs/pilotage")
    agent.follows("Créer une édition")
    page.fill("#title", TITLE)
    page.fill("#object", "Choisir ensemble des projets.")
    page.get_by_label("Codécision").check()
    page.fill("#decided_by", "Le conseil municipal")
    agent.presses("Créer l’édition")
    agent.is_told("Le montant de l’enveloppe n’est pas indiqué.")
    agent.follows("Le calendrier")
    fill_the_calendar(page)
    agent.presses("Enregistrer le calendrier")
    agent.follows("L’enveloppe")
    page.get_by_label("Investissement").check()
    agent.presses("Enregistrer")
    agent.is_told("Indiquez le montant de l’enveloppe.")
    page.fill("#envelope_cents", "100 000")
    agent.presses("Enregistrer")
    agent.follows("Les critères")
    page.get_by_label("Le projet se réalise sur le territoire concerné.").check()
    agent.presses("Enregistrer")
    agent.follows("Le bulletin")
    agent.presses("7 points à répartir, 3 au plus par projet (comme à Toulouse en 2019)")
    agent.presses("Enregistrer")
    agent.follows("Voir l’aperçu")
    agent.presses("Ouvrir l’appel à idées")
    agent.is_told("L’appel à idées est ouvert")


def receive_two_ideas(app: Agora) -> None:
    with app.test_request_context():
        edition = queries.published_editions().items[0]
        make_called_idea(edition, title="Des arbres")
        make_called_idea(edition, title="Une piscine")
        db.session.commit()


def study_one(agent: Agent, title: str, admitted: bool) -> None:
    page = agent.page
    agent.follows("Étudier les idées")
    agent.follows(title)
    agent.follows("Confier l’étude")
    agent.presses("Confier l’étude")
    if admitted:
        page.get_by_label("Respecté", exact=True).first.check()
        page.get_by_label("Oui, telle quelle").check()
        page.fill("#investment_cents", "20 000")
        page.fill("#running_cents", "0")
        page.fill("#delay_months", "6")
    else:
        page.get_by_label("Pas respecté", exact=True).first.check()
        page.get_by_label("Si ce critère n’est pas respecté, pourquoi").first.fill("Le terrain est privé.")
    agent.presses("Conclure l’étude")
    agent.is_told("Étude conclue")
    agent.follows(TITLE)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_an_agent_leads_an_edition_from_its_creation_to_the_published_list(
    browser: Browser, real_app: Agora, town: None, site_address: str, time: ExitStack, scripts: bool
):
    context = browser.new_context(java_script_enabled=scripts, locale="fr-FR", viewport={"width": 1280, "height": 900})
    agent = Agent(context.new_page(), site_address, checked=scripts)
    agent.arrives()
    prepare_and_open(agent)
    receive_two_ideas(real_app)
    time.enter_context(clock.shifted(timedelta(days=10)))
    agent.follows("Voir la page publique")
    agent.follows("Piloter cette édition")
    agent.presses("Clore l’appel à idées")
    study_one(agent, "Des arbres", admitted=True)
    agent.is_told("n’ont pas encore de réponse (1)")
    study_one(agent, "Une piscine", admitted=False)
    time.enter_context(clock.shifted(timedelta(days=10)))
    agent.opens(agent.page.url.removeprefix(site_address))
    agent.presses("Publier la liste des projets")
    agent.follows("Vérifier les fiches des projets")
    published = agent.page.locator("main")
    expect(published).to_contain_text("Admis au vote (1)")
    expect(published).to_contain_text("Le terrain est privé.")
    context.close()


def test_an_agent_follows_a_winner_to_its_ribbon(browser: Browser, real_app: Agora, town: None, site_address: str):
    with real_app.test_request_context():
        edition = make_realised_edition(make_person(Role.AGENT))
        winner = queries.winners(edition)[0]
        db.session.commit()
        edition_id, title = edition.id, winner.title
    context = browser.new_context(locale="fr-FR", viewport={"width": 360, "height": 740})
    agent = Agent(context.new_page(), site_address, checked=True)
    agent.arrives()
    agent.opens(f"/budgets-participatifs/{edition_id}/realisation")
    agent.follows(title)
    agent.follows("Les travaux ont commencé")
    agent.presses("Annoncer le début des travaux")
    agent.follows("Noter une dépense")
    agent.page.fill("#label", "Arbres")
    agent.page.fill("#amount_cents", "1 000 000")
    agent.presses("Noter la dépense")
    agent.is_told("Révisez d’abord le coût")
    agent.page.fill("#amount_cents", "1 000")
    agent.presses("Noter la dépense")
    agent.follows("Le projet est livré")
    agent.presses("Annoncer la livraison")
    expect(agent.page.locator("main")).to_contain_text("Projet livré")
    with real_app.app_context():
        [delivered] = [one for one in queries.winners(queries.edition_by_id(edition_id)) if one.title == title]
        assert delivered.works is WorksState.DELIVERED
    context.close()

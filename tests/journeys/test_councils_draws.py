"""A candidacy and a draw in a real browser, with and without JavaScript; each page read by the accessibility engine."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.database import db
from app.domain.shared import clock
from app.web.application import Agora
from tests.support.telephone import Opener, follow, look, may_sign_in, press
from tests.support.town import make_site
from tests.support.town_draws import VALUE, Installing, a_list, make_installing

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def installing(real_app: Agora) -> Installing:
    """A conseil with free seats, whose people can sign in."""
    with real_app.test_request_context():
        make_site(small_cell_threshold=5)
        installing = make_installing()
        may_sign_in(installing.council.resident, installing.council.agent)
        db.session.commit()
        return installing


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

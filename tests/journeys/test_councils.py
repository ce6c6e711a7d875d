"""An avis in a real browser, with and without JavaScript: drafted, voted, sent, answered; each page read by axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from app.database import db
from app.domain.shared import clock
from app.web.application import Agora
from tests.support.telephone import Opener, follow, look, may_sign_in, press
from tests.support.town import make_site
from tests.support.town_councils import Council, make_council
from tests.support.town_governance import make_seance

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def council(real_app: Agora) -> Council:
    """A conseil that met yesterday, whose people can sign in."""
    with real_app.test_request_context():
        make_site()
        council = make_council()
        make_seance(council.body, in_days=-1, title="Séance de mai")
        make_seance(council.copil, title="Comité de juin")
        may_sign_in(council.chair, council.agent)
        db.session.commit()
        return council


def test_an_avis_is_drafted_voted_sent_and_answered(council: Council, signed_in: Opener):
    chair = signed_in(council.chair)
    chair.goto(f"/conseils/{council.body.id}/espace")
    follow(chair, "Écrire un avis")
    press(chair, "Enregistrer le brouillon")
    expect(chair.locator(".error-summary")).to_contain_text("Écrivez au moins une demande")
    chair.get_by_label("Sur quoi porte cet avis").fill("De l’ombre devant l’école")
    chair.get_by_label("Que demande le conseil").fill("Un banc à l’ombre\nUne fontaine à boire")
    press(chair, "Enregistrer le brouillon")
    follow(chair, "Adopter cet avis")
    chair.get_by_label("Voix pour").fill("9")
    chair.get_by_label("Combien de membres étaient là").fill("12 présents, 10 nécessaires")
    chair.get_by_label("Que pensent celles et ceux").fill("Deux membres préfèrent des arbres.")
    press(chair, "Adopter l’avis")
    expect(chair.locator("main")).to_contain_text("Séance de mai")
    follow(chair, "Envoyer cet avis")
    press(chair, "Envoyer l’avis")
    expect(chair.locator("#flashes")).to_contain_text("Tout le monde peut le lire")
    address = chair.url
    agent = signed_in(council.agent)
    agent.goto(f"/conseils/{council.body.id}/espace")
    expect(agent.locator("main")).to_contain_text("réservé aux membres")
    agent.goto(address)
    follow(agent, "Répondre à cet avis")
    agent.get_by_role("group", name=re.compile("demande 1")).get_by_label("Retenu", exact=True).check()
    agent.get_by_role("group", name=re.compile("demande 2")).get_by_label("Non retenu").check()
    press(agent, "Publier la réponse")
    expect(agent.locator(".error-summary")).to_contain_text("Dites pourquoi")
    agent.get_by_label("Pourquoi, et que ferez-vous").last.fill("Le réseau d’eau ne passe pas là.")
    press(agent, "Publier la réponse")
    expect(agent.locator("#flashes")).to_contain_text("inscrite au registre")
    chair.goto("/avis")
    follow(chair, "De l’ombre devant l’école")
    expect(chair.locator("main")).to_contain_text("Le réseau d’eau ne passe pas là.")
    look(chair)


def test_an_interpellation_goes_from_the_conseil_to_the_committee_and_back(council: Council, signed_in: Opener):
    today = clock.today().isoformat()
    chair = signed_in(council.chair)
    chair.goto(f"/conseils/{council.body.id}/espace")
    follow(chair, "Écrire au préfet")
    chair.get_by_label("En quelques mots").fill("Le bureau de poste ferme")
    chair.get_by_label("Que vivent les habitantes").fill("Il faut deux bus pour retirer un colis.")
    chair.get_by_label("Que souhaitez-vous").fill("Un point de service.")
    press(chair, "Enregistrer le brouillon")
    follow(chair, "Adopter cette interpellation")
    chair.get_by_label("Voix pour").fill("9")
    chair.get_by_label("Combien de membres étaient là").fill("12 présents, 10 nécessaires")
    press(chair, "Adopter l’interpellation")
    follow(chair, "Noter l’envoi au préfet")
    chair.get_by_label("Quel jour est-elle partie").fill(today)
    chair.get_by_label("Comment l’avez-vous envoyée").fill("Lettre recommandée")
    press(chair, "Noter l’envoi")
    agent = signed_in(council.agent)
    agent.goto(chair.url)
    for link, button in [
        ("Noter l’accusé de réception", "Noter l’accusé de réception"),
        ("Noter la réponse du préfet", "Noter la réponse"),
    ]:
        follow(agent, link)
        agent.get_by_label("Quelle est la date de la lettre").fill(today)
        agent.get_by_label("Quelle est la référence").fill("PREF-12")
        agent.get_by_label("Que dit la lettre").fill("Un point de service est à l’étude.")
        press(agent, button)
    follow(agent, "Inscrire au comité de pilotage")
    press(agent, "Inscrire à l’ordre du jour")
    chair.reload()
    follow(chair, "Clore cette interpellation")
    chair.get_by_label("Qu’est-ce que cette interpellation a changé").fill("Un point de service ouvre en mai.")
    press(chair, "Clore l’interpellation")
    expect(chair.locator("main")).to_contain_text("Close par le conseil")
    look(chair)

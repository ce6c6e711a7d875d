"""A session that ends while somebody types loses nothing: the text is shown, and goes on after signing in."""

from __future__ import annotations

import pytest

from app.domain.accounts.queries import person_by_id
from tests.support.town import make_site
from tests.support.town_accounts import PASSWORD, make_member
from tests.support.web import Web


@pytest.fixture
def nour(web, given):
    given(make_site)
    person = given(make_member)
    web.sign_in(person)
    return person


def test_the_typed_text_is_shown_then_sent_after_signing_in_again(web, given, nour):
    form = web.get("/mon-compte/profil")
    web.client.delete_cookie("agora")
    page = form.submit("Enregistrer", pseudonym="Nour des Genêts", link="works")
    assert page.status == 400
    assert page.heading == "Votre session a pris fin"
    assert "Nour des Genêts" in page.text
    page = page.submit("Me connecter et continuer", identifier="nour@exemple.test", password=PASSWORD)
    assert page.heading == "Reprendre où vous en étiez"
    assert "Nour des Genêts" in page.text
    page = page.submit("Envoyer")
    assert "Vos informations sont à jour" in page.flashes
    assert given(lambda: person_by_id(nour.id).pseudonym) == "Nour des Genêts"


def test_signing_in_wrongly_in_between_keeps_the_text(web, given, nour):
    form = web.get("/mon-compte/profil")
    web.client.delete_cookie("agora")
    page = form.submit("Enregistrer", pseudonym="Nour des Genêts", link="works")
    page = page.submit("Me connecter et continuer", identifier="nour@exemple.test", password="faux")
    assert page.status == 422
    page = page.submit("Me connecter", identifier="nour@exemple.test", password=PASSWORD)
    assert "Nour des Genêts" in page.text


def test_a_session_ended_elsewhere_offers_the_form_again(app, web, nour):
    form = web.get("/mon-compte/profil")
    Web(app).sign_in(nour).get("/mon-compte").submit("Déconnecter tous mes appareils")
    page = form.submit("Enregistrer", pseudonym="Nour des Genêts", link="works")
    assert page.status == 403
    assert "Nour des Genêts" in page.text


def test_somebody_still_signed_in_only_presses_again(app, web, nour):
    form = web.get("/mon-compte/profil")
    web.client.delete_cookie("agora")
    web.sign_in(nour)
    page = form.submit("Enregistrer", pseudonym="Nour des Genêts", link="works")
    assert page.status == 400
    assert "Vos informations sont à jour" in page.submit("Envoyer de nouveau").flashes


def test_a_password_is_never_written_back(web, nour):
    form = web.get("/mon-compte/mot-de-passe")
    web.client.delete_cookie("agora")
    page = form.submit("Changer", current_password=PASSWORD, new_password="cinq mots à moi")
    assert page.status == 400
    assert PASSWORD not in page.response.text
    assert "cinq mots" not in page.response.text


def test_a_sealed_form_that_was_touched_is_forgotten(web, given, nour):
    web.client.delete_cookie("agora")
    sent = {
        "csrf_token": web.token(), "identifier": "nour@exemple.test", "password": PASSWORD,
        "typed": "eyJwYXRoIjoiL21vbi1jb21wdGUifQ.faux.faux",
    }  # fmt: skip
    assert "Bonjour Nour" in web.post("/connexion", sent).flashes


def test_codes_and_keys_are_kept_and_not_shown_as_what_somebody_wrote(web, nour):
    form = web.get("/mon-compte/profil")
    web.client.delete_cookie("agora")
    page = form.submit("Enregistrer", pseudonym="Nour des Genêts", link="works")
    shown = [quote.get_text(strip=True) for quote in page.soup.find_all("blockquote")]
    assert shown == ["Nour des Genêts"]

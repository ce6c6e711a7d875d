"""Changing the e-mail of one's account, adding one to a card, removing it, as people do."""

from __future__ import annotations

import json

import pytest

from app.domain.accounts import services
from app.domain.accounts.models import Role
from app.domain.accounts.queries import person_by_id
from tests.support.town import make_site
from tests.support.town_accounts import PASSWORD, link_in_letter, make_card, make_member, make_profile
from tests.support.web import Web

SENT = "Regardez votre boîte aux lettres électronique"
NEW = "nour.b@exemple.test"
BUTTON = "Confirmer mon adresse e-mail"


@pytest.fixture
def nour(web, given):
    given(make_site)
    person = given(make_member)
    web.sign_in(person)
    return person


@pytest.fixture
def yvette(web, given):
    """Somebody signed in with a card: the person and what is printed."""
    given(make_site)
    printed = given(make_card, given(make_member, Role.ANIMATEUR, pseudonym="Samir"))
    person, _ = given(
        lambda: services.activate_card(
            identifier=printed.identifier, code=printed.code, profile=make_profile("Yvette")
        )
    )  # fmt: skip
    web.sign_in(person)
    return person, printed


def ask(web, email=NEW, password=PASSWORD):
    return web.get("/mon-compte/adresse").submit("Recevoir le lien", email=email, password=password)


def email_of(given, person):
    return given(lambda: person_by_id(person.id).email)


def test_one_changes_one_s_address_by_the_button_of_the_link(web, given, nour):
    assert web.get("/mon-compte").follow("Changer mon adresse e-mail").heading == "Changer mon adresse e-mail"
    assert ask(web).heading == SENT
    page = web.get(given(link_in_letter, NEW))
    assert page.heading == BUTTON
    assert NEW in page.text
    page = page.submit(BUTTON)
    assert "Votre adresse e-mail est confirmée." in page.flashes
    assert NEW in page.text
    assert "L’adresse e-mail de votre compte a changé" in page.text


def test_opening_the_link_changes_nothing(web, given, nour):
    ask(web)
    link = given(link_in_letter, NEW)
    for _scan in range(2):
        assert web.get(link).status == 200
    assert email_of(given, nour) == "nour@exemple.test"


def test_the_link_opened_on_another_device_asks_to_sign_in_then_goes_on(app, web, given, nour):
    ask(web)
    link = given(link_in_letter, NEW)
    elsewhere = Web(app)
    page = elsewhere.get(link)
    assert page.heading == "Me connecter"
    page = page.submit("Me connecter", identifier="nour@exemple.test", password=PASSWORD)
    assert page.heading == BUTTON
    page.submit(BUTTON)
    assert email_of(given, nour) == NEW


def test_the_link_of_somebody_else_opens_nothing(app, web, given, nour):
    ask(web)
    link = given(link_in_letter, NEW)
    other = Web(app).sign_in(given(make_member, pseudonym="Amel"))
    assert other.get(link).status == other.post(link, {"csrf_token": other.token()}).status == 409
    assert email_of(given, nour) == "nour@exemple.test"


def test_a_taken_address_gets_the_very_same_pages(web, given, nour):
    given(make_member, pseudonym="Amel")
    fresh = ask(web)
    waiting = web.get("/mon-compte/adresse").text
    taken = ask(web, email="amel@exemple.test")
    assert (fresh.heading, fresh.text, fresh.path) == (taken.heading, taken.text, taken.path)
    assert waiting.replace(NEW, "amel@exemple.test") == web.get("/mon-compte/adresse").text
    assert given(link_in_letter, "amel@exemple.test") == "/connexion"
    assert web.post("/mon-compte/adresse/confirmer/au-hasard", {"csrf_token": web.token()}).status == 409


def test_a_link_that_has_served_says_what_to_do(web, given, nour):
    ask(web)
    link = given(link_in_letter, NEW)
    web.get(link).submit(BUTTON)
    page = web.get(link)
    assert page.status == 409
    assert "refaites la demande" in page.text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"password": "faux"}, "Ce n’est pas votre mot de passe"),
        ({"email": "nour"}, "en entier"),
        ({"email": "nour@exemple.test"}, "déjà votre adresse"),
        ({"email": ""}, "en entier"),
        ({"password": ""}, "pour confirmer que c’est bien vous"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(web, nour, sent, words):
    page = ask(web, **sent)
    assert page.status == 422
    assert any(words in error for error in page.errors)
    assert page.soup.find(id="email")["value"] == sent.get("email", NEW)
    assert PASSWORD not in page.response.text


def test_the_address_that_waits_is_in_one_s_copy(web, nour):
    ask(web)
    held = json.loads(web.get("/mon-compte").submit("Télécharger mes données").response.text)
    assert (held["account"]["email"], held["account"]["email_to_confirm"]) == ("nour@exemple.test", NEW)


def test_the_holder_of_a_card_adds_an_address_then_removes_it(app, web, given, yvette):
    person, printed = yvette
    page = web.get("/mon-compte").follow("Ajouter une adresse e-mail")
    assert "toujours avec votre carte" in page.text
    assert not page.soup.select("a[href$='/adresse/retirer']")
    page.submit("Recevoir le lien", email="yvette@exemple.test", password=printed.code)
    assert "yvette@exemple.test" in web.get(given(link_in_letter, "yvette@exemple.test")).submit(BUTTON).text
    for identifier in ("yvette@exemple.test", printed.identifier):
        page = Web(app).get("/connexion").submit("Me connecter", identifier=identifier, password=printed.code)
        assert "Bonjour Yvette." in page.flashes
    page = web.get("/mon-compte/adresse").follow("Retirer mon adresse e-mail")
    assert printed.identifier in page.text
    assert page.submit("Retirer mon adresse e-mail", password="faux").status == 422
    page = page.submit("Retirer mon adresse e-mail", password=printed.code)
    assert "Gardez bien votre carte" in page.flashes
    assert email_of(given, person) is None


def test_without_a_card_the_address_stays_and_one_is_told_why(web, given, nour):
    assert not web.get("/mon-compte/adresse").soup.select("a[href$='/adresse/retirer']")
    page = web.get("/mon-compte/adresse/retirer")
    assert "votre seule façon de vous connecter" in page.text
    sent = {"csrf_token": web.token(), "password": PASSWORD}
    assert web.post("/mon-compte/adresse/retirer", sent).status == 422
    assert email_of(given, nour) == "nour@exemple.test"


def test_the_administration_sees_both_ways_to_reach_somebody(web, given, yvette):
    person, printed = yvette
    given(lambda: setattr(person_by_id(person.id), "email", "yvette@exemple.test"))
    web.sign_in(given(make_member, Role.ADMIN, pseudonym="Camille"))
    page = web.get(f"/administration/personnes/{person.id}").submit("Voir ses coordonnées")
    assert "yvette@exemple.test" in page.text
    assert printed.identifier in page.text

"""Signing in and out, as people do."""

from __future__ import annotations

from app.domain.accounts.rules import hash_password
from tests.support.town import make_person


def make_nour():
    return make_person(pseudonym="Nour", email="nour@exemple.test", password_hash=hash_password("quatre mots à moi"))


def test_somebody_signs_in_with_their_email_and_is_greeted(web, given):
    given(make_nour)
    page = web.get("/connexion").submit("Me connecter", identifier="Nour@exemple.test ", password="quatre mots à moi")
    assert "Bonjour Nour" in page.flashes


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(web, given):
    given(make_nour)
    wrong = web.get("/connexion").submit("Me connecter", identifier="nour@exemple.test", password="autre chose")
    unknown = web.get("/connexion").submit("Me connecter", identifier="personne@exemple.test", password="autre chose")
    assert wrong.status == unknown.status == 422
    assert wrong.errors == unknown.errors != []


def test_signing_out_ends_the_session_on_the_server_too(web, given):
    given(make_nour)
    web.get("/connexion").submit("Me connecter", identifier="nour@exemple.test", password="quatre mots à moi")
    with web.client.session_transaction() as session:
        token = session["_user_id"]
    web.get("/mon-compte").submit("Me déconnecter")
    with web.client.session_transaction() as session:
        session["_user_id"] = token
    assert web.get("/mon-compte").heading == "Me connecter"

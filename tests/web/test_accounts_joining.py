"""Creating an account with an e-mail, and choosing a password again, as people do."""

from __future__ import annotations

import pytest

from tests.support import database
from tests.support.town import make_bracket, make_quartier, make_site
from tests.support.town_accounts import PASSWORD, link_in_letter, make_member

SENT = "Regardez votre boîte aux lettres électronique"


@pytest.fixture
def town(given):
    given(make_site)
    bracket, quartier = given(make_bracket), given(make_quartier, name="Les Genêts")
    return {
        "email": "nour@exemple.test",
        "password": PASSWORD,
        "pseudonym": "Nour",
        "link": "lives",
        "quartier": str(quartier.id),
        "age_bracket": str(bracket.id),
        "charter": "y",
    }


def test_somebody_joins_with_an_address_and_is_signed_in_by_the_button_of_the_link(web, given, town):
    assert web.get("/inscription").submit("Créer mon compte", **town).heading == SENT
    page = web.get(given(link_in_letter, "nour@exemple.test"))
    assert page.heading == "Confirmer mon compte"
    assert "Bienvenue Nour" in page.submit("Confirmer mon compte").flashes
    assert web.get("/mon-compte").heading == "Bonjour Nour"


def test_opening_the_link_creates_nothing(web, given, town):
    web.get("/inscription").submit("Créer mon compte", **town)
    link = given(link_in_letter, "nour@exemple.test")
    for _scan in range(2):
        web.get(link)
    assert web.get("/mon-compte").heading == "Me connecter"


def test_a_known_address_gets_the_very_same_page(web, given, town):
    given(make_member, pseudonym="Autre", email="nour@exemple.test")
    known = web.get("/inscription").submit("Créer mon compte", **town)
    fresh = web.get("/inscription").submit("Créer mon compte", **{**town, "email": "amel@exemple.test"})
    assert (known.heading, known.text, known.path) == (fresh.heading, fresh.text, fresh.path)
    assert given(link_in_letter, "nour@exemple.test") == "/connexion"


def test_what_is_missing_is_said_field_by_field_and_what_was_typed_stays(web, town):
    page = web.get("/inscription").submit("Créer mon compte", pseudonym="Nour")
    assert page.status == 422
    assert len(page.errors) == 5
    assert page.soup.find(id="pseudonym")["value"] == "Nour"
    summary = [link["href"] for link in page.soup.select("[data-error-summary] a")]
    assert summary[:2] == ["#email", "#password"], "the errors are summed up in the order of the questions"


def test_the_password_is_never_written_back(web, town):
    page = web.get("/inscription").submit("Créer mon compte", **{**town, "email": "nour"})
    assert page.status == 422
    assert PASSWORD not in page.response.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"password": "court"}, "12 caractères"),
        ({"email": "nour"}, "en entier"),
        ({"pseudonym": "nour@exemple.test"}, "public"),
        ({"quartier": ""}, "Choisissez votre quartier"),
        ({"charter": None}, "acceptez la charte"),
        ({"age_bracket": "999"}, "Choisissez une réponse de la liste"),
    ],
)
def test_a_wrong_answer_is_said_with_what_to_do(web, town, changed, words):
    page = web.get("/inscription").submit("Créer mon compte", **{**town, **changed})
    assert page.status == 422
    assert any(words in error for error in page.errors)


def test_a_name_taken_is_said(web, given, town):
    given(make_member)
    page = web.get("/inscription").submit("Créer mon compte", **{**town, "email": "x@exemple.test"})
    assert any("déjà pris" in error for error in page.errors)


def test_a_name_taken_in_the_meantime_is_changed_on_the_last_page(web, given, town):
    web.get("/inscription").submit("Créer mon compte", **town)
    given(make_member, email="autre@exemple.test")
    page = web.get(given(link_in_letter, "nour@exemple.test")).submit("Confirmer mon compte")
    assert any("déjà pris" in error for error in page.errors)
    assert "Bienvenue Nour 2" in page.submit("Confirmer mon compte", pseudonym="Nour 2").flashes


def test_a_link_that_has_served_says_what_to_do(web, given, town):
    web.get("/inscription").submit("Créer mon compte", **town)
    link = given(link_in_letter, "nour@exemple.test")
    web.get(link).submit("Confirmer mon compte")
    page = web.get(link)
    assert page.status == 409
    assert "Ce lien ne marche plus" in page.text


def test_the_link_of_a_letter_ignores_the_host_a_request_claims(web, given, town):
    web.get("/inscription").submit("Créer mon compte", **town)
    page = web.get("/mot-de-passe", Host="pirate.test")
    assert page.status in {200, 400}
    assert given(link_in_letter, "nour@exemple.test").startswith("/inscription/confirmer/")


def test_a_site_without_age_brackets_says_that_it_is_not_ready(web):
    for path in ("/inscription", "/carte"):
        assert "pas encore prêt" in web.get(path).text


# --- The password -------------------------------------------------------------------------------------------------


def test_a_forgotten_password_is_chosen_again_by_a_link(web, given):
    given(make_member)
    assert web.get("/mot-de-passe").submit("Recevoir le lien", email="nour@exemple.test").heading == SENT
    page = web.get(given(link_in_letter, "nour@exemple.test"))
    assert page.submit("Changer mon mot de passe", password="court").status == 422
    page = page.submit("Changer mon mot de passe", password="cinq mots rien qu’à moi")
    assert page.heading == "Bonjour Nour"
    web.get("/mon-compte").submit("Me déconnecter")
    page = web.get("/connexion").submit(
        "Me connecter", identifier="nour@exemple.test", password="cinq mots rien qu’à moi"
    )
    assert "Bonjour Nour" in page.flashes


def test_an_unknown_address_gets_the_same_page_and_no_letter(web, given):
    page = web.get("/mot-de-passe").submit("Recevoir le lien", email="personne@exemple.test")
    assert page.heading == SENT
    with pytest.raises(IndexError):
        given(link_in_letter, "personne@exemple.test")


def test_an_address_that_is_not_one_is_said(web):
    assert web.get("/mot-de-passe").submit("Recevoir le lien", email="nour").status == 422


def test_a_reset_link_nobody_sent_says_what_to_do(web):
    page = web.get("/mot-de-passe/inconnu")
    assert page.status == 409
    assert "refaites la demande" in page.text


# --- The letter box of the demonstration --------------------------------------------------------------------------


def test_the_letters_of_the_demonstration_are_read_and_their_links_followed(web, town):
    assert "Aucun courriel" in web.get("/courriels").text
    web.get("/inscription").submit("Créer mon compte", **town)
    page = web.get("/courriels")
    assert "nour@exemple.test" in page.text
    assert page.follow("Ouvrir le lien de cette lettre").heading == "Confirmer mon compte"


def test_outside_a_demonstration_nobody_reads_the_letters(all_databases, tmp_path):
    app = database.application(all_databases.url, tmp_path, TESTING=False, DEBUG=False, DEMO=False)
    assert "mailbox.index" not in app.view_functions
    database.close(app)


def test_what_a_rule_refuses_is_said_with_what_is_missing(web, town):
    values = {**town, "email": "x@y", "password": "court", "pseudonym": "Zo", "charter": None}
    page = web.get("/inscription").submit("Créer mon compte", **values)
    links = [link["href"] for link in page.soup.select("[data-error-summary] a")]
    assert links == ["#email", "#password", "#pseudonym", "#charter"]

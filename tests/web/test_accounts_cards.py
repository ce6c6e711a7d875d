"""Cards for people without e-mail: printed, activated, lost."""

from __future__ import annotations

import secrets

import pytest

from app.database import db
from app.domain.accounts.models import Card, Role, Scope
from app.domain.shared import clock
from app.domain.territories.queries import site
from tests.support.town import grant_role, make_bracket, make_person, make_quartier, make_site
from tests.support.town_accounts import make_card, make_member
from tests.support.web import Web, count_queries


@pytest.fixture
def animator(web, given):
    given(make_site)
    given(make_quartier, name="Les Genêts")
    person = given(make_member, Role.ANIMATEUR)
    web.sign_in(person)
    return person


def answers(bracket, pseudonym="Yvette"):
    return {"pseudonym": pseudonym, "link": "works", "age_bracket": str(bracket.id), "charter": "y"}


def test_an_animator_prints_cards_with_a_drawing_each_and_the_telephone(web, animator):
    sheet = web.get("/cartes").submit("Faire les cartes", count="3", place="Les Genêts")
    assert sheet.heading == "Cartes à imprimer"
    cards = sheet.soup.select(".paper-card")
    assert len(cards) == 3
    assert all(card.find("svg") and "GEN-" in card.get_text() for card in cards)
    assert "04 00 00 00 00" in cards[0].get_text()


def test_codes_are_shown_once_and_kept_by_no_cache(web, animator):
    form = web.get("/cartes")
    sheet = form.submit("Faire les cartes", count="1")
    code = sheet.soup.select(".paper-card dd")[1].get_text()
    assert sheet.response.headers["Cache-Control"] == "no-store"
    again = form.submit("Faire les cartes", count="1")
    assert again.status == 422
    assert any("déjà faites" in error for error in again.errors)
    assert code not in web.get("/cartes").text


@pytest.mark.parametrize("count", ["0", "41", "dix", ""])
def test_a_number_of_cards_out_of_reason_is_refused(web, animator, count):
    assert web.get("/cartes").submit("Faire les cartes", count=count).status == 422


def test_somebody_activates_a_card_then_signs_in_with_it(app, web, given, animator):
    printed, bracket = given(make_card, animator), given(make_bracket)
    yvette = Web(app)
    page = yvette.get(f"/carte?identifiant={printed.identifier}")
    assert page.soup.find(id="identifier")["value"] == printed.identifier
    page = page.submit("Activer ma carte", code=printed.code.lower(), **answers(bracket))
    assert "Bienvenue Yvette" in page.flashes
    yvette.get("/mon-compte").submit("Me déconnecter")
    page = yvette.get("/connexion").submit(
        "Me connecter", identifier=printed.identifier.lower(), password=printed.code.replace("-", "")
    )
    assert "Bonjour Yvette" in page.flashes


def test_a_wrong_code_is_said_without_saying_which_and_never_written_back_by_a_lost_session(app, given, animator):
    printed, bracket = given(make_card, animator), given(make_bracket)
    page = (
        Web(app)
        .get("/carte")
        .submit("Activer ma carte", identifier=printed.identifier, code="CCCCC-CCCCC", **answers(bracket))
    )
    assert page.status == 422
    assert any("ne vont pas ensemble" in error for error in page.errors)
    sent = {"identifier": printed.identifier, "code": "CCCCC-CCCCC", "pseudonym": "Yvette"}
    lost = Web(app).post("/carte", sent)
    assert lost.status == 400
    assert "Yvette" in lost.text
    assert "CCCCC" not in lost.response.text


def test_an_unused_card_is_cancelled_and_a_used_one_is_not(web, given, animator):
    given(make_card, animator)
    page = web.get("/cartes").submit("Annuler la carte")
    assert "est annulée" in page.flashes
    assert not page.has_button("Annuler la carte")
    assert not page.has_button("Faire un nouveau code")


def test_a_lost_card_gets_a_new_code_on_a_sheet(web, given, animator):
    printed = given(make_card, animator)
    sheet = web.get("/cartes").submit("Faire un nouveau code")
    assert sheet.heading == "Cartes à imprimer"
    identifier, code = (word.get_text() for word in sheet.soup.select(".paper-card dd"))
    assert identifier == printed.identifier
    assert code != printed.code


def test_a_card_is_found_by_its_identifier(web, given, animator):
    wanted, other = given(make_card, animator, "a" * 32), given(make_card, animator, "b" * 32)
    page = web.get(f"/cartes?identifiant={wanted.identifier.lower()}")
    assert wanted.identifier in page.text
    assert other.identifier not in page.text


def test_a_resident_makes_no_cards(web, given):
    web.sign_in(given(make_person))
    assert web.get("/cartes").status == 403


def test_twice_the_cards_cost_no_more_queries(web, given, animator):
    given(make_card, animator, "a" * 32)
    with count_queries() as few:
        web.get("/cartes")
    for letter in "bcdefg":
        given(make_card, animator, letter * 32)
    with count_queries() as many:
        web.get("/cartes")
    assert len(many) == len(few) <= 7


def test_the_code_of_somebody_of_another_quartier_is_not_renewed(app, given):
    given(make_site)
    here, there = given(make_quartier, name="Les Genêts"), given(make_quartier, name="La Roseraie")
    neighbour = given(make_member)
    given(grant_role, neighbour, Role.ANIMATEUR, Scope.QUARTIER, here.id)
    card = given(card_held_in, there)
    page = Web(app).sign_in(neighbour)
    refused = page.post(f"/cartes/{card}/nouveau-code", {"csrf_token": page.token()})
    assert refused.status == 403
    assert "ne couvre pas le quartier" in refused.text
    given(grant_role, neighbour, Role.ANIMATEUR, Scope.QUARTIER, there.id)
    assert page.post(f"/cartes/{card}/nouveau-code", {"csrf_token": page.token()}).heading == "Cartes à imprimer"


def test_the_button_of_a_new_code_is_shown_to_whom_it_obeys(app, given):
    given(make_site)
    here, there = given(make_quartier, name="Les Genêts"), given(make_quartier, name="La Roseraie")
    neighbour = given(make_member)
    given(grant_role, neighbour, Role.ANIMATEUR, Scope.QUARTIER, here.id)
    given(card_held_in, there)
    visitor = Web(app).sign_in(neighbour)
    assert not visitor.get("/cartes").has_button("Faire un nouveau code")
    given(card_held_in, here)
    buttons = [button.get_text() for button in visitor.get("/cartes").soup.find_all("button")]
    assert sum("Faire un nouveau code" in words for words in buttons) == 1


def test_nobody_keeps_a_drawer_of_cards_nobody_uses(web, given, animator):
    def allow_two():
        site().most_unused_cards = 2

    given(allow_two)
    web.get("/cartes").submit("Faire les cartes", count="2")
    page = web.get("/cartes").submit("Faire les cartes", count="1")
    assert page.status == 422
    assert any("2 cartes que personne n’utilise" in error for error in page.errors)
    web.get("/cartes").submit("Annuler la carte")
    assert web.get("/cartes").submit("Faire les cartes", count="1").heading == "Cartes à imprimer"


def test_the_cards_of_holders_cost_no_more_queries(web, given, animator):
    given(card_held_in, given(make_quartier))
    with count_queries() as few:
        web.get("/cartes")
    for _ in range(4):
        given(card_held_in, given(make_quartier))
    with count_queries() as many:
        web.get("/cartes")
    assert len(many) == len(few) <= 8


def card_held_in(quartier) -> int:
    """The number of a card whose holder lives in a quartier."""
    printed = make_card(make_person(Role.ANIMATEUR), batch=secrets.token_hex(16))
    card = db.session.scalars(db.select(Card).where(Card.identifier == printed.identifier)).one()
    card.person_id = make_person(quartier=quartier, card_identifier=printed.identifier, email=None).id
    card.activated_at = clock.now()
    return card.id

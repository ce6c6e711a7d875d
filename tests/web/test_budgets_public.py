"""What the public sees of a budget participatif."""

from __future__ import annotations

from tests.support.town_budgets import make_agent, make_called_edition, make_edition
from tests.support.web import count_queries


def test_before_the_first_edition_the_list_says_what_will_be_there(web):
    page = web.get("/budgets-participatifs")
    assert "Pas encore de budget participatif" in page.text


def test_an_edition_in_preparation_is_not_public(web, given):
    edition = given(make_edition)
    assert "Budget participatif 2027" not in web.get("/budgets-participatifs").text
    assert web.get(f"/budgets-participatifs/{edition.id}").heading == "Me connecter"


def test_an_edition_whose_call_is_open_says_where_it_stands_and_what_one_can_do(web, given):
    edition = given(make_called_edition)
    page = web.get("/budgets-participatifs").follow("Budget participatif 2027")
    assert page.heading == "Budget participatif 2027"
    assert "Appel à idées jusqu’au" in page.text
    assert page.has_link("Donner une idée")
    assert "En ce moment" in page.text
    rules = page.follow("Lire le règlement")
    assert "L’enveloppe est de 100 000 €." in rules.text
    assert "Chaque personne a 7 points" in rules.text
    assert edition.reglement.sha256 in rules.text
    assert rules.follow("Registre, n°").status == 200


def test_a_version_stays_readable_at_its_own_address_and_a_draft_has_none(web, given):
    edition = given(make_called_edition)
    assert "en vigueur" in web.get(f"/budgets-participatifs/{edition.id}/reglement/1").text
    assert web.get(f"/budgets-participatifs/{edition.id}/reglement/2").status == 404


def test_the_list_costs_the_same_for_twice_as_many_editions(web, given):
    agent = given(make_agent)
    for _ in range(3):
        given(make_called_edition, agent)
    with count_queries() as few:
        web.get("/budgets-participatifs")
    for _ in range(3):
        given(make_called_edition, agent)
    with count_queries() as many:
        web.get("/budgets-participatifs")
    assert len(many) == len(few) <= 9, "\n".join(many)

"""The administration: people, roles, brackets, the journal."""

from __future__ import annotations

import pytest

from app.database import db
from app.domain.accounts.models import Role, RoleGrant
from app.domain.governance.models import Body, BodyKind
from app.domain.shared import journal
from tests.support.town import grant_role, make_bracket, make_contract, make_person, make_quartier, make_site
from tests.support.town_accounts import make_member, verbs
from tests.support.web import Web, count_queries


@pytest.fixture
def camille(web, given):
    given(make_site)
    person = given(make_member, Role.ADMIN, pseudonym="Camille")
    web.sign_in(person)
    return person


def make_body(contract):
    body = Body(contract_id=contract.id, kind=BodyKind.CONSEIL_CITOYEN, name="Conseil citoyen des Genêts")
    db.session.add(body)


def test_somebody_is_looked_for_and_given_a_role_somewhere_until_a_day(web, given, camille):
    contract = given(make_contract, name="Contrat de Valombre")
    quartier = given(make_quartier, contract, name="Les Genêts")
    given(make_body, contract)
    given(make_member)
    page = web.get("/administration").follow("Personnes et rôles").submit("Chercher", terms="nou").follow("Nour")
    for name in ("Partout", "Contrat de Valombre", "Les Genêts", "Conseil citoyen des Genêts"):
        assert page.soup.find("option", string=name)
    page = page.submit("Donner ce rôle", role="animateur", place=f"quartier:{quartier.id}", ends_on="2099-12-31")
    assert "Le rôle est donné à Nour" in page.flashes
    assert "Les Genêts" in page.text
    assert "31 décembre 2099" in page.text
    page = page.submit("Retirer")
    assert "Retiré le" in page.text
    assert "par Camille" in page.text
    assert not page.has_button("Retirer")


def test_the_search_is_written_in_the_journal_without_its_words(web, given, camille):
    web.get("/administration/personnes").submit("Chercher", terms="nour@exemple.test")
    assert given(verbs) == ["searched_people"]
    page = web.get("/administration/journal")
    assert "a cherché une personne" in page.text
    assert "nour@" not in page.text


def test_an_address_is_shown_only_by_an_act_of_the_journal(web, given, camille):
    nour = given(make_member)
    page = web.get(f"/administration/personnes/{nour.id}")
    assert "nour@exemple.test" not in page.text
    assert "nour@exemple.test" in page.submit("Voir ses coordonnées").text
    assert given(verbs) == ["read_contact"]


def test_twice_as_many_people_found_cost_no_more_queries_and_come_page_by_page(web, given, camille):
    def search():
        with count_queries() as seen:
            page = web.get("/administration/personnes").submit("Chercher", terms="Personne")
        return len(seen), page

    quartier = given(make_quartier)
    for _each in range(2):
        given(make_person, Role.AGENT, quartier=quartier)
    few, _page = search()
    for _each in range(25):
        given(make_person, quartier=quartier)
    many, page = search()
    assert few == many
    assert "27 personnes trouvées" in page.text
    assert "Page 2 sur 2" in page.submit("Page suivante").text


def test_nobody_finds_a_form_to_raise_themselves_and_forging_it_changes_nothing(web, given, camille):
    page = web.get(f"/administration/personnes/{camille.id}")
    assert not page.has_button("Donner ce rôle")
    sent = {"csrf_token": web.token(), "role": "elu", "place": "everywhere"}
    page = web.post(f"/administration/personnes/{camille.id}", sent)
    assert page.status == 422
    assert given(lambda: db.session.query(RoleGrant).count()) == 1


@pytest.mark.parametrize("role", [Role.AGENT, Role.ANIMATEUR, Role.ELU])
def test_an_agent_cannot_reach_the_roles_even_by_forging_requests(app, given, camille, role):
    intruder = given(make_member, role)
    web = Web(app).sign_in(intruder)
    token = web.token()
    grant_id = given(lambda: db.session.query(RoleGrant).filter_by(person_id=camille.id).one().id)
    for path in (f"/administration/personnes/{intruder.id}", f"/administration/roles/{grant_id}/retirer"):
        assert web.post(path, {"csrf_token": token, "role": "admin", "place": "everywhere"}).status == 403
    assert given(lambda: db.session.query(RoleGrant).filter_by(person_id=intruder.id).count()) == 1


def test_a_forged_place_or_role_is_refused(web, given, camille):
    nour = given(make_member)
    for forged in ({"role": "roi"}, {"place": "quartier:999"}, {"place": "everywhere:1"}, {"place": "partout"}):
        sent = {"csrf_token": web.token(), "role": "agent", "place": "everywhere", **forged}
        assert web.post(f"/administration/personnes/{nour.id}", sent).status == 422
    assert given(lambda: db.session.query(RoleGrant).filter_by(person_id=nour.id).count()) == 0


def test_the_last_administrator_is_kept_with_a_sentence(web, camille):
    page = web.get(f"/administration/personnes/{camille.id}")
    assert not page.has_button("Retirer")
    assert "dernière personne qui administre" in page.text
    forced = web.post(f"/administration/roles/{camille.grants[0].id}/retirer", {"csrf_token": web.token()})
    assert forced.status == 409
    assert "dernière personne qui administre" in forced.text


def test_a_role_withdrawn_closes_the_doors_at_once(app, web, given, camille):
    agent = given(make_member, Role.AGENT)
    desk = Web(app).sign_in(agent)
    assert desk.get("/a-traiter").status == 200
    web.get(f"/administration/personnes/{agent.id}").submit("Retirer")
    assert desk.get("/a-traiter").status == 403


def test_an_account_is_closed_at_the_request_of_the_person(web, given, camille):
    nour = given(make_member)
    page = web.get(f"/administration/personnes/{nour.id}").submit("Fermer le compte de Nour")
    assert "Le compte est fermé" in page.flashes
    assert page.heading == f"Compte fermé n° {nour.id}"


def test_brackets_are_changed_as_a_list_of_ages(web, given, camille):
    page = web.get("/administration/ages").submit("Enregistrer", starts="0, 16, 18")
    assert page.status == 200
    assert "de 16 à 17 ans" in page.text
    for wrong, words in (("16, 0", "en ordre"), ("seize", "nombres"), ("²", "nombres"), ("0, 18, 30", "18")):
        page = web.get("/administration/ages").submit("Enregistrer", starts=wrong)
        assert page.status == 422 or words in page.text


def test_the_journal_is_filtered_by_act_thing_person_and_day(web, given, camille):
    def fill():
        person = make_person(bracket=make_bracket())
        journal.record("filed", "governance_records", actor=person, number="2026-001")
        journal.record("made_cards", "cards", actor=camille, count=3)

    given(fill)
    assert "2026-001" in web.get("/administration/journal").text
    page = web.get("/administration/journal").submit("Filtrer", verb="made_cards")
    assert "combien : 3" in page.text
    assert "2026-001" not in page.text
    assert "combien : 3" in web.get("/administration/journal?actor=camille").text
    assert "2026-001" not in web.get("/administration/journal?actor=camille").text
    assert "Aucune ligne" in web.get("/administration/journal?day=2001-01-01").text
    assert "2026-001" in web.get("/administration/journal?kind=governance_records").text
    assert web.get("/administration/journal?day=hier").status == 422


def test_the_journal_comes_page_by_page_and_keeps_its_filter_and_its_cost(web, given, camille):
    def fill(times):
        for number in range(times):
            journal.record("made_cards", "cards", actor=camille if number % 2 else None, count=number)

    given(fill, 4)
    with count_queries() as few:
        web.get("/administration/journal")
    given(fill, 60)
    with count_queries() as many:
        page = web.get("/administration/journal?verb=made_cards")
    assert len(many) == len(few) <= 8
    assert page.follow("Page suivante").path == "/administration/journal?page=2&verb=made_cards"


def test_a_role_that_ended_is_shown_as_such(web, given, camille):
    nour = given(make_member)

    def past():
        grant = grant_role(nour, Role.AGENT)
        grant.ends_on = grant.starts_on

    given(past)
    assert "Terminé" in web.get(f"/administration/personnes/{nour.id}").text

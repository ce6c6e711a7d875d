"""The pages of bodies: created from models, prepared part by part, composed, lived; read by everybody."""

from __future__ import annotations

import json
from datetime import timedelta

from app.database import db
from app.domain.accounts.models import Role, Scope
from app.domain.governance import queries
from app.domain.governance.models import Body, BodyKind, Mandate
from app.domain.governance.rules import presets
from app.domain.shared import clock
from tests.support.town import grant_role, make_contract, make_person, make_quartier
from tests.support.town_governance import make_body, make_mandate
from tests.support.web import count_queries


def created(web, given, preset="conseil_citoyen", **values):
    """An agent signed in, and a body just made from a model."""
    contract = given(make_contract)
    web.sign_in(given(make_person, Role.AGENT))
    page = web.get("/instances/nouvelle").submit(
        "Créer l’instance", name="Conseil des Genêts", preset=preset, contract_id=str(contract.id), **values
    )
    assert page.status == 200, page.errors
    return page


def body_id(app):
    with app.app_context():
        return db.session.scalars(db.select(Body.id)).one()


def test_every_model_makes_a_body_that_can_be_read(web, given):
    contract = given(make_contract)
    web.sign_in(given(make_person, Role.AGENT))
    for preset in presets().values():
        page = web.get("/instances/nouvelle").submit(
            "Créer l’instance", name=str(preset.label), preset=preset.code, contract_id=str(contract.id)
        )
        assert page.heading == str(preset.label)
        assert web.get(page.path.removesuffix("/preparer")).status == 200
        assert web.get(page.path.replace("preparer", "regles")).status == 200
    assert web.get("/instances").text.count("En préparation") == len(presets())


def test_an_agent_prepares_installs_and_ends_a_conseil_through_the_pages(web, given):
    page = created(web, given)
    page = page.follow("Ce qu’elle peut faire").submit("Enregistrer", yearly_seances="6")
    page = page.follow("Ce qu’elle est").submit("Enregistrer", purpose="Parler du quartier.")
    seats = page.follow("Les sièges")
    seen = seats.submit("Voir d’abord", total="20")
    assert "Jeunes de moins de 25 ans" in seen.text
    members = seats.submit("Ouvrir ces sièges", total="20")
    assert "Sièges ouverts : 20" in members.flashes
    refused = seats.submit("Ouvrir ces sièges", total="25")
    assert refused.status == 422
    page = web.get(members.path.replace("membres", "preparer"))
    page = page.follow("Installer l’instance").submit("Installer l’instance")
    assert "L’instance est installée" in page.flashes
    assert "6" in page.text
    page = page.follow("Préparer cette instance").follow("Mettre en sommeil").submit("Mettre en sommeil")
    page = page.follow("Préparer cette instance").follow("Réveiller l’instance").submit("Réveiller l’instance")
    page = page.follow("Préparer cette instance").follow("Terminer l’instance").submit("Terminer l’instance")
    assert "Terminée" in page.text


def test_two_bodies_become_one(web, given):
    body = given(make_body, name="Petit conseil")
    given(lambda: db.session.merge(make_body(name="Grand conseil")).__setattr__("contract_id", body.contract_id))
    web.sign_in(given(make_person, Role.AGENT))
    confirm = web.get(f"/instances/{body.id}/vie/reunir")
    with_choice = confirm.soup.select("select[name=into_id] option")
    page = confirm.submit("Réunir à une autre instance", into_id=with_choice[0]["value"])
    assert page.has_link("Grand conseil")
    assert web.get(f"/instances/{body.id}/vie/inconnu").status == 404


def test_the_rule_is_written_without_json_and_keeps_its_seats(web, given, app):
    created(web, given)
    number = body_id(app)
    form = web.get(f"/instances/{number}/regles/ecrire")
    assert "Associations et acteurs locaux" in str(form.soup)
    seen = form.submit("Voir ce qu’elle donne", formats="20, 50")
    assert "50 sièges" in seen.text.replace("\u00a0", " ")
    wider = form.submit("Ajouter des lignes")
    assert len(wider.soup.select("form > div.panel[role=group]")) == 3
    saved = form.submit("Enregistrer cette version", formats="20, 50", source="Délibération du 3 juin")
    assert "Version 2" in saved.text
    assert "Délibération du 3 juin" in saved.text
    wrong = form.submit("Enregistrer cette version", **{"colleges-0-seats": "trois"})
    assert wrong.status == 422
    rule = json.loads(web.client.get(f"/instances/{number}/regles.json").data)
    assert rule["formats"] == [20, 50]
    codes = [kind["code"] for college in rule["colleges"] for part in college["parts"] for kind in part["kinds"]]
    assert codes == ["tires_au_sort", "jeunes", "volontaires", "associations"]


def test_a_member_is_seated_holds_an_office_and_leaves(web, given, app):
    created(web, given)
    number = body_id(app)
    web.get(f"/instances/{number}/sieges").submit("Ouvrir ces sièges", total="20")
    with app.app_context():
        seat_id = queries.open_seats(queries.body_by_id(number))[0].id
    page = web.get(f"/sieges/{seat_id}").follow("Donner le siège").follow("Écrire une nouvelle personne")
    page = page.submit("Enregistrer", first_name="Fatou", last_name="Ndiaye", gender="woman")
    page = page.submit("Donner le siège", standing="titular", recruitment="draw")
    assert "Fatou Ndiaye" in page.text
    page = web.get(f"/sieges/{seat_id}").follow("Donner une charge").submit("Enregistrer", kind="chair")
    assert "Présidence" in page.text
    shown = web.get(f"/instances/{number}/composition")
    assert "Fatou" in shown.text
    page = web.get(f"/sieges/{seat_id}").follow("Terminer le mandat")
    assert page.submit("Enregistrer", reason="resigned", words="").status == 422
    page = page.submit("Enregistrer", reason="resigned", words="Lettre reçue le 3 juin.")
    assert "Ce siège est vacant" in page.text
    assert "Démission" in page.text


def test_the_public_reads_initials_and_no_small_numbers(web, given):
    body = given(make_body)
    given(lambda: make_mandate(queries.body_by_id(body.id)))
    page = web.get(f"/instances/{body.id}/composition")
    assert "Fatou N." in page.text
    assert "Ndiaye" not in page.text
    assert "Trop peu de personnes siègent" in page.text
    before = (clock.today() - timedelta(days=40)).isoformat()
    assert "Fatou" not in web.get(f"/instances/{body.id}/composition?le={before}").text
    assert web.get(f"/instances/{body.id}/composition?le=jamais").status == 200


def test_names_are_taken_by_those_inside_only_and_it_is_written(web, given, app):
    body, person = given(make_body, is_independent=True), given(make_person)
    given(lambda: make_mandate(queries.body_by_id(body.id), person))
    web.sign_in(person)
    page = web.get(f"/instances/{body.id}/composition")
    assert "Ndiaye" in page.text
    token = web.token()
    answer = web.client.post(f"/instances/{body.id}/composition.csv", data={"csrf_token": token})
    assert "Fatou" in answer.get_data(as_text=True)
    with app.app_context():
        told = db.session.execute(db.text("SELECT count(*) FROM journal WHERE verb = 'exported_composition'"))
        assert told.scalar_one() == 1


def test_a_member_sees_their_mandate_shows_their_name_and_takes_an_attestation(web, given, app):
    body, person = given(make_body), given(make_person)
    given(lambda: make_mandate(queries.body_by_id(body.id), person))
    web.sign_in(person)
    page = web.get("/mes-mandats")
    assert "Fatou N." in page.text
    page = page.submit("Montrer mon nom entier à tout le monde")
    assert "Ndiaye" in page.text
    with app.app_context():
        mandate_id = db.session.scalars(db.select(Mandate.id)).one()
    form = web.get(f"/mes-mandats/{mandate_id}/attestation")
    data = {"csrf_token": web.token(), "occasion": "Séance", "on": clock.today().isoformat()}
    paper = web.client.post(form.path, data=data)
    assert paper.mimetype == "application/pdf"
    assert paper.data.startswith(b"%PDF")
    web.sign_in(given(make_person))
    assert web.get(f"/mes-mandats/{mandate_id}/attestation").status == 403


def test_an_agent_of_another_contract_composes_nothing_here(web, given):
    body, other = given(make_body), given(make_contract)

    def agent():
        person = make_person()
        grant_role(person, Role.AGENT, Scope.CONTRACT, other.id)
        return person

    web.sign_in(given(agent))
    for page in ("preparer", "modifier/identite", "vie/terminer", "papiers", "diffusion", "sieges", "regles/ecrire"):
        assert web.get(f"/instances/{body.id}/{page}").status == 403, page


def test_papers_and_recipients_come_and_go(web, given):
    body = given(make_body)
    web.sign_in(given(make_person, Role.AGENT))
    page = web.get(f"/instances/{body.id}/papiers").submit(
        "Ajouter le document", kind="charter", title="Charte", dated_on="2026-03-02"
    )
    assert "Charte" in page.text
    assert "Charte" in web.get(f"/instances/{body.id}").text
    assert "Le document est retiré" in page.submit("Retirer").flashes
    page = web.get(f"/instances/{body.id}/diffusion").submit(
        "Ajouter à la liste", name="Préfecture", email="p@exemple.fr"
    )
    assert "C’est retiré" in page.submit("Retirer").flashes


def test_what_the_law_asks_is_told_with_its_source(web, given):
    created(web, given)
    page = web.get("/instances").follow("Conseil des Genêts").follow("Ce que la loi demande")
    assert "CC-R01" in page.text
    assert "Pas encore connu" in page.text


def test_bodies_are_found_by_kind_and_quartier_at_a_steady_cost(web, given):
    quartier = given(make_quartier)
    given(lambda: [make_body(quartiers=[db.session.merge(quartier)]) for _ in range(4)])
    with count_queries() as few:
        page = web.get(f"/instances?quartier={quartier.id}&sorte=conseil_citoyen")
    assert page.text.count("Conseil citoyen") >= 4
    given(lambda: [make_body(quartiers=[db.session.merge(quartier)]) for _ in range(6)])
    with count_queries() as more:
        web.get(f"/instances?quartier={quartier.id}&sorte=conseil_citoyen")
    assert len(more) == len(few) <= 8
    assert "Aucune instance" in web.get("/instances?sorte=cotech").text


def test_bodies_are_grouped_by_place_then_by_kind(web, given):
    genets, roseraie = given(make_quartier, name="Les Genêts"), given(make_quartier, name="La Roseraie")

    def some():
        held = [db.session.merge(genets), db.session.merge(roseraie)]
        make_body(quartiers=held, name="Conseil partagé")
        make_body(quartiers=held[:1], name="Table des Genêts", kind=BodyKind.TABLE_DE_QUARTIER)
        make_body(quartiers=held[:1], name="Conseil des Genêts")
        make_body(quartiers=held[1:], name="Conseil de la Roseraie")
        make_body(name="Comité", kind=BodyKind.COPIL)

    given(some)
    page = web.get("/instances")
    assert [one.get_text(strip=True) for one in page.soup.select("main h2")] == [
        "Tous les quartiers", "La Roseraie", "Les Genêts", "Plusieurs quartiers",
    ]  # fmt: skip
    assert [one.get_text(strip=True) for one in page.soup.select("main h3")] == [
        "Comité", "Conseil de la Roseraie", "Conseil des Genêts", "Table des Genêts", "Conseil partagé",
    ]  # fmt: skip

"""The pages of bodies and séances."""

from __future__ import annotations

from datetime import timedelta

from app.domain.accounts.models import Role, Scope
from app.domain.shared import clock
from tests.support.town import grant_role, make_contract, make_person, make_quartier
from tests.support.town_governance import make_body, make_seance
from tests.support.web import count_queries


def in_days(days):
    return (clock.in_paris(clock.now()) + timedelta(days=days)).strftime("%Y-%m-%dT18:30")


def test_an_agent_creates_a_body_and_prepares_its_seance(web, given):
    quartier = given(make_quartier, name="Les Genêts")
    web.sign_in(given(make_person, Role.AGENT))
    page = web.get("/instances").follow("Créer une instance")
    body = page.submit("Créer l’instance", name="Conseil citoyen", preset="commission", quartier_ids=[str(quartier.id)])
    assert body.heading == "Conseil citoyen"
    body = web.get(body.path.removesuffix("/preparer"))
    assert "Les Genêts" in body.text
    seance = body.follow("Prévoir une séance").submit(
        "Enregistrer", title="Rentrée", agenda="Un\nDeux", starts_at=in_days(5)
    )
    assert "18 h 30" in seance.text
    assert "Le lieu n’est pas choisi" in seance.text
    assert not seance.follow("Convoquer").has_button("Convoquer tout le monde")
    ready = seance.follow("Modifier la séance").submit("Enregistrer", place="Maison du projet")
    assert [item.get_text() for item in ready.soup.select("#ordre-du-jour li")] == ["Un", "Deux"]
    done = ready.follow("Convoquer").submit("Convoquer tout le monde")
    assert "envoyée à tout le monde" in done.flashes
    prepared = done.follow("Rentrée")
    assert "Tout est prêt" in prepared.text
    moved = prepared.follow("Modifier la séance").submit("Enregistrer", place="Ailleurs")
    assert "à envoyer de nouveau" in moved.flashes


def test_a_seance_in_the_past_is_refused_on_its_field_and_what_was_typed_is_kept(web, given):
    body = given(make_body)
    web.sign_in(given(make_person, Role.AGENT))
    page = web.get(f"/instances/{body.id}/seances/nouvelle").submit(
        "Enregistrer", title="Rentrée", starts_at=in_days(-2)
    )
    assert page.status == 422
    assert page.errors == ["Cette date est déjà passée. Choisissez un jour et une heure à venir."]
    assert page.soup.find("input", attrs={"name": "title"})["value"] == "Rentrée"


def test_a_day_that_does_not_exist_is_asked_again_with_an_example(web, given):
    body = given(make_body)
    web.sign_in(given(make_person, Role.AGENT))
    page = web.get(f"/instances/{body.id}/seances/nouvelle").submit("Enregistrer", title="R", starts_at="bientôt")
    assert page.status == 422


def test_a_name_already_taken_is_refused(web, given):
    body = given(make_body, name="Conseil")
    web.sign_in(given(make_person, Role.AGENT))
    page = web.get("/instances/nouvelle").submit(
        "Créer l’instance", name="Conseil", preset="copil_2", contract_id=str(body.contract_id)
    )
    assert page.errors == ["Ce contrat a déjà une instance de ce nom. Choisissez-en un autre."]


def test_an_agent_creates_bodies_in_the_contracts_of_their_role_only(web, given):
    mine, other = given(make_contract), given(make_contract)

    def agent_of_one():
        person = make_person()
        grant_role(person, Role.AGENT, Scope.CONTRACT, mine.id)
        return person

    web.sign_in(given(agent_of_one))
    form = web.get("/instances/nouvelle")
    choices = [option["value"] for option in form.soup.select("select[name=contract_id] option")]
    assert choices == [str(mine.id)]
    forged = form.submit("Créer l’instance", name="X", preset="copil_2", contract_id=str(other.id))
    assert forged.status == 422


def test_anybody_sees_the_public_seances_and_not_the_others(web, given):
    seance = given(make_seance, title="Réunion publique", agenda="Le budget")
    closed = given(make_seance, title="Entre nous", is_public=False)
    page = web.get("/seances")
    assert "Entre nous" not in page.text
    assert page.follow("Réunion publique").path == f"/seances/{seance.id}"
    assert not web.get(f"/seances/{seance.id}").has_link("Modifier la séance")
    assert web.get(f"/seances/{closed.id}").heading == "Me connecter"
    assert web.get("/seances/999999").status == 404


def test_the_lists_say_what_will_be_there(web, given):
    assert "Aucune séance publique n’est prévue" in web.get("/seances").text
    web.sign_in(given(make_person, Role.AGENT))
    assert "Aucune instance pour le moment" in web.get("/instances").text
    body = given(make_body)
    assert "Aucune séance pour le moment" in web.get(f"/instances/{body.id}").text


def test_twice_the_rows_cost_no_more_queries(web, given):
    web.sign_in(given(make_person, Role.AGENT))
    body = given(make_body)
    addresses = ("/seances", "/instances", f"/instances/{body.id}")

    def cost() -> list[int]:
        costs = []
        for address in addresses:
            with count_queries() as seen:
                web.get(address)
            costs.append(len(seen))
        return costs

    def more(count):
        for _ in range(count):
            make_seance(body)
            make_seance(make_body(quartiers=[make_quartier()]))

    given(more, 4)
    few = cost()
    given(more, 6)
    assert cost() == few
    # The séances of a body come with their agendas and with the bodies that join them.
    # The page of a body also says who sits, what depends on it, its papers and its records.
    assert max(few) <= 16


def test_a_convocation_noted_twice_is_a_sentence(web, given):
    seance = given(make_seance, place="Ici", agenda="Tout")
    web.sign_in(given(make_person, Role.AGENT))
    page = web.get(f"/seances/{seance.id}/convocation")
    page.submit("Convoquer tout le monde")
    again = page.submit("Convoquer tout le monde")
    assert again.status == 409
    assert "déjà notée comme envoyée" in again.text

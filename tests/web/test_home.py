"""The home pages: each public finds what is for it, and nothing that is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts.models import Link, Person, Role, Scope
from app.domain.accounts.queries import person_by_id
from app.domain.budgets.queries import winners
from app.domain.budgets.services import start_works
from app.domain.ideas.models import IdeaState, Support
from app.domain.processes.models import PhaseCode
from app.domain.processes.rules import Eligibility
from app.domain.shared import clock
from app.domain.shared.outbox import OutboxMessage
from tests.support.town import (
    grant_role,
    make_contract,
    make_person,
    make_process,
    make_quartier,
    make_site,
)
from tests.support.town_ballots import cast_all, make_scrutin
from tests.support.town_budgets import make_agent, make_called_edition, make_edition, make_realised_edition
from tests.support.town_governance import make_body, make_seance
from tests.support.town_ideas import make_idea
from tests.support.web import count_queries


def doors(page) -> list[str]:
    return [link.get_text() for link in page.soup.select("article.door h2 a")]


def test_a_visitor_sees_what_is_open_and_is_invited(web, given):
    given(make_site)
    given(make_scrutin)
    given(make_seance, place="Maison du projet")
    page = web.get("/")
    assert page.heading == "Ce qui se passe dans nos quartiers"
    assert {"Voter", "Venir"} <= set(doors(page))
    assert page.has_link("Créer mon compte")
    assert "04 00 00 00 00" in page.text


def test_when_nothing_is_open_the_page_says_so_and_leads_elsewhere(web):
    page = web.get("/")
    assert doors(page) == []
    assert "Rien n’est ouvert en ce moment" in page.text


def test_a_resident_sees_their_quartier_and_who_to_talk_to(web, given):
    quartier = given(make_quartier, name="Les Genêts", referent_name="Claire", referent_phone="04 00 00 00 11")
    web.sign_in(given(make_person, quartier=quartier))
    page = web.get("/")
    assert page.heading == "Ce qui se passe dans mon quartier"
    assert "Les Genêts" in page.text
    assert page.soup.find("a", href="tel:0400000011") is not None


def test_the_door_of_a_vote_is_for_those_who_may_vote(web, given):
    given(make_scrutin, eligibility=Eligibility(residents_only=True))
    web.sign_in(given(make_person, link=Link.WORKS))
    assert "Voter" not in doors(web.get("/"))
    web.sign_in(given(make_person, link=Link.LIVES))
    assert "Voter" in doors(web.get("/"))


def test_once_voted_the_door_closes_and_the_status_stays(web, given):
    def vote():
        voter = person_by_id(make_person().id)
        cast_all(make_scrutin(title="Vote de juin"), [{}], [voter])
        return voter

    web.sign_in(given(vote))
    page = web.get("/")
    assert "Voter" not in doors(page)
    assert "Vous avez voté" in page.text
    assert "Vote de juin" in page.text


def test_a_closed_call_has_no_door(web, given):
    given(make_process, open_phase=PhaseCode.STUDY, call_opened_at=clock.now())
    given(make_process, open_phase=PhaseCode.CALL)
    assert "Donner une idée" not in doors(web.get("/"))


def test_a_call_of_another_quartier_is_not_offered(web, given):
    mine, other = given(make_quartier), given(make_quartier)
    given(make_seance, given(make_body, quartiers=[other]))
    web.sign_in(given(make_person, quartier=mine))
    assert "Venir" not in doors(web.get("/"))
    assert "Venir" in doors(web.get(f"/quartiers/{other.id}"))


def test_an_animator_arrives_on_what_their_next_seance_lacks(web, given):
    body = given(make_body)
    given(make_seance, body, title="Réunion de juin", place="Ici")
    given(make_seance, title="Ailleurs")

    def animator():
        person = make_person(pseudonym="Awa")
        grant_role(person, Role.ANIMATEUR, Scope.BODY, body.id)
        return person

    web.sign_in(given(animator))
    page = web.get("/")
    assert page.heading == "Bonjour Awa"
    assert page.soup.select_one(".menu-link[aria-current]").get_text() == "Animation", "this page is her page of work"
    assert "Réunion de juin" in page.text
    assert "L’ordre du jour est vide" in page.text
    assert "Ailleurs" not in page.text
    assert page.follow("Mon quartier").heading == "Ce qui se passe dans mon quartier"
    assert web.get("/a-traiter").status == 403


def test_an_agent_arrives_on_what_waits_the_late_first(web, given):
    contract = given(make_contract)
    given(make_seance, given(make_body, contract=contract), in_days=1)
    given(make_seance, given(make_body, contract=contract), in_days=20)
    given(make_edition, contract=contract, title="Édition 2027")

    def closed_vote():
        now = clock.now()
        with clock.shifted(timedelta(days=-10)):
            make_scrutin(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=2), contract_id=contract.id)

    given(closed_vote)
    web.sign_in(given(make_person, Role.AGENT))
    page = web.get("/")
    assert page.heading == "À traiter"
    headings = [heading.get_text(" ", strip=True) for heading in page.soup.select("main h2")]
    assert [heading.split(" (")[0] for heading in headings if "(" in heading] == [
        "En retard", "À traiter aujourd’hui", "Bientôt",
    ]  # fmt: skip
    assert "Ouvrir le dépouillement" in page.text
    assert "Édition 2027" in page.text
    assert page.follow("Animation").heading.startswith("Bonjour")


def test_an_agent_sees_the_contracts_of_their_role_only(web, given):
    mine, other = given(make_contract), given(make_contract)
    for contract, title in ((mine, "La nôtre"), (other, "La leur")):
        given(make_edition, contract=contract, title=title)
        given(make_seance, given(make_body, contract=contract), title=f"Séance {title}")

    def agent():
        person = make_person()
        grant_role(person, Role.AGENT, Scope.CONTRACT, mine.id)
        return person

    web.sign_in(given(agent))
    page = web.get("/a-traiter")
    assert "La nôtre" in page.text
    assert "La leur" not in page.text


def test_an_administrator_learns_that_letters_do_not_leave(web, given):
    def stuck():
        db.session.add(OutboxMessage(recipient="a@b.test", subject="S", body="B", written_at=clock.now(), attempts=6))

    given(stuck)
    web.sign_in(given(make_person, Role.ADMIN))
    assert "1 courriel n’est pas parti" in web.get("/").text


def test_nothing_waits_is_said(web, given):
    web.sign_in(given(make_person, Role.AGENT))
    assert "Rien n’attend" in web.get("/a-traiter").text
    web.sign_in(given(make_person, Role.ANIMATEUR))
    assert "Aucune séance à venir" in web.get("/").text


def test_the_quartiers_are_listed_and_lead_to_their_page(web, given):
    assert "Aucun quartier pour le moment" in web.get("/quartiers").text
    given(make_quartier, name="La Roseraie", referent_name="Paul", population=2150, population_year=2021)
    page = web.get("/quartiers").follow("La Roseraie")
    assert page.heading == "La Roseraie"
    assert "Paul" in page.text
    assert "Rien n’est ouvert ici en ce moment" in page.text
    assert web.get("/quartiers/999999").status == 404


@pytest.mark.parametrize("role", [None, Role.ANIMATEUR, Role.AGENT])
def test_twice_as_much_of_everything_costs_no_more_queries(web, given, role):
    contract = given(make_contract)
    quartier = given(make_quartier, contract)
    me = given(make_person, *([role] if role else []), quartier=quartier)
    web.sign_in(me)

    def more():
        for _ in range(3):
            make_process(contract, open_phase=PhaseCode.CALL, call_opened_at=clock.now())
            make_scrutin(contract_id=contract.id)
            make_seance(make_body(contract, [quartier]))
            make_idea(me, quartier)
            db.session.add(Support(idea_id=make_idea(quartier=quartier).id, person_id=me.id, at=clock.now()))
            make_idea(quartier=quartier, state=IdeaState.SUBMITTED)
            make_edition(contract=contract)

    given(more)
    with count_queries() as few:
        web.get("/")
    given(more)
    with count_queries() as many:
        web.get("/")
    # Eight of them are the facts of the warnings about the bodies, whatever the number of bodies.
    assert len(few) == len(many) <= 31, "\n".join(many)


def test_what_i_gave_supported_and_voted_is_shown_with_its_last_step(web, given):
    def mine():
        me = make_person()
        make_idea(me, title="Mon banc", state=IdeaState.IN_STUDY, study_began_at=clock.now())
        make_idea(me, title="Mon brouillon", state=IdeaState.DRAFT)
        other = make_idea(title="Le jardin de Nour")
        make_idea(title="Une idée que je ne suis pas")
        db.session.add(Support(idea_id=other.id, person_id=me.id, at=clock.now()))
        return me

    web.sign_in(given(mine))
    page = web.get("/")
    cards = {card.select_one("a").get_text(): card.get_text(" ", strip=True) for card in page.soup.select(".listing")}
    assert "À l’étude" in cards["Mon banc"]
    assert "Brouillon" in cards["Mon brouillon"]
    assert "Je soutiens" in cards["Le jardin de Nour"]
    assert "Une idée que je ne suis pas" not in cards
    assert page.follow("Mon banc").status == 200


def test_works_are_the_last_step_of_an_idea_that_became_a_project(web, given):
    def realised():
        edition = make_realised_edition(person_by_id(make_agent().id))
        project = winners(edition)[0]
        start_works(project=project, began_on=clock.today(), actor=make_agent())
        return db.session.get(Person, project.idea.author_id)

    web.sign_in(given(realised))
    assert "En travaux" in web.get("/").text


def test_the_door_of_ideas_leads_to_the_form_and_says_how_long_it_stays_open(web, given):
    given(make_called_edition)
    web.sign_in(given(make_person))
    page = web.get("/")
    assert "encore" in page.soup.select_one("article.door").get_text()
    assert page.follow("Donner une idée").status == 200


def test_staff_are_told_of_ideas_to_read_and_of_late_answers(web, given):
    given(make_idea, state=IdeaState.SUBMITTED)
    given(make_idea, at=clock.now() - timedelta(days=200))
    web.sign_in(given(make_person, Role.AGENT))
    page = web.get("/a-traiter")
    assert "1 idée attend sa réponse" in page.text
    assert page.follow("1 idée à relire").status == 200
    web.sign_in(given(make_person, Role.ANIMATEUR))
    page = web.get("/animation")
    assert "1 idée à relire" in page.text
    assert page.has_link("Saisir une idée pour quelqu’un")


def test_the_next_act_of_an_edition_is_on_the_desk_when_its_day_comes(web, given):
    given(make_called_edition)
    web.sign_in(given(make_person, Role.AGENT))
    assert "Clore l’appel à idées" in web.get("/a-traiter").text
    with clock.shifted(timedelta(days=15)):
        page = web.get("/a-traiter")
        late = page.soup.find(id="late")
        assert late is not None
        assert "Clore l’appel à idées" in late.find_parent("section").get_text()


def test_a_quartier_shows_its_latest_ideas(web, given):
    quartier = given(make_quartier)
    given(make_idea, quartier=quartier, title="Un four à pain")
    given(make_idea, title="Ailleurs")
    page = web.get(f"/quartiers/{quartier.id}")
    assert "Un four à pain" in page.text
    assert "Ailleurs" not in page.text
    assert page.follow("Toutes les idées du quartier").status == 200

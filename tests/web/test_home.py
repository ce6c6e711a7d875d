"""The home pages: each public finds what is for it, and nothing that is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts.models import Link, Role, Scope
from app.domain.accounts.queries import person_by_id
from app.domain.processes.models import PhaseCode
from app.domain.processes.rules import Eligibility
from app.domain.shared import clock
from app.domain.shared.outbox import OutboxMessage
from tests.support.town import (
    grant_role,
    make_contract,
    make_person,
    make_phase,
    make_process,
    make_quartier,
    make_site,
)
from tests.support.town_ballots import cast_all, make_scrutin
from tests.support.town_governance import make_body, make_seance
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
    assert "Réunion de juin" in page.text
    assert "L’ordre du jour est vide" in page.text
    assert "Ailleurs" not in page.text
    assert page.follow("Mon quartier").heading == "Ce qui se passe dans mon quartier"
    assert web.get("/a-traiter").status == 403


def test_an_agent_arrives_on_what_waits_the_late_first(web, given):
    contract = given(make_contract)
    given(make_seance, given(make_body, contract=contract), in_days=1)
    given(lambda: make_phase(make_process(contract, title="Édition 2027"), PhaseCode.CALL, starts_in=-5, days=7))

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
        given(
            lambda contract=contract, title=title: make_phase(
                make_process(contract, title=title), PhaseCode.CALL, -5, 7
            )
        )
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
    web.sign_in(given(make_person, *([role] if role else []), quartier=quartier))

    def more():
        for _ in range(3):
            make_process(contract, open_phase=PhaseCode.CALL, call_opened_at=clock.now())
            make_scrutin(contract_id=contract.id)
            make_seance(make_body(contract, [quartier]))
            make_phase(make_process(contract), PhaseCode.VOTE, starts_in=-5, days=6)

    given(more)
    with count_queries() as few:
        web.get("/")
    given(more)
    with count_queries() as many:
        web.get("/")
    assert len(few) == len(many) <= 16, "\n".join(many)

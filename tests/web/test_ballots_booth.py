"""Voting through the pages: the booth, the recap, the act, the receipt, and what is refused."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import db
from app.domain.accounts.models import Link, Role
from app.domain.ballots import queries
from app.domain.ballots.models import BallotArrival
from app.domain.processes.rules import Eligibility
from app.domain.shared import clock
from tests.support.town import make_person
from tests.support.town_ballots import EXACTLY_TWO, UP_TO_TWO, make_scrutin, project
from tests.support.web import count_queries


@pytest.fixture
def voter(web, given):
    person = given(make_person)
    web.sign_in(person)
    return person


def arrivals(given) -> list[str]:
    return given(lambda: list(db.session.scalars(select(BallotArrival.content))))


def code_on(page) -> str:
    return page.soup.select_one(".receipt-code").get_text().strip()


def test_a_resident_shares_points_reads_the_recap_and_gets_a_receipt(web, given, voter):
    scrutin = given(make_scrutin)
    booth = web.get(f"/scrutins/{scrutin.id}").follow("Voter")
    assert "7 points à partager" in booth.text
    assert "8 000 € · Les Genêts" in booth.text.replace("\u00a0", " ").replace("\u202f", " ")
    recap = booth.submit("Relire mon bulletin", **{"points-12": "3", "points-7": "2"})
    assert "Bancs à l’ombre : 3 points" in recap.text
    assert arrivals(given) == []
    receipt = recap.submit("Déposer mon bulletin")
    assert receipt.path == f"/scrutins/{scrutin.id}/recu"
    assert re.fullmatch(r"([A-Z2-7]{4} ){6}[A-Z2-7]{2}", code_on(receipt))
    assert arrivals(given) == ['{"12":3,"7":2}']
    assert given(lambda: queries.votes_of(voter.id)) == [(scrutin.title, scrutin.id)]
    assert "Vous avez voté" in web.get(f"/scrutins/{scrutin.id}").text


@pytest.mark.parametrize(("form", "chosen"), [(UP_TO_TWO, ["7"]), (UP_TO_TWO, ["7", "12"]), (EXACTLY_TWO, ["31", "7"])])
def test_a_resident_chooses_projects(web, given, voter, form, chosen):
    scrutin = given(make_scrutin, form)
    booth = web.get(f"/scrutins/{scrutin.id}/voter")
    booth.submit("Relire mon bulletin", choices=chosen).submit("Déposer mon bulletin")
    assert arrivals(given) == ["{" + ",".join(f'"{ref}":1' for ref in sorted(chosen)) + "}"]


def test_a_blank_vote_is_asked_for_explicitly(web, given, voter):
    scrutin = given(make_scrutin)
    booth = web.get(f"/scrutins/{scrutin.id}/voter")
    assert booth.submit("Relire mon bulletin").errors == [
        "Vous n’avez rien choisi. Choisissez au moins un projet, ou cochez le vote blanc."
    ]
    assert booth.submit("Relire mon bulletin", blank="y", **{"points-12": "1"}).status == 422
    recap = booth.submit("Relire mon bulletin", blank="y")
    assert "Vous votez blanc" in recap.text
    recap.submit("Déposer mon bulletin")
    assert arrivals(given) == ["{}"]


def test_what_was_chosen_is_kept_by_an_error_and_by_a_change_of_mind(web, given, voter):
    scrutin = given(make_scrutin)
    booth = web.get(f"/scrutins/{scrutin.id}/voter")
    wrong = booth.submit("Relire mon bulletin", **{"points-12": "3", "points-7": "3", "points-31": "3"})
    assert wrong.status == 422
    assert wrong.errors == ["Vous avez réparti 9 points. Retirez-en pour ne pas dépasser 7."]
    assert "Points en trop : 2" in " ".join(wrong.soup.select_one("#reste").get_text(" ").split())
    recap = wrong.submit("Relire mon bulletin", **{"points-31": "0"})
    again = recap.submit("Changer mes choix")
    assert again.status == 200
    chosen = {
        select["name"]: (select.find("option", selected=True) or select.find("option"))["value"]
        for select in again.soup.select("select")
    }
    assert chosen == {"points-12": "3", "points-7": "3", "points-31": "0", "points-44": "0"}


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (None, [("points-99", "1")]),
        (None, [("points-12", "-1")]),
        (None, [("points-12", "1.5")]),
        (None, [("points-12", "٣")]),
        (None, [("points-12", "9" * 5000)]),
        (None, [("points-12", "4")]),
        (UP_TO_TWO, [("choices", "99")]),
        (UP_TO_TWO, [("choices", "7"), ("choices", "12"), ("choices", "31")]),
        (EXACTLY_TWO, [("choices", "7")]),
        (EXACTLY_TWO, [("choices", "7"), ("choices", "7")]),
        (EXACTLY_TWO, [("blank", "y")]),
    ],
)
@pytest.mark.parametrize("act", ["voter", "deposer"])
def test_a_forged_ballot_is_refused_and_nothing_is_written(web, given, voter, form, fields, act):
    scrutin = given(make_scrutin, form) if form else given(make_scrutin)
    page = web.post(f"/scrutins/{scrutin.id}/{act}", [("csrf_token", web.token()), *fields])
    assert page.status == 422
    assert page.errors
    assert arrivals(given) == []
    assert not given(queries.has_voted, scrutin.id, voter.id)


def test_sending_the_act_twice_gives_the_same_receipt_and_one_ballot(web, given, voter):
    scrutin = given(make_scrutin, UP_TO_TWO)
    recap = web.get(f"/scrutins/{scrutin.id}/voter").submit("Relire mon bulletin", choices=["7"])
    first, second = recap.submit("Déposer mon bulletin"), recap.submit("Déposer mon bulletin")
    assert code_on(first) == code_on(second)
    assert arrivals(given) == ['{"7":1}']


def test_a_second_vote_from_another_tab_is_refused_with_what_to_do(web, given, voter):
    scrutin = given(make_scrutin, UP_TO_TWO)
    one = web.get(f"/scrutins/{scrutin.id}/voter").submit("Relire mon bulletin", choices=["7"])
    two = web.get(f"/scrutins/{scrutin.id}/voter").submit("Relire mon bulletin", choices=["12"])
    one.submit("Déposer mon bulletin")
    refused = two.submit("Déposer mon bulletin")
    assert refused.status == 409
    assert "Vous avez déjà voté" in refused.text
    assert refused.has_link("Voir mon reçu")
    assert arrivals(given) == ['{"7":1}']
    assert "Vous avez voté" in web.get(f"/scrutins/{scrutin.id}/voter").heading


def test_the_token_of_somebody_else_serves_nobody(web, given, voter):
    scrutin = given(make_scrutin, UP_TO_TWO)
    recap = web.get(f"/scrutins/{scrutin.id}/voter").submit("Relire mon bulletin", choices=["7"])
    token = recap.soup.find("input", attrs={"name": "receipt_code"})["value"]
    mine = code_on(recap.submit("Déposer mon bulletin"))
    web.client.delete_cookie("agora")
    web.sign_in(given(make_person))
    recap = web.get(f"/scrutins/{scrutin.id}/voter").submit("Relire mon bulletin", choices=["7"])
    theirs = recap.submit("Déposer mon bulletin", receipt_code=token)
    assert code_on(theirs) != mine
    assert len(arrivals(given)) == 2


def test_who_comes_too_late_gets_the_ballot_back_with_the_reason(web, given, voter):
    scrutin = given(make_scrutin, UP_TO_TWO)
    recap = web.get(f"/scrutins/{scrutin.id}/voter").submit("Relire mon bulletin", choices=["7"])
    with clock.shifted(timedelta(days=8)):
        late = recap.submit("Déposer mon bulletin")
        assert late.status == 422
        assert "Le vote est clos" in late.errors[0]
        assert late.soup.find("input", attrs={"name": "choices", "value": "7"}).has_attr("checked")
        assert "Vous ne pouvez pas voter maintenant" in web.get(f"/scrutins/{scrutin.id}/voter").heading
    assert arrivals(given) == []


def test_a_vote_not_yet_open_says_when_it_will_be(web, given, voter):
    scrutin = given(make_scrutin, opens_at=clock.now() + timedelta(days=1))
    page = web.get(f"/scrutins/{scrutin.id}/voter")
    assert "Le vote n’est pas encore ouvert" in page.text
    assert web.get(f"/scrutins/{scrutin.id}").has_link("Voter") is False


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"link": Link.WORKS}, Eligibility(residents_only=True)),
        ({"role": Role.AGENT}, Eligibility(exclude_agents=True)),
    ],
)
def test_who_is_not_called_to_vote_is_told_why_at_the_door(web, given, values, rule):
    scrutin = given(make_scrutin, eligibility=rule)
    roles = [values.pop("role")] if "role" in values else []
    web.sign_in(given(make_person, *roles, **values))
    for page in (
        web.get(f"/scrutins/{scrutin.id}/voter"),
        web.post(f"/scrutins/{scrutin.id}/deposer", {"csrf_token": web.token(), "points-12": "1"}),
    ):
        assert page.status == 403
        assert "règlement" in page.text
    assert arrivals(given) == []


def test_each_voter_meets_the_projects_in_an_order_of_their_own(web, given):
    many = [project(str(number), f"Projet {number}", 1000) for number in range(1, 13)]
    scrutin = given(make_scrutin, UP_TO_TWO, projects=many)
    orders = []
    for _ in range(3):
        web.client.delete_cookie("agora")
        web.sign_in(given(make_person))
        pages = [web.get(f"/scrutins/{scrutin.id}/voter") for _ in range(2)]
        seen = [[box["value"] for box in page.soup.find_all("input", attrs={"name": "choices"})] for page in pages]
        assert seen[0] == seen[1]
        orders.append(tuple(seen[0]))
    assert len(set(orders)) == 3
    assert tuple(str(number) for number in range(1, 13)) not in orders


def test_the_receipt_is_read_checked_downloaded_and_put_away(web, given, voter):
    scrutin = given(make_scrutin, UP_TO_TWO)
    recap = web.get(f"/scrutins/{scrutin.id}/voter").submit("Relire mon bulletin", choices=["7"])
    receipt = recap.submit("Déposer mon bulletin")
    code = code_on(receipt)
    text = web.client.get(f"/scrutins/{scrutin.id}/recu.txt")
    assert code in text.text
    assert "attachment" in text.headers["Content-Disposition"]
    assert "no-store" in text.headers["Cache-Control"]
    found = receipt.follow("Vérifier mon bulletin").submit("Vérifier", code=code.lower())
    assert "Oui, ce bulletin est dans l’urne." in found.text
    assert "Jardin partagé" not in found.text
    shown = receipt.submit("Je l’ai gardé")
    assert shown.path == f"/scrutins/{scrutin.id}"
    assert code not in web.get(f"/scrutins/{scrutin.id}/recu").text
    assert web.client.get(f"/scrutins/{scrutin.id}/recu.txt").status_code == 409


def test_a_receipt_is_checked_without_an_account(web, given):
    scrutin = given(make_scrutin)
    page = web.get(f"/scrutins/{scrutin.id}/verifier")
    unknown = page.submit("Vérifier", code="ABCD " * 6 + "AB")
    assert "Aucun bulletin ne porte ce code" in unknown.text
    assert unknown.response.headers["Cache-Control"] == "no-store"
    assert page.submit("Vérifier", code="trop court").status == 422
    assert page.submit("Vérifier", code="").errors == ["Recopiez le code imprimé sur votre reçu."]


def test_a_vote_nobody_prepared_does_not_exist(web, voter):
    for number in ("999999", "99999999999999999999"):
        assert web.get(f"/scrutins/{number}").status == 404
        assert web.get(f"/scrutins/{number}/voter").status == 404


@pytest.mark.parametrize("projects", [4, 40])
def test_a_complete_vote_asks_the_database_little_whatever_the_number_of_projects(web, given, voter, projects):
    put_to_vote = [project(str(ref), f"Projet {ref}", 1_000) for ref in range(1, projects + 1)]
    scrutin = given(make_scrutin, projects=put_to_vote)
    with count_queries() as booth_queries:
        booth = web.get(f"/scrutins/{scrutin.id}/voter")
    with count_queries() as recap_queries:
        recap = booth.submit("Relire mon bulletin", **{"points-1": "3"})
    with count_queries() as act_queries:
        receipt = recap.submit("Déposer mon bulletin")
    assert code_on(receipt)
    # The person, the vote and its projects, the database's clock, "has voted", and what every page shows around.
    assert len(booth_queries) <= 7
    assert len(recap_queries) <= 7
    # The act: person, vote, its lock, the clock, the names of the projects, the two rows; then the receipt's page.
    assert len(act_queries) <= 7 + 5

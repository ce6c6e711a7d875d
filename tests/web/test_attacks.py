"""Attacks tried on the pages, each with the door it found closed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts.models import Role
from app.domain.accounts.queries import person_by_id
from app.domain.accounts.rules import can_be_pseudonym
from app.domain.ballots import queries, services
from app.domain.ideas.models import IdeaState
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from app.extensions import line_of_request
from app.web.forms import tidy
from tests.support.box import committed, people_and_vote
from tests.support.town import make_person, make_site
from tests.support.town_accounts import PASSWORD, make_member
from tests.support.town_ballots import UP_TO_TWO, make_scrutin
from tests.support.town_ideas import make_idea
from tests.support.web import Web

SIGN = "Déposer mon bulletin"


@pytest.fixture
def nour(web, given):
    given(make_site)
    person = given(make_member)
    web.sign_in(person)
    return person


def vote_on_the_pages(web, scrutin):
    return web.get(f"/scrutins/{scrutin.id}/voter").submit("Relire mon bulletin", choices=["7"]).submit(SIGN)


# --- One voice each ---------------------------------------------------------------------------------------------------


def test_nobody_closes_their_account_to_join_again_and_vote_twice(web, given, nour):
    scrutin = given(make_scrutin, UP_TO_TWO)
    vote_on_the_pages(web, scrutin)
    page = web.get("/mon-compte/fermer").submit("Fermer mon compte", password=PASSWORD)
    assert page.status == 422
    assert "ne vote deux fois" in page.errors[0]
    assert given(lambda: person_by_id(nour.id).email) == "nour@exemple.test"


def test_the_account_of_a_voter_closes_after_the_vote(web, given, nour):
    vote_on_the_pages(web, given(make_scrutin, UP_TO_TWO))
    with clock.shifted(timedelta(days=8)):
        page = web.get("/mon-compte/fermer").submit("Fermer mon compte", password=PASSWORD)
    assert "Votre compte est fermé" in page.flashes


def test_who_has_not_voted_closes_their_account_during_a_vote(web, given, nour):
    given(make_scrutin, UP_TO_TWO)
    page = web.get("/mon-compte/fermer").submit("Fermer mon compte", password=PASSWORD)
    assert "Votre compte est fermé" in page.flashes


def test_the_administration_does_not_close_the_account_of_a_voter_either(app, web, given, nour):
    vote_on_the_pages(web, given(make_scrutin, UP_TO_TWO))
    admin = Web(app).sign_in(given(make_person, Role.ADMIN))
    page = admin.post(f"/administration/personnes/{nour.id}/fermer", {"csrf_token": admin.token()})
    assert page.status == 409
    assert given(lambda: person_by_id(nour.id).is_active)


def test_an_account_closed_while_it_votes_leaves_no_ballot(real_app):
    scrutin_id, (person_id,) = people_and_vote(real_app, 1)

    def close() -> None:
        person_by_id(person_id).deactivated_at = clock.now()

    with real_app.test_request_context():
        # Read as the door of the booth reads it; the closing comes before the ballot.
        scrutin, person = queries.scrutin_by_id(scrutin_id), person_by_id(person_id)
        db.session.rollback()
        with ThreadPoolExecutor(max_workers=1) as elsewhere:
            elsewhere.submit(committed, real_app, close).result()
        with pytest.raises(Refusal) as refused:
            services.cast(scrutin=scrutin, choices={"7": 1}, actor=person)
    assert refused.value.code == "account_closed"
    assert committed(real_app, queries.count_arrivals, scrutin_id) == 0


# --- What a page says again -------------------------------------------------------------------------------------------


def test_a_session_ended_in_the_booth_gives_back_the_ballot_without_its_receipt_and_to_no_cache(web, given, nour):
    scrutin = given(make_scrutin, UP_TO_TWO)
    recap = web.get(f"/scrutins/{scrutin.id}/voter").submit("Relire mon bulletin", choices=["7"])
    token = recap.soup.find("input", attrs={"name": "receipt_code"})["value"]
    web.client.delete_cookie("agora")
    page = recap.submit(SIGN)
    assert page.heading == "Votre session a pris fin"
    assert token not in page.response.text
    assert page.response.headers["Cache-Control"] == "no-store"
    resumed = page.submit("Me connecter et continuer", identifier="nour@exemple.test", password=PASSWORD)
    assert resumed.submit("Envoyer").path == f"/scrutins/{scrutin.id}/recu"


def test_a_withdrawn_idea_is_not_read_through_the_page_that_reports_it(web, given, nour):
    idea = given(make_idea, title="Un titre repris", state=IdeaState.WITHDRAWN, withdrawn_at=clock.now())
    page = web.get(f"/idees/{idea.number}/signaler")
    assert page.status == 403
    assert "Un titre repris" not in page.response.text


# --- Where a request comes from ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("unix:", "unix:"),
    ],
)
def test_limits_count_an_ipv6_line_as_one(app, address, counted):
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert line_of_request() == counted


def test_a_page_that_hides_where_it_comes_from_is_another_site(web):
    answer = web.client.post("/connexion", data={"identifier": "texte du pirate"}, headers={"Origin": "null"})
    assert answer.status_code == 400
    assert "texte du pirate" not in answer.text


# --- Addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["endpoint=x", "_method=DELETE", "_scheme=javascript", "_external=1"])
def test_what_follows_the_question_mark_does_not_steer_the_links_of_a_list(web, given, query):
    for _number in range(25):
        given(make_idea, state=IdeaState.SUBMITTED)
    web.sign_in(given(make_person, Role.AGENT))
    page = web.get(f"/idees/moderation?{query}")
    assert page.status == 200
    assert page.follow("Page suivante").path == "/idees/moderation?page=2"


def test_official_papers_name_the_site_of_the_settings_whatever_the_request_claims(web, given, nour):
    scrutin = given(make_scrutin, UP_TO_TWO)
    vote_on_the_pages(web, scrutin)
    text = web.client.get(f"/scrutins/{scrutin.id}/recu.txt", headers={"X-Forwarded-Host": "pirate.test"}).text
    assert f"http://127.0.0.1:8000/scrutins/{scrutin.id}/verifier" in text


@pytest.mark.parametrize(
    "path", ["/fichiers/%00", "/registre/2026-001%00", "/idees/ecrire/%00", "/idees?q=%00", "/idees/proches?title=a%00"]
)
def test_an_address_with_a_sign_no_database_holds_leads_nowhere(web, given, path):
    web.sign_in(given(make_person))
    assert web.client.get(path).status_code == 404


def test_a_year_no_database_can_hold_filters_nothing(web):
    assert web.get("/registre?annee=99999999999999999999").status == 200


# --- Names and titles that show something else ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Nоur", "Οdile", "Ѕamira"])
def test_a_name_that_mixes_alphabets_to_look_like_another_is_refused(name):
    verdict = can_be_pseudonym(name)
    assert not verdict
    assert "plusieurs alphabets" in str(verdict)


@pytest.mark.parametrize("name", ["Нурия", "نور الدين", "Élodie", "Όλγα", "小林さん"])
def test_a_name_in_one_alphabet_is_accepted_whichever_it_is(name):
    assert can_be_pseudonym(name)


def test_signs_that_turn_the_order_of_letters_are_dropped_from_what_is_typed():
    assert tidy(" Des \u202ecnab\u202c et \u2066un\u2069 arbre\x00 ") == "Des cnab et un arbre"

"""One's own page: messages, what one says of oneself, a copy, the end."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from app.domain.accounts import services
from app.domain.accounts.models import Role
from app.domain.accounts.queries import person_by_id
from app.domain.processes.rules import Eligibility
from app.domain.shared import clock
from tests.support.town import make_quartier, make_site
from tests.support.town_accounts import PASSWORD, make_member
from tests.support.town_ballots import cast_all, make_scrutin
from tests.support.town_ideas import make_idea
from tests.support.web import Web, count_queries


@pytest.fixture
def nour(web, given):
    given(make_site)
    person = given(make_member, quartier=given(make_quartier, name="Les Genêts"))
    web.sign_in(person)
    return person


def tell(person, times=1):
    for number in range(times):
        services.tell(person_by_id(person.id), f"Message {number}", "Un mot pour vous.", "/registre")


def test_one_reads_what_one_was_told_and_reading_marks_nothing(web, given, nour):
    assert "Aucun message" in web.get("/mon-compte").text
    given(tell, nour)
    page = web.get("/mon-compte")
    assert "Message 0" in page.text
    assert page.follow("Voir : Message 0").path == "/registre"


def test_twice_the_messages_cost_no_more_queries(web, given, nour):
    given(tell, nour)
    with count_queries() as few:
        web.get("/mon-compte")
    given(tell, nour, 12)
    with count_queries() as many:
        page = web.get("/mon-compte")
    assert len(many) == len(few) <= 7
    assert page.follow("Page suivante").path == "/mon-compte?page=2"


def test_one_changes_what_one_says_of_oneself(web, nour):
    page = web.get("/mon-compte/profil").submit("Enregistrer", pseudonym="Nour B", language="en")
    assert page.path == "/mon-compte"
    assert "Nour B" in page.text
    assert page.soup.html["lang"] == "en"


def test_a_name_taken_is_said_beside_its_field(web, given, nour):
    given(make_member, pseudonym="Amel")
    page = web.get("/mon-compte/profil").submit("Enregistrer", pseudonym="AMEL")
    assert page.status == 422
    assert any("déjà pris" in error for error in page.errors)


def test_changing_the_password_signs_the_other_devices_out(app, web, nour):
    elsewhere = Web(app).sign_in(nour)
    page = web.get("/mon-compte/mot-de-passe")
    assert page.submit("Changer", current_password="faux", new_password="cinq mots à moi").status == 422
    page = page.submit("Changer", current_password=PASSWORD, new_password="cinq mots à moi")
    assert "Votre mot de passe est changé" in page.flashes
    assert web.get("/mon-compte").heading == "Bonjour Nour"
    assert elsewhere.get("/mon-compte").heading == "Me connecter"


def test_one_signs_out_everywhere(app, web, nour):
    elsewhere = Web(app).sign_in(nour)
    web.get("/mon-compte").submit("Déconnecter tous mes appareils")
    assert web.get("/mon-compte").heading == elsewhere.get("/mon-compte").heading == "Me connecter"


def test_one_takes_a_copy_of_everything_as_a_file(web, nour):
    answer = web.get("/mon-compte").submit("Télécharger mes données").response
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    held = json.loads(answer.text)
    assert held["account"]["email"] == "nour@exemple.test"
    assert held["votes"] == []


def vote(person):
    cast_all(make_scrutin(), [{"12": 3}], [person_by_id(person.id)])


def test_what_was_said_when_a_vote_opened_decides_until_it_closes(web, given, nour):
    here, there = nour.quartier_id, given(make_quartier, name="La Roseraie").id
    given(make_scrutin, eligibility=Eligibility(quartier_ids=(there,)))
    page = web.get("/mon-compte/profil").submit("Enregistrer", quartier=str(there))
    assert page.status == 422
    assert any("après sa clôture" in error for error in page.errors)
    assert web.get("/mon-compte/profil").submit("Enregistrer", pseudonym="Nour B").path == "/mon-compte"
    assert given(lambda: person_by_id(nour.id).quartier_id) == here
    with clock.shifted(timedelta(days=8)):
        assert web.get("/mon-compte/profil").submit("Enregistrer", quartier=str(there)).path == "/mon-compte"


def test_who_moves_away_keeps_the_vote_they_had(web, given, nour):
    given(make_scrutin, eligibility=Eligibility(quartier_ids=(nour.quartier_id,)))
    there = given(make_quartier, name="La Roseraie").id
    assert web.get("/mon-compte/profil").submit("Enregistrer", quartier=str(there)).status == 422


def test_a_change_no_open_vote_depends_on_is_free(web, given, nour):
    given(make_scrutin)
    there = given(make_quartier, name="La Roseraie").id
    assert web.get("/mon-compte/profil").submit("Enregistrer", quartier=str(there)).path == "/mon-compte"


def test_one_sees_that_one_has_voted_and_never_for_what(web, given, nour):
    given(vote, nour)
    page = web.get("/mon-compte")
    assert "Vous avez voté : Vote du budget participatif." in page.text
    assert "Bancs" not in page.text
    assert page.follow("Voir ce vote").path.startswith("/scrutins/")


def test_the_copy_holds_ideas_supports_and_votes_without_their_content(web, given, nour):
    given(vote, nour)
    given(make_idea, author=nour, title="Un banc à l’ombre")
    held = json.loads(web.get("/mon-compte").submit("Télécharger mes données").response.text)
    assert [vote["title"] for vote in held["votes"]] == ["Vote du budget participatif"]
    assert [idea["title"] for idea in held["ideas"]] == ["Un banc à l’ombre"]
    assert "12" not in str(held["votes"])


def test_one_closes_one_s_account(web, nour):
    page = web.get("/mon-compte/fermer")
    assert page.submit("Fermer mon compte", password="faux").status == 422
    page = page.submit("Fermer mon compte", password=PASSWORD)
    assert "Votre compte est fermé" in page.flashes
    page = web.get("/connexion").submit("Me connecter", identifier="nour@exemple.test", password=PASSWORD)
    assert page.status == 422


def test_what_one_published_follows_one_s_name_until_the_account_is_closed(web, given, nour):
    idea = given(make_idea, author=nour)
    web.get("/mon-compte/profil").submit("Enregistrer", pseudonym="Noor")
    assert "Noor" in web.get(f"/idees/{idea.number}").text
    web.get("/mon-compte/fermer").submit("Fermer mon compte", password=PASSWORD)
    page = web.get(f"/idees/{idea.number}")
    assert page.status == 200
    assert "Compte fermé" in page.text
    assert "Noor" not in page.text


def test_the_last_administrator_is_told_why_they_cannot_leave(web, given):
    web.sign_in(given(make_member, Role.ADMIN))
    page = web.get("/mon-compte/fermer").submit("Fermer mon compte", password=PASSWORD)
    assert page.status == 422
    assert any("dernière personne" in error for error in page.errors)

"""What somebody with bad intentions would try on accounts."""

from __future__ import annotations

import itertools

import pytest

from app.database import db
from app.domain.accounts import rules
from app.domain.accounts.models import Role
from app.domain.accounts.services import passwords, sessions
from app.extensions import limiter
from tests.support import database
from tests.support.town import make_bracket
from tests.support.town_accounts import PASSWORD, make_card, make_member
from tests.support.web import Web


def cookie_of(web):
    return web.client.get_cookie("agora").value


def test_signing_in_changes_the_session_and_keeps_nothing_of_the_one_before(web, given):
    given(make_member)
    page = web.get("/connexion")
    with web.client.session_transaction() as session:
        session["fixed"] = "posé par un autre"
    before = cookie_of(web)
    page.submit("Me connecter", identifier="nour@exemple.test", password=PASSWORD)
    assert cookie_of(web) != before
    with web.client.session_transaction() as session:
        assert "fixed" not in session
    web.client.set_cookie("agora", before)
    assert web.get("/mon-compte").heading == "Me connecter"


def test_signing_in_twice_gives_two_sessions(web, given):
    given(make_member)
    seen = []
    for _time in range(2):
        web.client.delete_cookie("agora")
        web.get("/connexion").submit("Me connecter", identifier="nour@exemple.test", password=PASSWORD)
        with web.client.session_transaction() as session:
            seen.append(session["_user_id"])
    assert seen[0] != seen[1]


@pytest.mark.parametrize("identifier", ["personne@exemple.test", "GEN-CCCC-CCCC", "nour@exemple.test", "' OR 1=1 --"])
def test_as_many_hashes_are_computed_whether_or_not_somebody_is_there(web, given, monkeypatch, identifier):
    given(make_member)
    tried = []
    real = rules.password_matches

    def watched(known, password):
        tried.append(known)
        return real(known, password)

    monkeypatch.setattr(sessions.rules, "password_matches", watched)
    page = web.get("/connexion").submit("Me connecter", identifier=identifier, password="ab-cd")
    assert page.status == 422
    assert len(tried) == (1 if "@" in identifier else 2)
    assert (tried[0] is None) == (identifier != "nour@exemple.test")


@pytest.mark.parametrize(
    "wanted",
    ["//pirate.test", "https://pirate.test", "/\\pirate.test", "/\t/pirate.test", "javascript:alert(1)", "\\\\p"],
)
def test_nobody_is_sent_to_another_site_after_signing_in(web, given, wanted):
    given(make_member)
    form = {"csrf_token": web.token(), "identifier": "nour@exemple.test", "password": PASSWORD, "next": wanted}
    answer = web.client.post("/connexion", data=form)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"


def test_one_goes_on_to_the_page_one_wanted(web, given):
    given(make_member)
    page = web.get("/mon-compte/profil")
    assert page.heading == "Me connecter"
    page = page.submit("Me connecter", identifier="nour@exemple.test", password=PASSWORD)
    assert page.path == "/mon-compte/profil"


def test_a_forged_session_opens_nothing(web):
    web.client.set_cookie("agora", "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert web.get("/mon-compte").heading == "Me connecter"


def test_a_closed_account_signs_in_nowhere(web, given):
    from_now = given(make_member)
    given(lambda: passwords.queries.person_by_id(from_now.id).__setattr__("deactivated_at", from_now.created_at))
    page = web.get("/connexion").submit("Me connecter", identifier="nour@exemple.test", password=PASSWORD)
    assert page.status == 422


@pytest.fixture
def limited(all_databases, tmp_path):
    """An application that counts tries; the counter is one for all, hence put back."""
    app = database.application(all_databases.fresh(), tmp_path, RATELIMIT_ENABLED=True)
    limiter.reset()
    yield app
    limiter.reset()
    limiter.enabled = False
    database.close(app)


@pytest.mark.parametrize("path", ["/connexion", "/inscription", "/mot-de-passe", "/carte"])
def test_a_machine_that_tries_is_stopped_and_told_to_wait(limited, path):
    with limited.app_context():
        make_bracket()
        db.session.commit()
    web = Web(limited)
    sent = {"csrf_token": web.token()}
    answers = [web.post(path, sent) for _try in range(16)]
    assert answers[0].status == 422
    assert answers[-1].status == 429
    assert "Attendez quelques minutes" in answers[-1].text
    assert web.get(path).status == 200


def test_letters_to_addresses_one_claims_are_counted(limited):
    with limited.app_context():
        nour = make_member()
        db.session.commit()
        web = Web(limited).sign_in(nour)
    sent = {"csrf_token": web.token(), "email": "autre@exemple.test", "password": "faux"}
    answers = [web.post("/mon-compte/adresse", sent).status for _try in range(11)]
    assert answers == [422] * 10 + [429]


def test_one_cannot_activate_the_card_of_somebody_else_with_one_s_own_code(web, given):
    animator = given(make_member, Role.ANIMATEUR)
    mine, theirs = given(make_card, animator, "a" * 32), given(make_card, animator, "b" * 32)
    page = web.get("/connexion").submit("Me connecter", identifier=theirs.identifier, password=mine.code)
    assert page.status == 422
    assert "pas encore activée" not in page.text


@pytest.mark.parametrize("known", [True, False])
def test_an_account_tried_from_everywhere_is_guarded_and_nobody_learns_of_it(limited, known):
    def tries(count, **values):
        sent = {"csrf_token": web.token(), "identifier": "nour@exemple.test", "password": "au hasard", **values}
        answers = []
        for _number in range(count):
            web.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{next(lines)}"
            answers.append(web.client.post("/connexion", data=sent).status_code)
        return answers

    if known:
        with limited.app_context():
            make_member()
            db.session.commit()
    web, lines = Web(limited), itertools.count(1)
    answers = tries(41, identifier="NOUR@exemple.test ")
    assert set(answers[:40]) == {422}
    assert answers[40] == 429
    assert tries(1, identifier="amel@exemple.test") == [422]


def test_signing_in_often_guards_nothing(limited):
    with limited.app_context():
        make_member()
        db.session.commit()
    for number in range(42):
        web = Web(limited)
        web.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number + 1}"
        sent = {"csrf_token": web.token(), "identifier": "nour@exemple.test", "password": PASSWORD}
        assert web.client.post("/connexion", data=sent).status_code == 303

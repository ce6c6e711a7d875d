"""The pages of seats and members: offers, accounts, addresses, rules from a file, papers kept, visits."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts.models import Role
from app.domain.governance import queries, services
from app.domain.governance.models import Mandate, Member, Recruitment, Standing
from app.domain.shared import clock
from tests.support.town import make_person, make_site
from tests.support.town_councils import make_council
from tests.support.town_governance import make_body, make_mandate, make_seance
from tests.support.web import Web

PDF = b"%PDF-1.7\nun document\n%%EOF"


@pytest.fixture
def agent(web, given):
    web.sign_in(given(make_person, Role.AGENT))
    return web


@pytest.fixture
def seated(given):
    """A body with a titular, and the mandate."""

    def one():
        body = make_body()
        mandate = make_mandate(body)
        return body.id, mandate.id, mandate.seat_id, mandate.member_id

    return given(one)


def waiting(seat_id, name, rank):
    """Somebody on the list of alternates of a seat."""
    member = Member(first_name=name, last_name="Petit", created_at=clock.now())
    db.session.add(member)
    db.session.flush()
    db.session.add(
        Mandate(
            seat_id=seat_id, member_id=member.id, standing=Standing.ALTERNATE, rank=rank,
            recruitment=Recruitment.DRAW, starts_on=clock.today() - timedelta(days=1),
        )
    )  # fmt: skip


def test_a_vacant_seat_goes_to_the_next_and_every_answer_is_told(agent, given, seated):
    _body, _mandate, seat_id, _member = seated
    given(lambda: [waiting(seat_id, name, rank) for rank, name in enumerate(("Rosa", "Karim"), start=1)])
    page = agent.get(f"/sieges/{seat_id}").follow("Terminer le mandat")
    page = page.submit("Enregistrer", reason="moved", words="Lettre du 3 juin.")
    assert "C’est le tour de Rosa Petit" in page.text
    offered = page.submit("Proposer le siège")
    assert "Ce siège est proposé à Rosa Petit" in offered.text
    assert "Ce qui s’est passé" in offered.text
    refused = offered.submit("La personne refuse")
    assert "C’est le tour de Karim Petit" in refused.text
    assert "a refusé" in refused.text
    taken = refused.submit("Proposer le siège").submit("La personne accepte")
    assert taken.soup.select_one("main h2").get_text() == "Karim Petit"
    token = agent.token()
    unknown = agent.client.post(f"/sieges/{seat_id}/reponse", data={"csrf_token": token, "offer": "99"})
    assert unknown.status_code == 404


def test_a_place_on_the_list_is_given_from_a_seat_that_is_held(agent, seated):
    _body, _mandate, seat_id, _member = seated
    page = agent.get(f"/sieges/{seat_id}").follow("Donner une suppléance").follow("Écrire une nouvelle personne")
    page = page.submit("Enregistrer", first_name="Rosa", last_name="Petit", gender="woman")
    assert page.soup.select_one("input[name=standing][value=alternate]").has_attr("checked")
    assert "Le siège est donné." in page.submit("Donner le siège", rank="1", standing="alternate").flashes
    assert "Rosa Petit , place 1" in agent.get(f"/sieges/{seat_id}").text


def test_nobody_is_written_without_a_seat_to_come(agent, seated):
    body_id = seated[0]
    assert agent.get(f"/instances/{body_id}/membres/nouveau").path == f"/instances/{body_id}/membres"


def test_an_account_is_linked_by_its_public_name_and_untied(agent, given, seated):
    body_id, _mandate, seat_id, member_id = seated
    person = given(make_person, pseudonym="Nadia")
    page = agent.get(f"/sieges/{seat_id}").follow("Son compte")
    assert "Aucun compte n’a ce nom public" in page.submit("Relier le compte", pseudonym="Personne").text
    assert "Le compte est relié." in page.submit("Relier le compte", pseudonym="nadia").flashes
    held = given(lambda: db.session.get(Member, member_id).person_id)
    assert held == person.id
    page = agent.get(f"/instances/{body_id}/membres/{member_id}/compte")
    assert person.pseudonym in page.text
    assert "Le compte est détaché." in page.submit("Détacher ce compte").flashes
    assert given(lambda: db.session.get(Member, member_id).person_id) is None


def test_how_a_member_is_reached_is_changed_by_those_who_compose(agent, app, given, seated):
    body_id, _mandate, seat_id, member_id = seated
    form = agent.get(f"/sieges/{seat_id}").follow("Comment la joindre")
    form.submit("Enregistrer", email="fatou@exemple.fr", phone="0600000000", address="1 rue des Genêts")
    assert given(lambda: db.session.get(Member, member_id).address) == "1 rue des Genêts"
    other = Web(app).sign_in(given(make_person))
    assert other.get(f"/instances/{body_id}/membres/{member_id}/coordonnees").status == 403
    assert "rue des Genêts" not in other.get(f"/instances/{body_id}/composition").text


def test_a_rule_is_taken_up_from_a_file_and_a_wrong_file_changes_nothing(agent, given):
    body = given(make_body)
    content = {"colleges": [{"code": "a", "name": "Habitantes", "seats": "rest", "parts": [
        {"seats": "rest", "kinds": [{"code": "k", "name": "Volontaires", "recruitment": "volunteer"}]},
    ]}]}  # fmt: skip
    answers = []
    for file in (b"{", json.dumps(content).encode()):
        agent.get(f"/instances/{body.id}/regles/importer")
        data = {"csrf_token": agent.token(), "file": (io.BytesIO(file), "regle.json"), "source": "Délibération"}
        answers.append(agent.client.post(f"/instances/{body.id}/regles/importer", data=data).status_code)
    assert answers == [422, 303]
    page = agent.get(f"/instances/{body.id}/regles")
    assert "Volontaires" in page.text
    assert "Ce n’est pas encore écrit." in page.text


def test_a_paper_is_kept_with_its_file_and_everybody_opens_it(agent, app, given):
    body = given(make_body)
    agent.get(f"/instances/{body.id}/papiers")
    data = {"kind": "charter", "title": "Charte", "dated_on": "2026-03-02", "csrf_token": agent.token()}
    wrong = {**data, "paper": (io.BytesIO(b"rien"), "charte.pdf")}
    assert agent.client.post(f"/instances/{body.id}/papiers", data=wrong).status_code == 422
    right = {**data, "paper": (io.BytesIO(PDF), "charte.pdf")}
    assert agent.client.post(f"/instances/{body.id}/papiers", data=right).status_code == 303
    link = Web(app).get(f"/instances/{body.id}").soup.find("a", string="Charte")["href"]
    answer = Web(app).client.get(link)
    assert (answer.mimetype, answer.data[:4]) == ("application/pdf", b"%PDF")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    agent.get(f"/instances/{body.id}/papiers").submit("Retirer")
    assert Web(app).client.get(link).status_code == 404


def test_an_administrator_let_in_reads_what_is_private_while_it_lasts_and_writes_nothing(app, given):
    given(make_site, space_access_minutes=20)
    council = given(make_council)
    seance = given(lambda: make_seance(db.session.merge(council.body), is_public=False))
    private = (f"/seances/{seance.id}", f"/instances/{council.body.id}/membres", f"/conseils/{council.body.id}/espace")
    writing = (f"/seances/{seance.id}/proposer", f"/seances/{seance.id}/ma-presence")
    admin = Web(app).sign_in(council.admin)
    assert [admin.get(path).status for path in (private[0], private[2])] == [403, 403]
    admin.get(f"/conseils/{council.body.id}/espace/entrer").submit("Entrer", reason="Une panne signalée.")
    assert [admin.get(path).status for path in private] == [200, 200, 200]
    assert [admin.get(path).status for path in writing] == [403, 403]
    other = given(lambda: make_seance(make_body(is_independent=True), is_public=False))
    assert admin.get(f"/seances/{other.id}").status == 403
    with clock.shifted(timedelta(minutes=21)):
        assert [admin.get(path).status for path in (private[0], private[2])] == [403, 403]
    shown = Web(app).sign_in(council.chair).get(f"/conseils/{council.body.id}/espace")
    assert "Une panne signalée." in shown.text
    entries = given(lambda: services.enter_space(body=queries.body_by_id(council.body.id), reason="Encore.",
                                                 actor=council.admin).body_id)  # fmt: skip
    assert entries == council.body.id


def test_mandates_at_their_term_are_ended_together_after_a_look(agent, given, seated):
    body_id, mandate_id, seat_id, _member = seated
    address = f"/instances/{body_id}/membres"
    assert "Aucun mandat à terminer" in agent.get(f"{address}/mandats-echus").text
    given(lambda: setattr(db.session.get(Mandate, mandate_id), "ends_on", clock.today()))
    page = agent.get(address).follow("Terminer 1 mandat arrivé à son terme")
    assert "Fatou Ndiaye" in page.text
    ended = page.submit("Terminer ces mandats")
    assert (ended.path, "1 mandat est terminé" in ended.flashes.replace("\u00a0", " ")) == (address, True)
    assert "Vacant" in ended.text
    assert not ended.has_link("Terminer 1 mandat arrivé à son terme")
    assert "Fin du mandat" in agent.get(f"/sieges/{seat_id}").text
    assert page.submit("Terminer ces mandats").status == 422

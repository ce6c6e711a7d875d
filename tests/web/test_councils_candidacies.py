"""The pages of candidacies: one question at a time, nothing typed is lost, each reads what is theirs."""

from __future__ import annotations

import pytest

from app.domain.councils import services
from app.domain.councils.models import CandidacyChannel
from tests.support.town import make_site
from tests.support.town_draws import make_candidacy, make_installing
from tests.support.web import Web, count_queries


@pytest.fixture
def installing(given):
    given(make_site)
    return given(make_installing)


def first_pages(page, installing):
    page = page.submit("Continuer", seat_type_id=str(installing.volunteers.id))
    page = page.submit("Continuer", first_name="Aminata", last_name="Sow")
    return page.submit("Continuer", birth_year="1984", gender="woman")


def test_a_resident_asks_page_after_page_and_reads_the_answer(web, app, installing):
    council = installing.council
    web.sign_in(council.resident)
    page = web.get(f"/conseils/{installing.body.id}").follow("Siéger au conseil").follow("Déposer ma candidature")
    page = first_pages(page, installing).submit("Continuer", phone="06 00 00 00 00")
    empty = page.submit("Continuer", motivation="")
    assert (empty.status, empty.errors) == (422, ["Dites en quelques mots pourquoi."])
    check = empty.submit("Continuer", motivation="Pour les enfants du square.")
    assert "Relisez avant de déposer" in check.heading
    assert "1984" in check.text
    back = check.submit("Modifier : Prénom")
    assert back.soup.find("input", attrs={"name": "first_name"})["value"] == "Aminata"
    check = back.submit("Continuer", first_name="Amina")
    for _page in range(3):
        check = check.submit("Continuer")
    mine = check.submit("Déposer la candidature")
    assert "Candidature de Amina Sow" in mine.heading
    staff = Web(app).sign_in(council.agent)
    seen = staff.get(f"/conseils/{installing.body.id}/candidatures").follow("Amina Sow")
    invited = seen.submit("Retenir cette candidature").submit("Proposer un siège")
    assert "Noter la réponse si elle arrive" in invited.flashes.replace("Notez", "Noter")
    seated = web.get(mine.path).submit("Oui, je siège")
    assert "Vous siégez à partir d’aujourd’hui" in seated.flashes
    assert "Siège au conseil" in web.get("/mes-candidatures").text


def test_staff_write_one_down_and_note_the_answer_with_its_channel(web, installing):
    web.sign_in(installing.council.animator)
    page = web.get(f"/conseils/{installing.body.id}/saisir-une-candidature")
    page = page.submit("Continuer", seat_type_id=str(installing.associations.id))
    page = page.submit(
        "Continuer", first_name="Rosa", last_name="Lopez", organisation_name="Les Jardins", quality="trésorière"
    )
    page = page.submit("Continuer").submit("Continuer", channel="letter").submit("Continuer", motivation="Le jardin.")
    lost = page.submit("Déposer")
    assert lost.errors == [
        "Donnez un téléphone ou une adresse électronique : il faut pouvoir répondre à cette personne."
    ]
    page = lost.submit("Continuer", phone="04 67 00 00 00").submit("Continuer")
    entered = page.submit("Déposer")
    assert "Les Jardins, trésorière" in entered.text
    noted = entered.submit("Retenir").submit("Proposer un siège").follow("Noter sa réponse")
    assert noted.submit("Noter la réponse").status == 422
    done = noted.submit("Noter la réponse", answer="oui", channel="phone")
    assert "Par téléphone" in done.text
    assert "Siège au conseil" in done.text


def test_a_refusal_is_written_and_read(web, app, installing, given):
    candidacy = given(make_candidacy, installing)
    web.sign_in(installing.council.agent)
    form = web.get(f"/candidatures/{candidacy.id}").follow("Ne pas la retenir")
    assert form.submit("Écrire cette réponse", reason="").status == 422
    form.submit("Écrire cette réponse", reason="Tous les sièges sont pourvus.")
    own = Web(app).sign_in(installing.council.resident).get(f"/candidatures/{candidacy.id}")
    assert "Tous les sièges sont pourvus." in own.text
    assert not own.has_button("Retirer")


def test_a_candidacy_is_read_by_its_person_and_by_those_who_decide(app, installing, given):
    candidacy = given(make_candidacy, installing)
    for who, status in (("resident", 200), ("agent", 200), ("animator", 200), ("elected", 403), ("member", 403)):
        page = Web(app).sign_in(getattr(installing.council, who)).get(f"/candidatures/{candidacy.id}")
        assert (page.status, "square" in page.text) == (status, status == 200), who
    for act in ("accepter-le-siege", "refuser-le-siege", "retirer"):
        visitor = Web(app).sign_in(installing.council.agent)
        visitor.get(f"/candidatures/{candidacy.id}")
        assert visitor.client.post(f"/candidatures/{candidacy.id}/{act}").status_code in {400, 403}


def test_the_list_costs_the_same_with_twice_the_candidacies(web, installing, given):
    web.sign_in(installing.council.agent)

    def fill(first, last):
        for number in range(first, last):
            services.enter_candidacy(
                body=installing.body, seat_type=installing.volunteers, actor=installing.council.agent,
                channel=next(iter(CandidacyChannel)),
                application=services.Application(f"P{number}", "Nom", "Oui.", phone="04"),
            )  # fmt: skip

    def cost():
        with count_queries() as queries:
            assert web.get(f"/conseils/{installing.body.id}/candidatures").status == 200
        return len(queries)

    given(fill, 0, 4)
    few = cost()
    given(fill, 4, 8)
    assert cost() == few <= 14


def test_an_answer_sent_twice_is_refused_in_a_sentence(web, given, installing):
    candidacy = given(lambda: make_candidacy(installing))
    web.sign_in(installing.council.resident)
    token = {"csrf_token": web.token()}
    for answer in ("accepter-le-siege", "refuser-le-siege"):
        refused = web.post(f"/candidatures/{candidacy.id}/{answer}", token)
        assert refused.status == 409
        assert "n’est plus possible à cette étape" in refused.text

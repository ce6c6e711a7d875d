"""An idea entered for somebody: author, channel and typist apart; a copy handed over, and taken over."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.database import db
from app.domain.accounts.models import Role
from app.domain.ideas.models import Channel, Idea
from app.domain.ideas.queries import idea_by_number
from tests.support.town import make_person, make_quartier
from tests.support.town_ideas import make_idea


@pytest.fixture
def karim(web, given):
    """Karim, animator, signed in."""
    person = given(make_person, Role.ANIMATEUR, pseudonym="Karim")
    web.sign_in(person)
    return person


def enter(web, quartier, **values):
    """The form, filled as from a sheet of paper, and sent."""
    filled = {
        "title": "Une rampe à l’entrée du marché", "need": "Les poussettes ne passent pas.", "channel": "outreach",
        "author_name": "Fatou", "quartiers": [str(quartier.id)], "agreement": "y", **values,
    }  # fmt: skip
    return web.get("/idees/saisir-pour").submit("Déposer l’idée pour cette personne", **filled)


def test_the_author_the_channel_and_who_typed_it_are_kept_apart(web, given, karim):
    page = enter(web, given(make_quartier, name="Les Genêts"))
    assert "Donnez cette copie à la personne." in page.flashes
    for words in ("Une rampe à l’entrée du marché", "Fatou", "Les Genêts", "Vous avez donné votre accord"):
        assert words in page.text
    idea = given(idea_by_number, 1)
    assert (idea.author_id, idea.author_name, idea.entered_by_id) == (None, "Fatou", karim.id)
    assert (idea.channel, idea.agreement_recorded) == (Channel.OUTREACH, True)


def test_nothing_is_entered_without_agreement_and_nothing_typed_is_lost(web, given, karim):
    page = enter(web, given(make_quartier), agreement=None)
    assert page.status == 422
    assert "Demandez son accord à la personne" in page.errors[0]
    assert page.soup.find(id="need").get_text().strip() == "Les poussettes ne passent pas."
    assert page.soup.find(id="author_name")["value"] == "Fatou"
    assert given(count) == 0


def count() -> int:
    return db.session.scalar(select(func.count(Idea.id))) or 0


def test_what_is_missing_is_asked_for_and_nothing_is_half_done(web, given, karim):
    quartier = given(make_quartier)
    assert enter(web, quartier, quartiers=[]).errors == [
        "Dites quel quartier est concerné, ou choisissez « Tous les quartiers »."
    ]
    assert enter(web, quartier, need="", solution="").status == 422
    assert enter(web, quartier, author_type="school").status == 422
    assert given(count) == 0


def test_everything_that_is_missing_is_said_at_once(web, given, karim):
    given(make_quartier)
    form = web.get("/idees/saisir-pour")
    page = form.submit("Déposer l’idée pour cette personne", author_type="school", title="Une rampe")
    assert page.status == 422
    told = [str(link["href"]).partition("-")[0] for link in page.soup.select(".error-summary a")]
    assert sorted(told) == ["#agreement", "#group_name", "#need", "#quartiers"]


def test_the_form_sent_twice_enters_one_idea(web, given, karim):
    quartier = given(make_quartier)
    form = web.get("/idees/saisir-pour")
    values = {"title": "Une rampe", "need": "Trop haut.", "quartiers": [str(quartier.id)], "agreement": "y"}
    first = form.submit("Déposer", **values)
    second = form.submit("Déposer", **values)
    assert first.path == second.path
    assert given(count) == 1


def test_the_form_of_a_colleague_enters_nothing(web, given, karim):
    quartier = given(make_quartier)
    other = given(make_idea)
    data = {
        "csrf_token": web.token(), "key": other.key, "title": "Une rampe", "need": "Trop haut.", "agreement": "y",
        "quartiers": str(quartier.id), "channel": "paper", "author_type": "resident", "language": "fr",
        "theme": "", "demarche": "",
    }  # fmt: skip
    page = web.post("/idees/saisir-pour", data)
    assert page.status == 422
    assert page.errors == ["Ce formulaire a déjà servi. Ouvrez-en un nouveau."]


def test_only_who_typed_it_prints_the_copy(web, given, karim):
    enter(web, given(make_quartier))
    web.sign_in(given(make_person, Role.AGENT))
    page = web.get("/idees/1/copie")
    assert page.status == 403
    assert "Seule la personne qui a saisi cette idée" in page.text


def test_the_code_is_never_kept_as_it_is(web, given, karim):
    code = code_of(enter(web, given(make_quartier)))
    kept = given(idea_by_number, 1).take_over_hash
    assert code
    assert kept
    assert code.replace(" ", "") not in kept


def code_of(page) -> str:
    return page.soup.select_one("main strong.number").get_text()


def test_somebody_takes_their_idea_over_with_the_code_once(web, given, karim):
    code = code_of(enter(web, given(make_quartier)))
    fatou = given(make_person, pseudonym="Fatou N.")
    web.sign_in(fatou)
    form = web.get("/idees/proposer").follow("Reprenez-la avec le code")
    page = form.submit("Reprendre mon idée", code=code.lower().replace(" ", "-"))
    assert "L’idée n° 1 est maintenant la vôtre." in page.flashes
    idea = given(idea_by_number, 1)
    assert (idea.author_id, idea.entered_by_id) == (fatou.id, karim.id)
    assert "Une rampe" in web.get("/mes-idees").text
    again = form.submit("Reprendre mon idée", code=code)
    assert again.status == 422
    assert "Ce code ne correspond à aucune idée." in again.errors[0]


def test_who_typed_it_no_longer_changes_it_once_taken_over(web, given, karim):
    code = code_of(enter(web, given(make_quartier)))
    key = given(idea_by_number, 1).key
    assert web.get(f"/idees/ecrire/{key}").status == 200
    web.sign_in(given(make_person))
    web.get("/idees/reprendre").submit("Reprendre mon idée", code=code)
    web.sign_in(karim)
    assert web.get(f"/idees/ecrire/{key}").status == 403
    refused = web.post("/idees/1/nouveau-code", {"csrf_token": web.token()})
    assert refused.status == 409
    assert "Cette idée a déjà été reprise par son auteur." in refused.text


def test_a_new_code_replaces_the_one_that_was_lost(web, given, karim):
    first = code_of(enter(web, given(make_quartier)))
    with web.client.session_transaction() as session:
        session.pop("idea_codes")
    page = web.get("/idees/1/copie").submit("Faire un nouveau code")
    second = code_of(page)
    assert second != first
    web.sign_in(given(make_person))
    assert web.get("/idees/reprendre").submit("Reprendre mon idée", code=first).status == 422
    assert web.get("/idees/reprendre").submit("Reprendre mon idée", code=second).status == 200


def test_an_empty_or_wrong_code_is_told_and_kept(web, given, karim):
    page = web.get("/idees/reprendre").submit("Reprendre mon idée", code="")
    assert page.errors == ["Écrivez le code de votre feuille."]
    page = page.submit("Reprendre mon idée", code="AAAAA AAAAA")
    assert page.status == 422
    assert page.soup.find(id="code")["value"] == "AAAAA AAAAA"

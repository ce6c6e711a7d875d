"""Two ideas become one: both stay, every author is named, supporters are asked and never moved."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.database import db
from app.domain.accounts.models import Notice, Role
from app.domain.ideas import services
from app.domain.ideas.models import Idea, IdeaState, Support
from tests.support.town import make_person
from tests.support.town_ideas import make_idea


@pytest.fixture
def agent(web, given):
    """An agent, signed in."""
    person = given(make_person, Role.AGENT, pseudonym="Samia")
    web.sign_in(person)
    return person


def two_ideas() -> tuple[Idea, Idea]:
    nour, karim = make_person(pseudonym="Nour"), make_person(pseudonym="Karim")
    return make_idea(nour, title="Un banc devant l’école"), make_idea(karim, title="Des bancs près de l’école")


def supported(idea_id: int, person) -> None:
    services.support(idea=db.session.get_one(Idea, idea_id), actor=person)


def told(person_id: int) -> list[str]:
    query = select(Notice.subject).where(Notice.person_id == person_id).order_by(Notice.id)
    return [" ".join(subject.split()) for subject in db.session.scalars(query)]


def supports_of(idea_id: int) -> list[int]:
    return list(db.session.scalars(select(Support.person_id).where(Support.idea_id == idea_id)))


def test_staff_merge_what_the_page_proposes(web, given, agent):
    idea, target = given(two_ideas)
    page = web.get(f"/idees/{idea.number}").follow("Regrouper avec une autre idée")
    assert "Des bancs près de l’école" in page.text
    page = page.submit("Regrouper", target=str(target.number))
    assert f"L’idée n° {idea.number} est regroupée ici." in page.flashes
    assert "Elle reprend une autre idée" in page.text
    assert "Un banc devant l’école , donnée par Nour" in page.text
    original = web.get(f"/idees/{idea.number}")
    assert original.heading == "Un banc devant l’école"
    assert "Nour" in original.text
    assert original.has_link(f"Voir l’idée n° {target.number}")
    assert [given(told, idea.author_id), given(told, target.author_id)] == [
        [f"Votre idée n° {idea.number} est regroupée avec l’idée n° {target.number}"],
        [f"Votre idée n° {target.number} en reprend une autre"],
    ]


def test_before_any_search_the_page_does_not_say_that_nothing_was_found(web, given, agent):
    idea = given(make_idea, given(make_person, pseudonym="Nour"), title="Seule de son genre")
    assert "Cherchez l’autre idée" in web.get(f"/idees/{idea.number}/regrouper").text
    assert "Aucune idée trouvée" in web.get(f"/idees/{idea.number}/regrouper?q=zzz").text


def test_staff_look_for_another_idea_by_words_or_number(web, given, agent):
    idea, _ = given(two_ideas)
    far = given(make_idea, title="Réparer la fontaine")
    by_words = web.get(f"/idees/{idea.number}/regrouper").submit("Chercher", q="fontaine")
    assert by_words.submit("Regrouper", target=str(far.number)).status == 200
    other = given(make_idea, title="Encore un banc")
    assert "Encore un banc" in web.get(f"/idees/{other.number}/regrouper?q={other.number}").text


def test_nothing_chosen_is_asked_again(web, given, agent):
    idea, _ = given(two_ideas)
    page = web.get(f"/idees/{idea.number}/regrouper").submit("Regrouper")
    assert page.status == 422
    assert page.errors == ["Choisissez l’idée qui reprend celle-ci."]


@pytest.mark.parametrize("target", ["x", "-1", "99999999999", "²"])
def test_a_forged_target_is_refused(web, given, agent, target):
    idea, _ = given(two_ideas)
    page = web.post(f"/idees/{idea.number}/regrouper", {"csrf_token": web.token(), "target": target})
    assert page.status == 422


def test_an_idea_does_not_take_itself_over(web, given, agent):
    idea, _ = given(two_ideas)
    page = web.post(f"/idees/{idea.number}/regrouper", {"csrf_token": web.token(), "target": str(idea.number)})
    assert page.errors == ["Choisissez une autre idée : celle-ci ne peut pas se reprendre elle-même."]


def test_an_idea_answered_takes_nothing_over(web, given, agent):
    idea, _ = given(two_ideas)
    done = given(make_idea, state=IdeaState.ANSWERED)
    page = web.post(f"/idees/{idea.number}/regrouper", {"csrf_token": web.token(), "target": str(done.number)})
    assert "elle doit être publiée et sans réponse" in page.errors[0]


def test_an_idea_that_takes_others_over_is_not_merged_further(web, given, agent):
    def chain():
        first, second = two_ideas()
        services.merge(idea=first, target=second, actor=make_person(Role.AGENT))
        return second, make_idea()

    second, third = given(chain)
    page = web.post(f"/idees/{second.number}/regrouper", {"csrf_token": web.token(), "target": str(third.number)})
    assert page.status == 422
    assert "Cette idée en regroupe déjà d’autres" in page.errors[0]


def test_supporters_are_asked_and_only_their_yes_counts(web, given, agent):
    idea, target = given(two_ideas)
    yes, no, silent, both = (given(make_person) for _ in range(4))
    for person in (yes, no, silent, both):
        given(supported, idea.id, person)
    given(supported, target.id, both)
    web.get(f"/idees/{idea.number}/regrouper").submit("Regrouper", target=str(target.number))
    assert given(supports_of, target.id) == [both.id]
    assert len(given(supports_of, idea.id)) == 4
    assert given(told, both.id) == []

    web.sign_in(yes)
    page = web.get("/mes-idees").follow("Soutenez-vous aussi")
    assert page.submit("Répondre").errors == ["Choisissez oui ou non."]
    assert "Vous soutenez les deux idées." in page.submit("Répondre", also="oui").flashes
    web.sign_in(no)
    page = web.get(f"/idees/{idea.number}").follow("Soutenir aussi l’idée qui la reprend")
    assert "Votre premier soutien reste où il est." in page.submit("Répondre", also="non").flashes
    assert sorted(given(supports_of, target.id)) == sorted([both.id, yes.id])
    assert len(given(supports_of, idea.id)) == 4


def test_the_question_is_answered_once(web, given, agent):
    idea, target = given(two_ideas)
    person = given(make_person)
    given(supported, idea.id, person)
    web.get(f"/idees/{idea.number}/regrouper").submit("Regrouper", target=str(target.number))
    web.sign_in(person)
    form = web.get(f"/idees/{idea.number}/regroupement")
    form.submit("Répondre", also="non")
    again = form.submit("Répondre", also="oui")
    assert again.status == 422
    assert again.errors == ["Vous avez déjà répondu à cette question."]
    assert given(supports_of, target.id) == []


def test_nobody_else_is_asked(web, given, agent):
    idea, _ = given(two_ideas)
    web.sign_in(given(make_person))
    assert web.get(f"/idees/{idea.number}/regroupement").status == 404


def test_an_answered_idea_is_not_proposed_and_a_search_says_why(web, given, agent):
    idea, answered = given(two_ideas)
    given(lambda: setattr(db.session.get_one(Idea, answered.id), "state", IdeaState.ANSWERED))
    page = web.get(f"/idees/{idea.number}/regrouper")
    assert "Des bancs près de l’école" not in page.text
    page = page.submit("Chercher", q="bancs").submit("Regrouper", target=str(answered.number))
    assert "elle doit être publiée et sans réponse" in page.errors[0]


def test_an_idea_where_nothing_can_be_done_asks_no_question(web, given):
    author = given(make_person, pseudonym="Nour")
    idea = given(lambda: make_idea(db.session.merge(author), title="Un banc devant l’école"))
    web.sign_in(author)
    page = web.get(f"/idees/{idea.number}")
    assert "Que puis-je faire ?" in page.text
    page = page.follow("Retirer mon idée").submit("Retirer mon idée")
    assert "Que puis-je faire ?" not in page.text

"""Moderation: the queue, decisions with a reason, reports, and the edges of each role."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts.models import Role, Scope
from app.domain.ideas import services
from app.domain.ideas.models import AbuseReason, IdeaState
from app.domain.shared import clock
from tests.support.town import grant_role, make_contract, make_person, make_quartier, make_site
from tests.support.town_ideas import make_idea
from tests.support.web import count_queries


@pytest.fixture
def agent(web, given):
    """Samia, agent everywhere, signed in."""
    person = given(make_person, Role.AGENT, pseudonym="Samia")
    web.sign_in(person)
    return person


def make_animator(quartier) -> object:
    person = make_person()
    grant_role(person, Role.ANIMATEUR, Scope.QUARTIER, quartier.id)
    return person


def make_waiting(count: int) -> None:
    author, quartier = make_person(), make_quartier()
    for rank in range(count):
        make_idea(author, quartier, state=IdeaState.SUBMITTED, title=f"En attente {rank}")


def test_an_empty_queue_says_what_will_wait_there(web, agent):
    page = web.get("/idees/moderation")
    assert "Rien à relire" in page.text


def test_an_empty_queue_says_so_where_ideas_are_public_at_once(web, given, agent):
    given(make_site, moderation_before_publication=False)
    assert "les idées sont publiées dès leur dépôt" in web.get("/idees/moderation").text


def test_a_moderator_publishes_from_the_queue(web, given, agent):
    idea = given(make_idea, state=IdeaState.SUBMITTED, title="Un abri")
    page = web.get("/idees/moderation").submit("Publier")
    assert f"L’idée n° {idea.number} est publiée." in page.flashes
    assert "Un abri" in web.get("/idees").text


def test_publishing_twice_is_said_to_be_done_already(web, given, agent):
    given(make_idea, state=IdeaState.SUBMITTED)
    queue = web.get("/idees/moderation")
    queue.submit("Publier")
    again = queue.submit("Publier")
    assert again.status == 409
    assert "Cette idée est déjà publiée." in again.text


def test_sending_back_needs_a_reason(web, given, agent):
    idea = given(make_idea, state=IdeaState.SUBMITTED)
    form = web.get("/idees/moderation").follow("Renvoyer à son auteur")
    page = form.submit("Renvoyer à son auteur", reason=" ")
    assert page.status == 422
    assert page.errors == ["Écrivez la raison : l’auteur la lira pour corriger son idée."]
    done = form.submit("Renvoyer à son auteur", reason="Dites à quel endroit.")
    assert f"L’idée n° {idea.number} est renvoyée à son auteur." in done.flashes


def test_a_moderator_too_late_keeps_the_reason_typed(web, given, agent):
    idea = given(make_idea, state=IdeaState.SUBMITTED)
    form = web.get(f"/idees/{idea.number}/renvoyer")
    web.get("/idees/moderation").submit("Publier")
    page = form.submit("Renvoyer à son auteur", reason="Dites à quel endroit.")
    assert page.status == 422
    assert page.errors == ["Cette idée est déjà publiée."]
    assert page.soup.find(id="reason").get_text().strip() == "Dites à quel endroit."


def test_an_idea_taken_out_of_sight_leaves_the_list_and_the_search(web, given, agent):
    idea = given(make_idea, title="Une tyrolienne")
    page = web.get(f"/idees/{idea.number}").follow("Retirer de la publication")
    page = page.submit("Retirer de la publication", reason="Elle nomme une personne.")
    assert f"L’idée n° {idea.number} n’est plus publiée." in page.flashes
    assert "Aucune idée" in web.get("/idees?q=tyrolienne").text
    assert "Aucune idée" in web.get("/idees").text


def reported(reason=AbuseReason.PRIVATE):
    reporter, author = make_person(pseudonym="Lina"), make_person(pseudonym="Nour")
    idea = make_idea(author, title="Chez mon voisin")
    report = services.report_abuse(idea=idea, reason=reason, words="On le reconnaît.", actor=reporter)
    db.session.flush()
    return report


def test_a_report_is_handled_by_keeping_the_idea(web, given, agent):
    report = given(reported)
    page = web.get("/idees/signalements").follow("Traiter ce signalement")
    assert "On le reconnaît." in page.text
    assert page.submit("Enregistrer la décision").errors == ["Choisissez une décision."]
    page = page.submit("Enregistrer la décision", outcome="kept")
    assert "Le signalement est traité." in page.flashes
    assert "Aucun signalement" in page.text
    assert "Chez mon voisin" in web.get("/idees").text
    assert "a été traité le" in web.get(f"/idees/signalements/{report.id}").text


def test_a_report_is_handled_by_taking_the_idea_out_of_sight(web, given, agent):
    report = given(reported)
    form = web.get(f"/idees/signalements/{report.id}")
    without = form.submit("Enregistrer la décision", outcome="unpublished")
    assert without.status == 422
    assert without.errors == ["Écrivez la raison : l’auteur la lira pour corriger son idée."]
    page = form.submit("Enregistrer la décision", outcome="unpublished", reason="Elle montre un voisin.")
    assert "Aucun signalement" in page.text
    assert "Chez mon voisin" not in web.get("/idees").text


def test_a_report_already_handled_is_said_to_be(web, given, agent):
    report = given(reported)
    form = web.get(f"/idees/signalements/{report.id}")
    form.submit("Enregistrer la décision", outcome="kept")
    data = {"csrf_token": web.token(), "outcome": "kept"}
    again = web.post(f"/idees/signalements/{report.id}", data)
    assert again.status == 422


def test_a_quartiers_animator_sees_and_decides_there_only(web, given):
    contract = given(make_contract)
    here, there = given(make_quartier, contract, name="Les Genêts"), given(make_quartier, contract, name="La Roseraie")
    mine = given(make_idea, None, here, state=IdeaState.SUBMITTED, title="Chez moi")
    other = given(make_idea, None, there, state=IdeaState.SUBMITTED, title="Ailleurs")
    everywhere = given(make_idea, all_quartiers=True, state=IdeaState.SUBMITTED, title="Pour tout le monde")
    web.sign_in(given(make_animator, here))
    queue = web.get("/idees/moderation")
    assert "Chez moi" in queue.text
    assert "Ailleurs" not in queue.text
    assert "Pour tout le monde" not in queue.text
    token = web.token()
    for idea in (other, everywhere):
        page = web.post(f"/idees/{idea.number}/publier", {"csrf_token": token})
        assert page.status == 403
        assert "un quartier que votre rôle ne couvre pas" in page.text
        assert web.get(f"/idees/{idea.number}").status == 403
    assert web.post(f"/idees/{mine.number}/publier", {"csrf_token": token}).status == 200


def test_an_agent_of_a_contract_decides_in_all_its_quartiers(web, given):
    contract = given(make_contract)
    here, there = given(make_quartier, contract), given(make_quartier, name="D’un autre contrat")
    agent = given(make_person)
    given(grant_role, agent, Role.AGENT, Scope.CONTRACT, contract.id)
    given(make_idea, None, here, state=IdeaState.SUBMITTED, title="Dans le contrat")
    given(make_idea, None, there, state=IdeaState.SUBMITTED, title="Hors du contrat")
    given(make_idea, all_quartiers=True, state=IdeaState.SUBMITTED, title="Pour tous")
    web.sign_in(agent)
    text = web.get("/idees/moderation").text
    assert "Dans le contrat" in text
    assert "Pour tous" in text
    assert "Hors du contrat" not in text


def test_an_animator_does_not_answer_for_the_collectivite(web, given):
    idea = given(make_idea)
    web.sign_in(given(make_person, Role.ANIMATEUR))
    assert web.get(f"/idees/{idea.number}/repondre").status == 403
    assert not web.get(f"/idees/{idea.number}").has_link("Répondre officiellement")


def test_residents_see_no_staff_button(web, given):
    idea = given(make_idea)
    web.sign_in(given(make_person))
    page = web.get(f"/idees/{idea.number}")
    for words in ("Retirer de la publication", "Regrouper", "Répondre"):
        assert not page.has_link(words)
    assert not page.has_button("Mettre à l’étude")


@pytest.mark.parametrize("path", ["/idees/moderation", "/idees/sans-reponse", "/idees/signalements"])
def test_the_queues_cost_the_same_with_twice_the_rows(web, given, agent, path):
    given(make_waiting, 4)
    for _ in range(4):
        given(reported_again)
    web.get(path)
    with count_queries() as few:
        web.get(path)
    given(make_waiting, 4)
    for _ in range(4):
        given(reported_again)
    with count_queries() as many:
        web.get(path)
    assert len(many) == len(few)
    assert len(many) <= 11


def reported_again() -> None:
    services.report_abuse(idea=make_idea(), reason=AbuseReason.INSULT, words="", actor=make_person())


def test_the_queue_has_pages(web, given, agent):
    given(make_waiting, 23)
    first = web.get("/idees/moderation")
    assert "23 idées attendent" in first.text
    assert "En attente 0" in first.text
    assert "En attente 22" in first.follow("Page suivante").text


def test_the_study_begins_then_the_answer_is_given(web, given, agent):
    idea = given(make_idea)
    page = web.get(f"/idees/{idea.number}").submit("Mettre à l’étude")
    assert "À l’étude" in page.text
    form = page.follow("Répondre officiellement")
    missing = form.submit("Publier la réponse", text="")
    assert missing.status == 422
    assert missing.errors == [
        "Choisissez une réponse.",
        "Écrivez la raison de cette réponse : l’auteur et le public la liront.",
    ]
    done = form.submit("Publier la réponse", outcome="retained", text="Deux bancs seront posés en mai.")
    assert "La réponse est publiée." in done.flashes
    assert "Deux bancs seront posés en mai." in done.text


def test_a_draft_is_not_studied(web, given, agent):
    idea = given(make_idea, state=IdeaState.SUBMITTED)
    page = web.post(f"/idees/{idea.number}/etudier", {"csrf_token": web.token()})
    assert page.status == 409
    assert "Cette idée attend d’être relue." in page.text


def test_late_ideas_are_listed_apart(web, given, agent):
    given(make_site, idea_answer_days=30)
    given(make_idea, title="Toute fraîche")
    given(make_idea, title="Oubliée", at=clock.now() - timedelta(days=60))
    page = web.get("/idees/sans-reponse")
    assert "Toute fraîche" in page.text
    late = page.follow("En retard")
    assert "Oubliée" in late.text
    assert "Toute fraîche" not in late.text

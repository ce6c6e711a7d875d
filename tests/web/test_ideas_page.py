"""The public page of an idea: what it says to each, its line of life, supports and reports."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.database import db
from app.domain.accounts.models import Role
from app.domain.ideas import services
from app.domain.ideas.models import AnswerOutcome, AuthorType, Channel, Idea, IdeaState, Support
from app.domain.processes.models import PhaseCode
from app.domain.shared import clock
from tests.support.town import make_person, make_phase, make_process, make_quartier, make_site
from tests.support.town_ideas import make_idea
from tests.support.web import assert_fragment_equals_reload, count_queries

SQUARE = {"type": "Polygon", "coordinates": [[[3.0, 43.0], [3.1, 43.0], [3.1, 43.1], [3.0, 43.1], [3.0, 43.0]]]}
HIDDEN = [IdeaState.SUBMITTED, IdeaState.RETURNED]


@pytest.fixture
def lina(web, given):
    """Lina, signed in."""
    person = given(make_person, pseudonym="Lina")
    web.sign_in(person)
    return person


def agent_answers(idea: Idea, **values) -> None:
    agent = make_person(Role.AGENT)
    services.answer(idea=db.session.merge(idea), actor=agent, **values)


def test_the_page_says_everything_that_is_public(web, given):
    quartier = given(make_quartier, name="Les Genêts", outline=SQUARE)
    idea = given(
        make_idea, given(make_person, pseudonym="Nour"), quartier,
        title="Un banc à l’ombre", need="On attend debout.", solution="Un banc et un arbre.",
        place_words="Devant la grille", latitude=43_050_000, longitude=3_050_000,
    )  # fmt: skip
    page = web.get(f"/idees/{idea.number}")
    assert page.heading == "Un banc à l’ombre"
    for words in (
        "On attend debout.", "Un banc et un arbre.", "Nour", "Les Genêts", "Devant la grille",
        "Le point est dans le quartier Les Genêts.", "Idée déposée", "Idée publiée", "Écouter ce texte",
    ):  # fmt: skip
        assert words in page.text


def test_a_number_nobody_has_is_not_found(web):
    assert web.get("/idees/4242").status == 404
    assert web.get("/idees/99999999999999999999").status == 404


def test_a_collective_speaks_under_its_name(web, given):
    idea = given(make_idea, author_type=AuthorType.ASSOCIATION, group_name="Les Jardins de Valombre")
    assert "Les Jardins de Valombre , association" in web.get(f"/idees/{idea.number}").text


def test_somebody_without_account_may_give_no_name(web, given):
    def entered():
        staff = make_person(Role.ANIMATEUR, pseudonym="Samia")
        return make_idea(entered_by_id=staff.id, agreement_recorded=True, channel=Channel.WORKSHOP)

    text = web.get(f"/idees/{given(entered).number}").text
    assert "Une personne qui n’a pas donné son nom" in text
    assert "pendant un atelier" in text
    assert "Samia" not in text


@pytest.mark.parametrize("state", HIDDEN)
def test_an_idea_not_public_is_read_by_its_author_and_the_staff_only(web, given, state):
    author, stranger, agent = given(make_person), given(make_person), given(make_person, Role.AGENT)
    idea = given(make_idea, author, state=state, title="Pas encore publique")
    assert web.get(f"/idees/{idea.number}").heading == "Me connecter"
    web.sign_in(stranger)
    assert web.get(f"/idees/{idea.number}").status == 403
    web.sign_in(author)
    assert web.get(f"/idees/{idea.number}").heading == "Pas encore publique"
    web.sign_in(agent)
    assert web.get(f"/idees/{idea.number}").heading == "Pas encore publique"


def test_the_author_reads_why_the_idea_came_back_and_gives_it_again(web, given):
    author = given(make_person)

    def sent_back():
        idea = make_idea(author, state=IdeaState.SUBMITTED)
        services.return_to_author(idea=idea, reason="Retirez le nom de votre voisin.", actor=make_person(Role.AGENT))
        return idea

    idea = given(sent_back)
    web.sign_in(author)
    page = web.get(f"/idees/{idea.number}")
    assert "Retirez le nom de votre voisin." in page.text
    page = page.follow("Corriger mon idée").follow("Vérifier et déposer de nouveau").submit("Déposer mon idée")
    assert "En attente de relecture" in page.text


def test_the_official_answer_is_shown_and_closes_the_supports(web, given, lina):
    idea = given(make_idea)
    given(agent_answers, idea, outcome=AnswerOutcome.NOT_FEASIBLE, text="Le sol est trop instable.")
    page = web.get(f"/idees/{idea.number}")
    assert "La réponse de la collectivité Non réalisable Le sol est trop instable." in page.text
    assert "Cette idée a reçu sa réponse : les soutiens sont clos." in page.text
    assert not page.has_button("Soutenir cette idée")
    assert web.post(f"/idees/{idea.number}/soutenir", {"csrf_token": web.token()}).status == 409


def test_an_idea_of_the_open_box_is_late_after_the_days_the_site_gives_itself(web, given):
    given(make_site, idea_answer_days=30)
    early = given(make_idea, at=clock.now() - timedelta(days=29))
    late = given(make_idea, at=clock.now() - timedelta(days=31))
    assert "Réponse en retard" not in web.get(f"/idees/{early.number}").text
    assert "Réponse en retard" in web.get(f"/idees/{late.number}").text


def test_an_idea_of_a_demarche_waits_for_its_calendar(web, given):
    def town(ends_in: int):
        process = make_process()
        make_phase(process, PhaseCode.STUDY, starts_in=ends_in - 30, days=30)
        return make_idea(process_id=process.id, at=clock.now() - timedelta(days=200))

    assert "Réponse en retard" not in web.get(f"/idees/{given(town, 5).number}").text
    assert "Réponse en retard" in web.get(f"/idees/{given(town, -5).number}").text


def test_somebody_supports_an_idea_once_and_stops(web, given, lina):
    idea = given(make_idea)
    page = web.get(f"/idees/{idea.number}")
    assert "Personne ne soutient encore cette idée" in page.text
    done = page.submit("Soutenir cette idée")
    assert "Vous soutenez cette idée." in done.flashes
    assert "1 personne" in done.text
    page.submit("Soutenir cette idée")
    assert given(counted, idea.id) == (1, 1)
    done.submit("Ne plus soutenir")
    done.submit("Ne plus soutenir")
    assert given(counted, idea.id) == (0, 0)


def counted(idea_id: int) -> tuple[int, int]:
    """The counter kept, and the rows."""
    rows = db.session.scalar(select(func.count()).select_from(Support).where(Support.idea_id == idea_id))
    return db.session.get_one(Idea, idea_id).support_count, int(rows or 0)


def test_the_support_swapped_in_is_the_one_a_reload_shows(web, given, lina):
    idea = given(make_idea)
    page = web.get(f"/idees/{idea.number}")
    fragment = page.submit("Soutenir cette idée", htmx=True)
    assert_fragment_equals_reload(page, fragment, "soutiens")
    page = web.get(f"/idees/{idea.number}")
    assert_fragment_equals_reload(page, page.submit("Ne plus soutenir", htmx=True), "soutiens")


def test_supporting_asks_to_sign_in_first(web, given):
    idea = given(make_idea)
    page = web.get(f"/idees/{idea.number}").submit("Soutenir cette idée")
    assert page.status == 403
    assert given(counted, idea.id) == (0, 0)


def test_somebody_reports_an_idea_once(web, given, lina):
    idea = given(make_idea)
    form = web.get(f"/idees/{idea.number}").follow("Signaler un problème")
    assert form.submit("Envoyer").errors == ["Choisissez une raison dans la liste."]
    without = form.submit("Envoyer", reason="other")
    assert without.status == 422
    assert without.errors == ["Dites en quelques mots ce qui ne va pas dans cette idée."]
    sent = form.submit("Envoyer", reason="insult", words="Elle traite mon voisin de menteur.")
    assert "L’équipe va relire cette idée" in sent.flashes
    again = form.submit("Envoyer", reason="insult", words="Encore une fois")
    assert again.status == 422
    assert "Vous avez déjà signalé cette idée" in again.errors[0]
    assert "Encore une fois" in again.soup.find(id="words").get_text()


def test_an_idea_out_of_sight_is_not_reported(web, given, lina):
    idea = given(make_idea, state=IdeaState.WITHDRAWN)
    data = {"csrf_token": web.token(), "reason": "insult"}
    page = web.post(f"/idees/{idea.number}/signaler", data)
    assert page.status == 403
    assert "Cette idée a été retirée : il n’y a plus rien à signaler." in page.text


def test_a_reason_that_is_not_in_the_list_is_asked_again(web, given, lina):
    idea = given(make_idea)
    page = web.post(f"/idees/{idea.number}/signaler", {"csrf_token": web.token(), "reason": "parce que"})
    assert page.status == 422


def test_the_page_costs_the_same_with_twice_the_supports(web, given, lina):
    idea = given(make_idea)
    web.get(f"/idees/{idea.number}")
    with count_queries() as few:
        web.get(f"/idees/{idea.number}")

    def more():
        for _ in range(10):
            services.support(idea=db.session.get_one(Idea, idea.id), actor=make_person())

    given(more)
    with count_queries() as many:
        web.get(f"/idees/{idea.number}")
    assert len(many) == len(few)
    # Who reads, the site, the idea and what it names, then: support, question, originals, answers, decisions, study.
    assert len(many) <= 18


def test_two_tabs_of_the_browser_do_not_report_for_somebody_signed_out(web, given):
    idea = given(make_idea)
    assert web.get(f"/idees/{idea.number}/signaler").heading == "Me connecter"

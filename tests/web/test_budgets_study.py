"""Agents study the ideas of a call through the pages, and publish the list of admitted and excluded projects."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from app.domain.budgets import queries, services
from app.domain.ideas.models import IdeaState
from app.domain.shared import clock
from tests.support.town_budgets import (
    CRITERIA,
    DAYS,
    close_the_call,
    make_agent,
    make_announced_edition,
    make_called_edition,
    make_called_idea,
    make_service,
    make_studied_edition,
    make_study,
    make_voting_edition,
    shift_calendar,
    yes,
)
from tests.support.web import count_queries

ADMIT = {f"criterion_{one.code}": "met" for one in CRITERIA} | {
    "feasibility": "yes", "investment_cents": "12 500,50", "running_cents": "0", "delay_months": "6",
}  # fmt: skip


def at_work(web, given, **values):
    """An agent signed in, an edition in study with one idea entrusted to nobody, and the address of its study."""
    agent = given(make_agent, pseudonym="Agente Inès")
    web.sign_in(agent)

    def prepare():
        make_service()
        edition = make_called_edition(agent, **values)
        idea = make_called_idea(edition, title="Des arbres")
        return close_the_call(edition, agent), idea

    edition, idea = given(prepare)
    return agent, edition, idea, f"/budgets-participatifs/{edition.id}/etude/{idea.number}"


def entrusted(web, given, **values):
    """The same, entrusted."""
    agent, edition, idea, address = at_work(web, given, **values)
    given(make_study, edition, agent, idea)
    return agent, edition, idea, address


def test_an_idea_goes_from_the_queue_to_its_conclusion(web, given):
    agent, edition, _, _ = at_work(web, given)
    page = web.get(f"/budgets-participatifs/{edition.id}/pilotage").follow("Étudier les idées").follow("À confier")
    page = page.follow("Des arbres").follow("Confier l’étude").submit("Confier l’étude", agent_id=str(agent.id))
    assert "confiée à Espaces verts" in page.flashes
    page = page.submit("Conclure l’étude", **ADMIT)
    assert "Étude conclue : Admise au vote" in page.flashes
    page = page.follow("Admises").follow("Des arbres")
    assert "12 500,50 €" in page.text
    assert page.has_button("Rouvrir l’étude")


def test_a_study_is_kept_without_being_concluded(web, given):
    _, _, _, address = entrusted(web, given)
    page = web.get(address).submit("Enregistrer sans conclure", running_cents="300")
    assert "L’étude est enregistrée" in page.flashes
    assert page.soup.find(id="running_cents")["value"] == "300"


@pytest.mark.parametrize(
    ("typed", "sentence", "field"),
    [
        ({"investment_cents": ""}, "Un oui a besoin d’un prix", "investment_cents"),
        ({"investment_cents": "60 001"}, "dépasse le maximum du règlement", "investment_cents"),
        ({"running_cents": ""}, "chaque année ensuite", "running_cents"),
        ({"delay_months": ""}, "le délai de réalisation", "delay_months"),
        ({"feasibility": None}, "Dites si l’idée est réalisable", "feasibility-0"),
        ({"feasibility": "no"}, "Un refus a besoin d’une raison", "reason"),
        ({"feasibility": "adapted"}, "en quoi l’idée est adaptée", "adaptation"),
        ({"criterion_localisation": None}, "Répondez à chaque critère", "criterion_localisation-0"),
        ({"criterion_localisation": "not_met"}, "pourquoi ce critère n’est pas respecté", "reason_localisation"),
        ({"responsible_id": "0"}, "quel service réaliserait", "responsible_id"),
    ],
)
def test_a_conclusion_that_lacks_something_is_refused_on_its_field_and_the_rest_is_kept(
    web, given, typed, sentence, field
):
    _, _, _, address = entrusted(web, given)
    words = {"adaptation": "Un peu plus petit."} if "feasibility" not in typed else {}
    page = web.get(address).submit("Conclure l’étude", **{**ADMIT, **words, **typed})
    assert page.status == 422
    assert sentence in page.errors[0]
    assert page.soup.select_one(".error-summary a")["href"] == f"#{field}"
    assert page.soup.find(id="adaptation").get_text().strip() == words.get("adaptation", "")


def test_a_conclusion_says_at_once_everything_it_lacks(web, given):
    _, _, _, address = entrusted(web, given)
    emptied = {"investment_cents": "", "running_cents": "", "delay_months": "", "responsible_id": "0"}
    page = web.get(address).submit("Conclure l’étude", **{**ADMIT, **emptied})
    assert {str(link["href"]) for link in page.soup.select(".error-summary a")} == {f"#{one}" for one in emptied}


def test_two_agents_at_once_are_told_and_nothing_typed_is_lost(web, given):
    agent, edition, idea, address = entrusted(web, given)
    mine = web.get(address)

    def colleague_writes():
        study = queries.study_by_idea(edition.id, idea.number)
        services.write_study(study=study, version=study.version, draft=yes(15_000_00), actor=agent)

    given(colleague_writes)
    page = mine.submit("Enregistrer sans conclure", reason="Le sol est trop dur.")
    assert page.status == 422
    assert "a été changée pendant que vous écriviez" in page.errors[0]
    assert page.soup.find(id="reason").get_text().strip() == "Le sol est trop dur."
    assert "Ce qui est enregistré, par Agente Inès" in page.text
    assert "15 000 €" in page.text
    again = page.submit("Enregistrer sans conclure")
    assert "L’étude est enregistrée" in again.flashes


def test_a_study_is_reopened_and_its_author_told(web, given):
    _, edition, _, address = entrusted(web, given)
    web.get(address).submit("Conclure l’étude", **ADMIT)
    page = web.get(address).submit("Rouvrir l’étude")
    assert "L’étude est rouverte" in page.flashes
    assert page.has_button("Conclure l’étude")
    assert "Des arbres" not in web.get(f"/budgets-participatifs/{edition.id}/etude?etat=admises").text


def test_an_unknown_answer_in_the_form_breaks_nothing(web, given):
    _, _, _, address = entrusted(web, given)
    for typed in ({"version": "loto"}, {"version": "9" * 30}):
        assert web.get(address).submit("Enregistrer sans conclure", **typed).status == 422
    forged = web.post(address, {"csrf_token": web.token(), "version": "1", "feasibility": "peut-être"})
    assert forged.status == 422


def test_during_the_call_nothing_is_studied(web, given):
    agent = given(make_agent)
    web.sign_in(agent)
    edition = given(make_called_edition, agent)
    idea = given(make_called_idea, edition)
    page = web.get(f"/budgets-participatifs/{edition.id}/etude/{idea.number}")
    assert "entre la clôture de l’appel et la publication" in page.text
    given(make_service)
    late = web.get(f"{page.path}/confier").submit("Confier l’étude")
    assert late.status == 422


def test_an_idea_of_nowhere_is_missing(web, given):
    _, edition, _, _ = at_work(web, given)
    assert web.get(f"/budgets-participatifs/{edition.id}/etude/999999").status == 404


def test_the_list_of_studies_costs_the_same_for_twice_as_many_ideas(web, given):
    agent, edition, _, _ = at_work(web, given)
    address = f"/budgets-participatifs/{edition.id}/etude"

    def some_more():
        whole = queries.edition_by_id(edition.id)
        for _ in range(4):
            make_study(whole, agent)

    given(some_more)
    with count_queries() as few:
        web.get(address)
    given(some_more)
    with count_queries() as many:
        web.get(address)
    assert len(many) == len(few) <= 22, "\n".join(many)


# --- The list ---


def test_the_list_is_not_published_while_an_idea_waits(web, given):
    agent = given(make_agent)
    web.sign_in(agent)
    edition = given(make_studied_edition, agent)
    given(lambda: make_called_idea(queries.edition_by_id(edition.id), state=IdeaState.PUBLISHED))
    page = web.get(f"/budgets-participatifs/{edition.id}/pilotage")
    assert "n’ont pas encore de réponse (1)" in page.text
    assert not page.has_button("Publier la liste")


def test_the_list_is_published_with_the_reasons_before_the_vote_opens(web, given):
    agent = given(make_agent)
    web.sign_in(agent)
    edition = given(make_studied_edition, agent)
    given(lambda: shift_calendar(queries.edition_by_id(edition.id), -DAYS))
    public = f"/budgets-participatifs/{edition.id}/projets"
    assert "pas encore publique" in web.get(public).text
    page = web.get(f"/budgets-participatifs/{edition.id}/pilotage").submit("Publier la liste des projets")
    assert "La liste est publiée" in page.flashes
    assert page.has_button("Ouvrir le vote")
    web.client.delete_cookie("agora")
    listed = web.get(public)
    assert "Admis au vote (2)" in listed.text
    assert "Écartés, et pourquoi (1)" in listed.text
    assert "Le terrain est privé." in listed.text
    assert listed.follow("Registre, n°").status == 200


def test_before_the_list_is_published_the_public_sees_nothing_of_it(web, given):
    edition = given(make_studied_edition, given(make_agent))
    assert web.get(f"/budgets-participatifs/{edition.id}/projets").heading == "Me connecter"


def test_a_project_has_one_public_page_that_of_its_idea(web, given):
    edition = given(make_announced_edition, given(make_agent))
    project = given(lambda: queries.all_projects(edition.id)[0])
    page = web.get(f"/projets/{project.id}")
    assert page.path == f"/idees/{project.number}"


def test_the_list_costs_the_same_for_twice_as_many_projects(web, given):
    agent = given(make_agent)
    few_of_them = given(make_announced_edition, agent, (10_00, 20_00))
    many_of_them = given(make_announced_edition, agent, (10_00, 20_00, 30_00, 40_00, 50_00))
    with count_queries() as few:
        web.get(f"/budgets-participatifs/{few_of_them.id}/projets")
    with count_queries() as many:
        web.get(f"/budgets-participatifs/{many_of_them.id}/projets")
    assert len(many) == len(few) <= 16, "\n".join(many)


# --- The sheet and the vote ---


def test_the_sheet_of_a_project_is_written_with_a_photo(web, given):
    agent = given(make_agent)
    web.sign_in(agent)
    edition = given(make_announced_edition, agent)
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(photo, "PNG")
    photo.seek(0)
    page = web.get(f"/budgets-participatifs/{edition.id}/projets").follow("Fiche de")
    page = page.submit(
        "Enregistrer la fiche", summary="Six arbres.", photo=(photo, "arbres.png"), photo_words="Six arbres"
    )
    assert "La fiche du projet est enregistrée" in page.flashes
    assert "Six arbres." in page.text
    assert page.soup.select_one("img.listing-picture")


def test_a_file_that_is_no_photo_is_refused_in_a_sentence(web, given):
    agent = given(make_agent)
    web.sign_in(agent)
    edition = given(make_announced_edition, agent)
    page = web.get(f"/budgets-participatifs/{edition.id}/projets").follow("Fiche de")
    page = page.submit("Enregistrer la fiche", summary="Six arbres.", photo=(io.BytesIO(b"bonjour"), "a.png"))
    assert page.status == 422
    assert "n’est pas une photo" in page.errors[0]
    assert page.soup.find(id="summary").get_text().strip() == "Six arbres."


def test_a_published_title_and_an_open_vote_do_not_change(web, given):
    agent = given(make_agent)
    web.sign_in(agent)
    edition = given(make_announced_edition, agent)
    page = web.get(f"/budgets-participatifs/{edition.id}/projets").follow("Fiche de")
    assert page.submit("Enregistrer la fiche", title="Autre").errors == [
        "Ce titre est publié dans la liste des projets : il ne change plus."
    ]
    voting = given(make_voting_edition, agent)
    project = given(lambda: queries.all_projects(voting.id)[0])
    late = web.get(f"/projets/{project.id}/fiche").submit("Enregistrer la fiche")
    assert late.errors == ["Le vote est ouvert : ce que les gens lisent ne change plus."]


def test_the_vote_opens_and_the_public_is_invited(web, given):
    agent = given(make_agent)
    web.sign_in(agent)
    edition = given(make_announced_edition, agent)
    given(lambda: shift_calendar(queries.edition_by_id(edition.id), -DAYS))
    page = web.get(f"/budgets-participatifs/{edition.id}/pilotage").submit("Ouvrir le vote")
    assert "Le vote est prêt" in page.flashes
    assert "Le dépouillement n’est pas fait" in page.text
    public = web.get(f"/budgets-participatifs/{edition.id}")
    assert public.has_link("Voter")
    assert "Vote jusqu’au" in public.text
    refused = web.get(f"/budgets-participatifs/{edition.id}/preparation/reglement/depouillement").submit("Enregistrer")
    assert refused.errors == [
        "Le vote est ouvert : ses règles ne changent plus. La prochaine édition pourra en avoir d’autres."
    ]
    late = web.get(f"/budgets-participatifs/{edition.id}/preparation/calendrier").submit("Enregistrer le calendrier")
    assert late.errors == ["Le vote est ouvert à ses dates publiées : le calendrier ne change plus."]
    assert clock.now() > edition.list_published_at

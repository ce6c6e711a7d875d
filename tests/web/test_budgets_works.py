"""The works of winners through the pages: what agents tell, what the public sees."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from app.domain.budgets import queries, services
from app.domain.shared import clock
from tests.support.town_budgets import (
    DAYS,
    count_the_vote,
    make_agent,
    make_counted_edition,
    make_realised_edition,
    make_voting_edition,
    shift_calendar,
)
from tests.support.web import count_queries


def at_work(web, given):
    """An agent signed in, an edition in realisation, and its first winner whose works have begun."""
    agent = given(make_agent)
    web.sign_in(agent)
    edition = given(make_realised_edition, agent)

    def begin():
        project = queries.winners(queries.edition_by_id(edition.id))[0]
        services.start_works(project=project, began_on=clock.today(), actor=agent)
        return project

    return edition, given(begin)


def test_results_are_announced_after_the_count(web, given):
    agent = given(make_agent)
    web.sign_in(agent)
    edition = given(make_voting_edition, agent)

    def count_it():
        whole = queries.edition_by_id(edition.id)
        shift_calendar(whole, -DAYS)
        count_the_vote(whole, (9, 0))

    given(count_it)
    page = web.get(f"/budgets-participatifs/{edition.id}/pilotage").submit("Annoncer les résultats")
    assert "Les résultats sont annoncés" in page.flashes
    listed = web.get(f"/budgets-participatifs/{edition.id}/projets")
    assert "Lauréat" in listed.text
    assert "Non retenu" in listed.text


def test_the_realisation_begins_with_the_act_that_confirms_the_winners(web, given):
    agent = given(make_agent)
    web.sign_in(agent)
    edition = given(make_counted_edition, agent)
    form = web.get(f"/budgets-participatifs/{edition.id}/pilotage").follow("Commencer la réalisation")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    refused = form.submit("Commencer la réalisation", confirmed_by="Délibération 12", confirmed_on=tomorrow)
    assert refused.errors == ["Cette décision est datée de l’avenir. Vérifiez sa date."]
    assert refused.soup.find(id="confirmed_by")["value"] == "Délibération 12"
    page = refused.submit("Commencer la réalisation", confirmed_on=clock.today().isoformat())
    assert "La réalisation commence" in page.flashes
    public = web.get(f"/budgets-participatifs/{edition.id}/realisation")
    assert "Délibération 12" in public.text


def test_a_winner_goes_from_its_first_day_to_its_ribbon(web, given):
    agent = given(make_agent)
    web.sign_in(agent)
    edition = given(make_realised_edition, agent)
    project = given(lambda: queries.winners(queries.edition_by_id(edition.id))[0])
    page = web.get(f"/budgets-participatifs/{edition.id}/realisation").follow(project.title)
    page = page.follow("Les travaux ont commencé").submit("Annoncer le début")
    page = page.follow("Prévoir une étape").submit(
        "Ajouter l’étape", label="Planter", planned_on=clock.today().isoformat()
    )
    early = page.follow("Le projet est livré").submit("Annoncer la livraison")
    assert early.errors == ["Des étapes ne sont pas faites. Notez leur date, puis livrez le projet."]
    page = page.follow("C’est fait").submit("Annoncer que c’est fait", note="Six arbres.")
    page = page.follow("Noter une dépense").submit("Noter la dépense", label="Arbres", amount_cents="1 234,50")
    assert "1 234,50 € dépensés sur 20 000 €." in page.text
    page = page.follow("Le projet est livré").submit("Annoncer la livraison", note="Venez à la fête.")
    assert "Projet livré" in page.text
    public = web.get(f"/budgets-participatifs/{edition.id}/realisation")
    assert "Livré" in public.text
    assert "1 sur 1" in public.text


def test_overspending_says_what_is_left_and_keeps_what_was_typed(web, given):
    _, project = at_work(web, given)
    page = web.get(f"/projets/{project.id}/depenses/nouvelle").submit(
        "Noter la dépense", label="Arbres", amount_cents="20 000,01"
    )
    assert page.status == 422
    assert "il reste 20 000 €" in page.errors[0]
    assert page.soup.find(id="label")["value"] == "Arbres"
    revised = web.get(f"/projets/{project.id}/cout").submit(
        "Réviser le coût", after_cents="21 000", reason="Le prix a monté."
    )
    assert "Le prix a monté." in revised.text
    done = page.submit("Noter la dépense")
    assert "20 000,01 € dépensés sur 21 000 €." in done.text


@pytest.mark.parametrize(
    ("path", "button", "typed", "sentence"),
    [
        ("cout", "Réviser le coût", {"after_cents": "20 000", "reason": "A"}, "C’est déjà le coût du projet."),
        ("cout", "Réviser le coût", {"after_cents": "0", "reason": "A"}, "supérieur à zéro"),
        ("cout", "Réviser le coût", {"after_cents": "21 000"}, "Dites pourquoi le coût change."),
        ("abandonner", "Abandonner le projet", {}, "Dites pourquoi ce projet est abandonné."),
        ("commencer", "Annoncer le début", {}, "déjà commencé"),
        ("depenses/nouvelle", "Noter la dépense", {"label": "A", "amount_cents": "0"}, "supérieur à zéro"),
        ("etapes/nouvelle", "Ajouter l’étape", {"planned_on": "2027-01-01"}, "Donnez un nom à cette étape."),
        ("etapes/nouvelle", "Ajouter l’étape", {"label": "A"}, "Indiquez une date."),
    ],
)
def test_what_the_works_refuse_is_said_on_the_page_of_the_act(web, given, path, button, typed, sentence):
    _, project = at_work(web, given)
    page = web.get(f"/projets/{project.id}/{path}").submit(button, **typed)
    assert page.status == 422
    assert sentence in page.errors[0]


def test_a_wrong_line_is_cancelled_and_stays_written(web, given):
    _, project = at_work(web, given)
    page = web.get(f"/projets/{project.id}/depenses/nouvelle").submit(
        "Noter la dépense", label="Arbres", amount_cents="10"
    )
    form = page.follow("Annuler")
    assert form.submit("Annuler la dépense").errors == ["Dites pourquoi cette dépense est annulée."]
    page = form.submit("Annuler la dépense", reason="Saisie deux fois")
    assert "Annulée : Saisie deux fois" in page.text
    assert "0 € dépensés" in page.text


def test_an_abandoned_winner_says_why_to_everybody(web, given):
    edition, project = at_work(web, given)
    planned = {"label": "Choix du bois", "planned_on": clock.today().isoformat()}
    page = web.get(f"/projets/{project.id}/etapes/nouvelle").submit("Ajouter l’étape", **planned)
    assert page.has_link("C’est fait")
    page = web.get(f"/projets/{project.id}/abandonner").submit("Abandonner le projet", reason="Le sol est pollué.")
    assert "Le sol est pollué." in page.text
    assert not page.has_link("C’est fait")
    web.client.delete_cookie("agora")
    public = web.get(f"/idees/{project.number}").text
    assert "Choix du bois" not in public, "what was planned will not happen"
    assert "Abandonné" in web.get(f"/budgets-participatifs/{edition.id}/realisation").text


def test_a_late_milestone_waits_on_the_dashboard(web, given):
    _, project = at_work(web, given)
    web.get(f"/projets/{project.id}/etapes/nouvelle").submit(
        "Ajouter l’étape", label="Planter", planned_on="2026-01-05"
    )
    page = web.get("/budgets-participatifs/pilotage")
    assert "Planter, prévue le 5 janvier 2026" in page.text
    assert page.follow("Planter").path == f"/projets/{project.id}/suivi"


def test_the_photo_of_a_milestone_is_seen_by_everybody_with_its_words(web, given):
    edition, project = at_work(web, given)
    web.get(f"/projets/{project.id}/etapes/nouvelle").submit(
        "Ajouter l’étape", label="Planter", planned_on="2027-01-05"
    )
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(photo, "PNG")
    photo.seek(0)
    web.get(f"/projets/{project.id}/suivi").follow("C’est fait").submit(
        "Annoncer que c’est fait", photo=(photo, "a.png"), photo_words="Six jeunes arbres"
    )
    web.client.delete_cookie("agora")
    picture = web.get(f"/budgets-participatifs/{edition.id}/realisation").soup.select_one("img.listing-picture")
    assert picture["alt"] == "Six jeunes arbres"
    assert web.get(picture["src"]).status == 200
    # The author looks at one page: that of the idea.
    assert web.get(f"/idees/{project.number}").soup.select_one(".life img")["src"] == picture["src"]


def test_before_the_vote_the_works_say_what_will_be_there(web, given):
    edition = given(make_voting_edition, given(make_agent))
    assert "Pas encore de travaux" in web.get(f"/budgets-participatifs/{edition.id}/realisation").text


def test_the_edition_closes_with_its_account_in_the_register(web, given):
    agent = given(make_agent)
    web.sign_in(agent)
    edition = given(make_realised_edition, agent, points=(9, 0))
    page = web.get(f"/budgets-participatifs/{edition.id}/pilotage")
    assert "ni livrés ni abandonnés (1)" in page.text
    project = given(lambda: queries.winners(queries.edition_by_id(edition.id))[0])
    web.get(f"/projets/{project.id}/abandonner").submit("Abandonner le projet", reason="Le sol est pollué.")
    page = web.get(f"/budgets-participatifs/{edition.id}/pilotage").submit("Clore l’édition")
    assert "son bilan est au registre" in page.flashes
    assert "Cette édition est terminée." in page.text


def test_the_board_of_works_costs_the_same_whatever_was_spent(web, given):
    edition, project = at_work(web, given)
    address = f"/budgets-participatifs/{edition.id}/realisation"
    with count_queries() as few:
        web.get(address)
    for _ in range(3):
        web.get(f"/projets/{project.id}/depenses/nouvelle").submit("Noter la dépense", label="A", amount_cents="1")
        web.get(f"/projets/{project.id}/etapes/nouvelle").submit("Ajouter l’étape", label="A", planned_on="2027-01-01")
    with count_queries() as many:
        web.get(address)
    assert len(many) == len(few) <= 26, "\n".join(many)


def test_works_are_told_by_agents_only(web, given):
    edition = given(make_realised_edition, given(make_agent))
    project = given(lambda: queries.winners(queries.edition_by_id(edition.id))[0])
    for path in ("suivi", "commencer", "depenses/nouvelle", "cout", "livrer", "abandonner", "fiche"):
        assert web.get(f"/projets/{project.id}/{path}").heading == "Me connecter"

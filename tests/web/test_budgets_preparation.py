"""An agent prepares an edition through the pages, from its creation to the opening of its call."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.accounts.models import Role, Scope
from app.domain.processes.rules import ORDER
from app.domain.shared import clock
from tests.support.town import grant_role, make_contract, make_person, make_quartier, make_site
from tests.support.town_budgets import WHOLE, make_agent, make_called_edition, make_edition
from tests.support.web import count_queries


def days(starts_in: int = -10, length: int = 10) -> dict[str, str]:
    """The twelve dates of a calendar whose call runs now."""
    first = clock.today() + timedelta(days=starts_in)
    found = {}
    for rank, code in enumerate(ORDER):
        found[f"{code.value}_first"] = (first + timedelta(days=length * rank)).isoformat()
        found[f"{code.value}_last"] = (first + timedelta(days=length * (rank + 1) - 1)).isoformat()
    return found


def agent_at_work(web, given):
    agent = given(make_agent)
    web.sign_in(agent)
    return agent


def test_an_agent_goes_from_an_empty_edition_to_an_open_call(web, given):
    agent_at_work(web, given)
    contract = given(make_contract)
    given(make_quartier, contract, name="Les Genêts")
    page = web.get("/budgets-participatifs/pilotage").follow("Créer une édition")
    page = page.submit(
        "Créer l’édition", title="Budget participatif 2027", object="Choisir ensemble.", degree="codecision",
        decided_by="Le conseil municipal",
    )  # fmt: skip
    assert "L’édition est créée" in page.flashes
    assert "Le montant de l’enveloppe n’est pas indiqué." in page.text
    assert not page.has_button("Ouvrir l’appel")
    page = page.follow("Le calendrier").submit("Enregistrer le calendrier", **days())
    page = page.follow("L’enveloppe").submit("Enregistrer", envelope_cents="100 000", section="investissement")
    page = page.follow("critères").submit("Enregistrer", codes=["localisation"], others="Le projet donne de l’ombre.")
    page = page.follow("Qui peut voter").submit("Enregistrer", min_age="11", exclude_elected="y")
    page = page.follow("Le bulletin").submit("7 points à répartir")
    assert "valeurs de démonstration" in page.flashes
    page = page.submit("Enregistrer").follow("Le dépouillement").submit("Enregistrer")
    preview = page.follow("Voir l’aperçu")
    for sentence in ("100 000 €", "Le projet donne de l’ombre.", "11 ans", "7 points", "Le conseil municipal"):
        assert sentence in preview.text
    page = preview.submit("Ouvrir l’appel à idées")
    assert "L’appel à idées est ouvert" in page.flashes
    assert "Attendez sa fin" in page.text
    assert web.get("/budgets-participatifs").has_link("Budget participatif 2027")


def test_each_missing_piece_leads_to_where_it_is_said(web, given):
    agent = agent_at_work(web, given)
    edition = given(make_edition, agent, content=None)
    page = web.get(f"/budgets-participatifs/{edition.id}/pilotage")
    assert page.follow("Le montant de l’enveloppe n’est pas indiqué.").heading == "L’enveloppe"
    assert page.follow("Aucun critère de recevabilité").heading == "Les critères de recevabilité"


def test_an_act_out_of_turn_comes_back_with_its_reason(web, given):
    agent = agent_at_work(web, given)
    edition = given(make_edition, agent, content=None)
    answer = web.post(f"/budgets-participatifs/{edition.id}/ouvrir-l-appel", {"csrf_token": web.token()})
    assert answer.status == 422
    assert answer.errors == ["Le montant de l’enveloppe n’est pas indiqué."]


@pytest.mark.parametrize(
    "verb", ["clore-l-appel", "publier-la-liste", "ouvrir-le-vote", "annoncer-les-resultats", "clore"]
)
def test_every_act_too_early_is_refused_on_the_page_of_the_edition(web, given, verb):
    agent = agent_at_work(web, given)
    edition = given(make_edition, agent)
    answer = web.post(f"/budgets-participatifs/{edition.id}/{verb}", {"csrf_token": web.token()})
    assert answer.status == 422
    assert answer.heading == "Budget participatif 2027"
    assert answer.errors


# --- Typed text is kept ---


def test_dates_out_of_order_are_refused_on_the_phase_and_what_was_typed_stays(web, given):
    agent = agent_at_work(web, given)
    edition = given(make_edition, agent)
    typed = {**days(), "study_first": days()["call_first"]}
    page = web.get(f"/budgets-participatifs/{edition.id}/preparation/calendrier").submit(
        "Enregistrer le calendrier", **typed
    )
    assert page.status == 422
    assert "commence avant la fin de" in page.errors[0]
    assert page.soup.find(id="study_first")["value"] == typed["study_first"]


def test_a_missing_date_is_asked_for(web, given):
    agent = agent_at_work(web, given)
    edition = given(make_edition, agent)
    page = web.get(f"/budgets-participatifs/{edition.id}/preparation/calendrier").submit(
        "Enregistrer le calendrier", vote_last=""
    )
    assert page.errors == ["Indiquez le dernier jour."]


def test_an_amount_that_is_not_one_is_kept_and_explained(web, given):
    agent = agent_at_work(web, given)
    edition = given(make_edition, agent)
    page = web.get(f"/budgets-participatifs/{edition.id}/preparation/reglement/enveloppe").submit(
        "Enregistrer", envelope_cents="beaucoup"
    )
    assert page.status == 422
    assert "Écrivez un montant en euros" in page.errors[0]
    assert page.soup.find(id="envelope_cents")["value"] == "beaucoup"


def test_what_does_not_hold_together_is_refused_on_its_field(web, given):
    agent = agent_at_work(web, given)
    edition = given(make_edition, agent)
    base = f"/budgets-participatifs/{edition.id}/preparation/reglement"
    page = web.get(f"{base}/enveloppe").submit("Enregistrer", max_project_cents="200 000")
    assert "plus que l’enveloppe entière" in page.errors[0]
    page = web.get(f"{base}/bulletin").submit("Enregistrer", points_total="2")
    assert page.soup.select_one(".error-summary a")["href"] == "#points_total"
    page = web.get(f"{base}/bulletin").submit("Enregistrer", type="exactly", choices_max="")
    assert page.status == 422
    page = web.get(f"{base}/depouillement").submit("Enregistrer", openers_needed="1")
    assert "personne n’ouvre l’urne seul" in page.errors[0]
    page = web.get(f"{base}/depouillement").submit("Enregistrer", minimum_batch="3")
    assert "10 au moins" in page.errors[0]


def test_a_part_of_the_reglement_nobody_knows_is_missing(web, given):
    agent = agent_at_work(web, given)
    edition = given(make_edition, agent)
    assert web.get(f"/budgets-participatifs/{edition.id}/preparation/reglement/loto").status == 404


def test_the_presentation_is_kept_when_something_is_missing(web, given):
    agent_at_work(web, given)
    given(make_contract)
    page = web.get("/budgets-participatifs/nouveau").submit("Créer l’édition", title="", object="Choisir ensemble.")
    assert page.status == 422
    assert "Donnez un nom à cette édition." in page.errors
    assert page.soup.find(id="object").get_text().strip() == "Choisir ensemble."


def test_the_presentation_is_written_again_until_the_call(web, given):
    agent = agent_at_work(web, given)
    edition = given(make_edition, agent)
    address = f"/budgets-participatifs/{edition.id}/preparation/presentation"
    page = web.get(address).submit("Enregistrer la présentation", decided_by="Le comité")
    assert "enregistrée" in page.flashes
    assert "Le comité" in page.follow("Voir l’aperçu").text
    page.submit("Ouvrir l’appel à idées")
    late = web.get(address).submit("Enregistrer la présentation", title="Autre")
    assert late.errors == ["L’appel à idées a été ouvert avec cette présentation : elle ne change plus."]


# --- Sub-envelopes ---


def test_sub_envelopes_are_added_changed_and_taken_away(web, given):
    agent = agent_at_work(web, given)
    edition = given(make_edition, agent)
    page = web.get(f"/budgets-participatifs/{edition.id}/preparation/sous-enveloppes")
    assert "Aucune sous-enveloppe" in page.text
    page = page.follow("Ajouter une sous-enveloppe").submit(
        "Enregistrer la sous-enveloppe", label="Les jeunes", kind="public", amount_cents="30 000"
    )
    assert "Enveloppe générale : 70 000 €" in page.text
    page = page.follow("Les jeunes").submit("Enregistrer la sous-enveloppe", amount_cents="40 000")
    assert "Enveloppe générale : 60 000 €" in page.text
    page = page.submit("Retirer")
    assert "Aucune sous-enveloppe" in page.text


def test_a_sub_envelope_larger_than_the_envelope_is_refused_and_kept(web, given):
    agent = agent_at_work(web, given)
    edition = given(make_edition, agent)
    page = web.get(f"/budgets-participatifs/{edition.id}/preparation/sous-enveloppes/nouvelle").submit(
        "Enregistrer la sous-enveloppe", label="Les jeunes", kind="public", amount_cents="100 001"
    )
    assert "dépassent l’enveloppe entière" in page.errors[0]
    assert page.soup.find(id="label")["value"] == "Les jeunes"


def test_a_sub_envelope_of_a_quartier_names_it(web, given):
    agent = agent_at_work(web, given)
    edition = given(make_edition, agent)
    page = web.get(f"/budgets-participatifs/{edition.id}/preparation/sous-enveloppes/nouvelle").submit(
        "Enregistrer la sous-enveloppe", label="Genêts", kind="quartier", amount_cents="1 000"
    )
    assert page.errors == ["Choisissez le quartier de cette sous-enveloppe."]


def test_a_changed_reglement_says_that_it_makes_a_new_version(web, given):
    agent = agent_at_work(web, given)
    edition = given(make_called_edition, agent)
    base = f"/budgets-participatifs/{edition.id}"
    page = web.get(f"{base}/preparation/reglement/depouillement")
    assert "fait une nouvelle version" in page.text
    page.submit("Enregistrer", overflow="stop")
    assert "Version 1" in web.get(f"{base}/reglement").text
    assert "s’arrête" not in web.get(f"{base}/reglement").text
    assert "s’arrête" in web.get(f"{base}/preparation/apercu").text
    promised = web.get(f"{base}/preparation/reglement/criteres").submit("Enregistrer", codes=[])
    assert "ils ne changent plus dans cette édition" in promised.errors[0]


# --- Who ---


def test_an_agent_of_another_contract_leads_nothing_here(web, given):
    edition = given(make_edition)
    stranger = given(make_person)
    given(grant_role, stranger, Role.AGENT, Scope.CONTRACT, edition.process.contract_id + 1)
    page = web.sign_in(stranger).get(f"/budgets-participatifs/{edition.id}/pilotage")
    assert page.status == 403
    assert "ne couvre pas ce contrat" in page.text
    assert "Budget participatif 2027" not in web.get("/budgets-participatifs/pilotage").text


def test_an_agent_of_the_contract_leads_it(web, given):
    edition = given(make_edition)
    agent = given(make_person)
    given(grant_role, agent, Role.AGENT, Scope.CONTRACT, edition.process.contract_id)
    web.sign_in(agent)
    assert web.get("/budgets-participatifs/pilotage").has_link("Budget participatif 2027")
    assert web.get(f"/budgets-participatifs/{edition.id}/pilotage").status == 200


def test_a_resident_cannot_lead(web, given):
    edition = given(make_called_edition)
    web.sign_in(given(make_person))
    assert web.get(f"/budgets-participatifs/{edition.id}/pilotage").status == 403
    assert not web.get(f"/budgets-participatifs/{edition.id}").has_link("Piloter")


def test_an_edition_is_not_created_in_somebody_elses_contract(web, given):
    own, other = given(make_contract), given(make_contract)
    agent = given(make_person)
    given(grant_role, agent, Role.AGENT, Scope.CONTRACT, own.id)
    web.sign_in(agent)
    page = web.post(
        "/budgets-participatifs/nouveau",
        {"csrf_token": web.token(), "contract_id": other.id, "title": "A", "object": "B", "degree": "consultation",
         "decided_by": "C"},
    )  # fmt: skip
    assert page.status == 422


def test_an_agent_without_any_contract_is_told_whom_to_ask(web, given):
    agent = given(make_person)
    given(grant_role, agent, Role.AGENT, Scope.QUARTIER, 1)
    page = web.sign_in(agent).get("/budgets-participatifs/nouveau")
    assert page.status == 409
    assert "Aucun contrat de ville ne vous est confié" in page.text


def test_the_dashboard_costs_the_same_for_twice_as_many_editions(web, given):
    given(make_site)
    agent = agent_at_work(web, given)
    for _ in range(3):
        given(make_edition, agent)
    with count_queries() as few:
        web.get("/budgets-participatifs/pilotage")
    for _ in range(3):
        given(make_called_edition, agent, content=WHOLE)
    with count_queries() as many:
        web.get("/budgets-participatifs/pilotage")
    assert len(many) == len(few) <= 13, "\n".join(many)

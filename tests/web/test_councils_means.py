"""The pages of the means of a conseil, and the page of warnings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.councils import queries
from app.domain.shared import clock
from tests.support.town import make_site
from tests.support.town_councils import make_council, make_sent_avis
from tests.support.web import Web, count_queries

YEAR = str(clock.today().year)


@pytest.fixture
def council(given):
    given(make_site)
    return given(make_council, created_on=date(2020, 1, 1))


def test_an_agent_grants_past_the_envelope_with_a_warning_and_the_conseil_keeps_its_account(web, app, council):
    web.sign_in(council.agent)
    envelope = web.get("/moyens-des-conseils").follow("Régler l’enveloppe")
    year = envelope.submit("Enregistrer", year=YEAR, cents="2 000", base_cents="2 000", per_seat_cents="50")
    assert "2 000 €" in year.text.replace("\u202f", " ").replace("\xa0", " ")
    form = year.follow("Conseil citoyen des Genêts").follow("Accorder une subvention")
    # Two seats in the tests’ conseil: 2 000 € and twice 50 €.
    assert form.soup.find("input", attrs={"name": "amount"})["value"] == "2100"
    means = form.submit("Accorder", decided_by="délibération du 3 juin")
    assert "dépasse l’enveloppe" in means.flashes
    account = means.follow(YEAR)
    paid = account.follow("Écrire une ligne").submit(
        "Écrire", kind="received", category="", label="Premier versement", amount="1 000"
    )
    assert "La ligne est écrite" in paid.flashes
    chair = Web(app).sign_in(council.chair)
    too_much = (
        chair.get(account.path)
        .follow("Écrire une ligne")
        .submit("Écrire", kind="spending", category="meetings", label="Salle", amount="1 000,01")
    )
    assert too_much.errors == ["Il ne reste pas assez d’argent sur cette subvention. Vérifiez le montant."]
    spent = too_much.submit("Écrire", amount="150,50")
    assert "849,50" in spent.text
    fixed = spent.follow("Corriger : Salle").submit("Corriger", reason="=Erreur de salle")
    assert "les deux restent écrites" in fixed.flashes
    public = Web(app).get(account.path)
    assert "Salle" not in public.text
    assert not public.has_link("Écrire une ligne")
    table = chair.client.get(f"{account.path}/compte.csv").get_data(as_text=True)
    assert "spending;meetings;Salle;-150,50" in table
    assert "'=Erreur de salle" in table


def test_places_trainings_and_missions_are_noted_and_withdrawn(web, council, given):
    web.sign_in(council.agent)
    means = web.get(f"/conseils/{council.body.id}/moyens")
    added = means.follow("Ajouter un local").submit("Ajouter", kind="premises", name="Salle 2", provider="Ville")
    assert "Salle 2" in added.text
    members = [str(one.member_id) for one in given(queries.mandates_in_force, council.body)]
    trained = added.follow("Noter une formation").submit("Noter", title="Lire un budget", members=members[:1])
    assert "1 personne est venue" in trained.text
    form = trained.follow("Noter un accompagnement")
    today = clock.today()
    wrong = form.submit(
        "Noter", mission="Animation", provider="Association", starts_on=today.isoformat(),
        ends_on=(today - timedelta(days=2)).isoformat(),
    )  # fmt: skip
    assert wrong.errors == ["La fin doit venir après le début. Vérifiez les deux dates."]
    noted = wrong.submit("Noter", ends_on=(today + timedelta(days=300)).isoformat(), is_renewable="y")
    assert "Renouvelable" in noted.text
    gone = noted.submit("Retirer « Salle 2 »")
    assert "Salle 2" not in gone.text


def test_who_may_see_and_give_means(app, council):
    for name, sees, gives in [
        ("agent", 200, 200), ("admin", 200, 200), ("chair", 200, 403), ("member", 200, 403),
        ("elected", 403, 403), ("resident", 403, 403),
    ]:  # fmt: skip
        visitor = Web(app).sign_in(getattr(council, name))
        assert visitor.get(f"/conseils/{council.body.id}/moyens").status == sees, name
        assert visitor.get(f"/conseils/{council.body.id}/subvention").status == gives, name


def test_an_agent_reads_the_warnings_of_their_contracts_and_of_no_other(web, council, given):
    other = given(make_council, created_on=date(2020, 1, 1), name="Conseil d’ailleurs")
    given(make_sent_avis, council)
    with clock.shifted(timedelta(days=400)):
        web.sign_in(council.agent)
        page = web.get("/a-traiter").follow("alertes sur les instances")
        assert "Pas de représentante" in page.text
        assert "Charte pas encore adoptée" in page.text
        assert other.body.name not in page.text
        assert page.follow("Comité de pilotage").heading == "Les espaces publics"


def test_the_page_of_warnings_costs_the_same_whatever_the_number_of_bodies(web, council, given):
    web.sign_in(council.agent)
    addresses = ("/alertes", f"/conseils/{council.body.id}/moyens")

    def cost():
        costs = []
        for address in addresses:
            with count_queries() as seen:
                web.get(address)
            costs.append(len(seen))
        return costs

    few = cost()
    given(lambda: [make_sent_avis(make_council()) for _ in range(3)])
    assert cost() == few
    # Ten facts, each in one query, and what every page asks.
    assert max(few) <= 14

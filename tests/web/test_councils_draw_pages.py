"""What the pages of draws and candidacies propose and list: prefilled from the rules, by pages, at the same cost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.councils import services
from app.domain.councils.rules.drawing import facts_of
from app.domain.governance.queries import body_by_id
from app.domain.governance.rules import presets
from app.domain.governance.services import create_body, open_seats
from app.domain.shared import clock
from tests.support.town import make_site
from tests.support.town_draws import a_wish, make_announced, make_candidacy, make_installing
from tests.support.web import Web, count_queries


@pytest.fixture
def installing(given):
    given(make_site, small_cell_threshold=5)
    return given(make_installing)


@pytest.fixture
def composed(given, installing):
    """A conseil of twenty seats, from its model."""

    def compose():
        agent, preset = installing.council.agent, presets()["conseil_citoyen"]
        body = create_body(
            contract_id=installing.body.contract_id, kind=preset.kind, name="Conseil du Port", quartiers=(),
            preset=preset, actor=agent,
        )  # fmt: skip
        body = body_by_id(body.id)
        open_seats(body=body, rule=preset.composition, total=20, quartiers={}, populations={}, actor=agent)
        return body.id

    return given(compose)


def begin(web, installing, body_id):
    web.sign_in(installing.council.agent)
    return web.get(f"/conseils/{body_id}/tirages/nouveau")


def test_the_form_of_a_draw_is_filled_from_the_rules_of_the_body_and_stays_open(web, installing, composed):
    page = begin(web, installing, composed)
    fields = {name: page.soup.find(attrs={"name": name}) for name in ("title", "seats", "bands", "sources", "parity")}
    assert fields["title"]["value"] == "Collège des habitantes et habitants"
    assert fields["seats"]["value"] == "8"
    assert fields["bands"].get_text().split() == ["-24", ":", "2", "25+"]
    assert fields["sources"].get_text().split() == ["Liste", "électorale", "Bailleurs"]
    assert fields["parity"].has_attr("checked")
    assert "On peut contester pendant 60 jours" in page.text.replace("\u00a0", " ")
    assert page.has_link("Les règles de l’instance le disent (version 1).")
    page = page.submit("Enregistrer", seats="6", bands="-24 : 1\n25+", sources="Volontaires")
    assert "6 sièges à pourvoir" in page.text.replace("\u00a0", " ")
    assert "Au moins 1" in " ".join(page.text.split())
    again = page.follow("Changer la règle")
    assert again.soup.find(attrs={"name": "bands"}).get_text().split() == ["-24", ":", "1", "25+"]
    assert again.soup.find(attrs={"name": "rule"}).get_text().strip() == "", "the questions say it all"
    assert "Au moins 2" in " ".join(again.submit("Enregistrer", bands="-24 : 2\n25+").text.split())


def test_the_terms_of_the_draws_are_written_with_the_rule(web, installing, composed):
    web.sign_in(installing.council.agent)
    form = web.get(f"/instances/{composed}/regles").follow("Écrire la règle")
    assert form.submit("Enregistrer cette version", appeal_days="0").status == 422
    form.submit("Enregistrer cette version", appeal_days="30", witnesses="4", source="Délibération")
    assert "Version 2" in web.get(f"/instances/{composed}/regles").text
    page = begin(web, installing, composed)
    assert "On peut contester pendant 30 jours" in page.text.replace("\u00a0", " ")
    assert "4 témoins au moins" in page.text.replace("\u00a0", " ")


def test_without_rules_the_form_says_that_the_site_proposes(web, installing):
    page = begin(web, installing, installing.body.id)
    assert "c’est ce que le site propose" in page.text
    assert page.soup.find(attrs={"name": "seats"})["value"] == "4"


# --- Lists ----------------------------------------------------------------------------------------------------------


def fill(installing, first, last):
    wish = a_wish()
    for number in range(first, last):
        services.begin_draw(
            body=installing.body, title=f"Tirage {number}", facts=facts_of(wish), actor=installing.council.agent,
            seat_types={installing.drawn.id: wish.seats},
        )  # fmt: skip


def cost(web, path):
    with count_queries() as queries:
        assert web.get(path).status == 200
    return len(queries)


def test_the_list_of_draws_is_given_by_pages_at_the_same_cost(web, installing, given):
    web.sign_in(installing.council.agent)
    path = f"/conseils/{installing.body.id}/tirages"
    given(fill, installing, 0, 3)
    few = cost(web, path)
    given(fill, installing, 3, 6)
    assert cost(web, path) == few <= 12
    given(fill, installing, 6, 25)
    page = web.get(path)
    assert "25 tirages" in page.text.replace("\u00a0", " ")
    assert not page.has_link("Tirage 0")
    assert page.follow("Page suivante").has_link("Tirage 0")


def test_announced_draws_are_listed_by_pages_where_one_asks_to_sit(web, installing, given):
    path = f"/conseils/{installing.body.id}/sieger"
    given(make_announced, installing, title="Premier tirage")
    few = cost(web, path)
    given(make_announced, installing, title="Second tirage")
    assert cost(web, path) == few <= 16
    assert web.get(path).has_link("Second tirage")


def test_my_candidacies_are_reached_from_my_page_and_cost_the_same(web, app, installing, given):
    resident = installing.council.resident
    web.sign_in(resident)
    assert not web.get("/mon-compte").has_link("Mes candidatures")

    def asked(count):
        for _one in range(count):
            services.withdraw_candidacy(candidacy=make_candidacy(installing), actor=resident)

    given(asked, 2)
    page = web.get("/mon-compte").follow("Mes candidatures")
    assert page.heading == "Mes candidatures"
    few = cost(web, page.path)
    given(asked, 2)
    assert cost(web, page.path) == few <= 8
    given(asked, 18)
    assert web.get(page.path).has_link("Page suivante")
    copy = web.get("/mon-compte").submit("Télécharger mes données")
    assert len(copy.response.get_json()["candidacies"]) == 22
    assert not Web(app).sign_in(installing.council.member).get("/mon-compte").has_link("Mes candidatures")


def test_a_forgotten_candidacy_is_read_without_anybody(web, installing, given):
    def forget():
        candidacy = make_candidacy(installing)
        services.withdraw_candidacy(candidacy=candidacy, actor=installing.council.resident)
        with clock.shifted(timedelta(days=40)):
            services.forget_candidacies(kept_days=30)
        return candidacy.id

    number = given(forget)
    web.sign_in(installing.council.agent)
    page = web.get(f"/conseils/{installing.body.id}/candidatures").follow("Personne dont le nom est effacé")
    assert page.path == f"/candidatures/{number}"
    assert "ont été effacés" in page.text
    assert "square" not in page.text
    assert "Aminata" not in page.text

"""The settings of the site and its territory, as the administration writes them."""

from __future__ import annotations

import pytest

from app.domain.accounts.models import Role
from app.domain.territories.models import Site
from app.domain.territories.queries import site
from tests.support.town import make_contract, make_person, make_quartier, make_site, make_theme
from tests.support.web import count_queries


@pytest.fixture
def admin(web, given):
    given(make_site)
    person = given(make_person, Role.ADMIN)
    web.sign_in(person)
    return person


def test_the_site_takes_its_name_and_a_colour_that_can_be_read(web, given, admin):
    page = web.get("/administration/site").submit(
        "Enregistrer", name="Agora des Genêts", accent="#ffd400", charter="Je respecte les autres."
    )
    assert "foncée pour rester lisible" in page.flashes
    assert "Agora des Genêts" in page.soup.header.get_text()
    sheet = page.soup.find("link", href=lambda href: href.startswith("/style/accent.css"))
    style = web.client.get(sheet["href"])
    assert given(lambda: site().accent) in style.text
    assert style.mimetype == "text/css"
    assert "immutable" in style.headers["Cache-Control"]


def test_a_browser_that_has_the_colour_is_not_sent_it_again(web, given):
    given(make_site, accent="#1f5c99")
    first = web.client.get("/style/accent.css?v=ancienne")
    assert first.headers["Cache-Control"] == "no-cache"
    again = web.client.get("/style/accent.css", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_site_with_the_usual_colour_asks_for_no_sheet(web, given):
    given(make_site)
    assert not web.get("/connexion").soup.find("link", href=lambda href: href.startswith("/style/"))


def test_every_setting_of_the_site_is_written_on_its_page(web, admin):
    page = web.get("/administration/site")
    shown = {field["name"] for field in page.soup.select("[name]")}
    assert {column.key for column in Site.__table__.columns} - {"id"} <= shown


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Donnez un nom"),
        ({"accent": "rouge"}, "dièse"),
        ({"charter": ""}, "charte"),
        ({"session_days": "0"}, "entre 1 et 365"),
        ({"small_cell_threshold": "cinq"}, "nombre"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_what_to_do(web, admin, changed, words):
    page = web.get("/administration/site").submit("Enregistrer", **changed)
    assert page.status == 422
    assert any(words in error for error in page.errors)


def test_moderation_is_turned_off_and_on(web, given, admin):
    web.get("/administration/site").submit("Enregistrer", moderation_before_publication=None)
    assert given(lambda: site().moderation_before_publication) is False
    web.get("/administration/site").submit("Enregistrer", moderation_before_publication="y")
    assert given(lambda: site().moderation_before_publication) is True


def test_a_territory_is_written_from_nothing(web, admin):
    page = web.get("/administration/territoire")
    assert "Aucun contrat de ville" in page.text
    page = page.follow("Ajouter un contrat de ville").submit(
        "Ajouter", name="Contrat de Valombre", starts_on="2024-01-01", ends_on="2030-12-31"
    )
    page = page.follow("Ajouter un quartier").submit(
        "Ajouter", name="Les Genêts", qpv_code="qn03401m", population="3200", population_year="2021",
        population_source="Insee",
    )  # fmt: skip
    assert "QN03401M" in page.text
    page = page.follow("Ajouter un thème").submit("Ajouter", reference="P1", level="Priorité", label="Vivre ensemble")
    parent = page.follow("Ajouter un thème").soup.find("option", string=lambda text: "P1" in (text or ""))["value"]
    page = page.follow("Ajouter un thème").submit(
        "Ajouter", reference="P1.1", level="Objectif", label="Des places", parent=parent
    )
    assert page.soup.select_one("li li").get_text().strip().startswith("P1.1")
    page = page.follow("Ajouter un service").submit("Ajouter", name="Espaces verts", kind="service")
    assert "Espaces verts" in page.text


def test_what_was_written_is_corrected(web, given, admin):
    quartier = given(make_quartier, name="Les Genets")
    page = web.get("/administration/territoire").follow("Les Genets")
    assert page.path == f"/administration/territoire/quartiers/{quartier.id}"
    assert "Les Genêts" in page.submit("Enregistrer", name="Les Genêts").text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"qpv_code": "QX123456"}, "code de quartier prioritaire"),
        ({"population": "3200"}, "la source"),
        ({"population": "beaucoup"}, "nombre"),
        ({"name": ""}, "nom du quartier"),
    ],
)
def test_a_quartier_that_cannot_be_is_refused_with_what_to_do(web, given, admin, changed, words):
    quartier = given(make_quartier)
    page = web.get(f"/administration/territoire/quartiers/{quartier.id}").submit("Enregistrer", **changed)
    assert page.status == 422
    assert any(words in error for error in page.errors)


def test_a_theme_cannot_go_under_itself(web, given, admin):
    theme = given(lambda: make_theme(make_contract()))
    page = web.get(f"/administration/territoire/themes/{theme.id}").submit("Enregistrer", parent=str(theme.id))
    assert page.status == 422
    assert any("sous lui-même" in error for error in page.errors)


def test_what_nothing_refers_to_is_removed_and_the_rest_stays(web, given, admin):
    lived_in, empty = given(make_quartier), given(make_quartier)
    given(make_person, quartier=lived_in)
    assert web.get(f"/administration/territoire/quartiers/{empty.id}").submit("Retirer").status == 200
    page = web.get(f"/administration/territoire/quartiers/{lived_in.id}").submit("Retirer")
    assert page.status == 409
    assert "ne peut plus être retiré" in page.text


def test_a_kind_that_does_not_exist_is_not_found(web, admin):
    assert web.get("/administration/territoire/rues/nouveau").status == 404
    assert web.get("/administration/territoire/quartiers/999999").status == 404


def test_twice_the_quartiers_cost_no_more_queries(web, given, admin):
    contract = given(make_contract)
    given(make_quartier, contract)
    with count_queries() as few:
        web.get("/administration/territoire")
    for _each in range(4):
        given(make_quartier, contract)
        given(make_theme, contract)
    with count_queries() as many:
        web.get("/administration/territoire")
    assert len(many) == len(few) <= 8

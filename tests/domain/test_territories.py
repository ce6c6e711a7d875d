"""The site and its territory: codes that exist, figures with their source, a tree, a colour one can read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.database import db
from app.domain.accounts.models import Role
from app.domain.territories import queries, rules, services
from app.domain.territories.models import OrganisationKind, Site
from app.domain.territories.services import ContractFacts, OrganisationFacts, QuartierFacts, SiteFacts, ThemeFacts
from tests.support.refusals import assert_refused
from tests.support.town import make_contract, make_person, make_quartier, make_theme
from tests.support.town_accounts import verbs


@pytest.mark.parametrize("code", ["QN03401M", "QN02A12N", "QN97199I", "QP034001", "QP02B123", "QP988001", "", None])
def test_a_code_that_has_the_form_of_a_qpv_passes(code):
    assert rules.can_be_qpv_code(code)


@pytest.mark.parametrize(
    "code", ["QN34001M", "QN03401X", "QP03401", "qp034001", "QX034001", "QN02C12N", "QP0340011", " QP034001", "QP96001"]
)
def test_another_code_is_refused(code):
    assert not rules.can_be_qpv_code(code)


def test_a_population_comes_with_its_year_and_its_source():
    assert rules.population_has_its_source(None, None, "")
    assert rules.population_has_its_source(3200, 2021, "Insee")
    assert not rules.population_has_its_source(3200, None, "Insee")
    assert not rules.population_has_its_source(3200, 2021, "")


def test_black_on_white_is_twenty_one_to_one():
    assert round(rules.contrast("#000000", "#ffffff"), 2) == 21
    assert round(rules.contrast("#777777", "#ffffff"), 2) == 4.48


@given(st.from_regex(r"\A#[0-9a-f]{6}\Z"))
def test_any_colour_becomes_one_that_can_be_read(colour):
    light, dark = rules.accent_for_light(colour), rules.accent_for_dark(colour)
    assert all(rules.contrast(light, ground) >= 4.5 for ground in rules.LIGHT_GROUNDS)
    assert all(rules.contrast(dark, ground) >= 4.5 for ground in rules.DARK_GROUNDS)
    if all(rules.contrast(colour, ground) >= 4.5 for ground in rules.LIGHT_GROUNDS):
        assert light == colour


@pytest.mark.parametrize("colour", ["red", "#fff", "#GGGGGG", "#a8432a;}", "", "A8432A"])
def test_what_is_not_a_colour_is_refused(colour):
    assert not rules.can_be_accent(colour)


SITE = SiteFacts(
    name="Agora de Valombre", place="Valombre", accent="#ffd400", phone="", email="", address="", footer="",
    charter="Je respecte les autres.", moderation_before_publication=False, small_cell_threshold=5,
    sign_up_link_hours=24, reset_link_minutes=30, session_days=7, idea_answer_days=45,
    mail_kept_days=20, reminder_days=2, most_unused_cards=100, opener_wait_days=5,
    avis_answer_days=50, mandate_warning_months=5, silence_warning_months=8,
    charter_months=4, space_access_minutes=20,
)  # fmt: skip


@pytest.mark.usefixtures("in_app")
class TestActs:
    """What the administration writes."""

    @pytest.fixture
    def admin(self):
        return make_person(Role.ADMIN)

    def test_the_site_is_set_up_and_a_pale_accent_is_darkened(self, admin):
        services.set_up_site(facts=SITE, actor=admin)
        site = db.session.get(Site, 1)
        assert (site.name, site.moderation_before_publication) == ("Agora de Valombre", False)
        assert site.accent != "#ffd400"
        assert rules.contrast(site.accent, "#ffffff") >= 4.5
        assert verbs() == ["set_up_site"]

    def test_a_site_refuses_what_is_not_a_colour(self, admin):
        from_facts = SiteFacts(**{**SITE.__dict__, "accent": "rouge"})
        with assert_refused("accent", "accent"):
            services.set_up_site(facts=from_facts, actor=admin)

    def test_a_contract_ends_after_it_begins(self, admin):
        with assert_refused("dates", "ends_on"):
            facts = ContractFacts("Contrat", "", date(2030, 1, 1), date(2024, 1, 1), "")
            services.write_contract(contract=None, facts=facts, actor=admin)

    def test_a_quartier_is_added_then_corrected(self, admin):
        facts = QuartierFacts(
            make_contract().id, "Les Genêts", "QN03401M", "Valombre", 3200, 2021, "Insee", "", "", "", 1
        )
        quartier = services.write_quartier(quartier=None, facts=facts, actor=admin)
        corrected = QuartierFacts(**{**facts.__dict__, "name": "Les Grands Genêts"})
        services.write_quartier(quartier=quartier, facts=corrected, actor=admin)
        assert [one.name for one in queries.quartiers()] == ["Les Grands Genêts"]
        assert verbs() == ["added", "changed"]

    def test_two_quartiers_of_a_contract_have_neither_the_same_name_nor_the_same_code(self, admin):
        held = make_quartier(qpv_code="QN03401M")
        other = QuartierFacts(held.contract_id, held.name, None, "", None, None, "", "", "", "", 0)
        with assert_refused("taken", "name"):
            services.write_quartier(quartier=None, facts=other, actor=admin)
        same_code = QuartierFacts(**{**other.__dict__, "name": "Autre", "qpv_code": "QN03401M"})
        with assert_refused("taken", "name"):
            services.write_quartier(quartier=None, facts=same_code, actor=admin)

    def test_a_wrong_code_and_a_figure_without_source_are_refused(self, admin):
        facts = QuartierFacts(make_contract().id, "Les Genêts", "QX1", "", None, None, "", "", "", "", 0)
        with assert_refused("qpv_code", "qpv_code"):
            services.write_quartier(quartier=None, facts=facts, actor=admin)
        figures = QuartierFacts(**{**facts.__dict__, "qpv_code": None, "population": 100})
        with assert_refused("population", "population"):
            services.write_quartier(quartier=None, facts=figures, actor=admin)

    def test_a_theme_is_not_under_itself_nor_under_another_contract(self, admin):
        contract, other = make_contract(), make_contract()
        top = make_theme(contract)
        under = make_theme(contract, parent_id=top.id)
        for parent_id in (under.id, top.id, make_theme(other).id):
            with assert_refused("parent", "parent"):
                facts = ThemeFacts(contract.id, parent_id, "T", "Priorité", "Thème", "", "", 0)
                services.write_theme(theme=top, facts=facts, actor=admin)

    def test_a_theme_has_a_code_of_its_own_in_its_contract(self, admin):
        held = make_theme(make_contract())
        with assert_refused("taken", "reference"):
            facts = ThemeFacts(held.contract_id, None, held.code, "Priorité", "Autre", "", "", 0)
            services.write_theme(theme=None, facts=facts, actor=admin)

    def test_an_organisation_has_a_name_of_its_own(self, admin):
        facts = OrganisationFacts("Direction des espaces verts", OrganisationKind.SERVICE)
        services.write_organisation(organisation=None, facts=facts, actor=admin)
        with assert_refused("taken", "name"):
            services.write_organisation(organisation=None, facts=facts, actor=admin)

    def test_what_somebody_lives_in_is_not_removed(self, admin):
        lived_in, empty = make_quartier(), make_quartier()
        make_person(quartier=lived_in)
        with assert_refused("used"):
            services.remove(thing=lived_in, actor=admin)
        services.remove(thing=empty, actor=admin)
        assert [one.id for one in queries.quartiers()] == [lived_in.id]

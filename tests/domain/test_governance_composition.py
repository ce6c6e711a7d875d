"""The composition rule: shares are exact, three formats are one rule, forty seats follow five populations."""

from __future__ import annotations

import pytest
from hypothesis import assume
from hypothesis import given as for_all
from hypothesis import strategies as st

from app.domain.governance import queries, rules, services
from app.domain.governance.models import BodyKind, LegalRegime, RulebookSubject
from app.domain.governance.rules import read_rule, seats_by_place, seats_in, seats_of
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from tests.support.town import make_contract, make_person
from tests.support.town_governance import make_body

FORMATS = rules.presets()["conseil_citoyen"].composition
POPULATIONS = {"Le Blé": 6100, "Les Ormes": 4100, "Le Port": 4000, "La Gare": 3900, "Le Bois": 2000}


def code_of(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def college(code="a", **values):
    return {"code": code, "name": code, "parts": [{"kinds": [{"code": "k", "name": "K"}]}], **values}


@pytest.mark.parametrize(("total", "seats"), [(20, (6, 2, 4, 8)), (30, (10, 2, 6, 12)), (40, (14, 2, 8, 16))])
def test_three_formats_are_one_rule(total, seats):
    counted = seats_of(FORMATS, total)
    assert [one.kind for one in counted] == ["tires_au_sort", "jeunes", "volontaires", "associations"]
    assert tuple(one.count for one in counted) == seats


def test_a_total_the_rule_does_not_allow_is_refused():
    assert code_of(lambda: seats_of(FORMATS, 25)) == "format"


def test_forty_seats_over_five_quartiers_follow_their_populations():
    assert list(seats_by_place(40, POPULATIONS).values()) == [12, 8, 8, 8, 4]
    rule = rules.presets()["conseil_citoyen_par_population"].composition
    counted = seats_of(rule, 40, POPULATIONS)
    by_place = {name: sum(one.count for one in counted if one.place == name) for name in POPULATIONS}
    assert list(by_place.values()) == [12, 8, 8, 8, 4]


def test_seats_of_one_kind_may_be_shared_by_population():
    kinds = [{"code": "k", "name": "K", "by_population": True}]
    rule = read_rule({"colleges": [college(parts=[{"kinds": kinds}])]})
    assert [one.count for one in seats_of(rule, 40, POPULATIONS)] == [12, 8, 8, 8, 4]
    assert code_of(lambda: seats_of(rule, 40)) == "population"


@pytest.mark.parametrize(
    ("written", "kept"),
    [("60 %", "3/5"), ("6/10", "3/5"), ("12,5 %", "1/8"), (" 4 ", "4"), ("", "rest"), ("le reste", "rest")],
)
def test_a_share_is_read_as_people_write_it(written, kept):
    assert seats_in(written) == kept


@pytest.mark.parametrize("written", ["0/5", "7/5", "0 %", "120 %", "un tiers", "1/0", "-2", "1.5.2"])
def test_what_is_not_a_share_is_refused(written):
    assert code_of(lambda: seats_in(written)) == "share"


def test_shares_that_are_not_whole_are_refused_unless_the_rule_rounds():
    colleges = [college("a", seats="1/3"), college("b", seats="1/3"), college("c")]
    assert code_of(lambda: seats_of(read_rule({"colleges": colleges}), 20)) == "whole"
    rounded = seats_of(read_rule({"colleges": colleges, "rounds": True}), 20)
    assert [one.count for one in rounded] == [7, 7, 6]


def test_parts_that_do_not_make_the_whole_are_refused():
    few = read_rule({"colleges": [college("a", seats="1/2"), college("b", seats="2")]})
    assert code_of(lambda: seats_of(few, 20)) == "sum"
    many = read_rule({"colleges": [college("a", seats="15"), college("b", seats="1/2")]})
    assert code_of(lambda: seats_of(many, 20)) == "sum"


def test_a_rule_that_cannot_be_applied_is_refused():
    ages = [{"kinds": [{"code": "k", "name": "K", "min_age": 30, "max_age": 20}]}]
    for content, code in [
        ({}, "empty"),
        ({"colleges": [college(), college()]}, "codes"),
        ({"colleges": [college("a"), college("b")]}, "rest"),
        ({"colleges": [college(parts=ages)]}, "ages"),
        ({"colleges": [college(parts=[])]}, "empty"),
        ({"colleges": ["a"]}, "rule"),
        ({"colleges": [college(name=3)]}, "rule"),
        ({"colleges": [college()], "formats": ["vingt"]}, "rule"),
        ({"colleges": [college(f"c{n}", seats="1") for n in range(40)]}, "long"),
    ]:
        assert code_of(lambda content=content: read_rule(content)) == code, content


@for_all(
    total=st.integers(1, 300),
    cuts=st.lists(st.integers(1, 9), min_size=1, max_size=5),
    counted=st.integers(0, 3),
)
def test_rounded_seats_always_make_the_total(total, cuts, counted):
    whole = sum(cuts) * 2
    colleges = [college(f"c{rank}", seats=f"{cut}/{whole}") for rank, cut in enumerate(cuts)] + [college("rest")]
    if counted:
        colleges.append(college("counted", seats=str(counted)))
    rule = read_rule({"colleges": colleges, "rounds": True})
    # Half the seats go to the shares: the counted ones must fit in the other half.
    assume(counted * 2 <= total)
    counts = [one.count for one in seats_of(rule, total)]
    assert sum(counts) == total
    assert min(counts) >= 0


@pytest.mark.parametrize("preset", rules.presets().values(), ids=lambda preset: preset.code)
def test_every_model_can_be_read_back_and_applied(preset):
    assert read_rule(preset.composition.to_facts()) == preset.composition
    assert sum(one.count for one in seats_of(preset.composition, 20, POPULATIONS)) == 20


def test_the_legal_regime_is_that_of_the_day_of_the_act():
    day = clock.today().replace
    assert rules.regime_on(day(2024, 11, 17)) is LegalRegime.LAMY_2014
    assert rules.regime_on(day(2024, 11, 18)) is LegalRegime.DECRET_2024_1037
    assert rules.regime_on(day(2013, 1, 1)) is None


def test_a_rule_is_followed_by_another_and_never_rewritten(in_app):
    body, agent = make_body(), make_person()

    def write(rule):
        return services.write_composition(body=body, rule=rule, in_force_on=clock.today(), source="", actor=agent)

    first = write(FORMATS)
    assert write(FORMATS) is first
    assert write(read_rule({"colleges": [college()]})).version == 2
    kept = queries.rulebooks_of(body.id, RulebookSubject.COMPOSITION)
    assert [one.version for one in kept] == [2, 1]
    assert read_rule(kept[1].content) == rules.with_terms(FORMATS, appeal_days=60, witnesses=2)


def opened(body, rule, total):
    return services.open_seats(
        body=body, rule=rule, total=total, quartiers={}, populations={}, actor=make_person()
    )  # fmt: skip


def test_seats_are_opened_then_closed_and_none_is_lost(in_app):
    body = make_body()
    assert opened(body, FORMATS, 20) == (20, 0)
    assert opened(body, FORMATS, 20) == (0, 0)
    assert opened(body, FORMATS, 30) == (10, 0)
    assert opened(body, FORMATS, 20) == (0, 10)
    assert len(queries.open_seats(body)) == 20


def test_a_fifth_college_is_added_later(in_app):
    preset = rules.presets()["conseil_developpement"]
    body = services.create_body(
        contract_id=make_contract().id, kind=BodyKind.CONSEIL_DEVELOPPEMENT, name="Codev", quartiers=(),
        actor=make_person(), preset=preset,
    )  # fmt: skip
    opened(body, preset.composition, 40)
    facts = preset.composition.to_facts()
    facts["colleges"].append(college("jeunes", seats="1/5"))
    for said in facts["colleges"][:3]:
        said["seats"] = "1/5"
    opened(body, read_rule(facts), 40)
    colleges = queries.colleges_of(body)
    assert [one.code for one in colleges][-1] == "jeunes"
    assert len(colleges) == 5
    assert len(queries.open_seats(body)) == 40

"""Delays and witnesses are those of the rulebook in force; what a draw is for is proposed from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from app.database import db
from app.domain.councils import queries, services
from app.domain.councils.models import Avis, Draw
from app.domain.councils.rules.drawing import Share, Wish, facts_of, wish_of
from app.domain.councils.rules.proposing import FreeSeat, bands_of, proposed_wish
from app.domain.governance import services as governance
from app.domain.governance.models import RulebookSubject
from app.domain.governance.queries import last_rulebook
from app.domain.governance.rules import PROPOSAL, presets, read_rule, seats_of
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from tests.support.town import make_site
from tests.support.town_councils import a_vote, make_avis, make_council, make_sent_avis
from tests.support.town_draws import make_announced, make_draw, make_installing

CONSEIL = presets()["conseil_citoyen"].composition


def compose(body, agent, **values):
    return governance.write_composition(
        body=body, rule=replace(CONSEIL, **values), in_force_on=clock.today(), source="", actor=agent
    )


# --- A draw ---------------------------------------------------------------------------------------------------------


def test_a_new_rule_takes_what_the_site_proposes_and_keeps_what_it_says(in_app):
    make_site(draw_appeal_days=45, draw_witnesses=3)
    council = make_council()
    for said, kept in (({}, (45, 3)), ({"appeal_days": 20}, (20, 3)), ({"witnesses": 5}, (45, 5))):
        rule = read_rule(compose(council.body, council.agent, **said).content)
        assert (rule.appeal_days, rule.witnesses) == kept
    nobody_drawn = presets()["copil_2"].composition
    copil = governance.write_composition(
        body=council.copil, rule=nobody_drawn, in_force_on=clock.today(), source="", actor=council.agent
    )
    assert "appeal_days" not in copil.content


@pytest.mark.parametrize("said", [{"appeal_days": 0}, {"witnesses": True}, {"appeal_days": "60"}, {"witnesses": 21}])
def test_terms_that_cannot_be_are_refused(said):
    with pytest.raises(Refusal) as caught:
        read_rule({**CONSEIL.to_facts(), **said})
    assert caught.value.code == "rule"


def test_a_draw_keeps_the_version_it_was_announced_under(in_app):
    make_site(small_cell_threshold=5)
    installing = make_installing()
    agent = installing.council.agent
    draw = make_draw(installing)
    assert (draw.appeal_days, draw.witnesses_needed, draw.rulebook) == (60, 2, None)
    compose(installing.body, agent, appeal_days=20, witnesses=3)
    services.publish_draw(
        draw=draw, event_words="Loto", event_at=clock.now() + timedelta(days=1), people_told=False, actor=agent
    )
    compose(installing.body, agent, appeal_days=90, witnesses=9)
    draw = queries.draw_by_id(draw.id)
    assert (draw.appeal_days, draw.witnesses_needed, draw.rulebook.version) == (20, 3, 1)
    with clock.shifted(timedelta(days=2)), pytest.raises(Refusal) as caught:
        services.draw_lots(draw=draw, event_value="1 2", witnesses=["Rosa", "Karim"], actor=agent)
    assert caught.value.code == "witnesses"


def test_the_version_of_an_announced_draw_never_changes(in_app):
    make_site(small_cell_threshold=5)
    installing = make_installing()
    compose(installing.body, installing.council.agent)
    draw = make_announced(installing)
    with pytest.raises(DatabaseError), db.session.begin_nested():
        db.session.execute(Draw.__table__.update().values(rulebook_id=None))
    assert queries.draw_by_id(draw.id).rulebook.version == 1


# --- The answer to an avis ------------------------------------------------------------------------------------------


def promise(council, days):
    return governance.write_functioning(
        body=council.copil, content=replace(PROPOSAL, answer_days=days), in_force_on=clock.today(), source="Séance",
        actor=council.agent,
    )  # fmt: skip


def test_the_body_addressed_answers_in_the_delay_of_its_own_rules(in_app):
    make_site(avis_answer_days=60)
    council = make_council()
    unwritten = make_sent_avis(council)
    assert (unwritten.answer_due_on, unwritten.answer_rulebook) == (clock.today() + timedelta(days=60), None)
    promise(council, 20)
    avis = make_sent_avis(council, subject="Les bancs")
    promise(council, 90)
    avis = queries.avis_by_id(avis.id)
    assert (avis.answer_due_on, avis.answer_rulebook.version) == (clock.today() + timedelta(days=20), 1)
    assert queries.answer_delay_of(council.copil).days == 90
    with pytest.raises(DatabaseError), db.session.begin_nested():
        db.session.execute(Avis.__table__.update().values(answer_rulebook_id=None))


def test_rules_of_the_conseil_itself_do_not_bind_who_answers(in_app):
    make_site(avis_answer_days=60)
    council = make_council()
    governance.write_functioning(
        body=council.body, content=replace(PROPOSAL, answer_days=5), in_force_on=clock.today(), source="Charte",
        actor=council.chair,
    )  # fmt: skip
    avis = make_avis(council)
    services.adopt_avis(avis=avis, vote=a_vote(), actor=council.chair)
    services.send_avis(avis=avis, addressed=council.copil, actor=council.chair)
    assert avis.answer_due_on == clock.today() + timedelta(days=60)


# --- What is proposed for a draw ------------------------------------------------------------------------------------


def free_of(total):
    """The seats to be drawn of a conseil of so many seats."""
    kinds = {kind.code: kind for college in CONSEIL.colleges for kind in college.kinds}
    return [
        FreeSeat(one.college, one.kind, kinds[one.kind].min_age, kinds[one.kind].max_age)
        for one in seats_of(CONSEIL, total)
        if kinds[one.kind].recruitment.value == "draw"
        for _ in range(one.count)
    ]


def test_a_conseil_of_twenty_draws_eight_of_whom_two_are_young(in_app):
    wish = proposed_wish(CONSEIL, free_of(20), ["Habitants", "Habitants"], ["Les Genêts"])
    assert (wish.title, wish.seats, wish.parity, wish.quartiers) == ("Habitants", 8, True, ())
    assert wish.bands == (Share("-24", 2, None, None, 24), Share("25+", 0, None, 25, None))
    assert [source.name for source in wish.sources] == ["Liste électorale", "Bailleurs"]


@pytest.mark.parametrize(
    ("ages", "bands"),
    [
        ([(None, None)], []),
        ([(16, None), (16, None)], ["16+ 2"]),
        ([(16, 25), (16, None), (60, None)], ["16-25 1", "26-59 0", "60+ 1"]),
        ([(11, 25)], ["11-25 1"]),
        ([(None, 24), (None, None), (None, None)], ["-24 1", "25+ 0"]),
    ],
)
def test_bands_are_cut_by_the_ages_of_the_seats(ages, bands):
    free = [FreeSeat("habitants", "tires", low, high) for low, high in ages]
    assert [f"{band.name} {band.least}" for band in bands_of(free)] == bands


def test_seats_kept_for_quartiers_become_their_minimum(in_app):
    free = [FreeSeat("habitants", "tires", quartier=name) for name in ("A", "A", "B", "")]
    wish = proposed_wish(None, free, ["Habitants"], ["A", "B", "C"])
    assert wish.quartiers == (Share("A", 2), Share("B", 1), Share("C", 0))
    assert wish.parity


def test_without_free_seats_nothing_is_proposed(in_app):
    make_site()
    installing = make_installing(drawn=0)
    compose(installing.body, installing.council.agent)
    assert queries.proposed_wish_of(installing.body).seats == 0
    assert last_rulebook(installing.body.id, RulebookSubject.COMPOSITION).version == 1


@pytest.mark.parametrize("quartiers", [(), (Share("Les Genêts", 2), Share("La Roseraie"))])
@pytest.mark.parametrize("parity", [True, False])
@pytest.mark.parametrize("alternates", [None, 2])
def test_what_an_agent_asked_is_read_back_from_the_rule(quartiers, parity, alternates):
    wish = Wish(
        "Genêts", 7, (Share("Liste électorale", 4), Share("Volontaires")), parity,
        (Share("16-25", 2, None, 16, 25), Share("26+", 0, None, 26, None)), "birth_year", date(2026, 11, 21), quartiers,
        True, alternates,
    )  # fmt: skip
    assert wish_of(facts_of(wish)) == wish


@pytest.mark.parametrize("other", [{"seats": "sept"}, {"criteria": {"langue": ["fr"]}}, {"quotas": [{"of": {}}]}])
def test_a_rule_that_the_questions_cannot_say_is_not_guessed(other):
    facts = facts_of(Wish("Genêts", 7, (Share("Volontaires"),)))
    assert wish_of({**facts, **other}) is None
    ceiling = {"of": {"âge": "16-25"}, "min": 2, "max": 2}
    bands = {**facts["criteria"], "âge": {"bands": [{"name": "16-25", "from": 16, "to": 25}], "from": "birth_year"}}
    assert wish_of({**facts, "criteria": bands, "quotas": [*facts["quotas"], ceiling]}) is None

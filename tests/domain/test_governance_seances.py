"""Bodies and séances: what a séance lacks, when it may change, who prepares it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.accounts.models import Role
from app.domain.governance import queries, rules, services
from app.domain.governance.models import BodyKind, Lack
from app.domain.governance.policies import can_see_seance
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from tests.support.town import make_contract, make_person, make_quartier
from tests.support.town_governance import make_body, make_seance


def plan(body, **values):
    filled = {
        "title": "Séance de rentrée", "starts_at": clock.now() + timedelta(days=5),
        "place": "Maison des Genêts", "agenda": "Le budget", "is_public": True, **values,
    }  # fmt: skip
    return services.plan_seance(body=body, actor=make_person(Role.AGENT), **filled)


def code_of(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def test_a_new_seance_lacks_what_is_empty_and_its_convocation(in_app):
    seance = make_seance()
    assert rules.lacks(seance) == [Lack.PLACE, Lack.AGENDA, Lack.CONVOCATION]
    assert rules.lacks(make_seance(place="Ici", agenda="Tout")) == [Lack.CONVOCATION]


def test_a_past_seance_lacks_nothing_any_more(in_app):
    assert rules.lacks(make_seance(in_days=-1)) == []


def test_a_seance_is_planned_for_later_only(in_app):
    body = make_body()
    assert code_of(lambda: plan(body, starts_at=clock.now() - timedelta(minutes=1))) == "past"
    assert plan(body).body_id == body.id


def test_the_convocation_waits_for_a_place_and_an_agenda(in_app):
    agent = make_person(Role.AGENT)
    assert code_of(lambda: services.convene(seance=make_seance(agenda="Tout"), actor=agent)) == "lacks"
    assert code_of(lambda: services.convene(seance=make_seance(place="Ici"), actor=agent)) == "lacks"
    ready = make_seance(place="Ici", agenda="Tout")
    services.convene(seance=ready, actor=agent)
    assert rules.lacks(ready) == []
    assert code_of(lambda: services.convene(seance=ready, actor=agent)) == "sent"
    past = make_seance(in_days=-1, place="Ici", agenda="Tout")
    assert code_of(lambda: services.convene(seance=past, actor=agent)) == "past"


def test_another_place_or_hour_asks_for_another_convocation_and_another_agenda_does_not(in_app):
    agent = make_person(Role.AGENT)
    seance = make_seance(place="Ici", agenda="Tout")
    services.convene(seance=seance, actor=agent)

    def change(**values):
        held = {name: getattr(seance, name) for name in ("title", "starts_at", "place", "is_public")}
        return services.change_seance(seance=seance, actor=agent, **{**held, **values})

    assert change(title="Un autre titre") is False
    assert rules.lacks(seance) == []
    assert change(place="Ailleurs") is True
    assert rules.lacks(seance) == [Lack.CONVOCATION]


def test_a_past_seance_is_history(in_app):
    seance = make_seance(in_days=-1)
    later = clock.now() + timedelta(days=1)
    act = lambda: services.change_seance(  # noqa: E731
        seance=seance, title="T", starts_at=later, place="", is_public=True, actor=make_person()
    )
    assert code_of(act) == "past"


def test_a_contract_has_one_body_of_a_name(in_app):
    contract, agent = make_contract(), make_person(Role.AGENT)
    quartier = make_quartier(contract)

    def create(name="Conseil", contract_id=contract.id):
        return services.create_body(
            contract_id=contract_id, kind=BodyKind.COPIL, name=name, quartiers=[quartier], actor=agent
        )

    assert queries.body_by_id(create().id).quartiers == [quartier]
    assert code_of(create) == "taken"
    assert create(contract_id=make_contract().id).name == "Conseil"


def test_a_closed_seance_is_seen_by_those_who_prepare_it_only(in_app):
    seance = queries.seance_by_id(make_seance(is_public=False).id)
    assert not can_see_seance(None, seance)
    assert can_see_seance(None, queries.seance_by_id(make_seance().id))


def test_the_next_public_seance_is_of_my_quartier_or_of_everybody(in_app):
    mine, other = make_quartier(), make_quartier()
    make_seance(make_body(quartiers=[other]), in_days=1)
    make_seance(make_body(quartiers=[mine]), in_days=2, is_public=False)
    make_seance(make_body(quartiers=[mine]), in_days=-2)
    of_all = make_seance(make_body(), in_days=4)
    assert queries.next_public_seance(mine.id) is of_all
    of_mine = make_seance(make_body(quartiers=[mine]), in_days=3)
    assert queries.next_public_seance(mine.id) is of_mine
    assert queries.next_public_seance().starts_at < of_mine.starts_at

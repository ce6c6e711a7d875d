"""Who composes a body, who leads it, who enters its space; what a person leads, in Python and in SQL alike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts.models import Role, Scope
from app.domain.governance import queries
from app.domain.governance.models import Body, BodyState, EndReason, OfficeKind
from app.domain.governance.policies import (
    can_compose_body,
    can_enter_space,
    can_lead_body,
    can_see_seance,
    can_write_functioning,
)
from app.domain.shared import clock
from tests.support.town import grant_role, make_person, make_quartier
from tests.support.town_governance import make_body, make_mandate, make_seance

PEOPLE = ["body", "quartier", "contract", "elsewhere", "agent", "other agent", "admin", "elu", "member", "chair"]


def account(*roles):
    """An account, its roles loaded."""
    person = make_person(*roles)
    db.session.refresh(person, ["grants"])
    return person


def person_of(name, body):
    """Somebody, by what ties them to the body."""
    person = make_person()
    quartier = body.quartiers[0]
    grants = {
        "body": (Role.ANIMATEUR, Scope.BODY, body.id),
        "quartier": (Role.ANIMATEUR, Scope.QUARTIER, quartier.id),
        "contract": (Role.ANIMATEUR, Scope.CONTRACT, body.contract_id),
        "elsewhere": (Role.ANIMATEUR, Scope.BODY, body.id + 1),
        "agent": (Role.AGENT, Scope.CONTRACT, body.contract_id),
        "other agent": (Role.AGENT, Scope.CONTRACT, body.contract_id + 1),
        "admin": (Role.ADMIN, Scope.EVERYWHERE, None),
        "elu": (Role.ELU, Scope.EVERYWHERE, None),
    }
    if name in grants:
        grant_role(person, *grants[name])
    elif name in ("member", "chair"):
        make_mandate(body, person, OfficeKind.CHAIR if name == "chair" else None)
    db.session.refresh(person, ["grants"])
    return person


def asked(independent):
    body = make_body(quartiers=[make_quartier()], is_independent=independent)
    seance = make_seance(body)
    people = {name: person_of(name, body) for name in PEOPLE}
    return queries.body_by_id(body.id), seance, people


def allowed(policy, body, people):
    return {name for name, person in people.items() if policy(person, body)}


@pytest.mark.parametrize("independent", [False, True])
def test_agents_compose_every_body_and_lead_those_that_are_not_independent(independent, in_app):
    body, seance, people = asked(independent)
    staff = set() if independent else {"agent", "admin"}
    leaders = {"body", "quartier", "contract", "chair"} | staff
    assert allowed(can_compose_body, body, people) == {"agent", "admin"}
    assert allowed(can_lead_body, body, people) == leaders
    assert allowed(can_enter_space, body, people) == leaders | {"member"}
    listed = {name for name, person in people.items() if seance in queries.seances_to_prepare(person)}
    assert listed == leaders
    assert {one.id for one in queries.leaders_of(body)} == {people[name].id for name in leaders}


def test_an_independent_body_that_is_installed_writes_alone_how_it_meets(in_app):
    body, _seance, people = asked(independent=True)
    body.state = BodyState.PREPARATION
    composing = allowed(can_compose_body, body, people)
    assert allowed(can_write_functioning, body, people) == allowed(can_lead_body, body, people) | composing
    body.state = BodyState.ACTIVE
    assert allowed(can_write_functioning, body, people) == allowed(can_lead_body, body, people)
    assert composing - allowed(can_write_functioning, body, people) >= {"agent", "admin"}


def test_nobody_unknown_gets_in(in_app):
    body = queries.body_by_id(make_body().id)
    for policy in (can_compose_body, can_lead_body, can_enter_space):
        assert policy(None, body).code == "sign_in"


def test_rights_leave_with_the_mandate(in_app):
    body, person = make_body(is_independent=True), account()
    mandate = make_mandate(body, person, OfficeKind.SECRETARY)
    assert can_lead_body(person, queries.body_by_id(body.id))
    mandate.ended_on, mandate.end_reason = clock.today(), EndReason.RESIGNED
    db.session.flush()
    assert can_lead_body(person, queries.body_by_id(body.id)).code == "independent"
    assert can_enter_space(person, queries.body_by_id(body.id)).code == "members"


def test_a_mandate_to_come_opens_nothing_yet(in_app):
    body, person = make_body(), account()
    make_mandate(body, person, starts_on=clock.today() + timedelta(days=3))
    assert not can_enter_space(person, queries.body_by_id(body.id))


def test_a_private_seance_is_read_by_members(in_app):
    body, person = make_body(is_independent=True), account()
    make_mandate(body, person)
    seance = queries.seance_by_id(make_seance(body, is_public=False).id)
    assert can_see_seance(person, seance)
    assert not can_see_seance(account(Role.AGENT), seance)


def test_a_body_loaded_without_its_insiders_says_so_instead_of_closing_the_door(in_app):
    with pytest.raises(LookupError):
        can_enter_space(account(), Body(id=1, contract_id=1, is_independent=True, quartiers=[]))

"""Roles given and withdrawn: nobody raises themselves, somebody always administers, even when two act at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts import queries, services
from app.domain.accounts.models import AgeBracket, Role, RoleGrant, Scope, SignIn
from app.domain.accounts.rules import hash_token
from app.domain.shared import clock
from app.domain.shared.journal import JournalEntry
from tests.support.refusals import assert_refused
from tests.support.town import make_bracket, make_person, make_quartier
from tests.support.town_accounts import PASSWORD, make_member
from tests.support.web import count_queries


def give(actor, person, role=Role.AGENT, scope=Scope.EVERYWHERE, scope_id=None, ends_on=None):
    return services.give_role(person=person, role=role, scope=scope, scope_id=scope_id, ends_on=ends_on, actor=actor)


@pytest.fixture
def camille(in_app):
    return make_member(Role.ADMIN, pseudonym="Camille")


def test_a_role_is_given_for_a_place_until_a_day_and_told(camille):
    nour, quartier = make_member(), make_quartier()
    last_day = clock.today() + timedelta(days=30)
    give(camille, nour, Role.ANIMATEUR, Scope.QUARTIER, quartier.id, last_day)
    db.session.expire_all()
    nour = queries.person_by_id(nour.id)
    assert nour.holds(Role.ANIMATEUR, Scope.QUARTIER, quartier.id)
    assert not nour.holds(Role.ANIMATEUR, Scope.QUARTIER, quartier.id + 1)
    with clock.shifted(timedelta(days=31)):
        assert not nour.holds(Role.ANIMATEUR)
    assert queries.notices_of(nour).items[0].subject == "Vous avez un nouveau rôle"


def test_a_role_withdrawn_stays_written_with_who_withdrew_it(camille):
    grant = give(camille, make_member())
    services.withdraw_role(grant=grant, actor=camille)
    assert (grant.withdrawn_at is not None, grant.withdrawn_by_id) == (True, camille.id)
    with assert_refused("withdrawn"):
        services.withdraw_role(grant=grant, actor=camille)
    entry = db.session.query(JournalEntry).filter_by(verb="withdrew_role").one()
    assert entry.facts["role"] == "agent"


def test_nobody_gives_themselves_a_role(camille):
    with assert_refused("self"):
        give(camille, camille, Role.ELU)


def test_somebody_who_does_not_administer_gives_nothing_even_by_calling_the_service(camille):
    agent = make_member(Role.AGENT)
    with assert_refused("role"):
        give(agent, make_person())
    with assert_refused("role"):
        services.withdraw_role(grant=camille.grants[0], actor=agent)


def test_administration_holds_everywhere_or_not_at_all(camille):
    with assert_refused("scope", "place"):
        give(camille, make_member(), Role.ADMIN, Scope.QUARTIER, 1)
    with assert_refused("scope", "place"):
        give(camille, make_member(pseudonym="Amel"), Role.AGENT, Scope.CONTRACT, None)


def test_the_database_refuses_a_narrow_administration(camille):
    narrow = RoleGrant(
        person_id=camille.id, role=Role.ADMIN, scope=Scope.QUARTIER, scope_id=1, starts_on=clock.today(),
        granted_at=clock.now(),
    )  # fmt: skip
    db.session.add(narrow)
    with pytest.raises(Exception, match=r"admin_everywhere|CHECK"):
        db.session.flush()


def test_a_role_that_has_already_ended_a_closed_account_and_the_same_role_twice_are_refused(camille):
    nour = make_member()
    with assert_refused("ends_on", "ends_on"):
        give(camille, nour, ends_on=clock.today() - timedelta(days=1))
    give(camille, nour)
    with assert_refused("already"):
        give(camille, nour)
    with assert_refused("closed"):
        give(camille, make_member(pseudonym="Amel", deactivated_at=clock.now()))


def test_the_last_administrator_cannot_be_withdrawn_nor_leave(camille):
    with assert_refused("last_admin"):
        services.withdraw_role(grant=camille.grants[0], actor=camille)
    with assert_refused("last_admin"):
        services.close_account(person=camille, actor=camille, password=PASSWORD)


def test_an_administrator_whose_role_ends_does_not_replace_the_last_one(camille):
    give(camille, nour := make_member(), Role.ADMIN, ends_on=clock.today() + timedelta(days=90))
    with assert_refused("last_admin"):
        services.withdraw_role(grant=camille.grants[0], actor=nour)
    give(camille, amel := make_member(pseudonym="Amel"), Role.ADMIN)
    services.withdraw_role(grant=camille.grants[0], actor=amel)


def test_a_closed_account_administers_no_more(camille):
    give(camille, nour := make_member(), Role.ADMIN)
    services.close_account(person=nour, actor=camille)
    with assert_refused("last_admin"):
        services.withdraw_role(grant=camille.grants[0], actor=camille)


def test_the_first_administrator_is_appointed_once(in_app):
    person, password = services.appoint_first_administrator(email="A@exemple.test", pseudonym="Camille")
    assert services.sign_in(identifier="a@exemple.test", password=password)[0] is person
    assert db.session.query(AgeBracket).count() == 8
    with assert_refused("first"):
        services.appoint_first_administrator(email="b@exemple.test", pseudonym="Amel")


def test_the_first_administrator_needs_an_address_of_their_own(in_app):
    make_member()
    with assert_refused("email_taken"):
        services.appoint_first_administrator(email="nour@exemple.test", pseudonym="Camille")
    with assert_refused("email"):
        services.appoint_first_administrator(email="nour", pseudonym="Camille")


def test_brackets_somebody_has_chosen_keep_their_bounds(in_app):
    make_person(bracket=make_bracket(18, 25))
    make_bracket(26)
    with assert_refused("used", "starts"):
        services.set_brackets(starts=[0, 18, 30], actor=None)
    services.set_brackets(starts=[0, 18, 26, 60], actor=None)
    assert [(one.min_age, one.max_age) for one in queries.age_brackets()] == [(0, 17), (18, 25), (26, 59), (60, None)]


def test_brackets_in_disorder_are_refused(in_app):
    with assert_refused("brackets", "starts"):
        services.set_brackets(starts=[18, 16], actor=None)


def test_somebody_who_holds_several_roles_is_one_person_on_every_page(camille):
    quartier = make_quartier()
    nour = make_person(Role.ANIMATEUR, Role.AGENT, Role.ELU, quartier=quartier)
    token = "jeton"
    db.session.add(
        SignIn(token_hash=hash_token(token), person_id=nour.id, begun_on=clock.today(), ends_on=clock.today())
    )
    db.session.flush()
    db.session.expunge_all()
    with count_queries() as seen:
        found = queries.person_of_session(token)
        assert (found.id, found.quartier.name, found.age_bracket.min_age) == (nour.id, quartier.name, 18)
        assert [grant.role for grant in found.grants] == [Role.ANIMATEUR, Role.AGENT, Role.ELU]
    assert len(seen) == 1

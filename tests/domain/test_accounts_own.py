"""One's own account: changed, copied, closed; and looked for by the administration."""

from __future__ import annotations

import pytest

from app.database import Base, db
from app.domain.accounts import queries, services
from app.domain.accounts.models import Link, Notice, Person, Role
from app.domain.shared.journal import JournalEntry
from app.domain.shared.outbox import OutboxMessage
from tests.support.refusals import assert_refused
from tests.support.town import make_person, make_quartier
from tests.support.town_accounts import PASSWORD, letters_to, make_card, make_member, make_profile, verbs

pytestmark = pytest.mark.usefixtures("in_app")


def test_a_profile_is_changed_and_the_journal_keeps_codes_only():
    nour, quartier = make_member(), make_quartier()
    services.change_profile(
        person=nour, actor=nour, profile=make_profile("Nour B", link=Link.LIVES, quartier_id=quartier.id)
    )
    assert (nour.pseudonym, nour.quartier_id) == ("Nour B", quartier.id)
    facts = db.session.query(JournalEntry).one().facts
    assert facts["renamed"] is True
    assert "Nour" not in str(facts)


def test_one_s_own_name_may_be_written_otherwise_and_another_s_may_not():
    nour = make_member()
    make_member(pseudonym="Amel")
    services.change_profile(person=nour, actor=nour, profile=make_profile("NOUR"))
    with assert_refused("pseudonym_taken", "pseudonym"):
        services.change_profile(person=nour, actor=nour, profile=make_profile("Amél"))


def test_who_lives_there_keeps_a_quartier():
    nour = make_member()
    with assert_refused("quartier", "quartier"):
        services.change_profile(person=nour, actor=nour, profile=make_profile(link=Link.LIVES))


def test_a_closed_account_holds_nothing_of_the_person_but_stays_as_an_author():
    nour = make_member(quartier=make_quartier())
    token = services.begin_session(person=nour)
    services.tell(nour, "Bonjour", "Un mot")
    services.close_account(person=nour, actor=nour, password=PASSWORD)
    assert nour.pseudonym == f"Compte fermé n° {nour.id}"
    assert (nour.email, nour.card_identifier, nour.quartier_id, nour.link) == (None, None, None, Link.OTHER)
    assert queries.person_of_session(token) is None
    assert db.session.query(Notice).count() == 0
    assert "fermé" in letters_to("nour@exemple.test")[-1].subject
    assert "closed_account" in verbs()
    assert make_member() is not nour


def test_every_personal_column_of_a_closed_account_is_wiped():
    nour = make_member()
    before = {column.name: getattr(nour, column.name) for column in _personal(Person)}
    services.close_account(person=nour, actor=nour, password=PASSWORD)
    assert before
    assert all(getattr(nour, name) != value for name, value in before.items())


def _personal(model):
    return [column for column in model.__table__.columns if column.info.get("personal")]


def test_personal_columns_are_marked_as_such():
    marked = {f"{table.name}.{column.name}" for table in Base.metadata.tables.values()
              for column in table.columns if column.info.get("personal")}  # fmt: skip
    assert {"people.email", "people.pseudonym", "pending_accounts.email", "outbox.recipient"} <= marked


def test_closing_one_s_account_asks_the_password_and_happens_once():
    nour = make_member()
    with assert_refused("password", "password"):
        services.close_account(person=nour, actor=nour, password="autre")
    services.close_account(person=nour, actor=nour, password=PASSWORD)
    with assert_refused("closed"):
        services.close_account(person=nour, actor=nour, password=PASSWORD)


def test_the_card_of_a_closed_account_is_good_for_nothing():
    printed = make_card(make_member(Role.ANIMATEUR))
    yvette, _ = services.activate_card(identifier=printed.identifier, code=printed.code, profile=make_profile("Yvette"))
    services.close_account(person=yvette, actor=yvette, password=printed.code)
    with assert_refused("identity"):
        services.sign_in(identifier=printed.identifier, password=printed.code)
    with assert_refused("identity"):
        services.activate_card(identifier=printed.identifier, code=printed.code, profile=make_profile("Marcel"))


def test_the_copy_of_one_s_data_is_whole_and_leaves_a_trace():
    nour = make_member(Role.AGENT)
    services.tell(nour, "Bonjour", "Un mot")
    services.begin_session(person=nour)
    held = services.export_own_data(person=nour, actor=nour)
    assert held["account"]["email"] == "nour@exemple.test"
    assert held["roles"][0]["role"] == "agent"
    assert held["notices"][0]["subject"] == "Bonjour"
    assert len(held["open_sessions"]) == 1
    assert nour.password_hash not in str(held)
    assert verbs()[-1] == "exported_own_data"


def test_people_are_found_by_a_part_of_their_name_or_a_whole_address():
    admin, nour = make_member(Role.ADMIN, pseudonym="Camille"), make_member()
    for terms in ("nOu", "nour@exemple.test"):
        assert services.search_people(terms=terms, number=1, actor=admin).items == [nour]
    assert services.search_people(terms="exemple.test", number=1, actor=admin).items == []
    assert services.search_people(terms="@exemple", number=1, actor=admin).items == []
    assert verbs()[-1] == "searched_people"
    assert "nour" not in str([entry.facts for entry in db.session.query(JournalEntry)])


def test_a_person_with_a_card_is_found_by_its_identifier():
    printed = make_card(animator := make_member(Role.ANIMATEUR))
    yvette, _ = services.activate_card(identifier=printed.identifier, code=printed.code, profile=make_profile("Yvette"))
    assert services.search_people(terms=printed.identifier, number=1, actor=animator).items == [yvette]


def test_one_letter_does_not_leaf_through_everybody():
    with assert_refused("terms", "terms"):
        services.search_people(terms="n", number=1, actor=make_member(Role.ADMIN))


def test_reading_how_to_reach_somebody_is_written_down():
    admin, nour = make_member(Role.ADMIN, pseudonym="Camille"), make_member()
    assert services.read_contact(person=nour, actor=admin) == ("nour@exemple.test", None)
    entry = db.session.query(JournalEntry).filter_by(verb="read_contact").one()
    assert (entry.actor_id, entry.subject_id) == (admin.id, str(nour.id))


def test_somebody_without_an_address_is_told_on_their_page_only():
    person = make_person(email=None)
    services.tell(person, "Bonjour", "Un mot")
    assert queries.notices_of(person).total == 1
    assert db.session.query(OutboxMessage).count() == 0

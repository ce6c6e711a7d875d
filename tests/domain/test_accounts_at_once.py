"""Two people, or two telephones, at the same instant: one act is done, the other is told why not."""

from __future__ import annotations

import threading

import pytest

from app.database import db
from app.domain.accounts import queries, services
from app.domain.accounts.models import Person, Role
from app.domain.shared.refusals import Refusal
from tests.support.town_accounts import PASSWORD, make_card, make_member, make_profile


@pytest.fixture
def at_once(real_app):
    """Runs acts each in its own thread, all released together; gives "done" or the code of the refusal."""

    def run(*acts):
        together, answers = threading.Barrier(len(acts)), []

        def one(act):
            with real_app.app_context():
                together.wait()
                try:
                    act()
                    db.session.commit()
                    answers.append("done")
                except Refusal as refusal:
                    db.session.rollback()
                    answers.append(refusal.code)

        threads = [threading.Thread(target=one, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(answers)

    return run


def kept(real_app, make):
    """Makes something for good."""
    with real_app.app_context():
        made = make()
        db.session.commit()
        return made


def test_two_administrators_who_withdraw_each_other_leave_one(real_app, at_once):
    def two():
        people = [make_member(Role.ADMIN, pseudonym=name) for name in ("Camille", "Amel")]
        return [(people[0].id, people[1].grants[0].id), (people[1].id, people[0].grants[0].id)]

    def withdraw(actor_id, grant_id):
        services.withdraw_role(grant=queries.grant_by_id(grant_id), actor=queries.person_by_id(actor_id))

    pairs = kept(real_app, two)
    assert at_once(*(lambda pair=pair: withdraw(*pair) for pair in pairs)) == ["done", "role"]
    assert kept(real_app, queries.has_administration)


def test_two_administrators_who_close_their_accounts_leave_one(real_app, at_once):
    numbers = kept(real_app, lambda: [make_member(Role.ADMIN, pseudonym=name).id for name in ("Camille", "Amel")])

    def leave(number):
        person = queries.person_by_id(number)
        services.close_account(person=person, actor=person, password=PASSWORD)

    assert at_once(*(lambda number=number: leave(number) for number in numbers)) == ["done", "last_admin"]


def test_a_card_activated_on_two_telephones_makes_one_account(real_app, at_once):
    printed = kept(real_app, lambda: make_card(make_member(Role.ANIMATEUR)))
    profiles = kept(real_app, lambda: [make_profile("Yvette"), make_profile("Marcel")])

    def activate(profile):
        services.activate_card(identifier=printed.identifier, code=printed.code, profile=profile)

    assert at_once(*(lambda profile=profile: activate(profile) for profile in profiles)) == ["done", "used"]
    assert kept(real_app, lambda: db.session.query(Person).count()) == 2


def test_a_link_pressed_twice_makes_one_account(real_app, at_once):
    tokens = []

    def ask():
        services.ask_to_join(
            email="nour@exemple.test", password=PASSWORD, profile=make_profile(), sign_in_at="",
            link_to=lambda token: tokens.append(token) or token,
        )  # fmt: skip

    kept(real_app, ask)
    press = lambda: services.confirm_account(token=tokens[0], pseudonym="Nour")  # noqa: E731
    assert at_once(press, press) == ["done", "link"]


def test_two_people_who_choose_the_same_name_get_it_once(real_app, at_once):
    numbers = kept(real_app, lambda: [make_member(pseudonym=name).id for name in ("Nour", "Amel")])
    profile = kept(real_app, lambda: make_profile("Étoile"))

    def rename(number):
        person = queries.person_by_id(number)
        services.change_profile(person=person, profile=profile, actor=person)

    answers = at_once(*(lambda number=number: rename(number) for number in numbers))
    assert answers == ["done", "pseudonym_taken"]

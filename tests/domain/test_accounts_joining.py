"""Joining with an e-mail, with a card, and choosing a password again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts import queries, services
from app.domain.accounts.models import Card, CardState, Link, PasswordReset, PendingAccount, Role, Scope
from app.domain.shared import clock
from tests.support.refusals import assert_refused
from tests.support.town import make_site
from tests.support.town_accounts import PASSWORD, letters_to, make_card, make_member, make_profile, verbs

pytestmark = pytest.mark.usefixtures("in_app")


def ask(email="nour@exemple.test", password=PASSWORD, **values):
    tokens = []
    services.ask_to_join(
        email=email, password=password, profile=make_profile(**values), sign_in_at="https://agora.test/connexion",
        link_to=lambda token: tokens.append(token) or f"https://agora.test/{token}",
    )  # fmt: skip
    return tokens


def test_a_new_address_receives_a_link_that_makes_the_account():
    (token,) = ask(email="Nour@Exemple.test")
    assert token in letters_to("nour@exemple.test")[-1].body
    person, session_token = services.confirm_account(token=token, pseudonym="Nour")
    assert (person.email, person.pseudonym, person.link) == ("nour@exemple.test", "Nour", Link.WORKS)
    assert queries.person_of_session(session_token) is person
    assert verbs()[-1] == "joined"


def test_the_database_never_holds_the_token_nor_the_password():
    (token,) = ask()
    pending = db.session.query(PendingAccount).one()
    assert token not in (pending.token_hash, pending.password_hash)
    assert PASSWORD not in pending.password_hash


def test_an_address_that_has_an_account_receives_a_letter_that_says_so():
    make_member()
    assert ask(pseudonym="Autre") == []
    assert "déjà un compte" in letters_to("nour@exemple.test")[-1].subject
    assert db.session.query(PendingAccount).count() == 0


def test_the_same_words_are_written_in_the_journal_for_a_known_and_an_unknown_address():
    make_member()
    ask(pseudonym="Autre")
    ask(email="inconnue@exemple.test", pseudonym="Encore")
    assert verbs() == ["asked_to_join", "asked_to_join"]


def test_a_link_serves_once():
    (token,) = ask()
    services.confirm_account(token=token, pseudonym="Nour")
    with assert_refused("link"):
        services.confirm_account(token=token, pseudonym="Nour deux")


def test_a_link_lives_as_long_as_the_site_says():
    make_site(sign_up_link_hours=2)
    (token,) = ask()
    with clock.shifted(timedelta(hours=2, seconds=1)), assert_refused("link"):
        services.confirm_account(token=token, pseudonym="Nour")


def test_only_the_last_link_of_an_address_works():
    (first,), (second,) = ask(), ask()
    with assert_refused("link"):
        services.confirm_account(token=first, pseudonym="Nour")
    services.confirm_account(token=second, pseudonym="Nour")


def test_links_nobody_used_are_forgotten_with_their_addresses():
    ask()
    with clock.shifted(timedelta(days=3)):
        services.forget_expired_links()
    assert db.session.query(PendingAccount).count() == 0


def test_a_name_taken_is_said_at_once_and_again_when_somebody_took_it_meanwhile():
    make_member(pseudonym="Éloïse")
    with assert_refused("pseudonym_taken", "pseudonym"):
        ask(email="x@exemple.test", pseudonym="eloise")
    (token,) = ask(email="x@exemple.test", pseudonym="Amel")
    make_member(pseudonym="Amel")
    with assert_refused("pseudonym_taken", "pseudonym"):
        services.confirm_account(token=token, pseudonym="Amel")
    person, _ = services.confirm_account(token=token, pseudonym="Amel 2")
    assert person.pseudonym == "Amel 2"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"email": "nour"}, "email"),
        ({"password": "court"}, "password"),
        ({"pseudonym": "ab"}, "pseudonym"),
        ({"link": Link.LIVES}, "quartier"),
    ],
)
def test_what_is_wrong_is_said_and_no_letter_leaves(values, code):
    with assert_refused(code):
        ask(**values)
    assert letters_to("nour@exemple.test") == []


def test_a_session_ends_after_the_days_the_site_says():
    make_site(session_days=3)
    token = services.begin_session(person=make_member())
    with clock.shifted(timedelta(days=3)):
        assert queries.person_of_session(token)
    with clock.shifted(timedelta(days=4)):
        assert queries.person_of_session(token) is None


# --- Cards --------------------------------------------------------------------------------------------------------


def test_a_card_and_its_code_make_an_account_that_signs_in_with_them():
    printed = make_card(make_member(Role.ANIMATEUR))
    person, _ = services.activate_card(
        identifier=printed.identifier.lower(), code=printed.code.replace("-", " "), profile=make_profile("Yvette")
    )
    assert person.email is None
    again, _ = services.sign_in(identifier=printed.identifier.replace("-", ""), password=printed.code.lower())
    assert again is person
    assert queries.card_by_identifier(printed.identifier).state is CardState.USED


def test_the_code_is_kept_hashed():
    printed = make_card(make_member(Role.ANIMATEUR))
    card = db.session.query(Card).one()
    assert printed.code.replace("-", "") not in card.code_hash
    assert card.code_hash.startswith("$argon2id$")


def test_a_wrong_code_an_unknown_card_and_a_cancelled_one_get_the_same_words():
    printed = make_card(animator := make_member(Role.ANIMATEUR))
    said = set()
    for identifier, code in ((printed.identifier, "XXXXX-XXXXX"), ("GEN-XXXX-XXXX", printed.code)):
        with pytest.raises(Exception, match="identifiant et le code") as caught:
            services.activate_card(identifier=identifier, code=code, profile=make_profile("Yvette"))
        said.add(str(caught.value))
    services.cancel_card(card=queries.card_by_identifier(printed.identifier), actor=animator)
    with pytest.raises(Exception, match="identifiant et le code") as caught:
        services.activate_card(identifier=printed.identifier, code=printed.code, profile=make_profile("Yvette"))
    assert {*said, str(caught.value)} == said


def test_a_card_is_activated_once():
    printed = make_card(make_member(Role.ANIMATEUR))
    services.activate_card(identifier=printed.identifier, code=printed.code, profile=make_profile("Yvette"))
    with assert_refused("used"):
        services.activate_card(identifier=printed.identifier, code=printed.code, profile=make_profile("Marcel"))


def test_signing_in_with_a_card_not_yet_activated_says_so_to_who_knows_its_code():
    printed = make_card(make_member(Role.ANIMATEUR))
    with assert_refused("not_activated"):
        services.sign_in(identifier=printed.identifier, password=printed.code)
    with assert_refused("identity"):
        services.sign_in(identifier=printed.identifier, password="un autre code")


def test_the_same_request_sent_twice_makes_the_cards_once():
    animator = make_member(Role.ANIMATEUR)
    services.make_cards(count=3, place="", batch="a" * 32, actor=animator)
    with assert_refused("again"):
        services.make_cards(count=3, place="", batch="a" * 32, actor=animator)
    assert db.session.query(Card).count() == 3


def test_too_many_cards_are_refused():
    with assert_refused("count", "count"):
        services.make_cards(count=41, place="", batch="a" * 32, actor=make_member(Role.ANIMATEUR))


def test_a_card_somebody_uses_cannot_be_cancelled():
    printed = make_card(animator := make_member(Role.ANIMATEUR))
    services.activate_card(identifier=printed.identifier, code=printed.code, profile=make_profile("Yvette"))
    with assert_refused("state"):
        services.cancel_card(card=queries.card_by_identifier(printed.identifier), actor=animator)


def test_a_new_code_ends_the_old_one_and_the_sessions_and_is_told_to_the_holder():
    printed = make_card(animator := make_member(Role.ANIMATEUR))
    person, token = services.activate_card(
        identifier=printed.identifier, code=printed.code, profile=make_profile("Yvette")
    )
    renewed = services.renew_code(card=queries.card_by_identifier(printed.identifier), actor=animator)
    assert renewed.code != printed.code
    assert queries.person_of_session(token) is None
    with assert_refused("identity"):
        services.sign_in(identifier=printed.identifier, password=printed.code)
    assert services.sign_in(identifier=printed.identifier, password=renewed.code)[0] is person
    assert "nouveau code" in queries.notices_of(person).items[0].subject
    assert "renewed_code" in verbs()


def test_a_new_code_is_not_made_for_a_cancelled_card():
    printed = make_card(animator := make_member(Role.ANIMATEUR))
    services.cancel_card(card=queries.card_by_identifier(printed.identifier), actor=animator)
    with assert_refused("state"):
        services.renew_code(card=queries.card_by_identifier(printed.identifier), actor=animator)


def test_only_the_administration_makes_a_new_code_for_somebody_with_a_role():
    admin, animator = make_member(Role.ADMIN, pseudonym="Camille"), make_member(Role.ANIMATEUR)
    printed = make_card(animator)
    person, _ = services.activate_card(identifier=printed.identifier, code=printed.code, profile=make_profile("Yvette"))
    from_everywhere = queries.person_by_id(person.id)
    services.give_role(
        person=from_everywhere, role=Role.AGENT, scope=Scope.EVERYWHERE, scope_id=None, ends_on=None, actor=admin
    )
    db.session.expire_all()
    animator, admin = queries.person_by_id(animator.id), queries.person_by_id(admin.id)
    with assert_refused("role"):
        services.renew_code(card=queries.card_by_identifier(printed.identifier), actor=animator)
    assert services.renew_code(card=queries.card_by_identifier(printed.identifier), actor=admin)


# --- Passwords ----------------------------------------------------------------------------------------------------


def forget(email="nour@exemple.test"):
    tokens = []
    services.ask_new_password(email=email, link_to=lambda token: tokens.append(token) or token)
    return tokens


def test_a_forgotten_password_is_chosen_again_once_and_ends_the_sessions():
    person = make_member()
    old = services.begin_session(person=person)
    (token,) = forget()
    chosen, new = services.choose_new_password(token=token, password="cinq mots rien qu’à moi")
    assert chosen is person
    assert queries.person_of_session(old) is None
    assert queries.person_of_session(new) is person
    with assert_refused("link"):
        services.choose_new_password(token=token, password="six mots rien qu’à moi")
    with assert_refused("identity"):
        services.sign_in(identifier="nour@exemple.test", password=PASSWORD)


def test_an_unknown_address_receives_nothing_and_nobody_learns_it():
    assert forget("personne@exemple.test") == []
    assert letters_to("personne@exemple.test") == []
    assert verbs() == ["asked_new_password"]


def test_a_reset_link_lives_as_long_as_the_site_says_and_only_the_last_works():
    make_member()
    (first,), (second,) = forget(), forget()
    with assert_refused("link"):
        services.choose_new_password(token=first, password=PASSWORD)
    with clock.shifted(timedelta(minutes=61)), assert_refused("link"):
        services.choose_new_password(token=second, password=PASSWORD)


def test_a_closed_account_receives_no_link():
    make_member(deactivated_at=clock.now())
    assert forget() == []


def test_a_password_too_short_leaves_the_link_alive():
    make_member()
    (token,) = forget()
    with assert_refused("password"):
        services.choose_new_password(token=token, password="court")
    assert db.session.query(PasswordReset).count() == 1


def test_changing_one_s_password_asks_the_present_one_and_keeps_this_device():
    person = make_member()
    here, elsewhere = services.begin_session(person=person), services.begin_session(person=person)
    person.sign_in_token = here
    with assert_refused("current_password", "current_password"):
        services.change_password(person=person, current="autre", new="cinq mots à moi", actor=person)
    with assert_refused("password", "new_password"):
        services.change_password(person=person, current=PASSWORD, new="court", actor=person)
    services.change_password(person=person, current=PASSWORD, new="cinq mots à moi", actor=person)
    assert queries.person_of_session(here) is person
    assert queries.person_of_session(elsewhere) is None


def test_somebody_with_a_card_may_choose_a_password_instead_of_the_code():
    printed = make_card(make_member(Role.ANIMATEUR))
    person, _ = services.activate_card(identifier=printed.identifier, code=printed.code, profile=make_profile("Yvette"))
    services.change_password(person=person, current=printed.code.lower(), new="cinq mots à moi", actor=person)
    assert services.sign_in(identifier=printed.identifier, password="cinq mots à moi")[0] is person

"""The e-mail of an account: changed by a link sent to the new one, added to a card, removed when a card remains."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts import queries, rules, services
from app.domain.accounts.models import AddressChange, Role
from app.domain.shared import clock
from app.domain.shared.journal import JournalEntry
from tests.support.refusals import assert_refused
from tests.support.town import make_site
from tests.support.town_accounts import PASSWORD, letters_to, make_card, make_member, make_profile, verbs

pytestmark = pytest.mark.usefixtures("in_app")
NEW = "nour.b@exemple.test"


def ask(person, email=NEW, password=PASSWORD):
    """Asks; gives the token of the link if a letter holds it."""
    tokens = []
    services.ask_address(
        person=person, email=email, password=password, sign_in_at="https://agora.test/connexion", actor=person,
        link_to=lambda token: tokens.append(token) or f"https://agora.test/{token}",
    )  # fmt: skip
    return tokens


def confirm(person, token):
    services.confirm_address(person=person, token=token, actor=person)


def yvette():
    """Somebody with a card, and what is printed on it."""
    printed = make_card(make_member(Role.ANIMATEUR, pseudonym="Samir"))
    person, _ = services.activate_card(identifier=printed.identifier, code=printed.code, profile=make_profile("Yvette"))
    return person, printed


def test_a_link_sent_to_the_new_address_changes_it_and_the_old_one_is_told():
    nour = make_member()
    (token,) = ask(nour, "Nour.B@Exemple.test")
    assert token in letters_to(NEW)[-1].body
    assert nour.email == "nour@exemple.test"
    confirm(nour, token)
    assert nour.email == NEW
    told = letters_to("nour@exemple.test")[-1]
    assert "a changé" in told.subject
    assert NEW not in told.body
    assert "a changé" in queries.notices_of(nour).items[0].subject
    assert services.sign_in(identifier=NEW, password=PASSWORD)[0] is nour
    with assert_refused("identity"):
        services.sign_in(identifier="nour@exemple.test", password=PASSWORD)


def test_the_journal_keeps_both_acts_and_no_address():
    nour = make_member()
    (token,) = ask(nour)
    confirm(nour, token)
    assert verbs() == ["asked_address", "confirmed_address"]
    assert "exemple" not in str([entry.facts for entry in db.session.query(JournalEntry)])


def test_a_taken_address_gets_a_letter_and_the_rest_is_the_same():
    nour, amel, sofia = make_member(), make_member(pseudonym="Amel"), make_member(pseudonym="Sofia")
    assert len(ask(nour)) == 1
    assert ask(amel, "sofia@exemple.test") == []
    letter = letters_to("sofia@exemple.test")[-1]
    assert "déjà un compte" in letter.subject
    assert "https://agora.test/connexion" in letter.body
    assert verbs() == ["asked_address", "asked_address"]
    # What the person reads and exports tells nothing either.
    for person, email in ((nour, NEW), (amel, "sofia@exemple.test")):
        assert queries.address_change_of(person).email == email
        assert services.export_own_data(person=person, actor=person)["account"]["email_to_confirm"] == email
    assert sofia.email == "sofia@exemple.test"


def test_an_address_taken_in_the_meantime_stays_where_it_is():
    nour = make_member()
    (token,) = ask(nour)
    make_member(pseudonym="Amel", email=NEW)
    with assert_refused("link"):
        confirm(nour, token)
    db.session.refresh(nour)
    assert nour.email == "nour@exemple.test"


def test_the_database_never_holds_the_token():
    (token,) = ask(make_member())
    assert db.session.query(AddressChange).one().token_hash == rules.hash_token(token) != token


@pytest.mark.parametrize(
    ("email", "password", "code", "field"),
    [
        (NEW, "autre", "password", "password"),
        ("nour", PASSWORD, "email", "email"),
        ("NOUR@exemple.test", PASSWORD, "same", "email"),
    ],
)
def test_what_is_wrong_is_said_and_no_letter_leaves(email, password, code, field):
    nour = make_member()
    with assert_refused(code, field):
        ask(nour, email, password)
    assert letters_to(NEW) == []
    assert db.session.query(AddressChange).count() == 0


def test_asking_again_replaces_the_former_link():
    nour = make_member()
    (first,), (second,) = ask(nour), ask(nour, "autre@exemple.test")
    with assert_refused("link"):
        confirm(nour, first)
    confirm(nour, second)
    assert nour.email == "autre@exemple.test"


def test_a_link_serves_once_and_only_the_person_who_asked():
    nour, amel = make_member(), make_member(pseudonym="Amel")
    (token,) = ask(nour)
    with assert_refused("link"):
        confirm(amel, token)
    confirm(nour, token)
    with assert_refused("link"):
        confirm(nour, token)


def test_a_link_lives_as_long_as_the_site_says_then_its_address_is_forgotten():
    make_site(sign_up_link_hours=2)
    nour = make_member()
    (token,) = ask(nour)
    with clock.shifted(timedelta(hours=2, seconds=1)):
        assert queries.address_change_of(nour) is None
        with assert_refused("link"):
            confirm(nour, token)
        services.forget_expired_links()
    assert db.session.query(AddressChange).count() == 0


def test_a_link_for_a_new_password_sent_to_the_former_address_serves_no_more():
    nour, tokens = make_member(), []
    services.ask_new_password(email=nour.email, link_to=lambda token: tokens.append(token) or token)
    (token,) = ask(nour)
    confirm(nour, token)
    with assert_refused("link"):
        services.choose_new_password(token=tokens[0], password="cinq mots rien qu’à moi")


def test_closing_the_account_forgets_the_address_that_waits():
    nour = make_member()
    ask(nour)
    services.close_account(person=nour, actor=nour, password=PASSWORD)
    assert db.session.query(AddressChange).count() == 0


# --- With a card --------------------------------------------------------------------------------------------------


def test_the_holder_of_a_card_adds_an_address_and_signs_in_with_either():
    person, printed = yvette()
    (token,) = ask(person, "yvette@exemple.test", printed.code.lower())
    confirm(person, token)
    assert letters_to("yvette@exemple.test")[0].subject.startswith("Confirmez")
    for identifier in ("yvette@exemple.test", printed.identifier):
        for code in (printed.code, printed.code.lower().replace("-", " ")):
            assert services.sign_in(identifier=identifier, password=code)[0] is person
    services.change_password(person=person, current=printed.code.lower(), new="cinq mots à moi", actor=person)
    for identifier in ("yvette@exemple.test", printed.identifier):
        assert services.sign_in(identifier=identifier, password="cinq mots à moi")[0] is person


def test_who_keeps_a_card_may_remove_the_address():
    person, printed = yvette()
    (token,) = ask(person, "yvette@exemple.test", printed.code)
    confirm(person, token)
    ask(person, "autre@exemple.test", printed.code)
    with assert_refused("password", "password"):
        services.remove_address(person=person, password="autre", actor=person)
    services.remove_address(person=person, password=printed.code, actor=person)
    assert person.email is None
    assert "a changé" in letters_to("yvette@exemple.test")[-1].subject
    assert db.session.query(AddressChange).count() == 0
    assert verbs()[-1] == "removed_address"
    assert services.sign_in(identifier=printed.identifier, password=printed.code)[0] is person
    with assert_refused("identity"):
        services.sign_in(identifier="yvette@exemple.test", password=printed.code)


def test_the_only_way_to_sign_in_is_not_removed():
    with assert_refused("no_card"):
        services.remove_address(person=(nour := make_member()), password=PASSWORD, actor=nour)
    person, printed = yvette()
    with assert_refused("no_email"):
        services.remove_address(person=person, password=printed.code, actor=person)


def test_what_has_the_form_of_a_code_is_one_whatever_the_identifier():
    assert rules.secrets_meant("nour@exemple.test", "k7mq3-rt9cf") == ("k7mq3-rt9cf", "K7MQ3RT9CF")
    assert rules.secrets_meant("nour@exemple.test", "quatre mots à moi") == ("quatre mots à moi",)

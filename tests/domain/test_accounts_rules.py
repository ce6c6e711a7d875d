"""What accounts ask: names, passwords, codes, brackets, colours of nobody."""

from __future__ import annotations

import itertools

import pytest
from argon2 import extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from app.domain.accounts import rules
from app.domain.accounts.models import Link
from app.domain.accounts.rules import identity
from app.domain.accounts.rules.cards import ALPHABET
from app.domain.shared.refusals import Refusal


@pytest.mark.parametrize("name", ["Nour", "Été 64", "Мария", "كريم", "Jean-Luc", "x" * 40])
def test_a_name_of_three_letters_in_any_script_passes(name):
    assert rules.can_be_pseudonym(name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nour@exemple.test", "e-mail"),
        ("ab", "trois lettres"),
        ("...", "trois lettres"),
        ("x" * 41, "plus court"),
        ("ﷺ" * 20, "plus court"),
        ("Nou\u202er", "invisible"),
        ("Nou\u200br", "invisible"),
        ("compte FERME 12", "réservé"),
    ],
)
def test_a_name_that_would_mislead_is_refused(name, words):
    verdict = rules.can_be_pseudonym(name)
    assert isinstance(verdict, Refusal)
    assert verdict.field == "pseudonym"
    assert words in str(verdict)


def test_two_names_that_look_the_same_have_one_key():
    assert rules.pseudonym_key("Éloïse B.") == rules.pseudonym_key("eloise b")


@pytest.mark.parametrize(("password", "right"), [("onze signes", False), ("douze signes", True), ("x" * 201, False)])
def test_a_password_has_twelve_characters_and_not_too_many(password, right):
    assert bool(rules.can_be_password(password)) is right


@pytest.mark.parametrize("email", ["", "nour", "nour@", "nour@exemple", "nour exemple@a.fr", f"{'a' * 250}@exemple.fr"])
def test_an_address_that_is_not_whole_is_refused(email):
    assert not rules.can_be_email(email)


def test_an_address_is_the_same_in_capitals():
    assert rules.can_be_email("Nour@Exemple.fr")
    assert rules.normal_identifier(" Nour@Exemple.fr ") == "nour@exemple.fr"


def test_a_password_is_checked_for_nobody_too():
    assert not rules.password_matches(None, "quatre mots à moi")
    assert not rules.password_matches("!", "quatre mots à moi")


def test_a_code_holds_more_than_forty_bits_and_no_sign_is_confused():
    assert rules.CODE_BITS > 40
    assert not set(ALPHABET) & set("01258OILZSBUAEY")
    assert set(rules.new_code()) <= {*ALPHABET, "-"}


@pytest.mark.parametrize(
    ("place", "letters"),
    [("Les Genêts", "GEN"), ("La Roseraie", "ROS"), ("L’Île", "ILE"), ("", "AGO"), ("Z1", "AGO"), ("Été", "ETE")],
)
def test_an_identifier_begins_with_its_place(place, letters):
    assert rules.new_identifier(place).startswith(f"{letters}-")


@given(st.data())
def test_an_identifier_is_read_however_it_is_typed(data):
    printed = rules.new_identifier(data.draw(st.sampled_from(["Les Genêts", "La Roseraie", "Le Clos"])))
    typed = data.draw(st.sampled_from([str.lower, str.upper]))(printed.replace("-", data.draw(st.sampled_from("- "))))
    assert rules.normal_identifier(typed) == printed
    assert rules.normal_identifier(printed.replace("ROS", "R0S").replace("-", "")) == printed


def test_a_code_typed_without_its_hyphen_is_one_of_the_meanings():
    assert rules.normal_code("k7mq3-rt9cf") in rules.secrets_meant("GEN-4K7M-2Q9T", "k7mq3 rt9cf")
    assert rules.secrets_meant("nour@exemple.test", "abc-def") == ("abc-def",)


@pytest.mark.parametrize(("count", "right"), [(0, False), (1, True), (40, True), (41, False), (-3, False)])
def test_from_one_to_forty_cards_are_made_at_once(count, right):
    assert bool(rules.can_make(count)) is right


def test_who_lives_there_says_where():
    assert not rules.link_names_its_place(Link.LIVES, None)
    assert rules.link_names_its_place(Link.LIVES, 1)
    assert rules.link_names_its_place(Link.WORKS, None)


@given(st.sets(st.integers(0, 120), min_size=1, max_size=12))
def test_brackets_made_from_starts_cover_each_age_once(starts):
    brackets = rules.brackets_from(sorted(starts))
    assert rules.brackets_hold(brackets)
    for age in range(min(starts), 121):
        assert sum(low <= age and (high is None or age <= high) for low, high in brackets) == 1


@pytest.mark.parametrize(
    ("brackets", "words"),
    [
        ([], "au moins un âge"),
        ([(16, 25), (20, None)], "recouvre"),
        ([(16, 25), (28, None)], "Il manque les âges de 26 à 27"),
        ([(16, 25)], "pas de fin"),
        ([(16, None), (26, None)], "recouvre"),
        ([(121, None)], "de 0 à 120"),
        ([(18, 15), (16, None)], "du plus petit au plus grand"),
    ],
)
def test_brackets_with_a_hole_or_an_overlap_are_refused(brackets, words):
    verdict = rules.brackets_hold(brackets)
    assert isinstance(verdict, Refusal)
    assert words in str(verdict)


def test_the_demonstration_brackets_hold():
    assert rules.brackets_hold(rules.brackets_from(rules.DEMONSTRATION_STARTS))
    assert all(low < following for low, following in itertools.pairwise(rules.DEMONSTRATION_STARTS))


def test_an_unknown_identifier_costs_the_same_work_as_a_known_one():
    cost = extract_parameters(rules.hash_password("quatre mots à moi"))
    assert extract_parameters(identity.NOBODY) == cost

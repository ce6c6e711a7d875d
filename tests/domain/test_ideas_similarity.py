"""Ideas that look alike are found whatever the accents, the plural, the order and the usual misspellings."""

from __future__ import annotations

import pytest
from hypothesis import given as draw
from hypothesis import strategies as st

from app.domain.ideas import queries, services
from app.domain.ideas.models import IdeaState, IdeaWord
from app.domain.ideas.queries import Filters
from app.domain.ideas.rules.similarity import (
    all_keys,
    closeness,
    search_keys,
    skeleton,
    title_keys,
)
from app.domain.shared.words import stem, telling_words
from tests.support.town import make_person, make_site
from tests.support.town_ideas import make_idea
from tests.support.web import count_queries

TITLES = (
    "Des bancs à l’ombre devant l’école Jean-Moulin",
    "Éclairer le chemin du stade",
    "Un terrain de pétanque couvert",
    "Une bibliothèque dans la cabine téléphonique",
    "Planter des arbres fruitiers rue des Lilas",
    "Ralentir les voitures devant la crèche",
    "Un composteur au pied des tours",
    "Des cours de français le samedi",
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("un banc a l'ombre devant l'ecole", 0),
        ("Ecole Jean Moulin : bancs, ombre", 0),
        ("éclairage chemin stade", 1),
        ("terrain de petanque", 2),
        ("une biblioteque", 3),
        ("arbre fruitier", 4),
        ("ralentire les voiture", 5),
        ("composteurs", 6),
        ("cours de francais", 7),
    ],
)
@pytest.mark.usefixtures("in_app")
def test_the_closest_title_comes_first(typed, found):
    author = make_person()
    made = [make_idea(author, title=title) for title in TITLES]
    assert queries.similar_to(typed)[0].id == made[found].id


@pytest.mark.usefixtures("in_app")
def test_a_title_unlike_all_others_finds_nothing():
    make_idea(title="Un composteur au pied des tours")
    assert queries.similar_to("Apprendre à nager aux adultes") == []
    assert queries.similar_to("???") == []


@pytest.mark.usefixtures("in_app")
def test_five_at_most_are_shown_and_never_those_out_of_sight():
    author = make_person()
    for state in (IdeaState.DRAFT, IdeaState.SUBMITTED, IdeaState.RETURNED, IdeaState.WITHDRAWN):
        make_idea(author, state=state, title="Un banc public")
    target = make_idea(author, title="Tout autre chose")
    make_idea(author, state=IdeaState.MERGED, merged_into_id=target.id, title="Un banc public")
    assert queries.similar_to("Un banc public") == []
    for _ in range(7):
        make_idea(author, title="Un banc public")
    assert len(queries.similar_to("Un banc public")) == 5


@pytest.mark.usefixtures("in_app")
def test_looking_asks_two_questions_whatever_the_number_of_ideas():
    author = make_person()
    counts = []
    for _ in range(2):
        for _ in range(15):
            make_idea(author, title="Un banc public devant l’école")
        with count_queries() as asked:
            queries.similar_to("banc école")
        counts.append(len(asked))
    assert counts == [2, 2]


@pytest.mark.usefixtures("in_app")
def test_words_follow_the_idea_when_it_changes_and_leaves():
    make_site(moderation_before_publication=False)
    author = make_person()
    idea = make_idea(author, title="Une tyrolienne")
    services.write(idea=idea, title="Une fontaine", need="De l’eau fraîche", solution="", actor=author)
    assert queries.search("tyrolienne", Filters()) == []
    assert queries.search("fontaines", Filters()) == [idea]
    services.withdraw(idea=idea, actor=author)
    assert queries.search("fontaine", Filters()) == []


@pytest.mark.usefixtures("in_app")
def test_the_idea_with_most_of_the_words_comes_first():
    author = make_person()
    one = make_idea(author, title="Un banc", need="Rien.")
    both = make_idea(author, title="Un banc et une fontaine", need="Rien.")
    make_idea(author, title="Autre chose", need="Rien.")
    assert list(queries.search("fontaine banc", Filters())) == [both, one]


@pytest.mark.parametrize(
    ("word", "expected"), [("arbres", "arbre"), ("éclairage", "éclai"), ("jeux", "jeu"), ("bus", "bus")]
)
def test_a_stem_is_shared_by_a_family(word, expected):
    assert stem(word) == expected


def test_a_skeleton_keeps_what_a_misspelling_keeps():
    assert skeleton("bibliotheque") == skeleton("biblioteque") == skeleton("biblioteques")
    assert skeleton("telephone") == skeleton("telefone")


def test_a_title_made_of_small_words_is_still_looked_for():
    assert telling_words("Pour tous et pour toutes") == ["pour", "tous", "et", "toutes"]


@draw(st.text(max_size=300), st.text(max_size=300))
def test_closeness_is_a_share_and_the_same_both_ways(one, other):
    score = closeness(one, other)
    assert 0 <= score <= 1
    assert score == closeness(other, one)
    assert closeness(one, one) in {0.0, 1.0}


@draw(st.text(max_size=400))
def test_every_key_fits_its_column_and_there_are_few(text):
    width = IdeaWord.__table__.c.word.type.length
    keys = all_keys(text[:120], (text,))
    assert all(len(key) <= width for key in keys)
    assert len(keys) <= 80
    assert title_keys(text) <= all_keys(text, ())
    assert all(key.startswith("w:") for key in search_keys(text))

"""The public list of ideas: what it shows, how it is filtered and searched, and what it costs."""

from __future__ import annotations

from datetime import timedelta

from app.domain.ideas.models import IdeaState
from app.domain.ideas.queries import MOST_FOUND
from app.domain.shared import clock
from tests.support.town import make_contract, make_person, make_process, make_quartier, make_site, make_theme
from tests.support.town_ideas import make_idea
from tests.support.web import count_queries


def make_many(count: int, **values) -> list[int]:
    quartier = values.pop("quartier", None) or make_quartier(name=f"Les Genêts {count}")
    author = make_person()
    start = clock.now() - timedelta(days=1)
    return [
        make_idea(author, quartier, at=start + timedelta(minutes=rank), title=f"Idée de rang {rank}", **values).number
        for rank in range(count)
    ]


def test_an_empty_list_says_what_will_be_here(web):
    page = web.get("/idees")
    assert page.status == 200
    assert "Aucune idée pour le moment" in page.text


def test_the_list_shows_what_is_public_and_nothing_else(web, given):
    for state in IdeaState:
        target = given(make_idea, title="Celle qui reprend") if state is IdeaState.MERGED else None
        given(make_idea, state=state, title=f"Idée {state.value}", merged_into_id=target.id if target else None)
    text = web.get("/idees").text
    for shown in ("published", "in_study", "answered", "merged"):
        assert f"Idée {shown}" in text
    for hidden in ("draft", "submitted", "returned", "withdrawn"):
        assert f"Idée {hidden}" not in text


def test_a_card_says_where_who_and_how_many_support(web, given):
    quartier = given(make_quartier, name="La Roseraie")
    given(make_idea, given(make_person, pseudonym="Nour"), quartier, title="Un abri au terminus")
    page = web.get("/idees")
    for words in ("Un abri au terminus", "La Roseraie", "Nour", "0 soutien", "Publiée"):
        assert words in page.text


def test_one_goes_forth_and_back_through_the_whole_list(web, given):
    given(make_many, 45)
    first = web.get("/idees")
    assert "Idée de rang 44" in first.text
    assert not first.has_link("Idées précédentes")
    second = first.follow("Idées suivantes")
    third = second.follow("Idées suivantes")
    assert "Idée de rang 24" in second.text
    assert "Idée de rang 4" in third.text
    assert not third.has_link("Idées suivantes")
    assert third.follow("Idées précédentes").text == second.text
    assert second.follow("Idées précédentes").text == first.text


def test_a_page_that_begins_after_an_idea_gone_is_the_first_page(web, given):
    given(make_many, 3)
    assert "Idée de rang 2" in web.get("/idees?apres=987654").text


def test_filters_are_links_that_add_up(web, given):
    def town():
        contract = make_contract()
        here, there = make_quartier(contract, name="Les Genêts"), make_quartier(contract, name="Bellevue-Moulins")
        theme, process = make_theme(contract, label="Espaces verts"), make_process(contract, title="Budget 2026")
        make_idea(None, here, title="Des arbres", theme_id=theme.id)
        make_idea(None, here, title="Un terrain", process_id=process.id)
        make_idea(None, there, title="Une fontaine", theme_id=theme.id)
        make_idea(all_quartiers=True, title="Des ateliers partout", theme_id=theme.id, state=IdeaState.IN_STUDY)

    given(town)
    green = web.get("/idees").follow("Espaces verts")
    assert "Des arbres" in green.text
    assert "Un terrain" not in green.text
    green_here = green.follow("Les Genêts")
    assert "Des arbres" in green_here.text
    assert "Des ateliers partout" in green_here.text
    assert "Une fontaine" not in green_here.text
    assert "Un terrain" in web.get("/idees").follow("Budget 2026").text
    studied = green_here.follow("À l’étude")
    assert "Des ateliers partout" in studied.text
    assert "Des arbres" not in studied.text


def test_a_filter_that_finds_nothing_says_how_to_go_on(web, given):
    given(make_idea)
    page = web.get("/idees?etat=answered")
    assert "Aucune idée ne correspond" in page.text
    assert page.follow("Voir toutes les idées").path == "/idees"


def test_an_address_that_means_nothing_is_read_without_it(web, given):
    given(make_idea, title="Toujours là")
    page = web.get("/idees?quartier=x&theme=&etat=draft&tri=hasard&apres=-1&demarche=9999999999999999999")
    assert page.status == 200


def test_the_most_supported_come_first_when_asked(web, given):
    given(make_idea, title="Peu soutenue", support_count=1)
    given(make_idea, title="Très soutenue", support_count=9)
    given(make_idea, title="Toute neuve")
    text = web.get("/idees").follow("Les plus soutenues").text
    assert text.index("Très soutenue") < text.index("Peu soutenue") < text.index("Toute neuve")


def test_a_long_list_is_counted_only_so_far(web, given):
    given(make_many, 203)
    assert "Plus de 200 idées" in web.get("/idees").text


def test_somebody_finds_an_idea_by_its_words_whatever_the_accents(web, given):
    given(make_idea, title="De la lumière sur le chemin du stade", need="Le soir, on n’y voit rien.")
    given(make_idea, title="Un composteur au pied des tours", need="Les épluchures finissent à la poubelle.")
    page = web.get("/idees").submit("Chercher", q="lumiere STADE")
    assert "De la lumière sur le chemin du stade" in page.text
    assert "composteur" not in page.text
    assert "composteur" in web.get("/idees?q=epluchure").text


def test_a_search_that_finds_too_much_says_so_and_how_to_narrow(web, given):
    given(make_many, MOST_FOUND)
    assert "Seules les" not in web.get("/idees?q=rang").text
    given(make_many, 1)
    page = web.get("/idees?q=rang")
    assert f"Seules les {MOST_FOUND} idées" in page.text
    assert "ajoutez un mot" in page.text


def test_a_number_finds_its_idea(web, given):
    number = given(make_idea, title="Celle que je cherche").number
    assert "Celle que je cherche" in web.get(f"/idees?q=n° {number}").text


def test_a_search_without_answer_proposes_to_give_the_idea(web, given):
    given(make_idea)
    page = web.get("/idees?q=téléphérique")
    assert "Aucune idée ne contient ces mots" in page.text
    assert page.has_link("Donner une idée")


def test_words_of_an_idea_out_of_sight_find_nothing(web, given):
    given(make_idea, title="Une tyrolienne", state=IdeaState.SUBMITTED)
    assert "Aucune idée ne contient" in web.get("/idees?q=tyrolienne").text


def test_twice_the_ideas_ask_no_more_of_the_database(web, given):
    given(make_site)
    given(make_many, 10)
    web.get("/idees")
    with count_queries() as few:
        web.get("/idees")
    given(make_many, 30)
    with count_queries() as many:
        web.get("/idees")
    assert len(many) == len(few)
    # Site, filters (quartiers, themes, démarches), ideas, their quartiers, the capped count.
    assert len(many) <= 8

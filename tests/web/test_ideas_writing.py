"""Giving one's own idea: page by page, nothing lost, one idea for one form, nobody else's eyes on a draft."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from app.database import db
from app.domain.ideas.models import Idea, IdeaState
from app.domain.ideas.queries import idea_by_key, idea_by_number
from app.domain.processes.models import PhaseCode
from app.domain.processes.rules import Eligibility
from app.domain.shared import clock
from tests.support.photos import a_photo
from tests.support.town import (
    make_bracket,
    make_contract,
    make_person,
    make_process,
    make_quartier,
    make_site,
    make_theme,
)
from tests.support.town_ideas import make_idea
from tests.support.web import assert_fragment_equals_reload

SQUARE = {"type": "Polygon", "coordinates": [[[3.0, 43.0], [3.1, 43.0], [3.1, 43.1], [3.0, 43.1], [3.0, 43.0]]]}


@pytest.fixture
def nour(web, given):
    """Nour, signed in."""
    person = given(make_person, pseudonym="Nour")
    web.sign_in(person)
    return person


def begin(web, title="Un banc à l’ombre devant l’école"):
    """The first page, sent: the page of the words."""
    return web.get("/idees/proposer").submit("Continuer", title=title)


def key_of(page) -> str:
    return urlsplit(page.path).path.split("/")[3]


def count_ideas() -> int:
    return db.session.scalar(select(func.count(Idea.id)))


def test_somebody_not_signed_in_is_asked_to_sign_in_first(web):
    assert web.get("/idees/proposer").heading == "Me connecter"


def test_an_idea_is_given_page_by_page_and_waits_to_be_read(web, given, nour):
    quartier = given(make_quartier, name="Les Genêts")
    given(make_theme, given(make_contract), label="Cadre de vie", plain_label="Ma rue, mon immeuble")
    page = begin(web)
    page = page.submit("Enregistrer et continuer", need="Les grands-parents attendent debout.", solution="Un banc.")
    assert page.heading == "Le lieu"
    page = page.submit("Enregistrer et continuer", quartiers=[str(quartier.id)], place_words="Devant la grille")
    assert page.heading == "Le thème et la démarche"
    page = page.submit("Enregistrer et continuer")
    page = page.submit("Enregistrer et continuer")
    page = page.submit("Enregistrer et continuer")
    assert page.heading == "Vérifiez vos réponses"
    for words in ("Les grands-parents attendent debout.", "Les Genêts", "Devant la grille", "Nour"):
        assert words in page.text
    page = page.submit("Déposer mon idée")
    assert "Merci ! Votre idée porte le n° 1. L’équipe la lit avant de la publier" in page.flashes
    assert "En attente de relecture" in page.text


def test_without_reading_first_the_idea_is_public_at_once(web, given, nour):
    given(make_site, moderation_before_publication=False)
    quartier = given(make_quartier)
    page = begin(web)
    key = key_of(page)
    page.submit("Enregistrer et continuer", solution="Un banc.")
    web.get(f"/idees/ecrire/{key}/lieu").submit("Enregistrer et continuer", quartiers=[str(quartier.id)])
    page = web.get(f"/idees/ecrire/{key}/verifier").submit("Déposer mon idée")
    assert "Elle est publiée." in page.flashes
    assert "Un banc à l’ombre" in web.get("/idees").text


def test_the_same_form_sent_twice_begins_one_idea(web, given, nour):
    form = web.get("/idees/proposer")
    first = form.submit("Continuer", title="Un terrain de boules")
    second = form.submit("Continuer", title="Un terrain de boules")
    assert first.path == second.path
    assert given(count_ideas) == 1


def test_the_same_idea_begun_in_two_tabs_is_one_draft(web, given, nour):
    one, other = web.get("/idees/proposer"), web.get("/idees/proposer")
    assert one.submit("Continuer", title="Un abri").path == other.submit("Continuer", title="Un abri").path
    assert given(count_ideas) == 1


def test_pressing_submit_twice_gives_one_idea_and_says_so(web, given, nour):
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    check = web.get(f"/idees/ecrire/{idea.key}/verifier")
    check.submit("Déposer mon idée")
    again = check.submit("Déposer mon idée")
    assert "Cette idée est déjà déposée." in again.flashes
    assert given(count_ideas) == 1


def test_the_form_of_somebody_else_begins_nothing(web, given, nour):
    idea = given(make_idea, state=IdeaState.DRAFT)
    page = web.post("/idees/proposer", {"csrf_token": web.token(), "key": idea.key, "title": "Autre chose"})
    assert page.status == 422
    assert page.errors == ["Ce formulaire a déjà servi. Ouvrez-en un nouveau."]


def test_a_forged_key_is_refused_with_the_title_kept(web, nour):
    page = web.post("/idees/proposer", {"csrf_token": web.token(), "key": "<x>", "title": "Un verger"})
    assert page.status == 422
    assert page.soup.find(id="title")["value"] == "Un verger"


def test_an_empty_title_is_asked_for(web, nour):
    page = web.get("/idees/proposer").submit("Continuer", title="  ")
    assert page.status == 422
    assert page.errors == ["Écrivez votre idée en quelques mots."]


@pytest.mark.parametrize(("field", "length"), [("title", 121), ("need", 3001), ("solution", 3001)])
def test_a_text_too_long_is_kept_and_its_length_told(web, given, nour, field, length):
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    page = web.get(f"/idees/ecrire/{idea.key}/idee").submit("Enregistrer", **{field: "é" * length})
    assert page.status == 422
    assert page.errors == [f"Ce texte est trop long : raccourcissez-le à {length - 1} caractères au plus."]
    control = page.soup.find(id=field)
    assert (control.get("value") or control.get_text()).strip() == "é" * length


def test_an_idea_that_lacks_something_is_not_given(web, given, nour):
    idea = given(make_idea, nour, state=IdeaState.DRAFT, need="", solution="")
    page = web.get(f"/idees/ecrire/{idea.key}/verifier").submit("Déposer mon idée")
    assert page.status == 422
    assert page.errors == ["Dites ce qui ne va pas, ou ce que vous proposez : l’un des deux suffit."]


def test_an_idea_without_a_quartier_is_not_given(web, given, nour):
    idea = given(make_idea, nour, state=IdeaState.DRAFT, quartiers=[])
    page = web.get(f"/idees/ecrire/{idea.key}/verifier").submit("Déposer mon idée")
    assert page.errors == ["Dites quel quartier est concerné, ou choisissez « Tous les quartiers »."]


def test_a_collective_says_its_name(web, given, nour):
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    page = web.get(f"/idees/ecrire/{idea.key}/auteur").submit("Enregistrer", author_type="association")
    assert page.status == 422
    assert page.errors == ["Écrivez le nom du groupe, de l’association, de l’école ou du conseil."]
    done = page.submit("Enregistrer et continuer", author_type="association", group_name="Les Jardins de Valombre")
    assert "Les Jardins de Valombre" in done.text


def test_one_stops_and_finds_the_draft_again(web, given, nour):
    page = begin(web).submit("Garder et finir plus tard", need="Il fait trop chaud.")
    assert "Vous pouvez revenir quand vous voulez" in page.flashes
    page = web.get("/mes-idees").follow("Un banc à l’ombre")
    assert "C’est un brouillon" in page.text
    assert "Il fait trop chaud." in page.follow("Votre idée").soup.find(id="need").get_text()


def test_a_draft_is_its_authors_alone(web, given):
    idea = given(make_idea, state=IdeaState.DRAFT, title="Mon secret")
    web.sign_in(given(make_person))
    for page in ("", "/idee", "/lieu", "/theme", "/photo", "/auteur", "/verifier"):
        shown = web.get(f"/idees/ecrire/{idea.key}{page}")
        assert shown.status == 403
        assert "Mon secret" not in shown.text
    assert web.post(f"/idees/ecrire/{idea.key}/effacer", {"csrf_token": web.token()}).status == 403


def test_a_draft_is_thrown_away_for_good(web, given, nour):
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    page = web.get(f"/idees/ecrire/{idea.key}").submit("Effacer ce brouillon")
    assert "Le brouillon est effacé." in page.flashes
    assert web.get(f"/idees/ecrire/{idea.key}").status == 404


def test_an_idea_given_is_not_thrown_away(web, given, nour):
    idea = given(make_idea, nour)
    page = web.post(f"/idees/ecrire/{idea.key}/effacer", {"csrf_token": web.token()})
    assert page.status == 409
    assert "vous pouvez la retirer, pas l’effacer" in page.text


def test_a_studied_idea_no_longer_changes_and_the_typed_text_is_kept(web, given, nour):
    idea = given(make_idea, nour, state=IdeaState.IN_STUDY)
    assert "Cette idée ne change plus" in web.get(f"/idees/ecrire/{idea.key}").text
    page = web.get(f"/idees/ecrire/{idea.key}/idee").submit("Enregistrer", need="Autre besoin")
    assert page.status == 422
    assert page.errors == ["Cette idée est à l’étude : elle ne peut plus être changée."]
    assert page.soup.find(id="need").get_text().strip() == "Autre besoin"


def test_a_published_idea_that_changes_is_read_again(web, given, nour):
    given(make_site)
    idea = given(make_idea, nour)
    assert "Si vous la changez, elle sera relue" in web.get(f"/idees/ecrire/{idea.key}").text
    web.get(f"/idees/ecrire/{idea.key}/idee").submit("Enregistrer", need="Un autre besoin")
    assert "En attente de relecture" in web.get(f"/idees/{idea.number}").text
    assert "Aucune idée" in web.get("/idees").text


def test_where_ideas_are_public_at_once_a_change_is_public_too(web, given, nour):
    given(make_site, moderation_before_publication=False)
    idea = given(make_idea, nour)
    web.get(f"/idees/ecrire/{idea.key}/idee").submit("Enregistrer", title="Une fontaine qui marche")
    assert "Une fontaine qui marche" in web.get("/idees?q=fontaine").text


def test_the_author_takes_the_idea_back(web, given, nour):
    idea = given(make_idea, nour, title="Mon idée à moi")
    page = web.get(f"/idees/{idea.number}").follow("Retirer mon idée").submit("Retirer mon idée")
    assert "Votre idée est retirée." in page.flashes
    web.get("/").submit("Me déconnecter")
    page = web.get(f"/idees/{idea.number}")
    assert page.heading == f"L’idée n° {idea.number} a été retirée"
    assert "Mon idée à moi" not in page.text


def test_a_studied_idea_is_not_taken_back(web, given, nour):
    idea = given(make_idea, nour, state=IdeaState.IN_STUDY)
    page = web.get(f"/idees/{idea.number}/retirer")
    assert "Cette idée est à l’étude" in page.text
    assert not page.has_button("Retirer mon idée")
    assert web.post(f"/idees/{idea.number}/retirer", {"csrf_token": web.token()}).status == 422


def test_only_open_demarches_are_offered(web, given, nour):
    given(make_process, title="Déjà votée", open_phase=PhaseCode.VOTE, call_opened_at=clock.now())
    given(make_process, title="Pas encore ouverte", open_phase=PhaseCode.CALL)
    given(make_process, title="Budget 2026", open_phase=PhaseCode.CALL, call_opened_at=clock.now())
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    text = web.get(f"/idees/ecrire/{idea.key}/theme").text
    assert "Budget 2026" in text
    assert "Déjà votée" not in text
    assert "Pas encore ouverte" not in text


def test_somebody_the_reglement_does_not_call_is_told_why(web, given):
    def town():
        young = make_person(bracket=make_bracket(0, 15))
        facts = Eligibility(min_age=16).to_facts()
        make_process(title="Budget 2026", open_phase=PhaseCode.CALL, call_opened_at=clock.now(), proposers=facts)
        return young, make_idea(young, state=IdeaState.DRAFT)

    young, idea = given(town)
    web.sign_in(young)
    form = web.get(f"/idees/ecrire/{idea.key}/theme")
    number = next(i["value"] for i in form.soup.select("input[name=demarche]") if i["value"])
    page = form.submit("Enregistrer et continuer", demarche=number)
    assert page.status == 422
    assert page.errors == ["Le règlement demande d’avoir au moins 16 ans."]


def test_an_idea_begun_for_a_call_that_closed_is_not_given_to_it(web, given, nour):
    process = given(make_process, open_phase=PhaseCode.VOTE, call_opened_at=clock.now())
    idea = given(make_idea, nour, state=IdeaState.DRAFT, process_id=process.id)
    page = web.get(f"/idees/ecrire/{idea.key}/verifier").submit("Déposer mon idée")
    assert page.status == 422
    assert "Cette démarche ne reçoit plus d’idées." in page.errors[0]


def test_an_edition_sends_people_to_its_own_form(web, given, nour):
    process = given(make_process, title="Budget 2026", open_phase=PhaseCode.CALL, call_opened_at=clock.now())
    page = web.get(f"/idees/proposer?demarche={process.id}").submit("Continuer", title="Un verger")
    assert "Budget 2026" in web.get(f"/idees/ecrire/{key_of(page)}/verifier").text


def test_similar_ideas_are_shown_without_a_script_and_the_title_kept(web, given, nour):
    given(make_idea, title="Un banc devant l’école Jean-Moulin")
    given(make_idea, title="Réparer la fontaine")
    page = web.get("/idees/proposer").submit("Voir les idées proches", title="Des bancs devant l’école")
    assert page.status == 200
    assert "Un banc devant l’école Jean-Moulin" in page.text
    assert "fontaine" not in page.text
    assert page.soup.find(id="title")["value"] == "Des bancs devant l’école"
    assert given(count_ideas) == 2


def test_similar_ideas_arrive_while_typing(web, given, nour):
    given(make_idea, title="Un banc devant l’école Jean-Moulin")
    address = "/idees/proches?title=banc école"
    fragment = web.get(address, htmx=True)
    assert "Un banc devant l’école Jean-Moulin" in fragment.text
    assert_fragment_equals_reload(web.get(address), fragment, "proches")


def test_nobody_is_told_of_similar_ideas_for_two_letters(web, given):
    given(make_idea, title="Un banc")
    assert web.get("/idees/proches?title=un", htmx=True).soup.find(id="proches").get_text().strip() == ""


def test_the_place_is_kept_in_words_and_as_a_point(web, given, nour):
    quartier = given(make_quartier, name="La Roseraie", outline=SQUARE)
    idea = given(make_idea, nour, quartier, state=IdeaState.DRAFT)
    form = web.get(f"/idees/ecrire/{idea.key}/lieu")
    form.submit("Enregistrer", place_words="Au rond-point", latitude="43050000", longitude="3050000")
    again = web.get(f"/idees/ecrire/{idea.key}/lieu")
    assert "Le point est dans le quartier La Roseraie." in again.text
    assert again.soup.find(id="latitude")["value"] == "43050000"


@pytest.mark.parametrize("value", ["ici", "91000000", "1e7", "9" * 400, "43,5"])
def test_a_point_that_is_nowhere_is_refused_and_the_words_kept(web, given, nour, value):
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    form = web.get(f"/idees/ecrire/{idea.key}/lieu")
    page = form.submit("Enregistrer", place_words="Au rond-point", latitude=value, longitude="3")
    assert page.status == 422
    assert page.soup.find(id="place_words")["value"] == "Au rond-point"


def test_half_a_point_is_no_point(web, given, nour):
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    page = web.get(f"/idees/ecrire/{idea.key}/lieu").submit("Enregistrer et continuer", latitude="43050000")
    assert page.status == 200
    assert given(idea_by_key, idea.key).point is None


def test_a_point_is_told_in_words(web, given):
    given(make_quartier, name="La Roseraie", outline=SQUARE)
    inside = web.get("/idees/ou?latitude=43050000&longitude=3050000", htmx=True)
    assert inside.soup.find(id="ou").get_text() == "Le point est dans le quartier La Roseraie."
    outside = web.get("/idees/ou?latitude=1&longitude=3050000", htmx=True)
    assert outside.soup.find(id="ou").get_text() == "Le point est en dehors des quartiers."
    assert_fragment_equals_reload(web.get("/idees/ou?latitude=1&longitude=1"), outside, "ou")


def test_the_map_reads_the_outlines(web, given):
    given(make_quartier, name="La Roseraie", outline=SQUARE)
    given(make_quartier, name="Sans contour")
    features = web.get("/idees/contours.json").response.json["features"]
    assert [feature["properties"]["name"] for feature in features] == ["La Roseraie"]
    assert features[0]["geometry"]["type"] == "MultiPolygon"


def send_photo(web, idea, content: bytes, name="photo.jpg", **values):
    data = {"csrf_token": web.token(), "photo": (io.BytesIO(content), name), "description": "Un trottoir", **values}
    return web.post(f"/idees/ecrire/{idea.key}/photo", list(data.items()))


def test_a_photo_is_cleaned_kept_and_shown_with_its_description(web, given, nour):
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    send_photo(web, idea, a_photo(gps=True))
    image = web.get(f"/idees/ecrire/{idea.key}/photo").soup.select_one("main img")
    assert image["alt"] == "Un trottoir"
    served = web.get(image["src"]).response
    assert served.mimetype == "image/jpeg"
    assert b"Exif" not in served.data
    assert served.headers["Cache-Control"] == "private, no-cache"


def test_the_photo_of_a_draft_is_private_and_becomes_public_with_the_idea(web, given, nour):
    given(make_site, moderation_before_publication=False)
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    send_photo(web, idea, a_photo())
    address = web.get(f"/idees/ecrire/{idea.key}/photo").soup.select_one("main img")["src"]
    web.get("/").submit("Me déconnecter")
    assert web.get(address).heading == "Me connecter"
    web.sign_in(nour)
    web.get(f"/idees/ecrire/{idea.key}/verifier").submit("Déposer mon idée")
    web.get("/").submit("Me déconnecter")
    assert web.get(address).response.mimetype == "image/jpeg"


@pytest.mark.parametrize("content", [b"", b"pas une photo", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_a_file_that_is_no_photo_is_refused_and_the_description_kept(web, given, nour, content):
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    page = send_photo(web, idea, content)
    assert page.status == 422
    assert len(page.errors) == 1
    assert page.soup.find(id="description")["value"] == "Un trottoir"


def test_a_photo_too_heavy_is_told_so(web, given, nour, app, monkeypatch):
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100_000)
    page = send_photo(web, idea, b"\xff" * 200_000)
    assert page.status == 413
    assert "Choisissez une photo plus légère" in page.text


def test_a_photo_is_described_again_then_taken_off(web, given, nour):
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    send_photo(web, idea, a_photo())
    web.get(f"/idees/ecrire/{idea.key}/photo").submit("Enregistrer", description="Un trottoir en pente")
    page = web.get(f"/idees/ecrire/{idea.key}/photo")
    assert page.soup.select_one("main img")["alt"] == "Un trottoir en pente"
    page.submit("Enlever la photo")
    assert web.get(f"/idees/ecrire/{idea.key}/photo").soup.select_one("main img") is None


def test_a_file_nobody_has_is_not_found(web):
    assert web.get("/fichiers/inconnu").status == 404
    assert web.get("/fichiers/" + "0" * 32).status == 404


def test_a_session_that_ended_during_typing_loses_nothing(web, given, nour):
    idea = given(make_idea, nour, state=IdeaState.DRAFT)
    form = web.get(f"/idees/ecrire/{idea.key}/idee")
    web.client.delete_cookie("agora")
    page = form.submit("Enregistrer", need="Deux heures de travail")
    assert page.status in {400, 403}
    assert "Deux heures de travail" in page.text
    assert given(idea_by_key, idea.key).need != "Deux heures de travail"


def test_the_public_number_follows_without_a_hole(web, given, nour):
    given(make_idea, nour, state=IdeaState.DRAFT, title="Jetée")
    drafts = [given(make_idea, nour, state=IdeaState.DRAFT, title=f"Idée {rank}") for rank in range(3)]
    for draft in drafts:
        web.get(f"/idees/ecrire/{draft.key}/verifier").submit("Déposer mon idée")
    assert [given(idea_by_number, number).title for number in (1, 2, 3)] == ["Idée 0", "Idée 1", "Idée 2"]


def test_ones_own_copy_holds_ones_ideas_and_supports(web, given, nour):
    given(make_idea, nour, title="La mienne")
    other = given(make_idea)
    web.get(f"/idees/{other.number}").submit("Soutenir cette idée")
    held = web.get("/mon-compte").submit("Télécharger mes données").response.json
    assert [idea["title"] for idea in held["ideas"]] == ["La mienne"]
    assert held["supports"] == [other.number]

"""The pages that explain, and what the law asks every site to say."""

from __future__ import annotations

import pytest

from tests.support.town import make_site

ADDRESSES = ["/comprendre", "/accessibilite", "/mentions-legales", "/donnees-personnelles"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_there_before_and_after_the_site_is_set_up(web, given, address):
    assert web.get(address).status == 200
    given(make_site, email="contact@valombre.test", address="1 place du Marché")
    page = web.get(address)
    assert page.status == 200
    assert page.has_link("Accueil")


def test_every_page_leads_to_them_from_its_foot(web):
    foot = {str(link["href"]) for link in web.get("/registre").soup.select("footer a[href]")}
    assert set(ADDRESSES) | {"/quartiers"} <= foot


def test_the_foot_says_the_state_of_accessibility_as_the_law_asks(web):
    foot = " ".join(web.get("/").soup.select_one("footer").get_text().split())
    assert "Accessibilité : non conforme" in foot


def test_the_declaration_has_all_its_compulsory_parts(web, given):
    given(make_site, email="contact@valombre.test")
    text = web.get("/accessibilite").text
    for words in (
        "article 47 de la loi n° 2005-102",
        "État de conformité",
        "Non conforme",
        "Contenus non accessibles",
        "Établissement de cette déclaration",
        "contact@valombre.test",
        "Voies de recours",
        "Libre réponse 71120, 75342 Paris CEDEX 07",
    ):
        assert words in text, words


def test_the_explanation_is_read_aloud_part_by_part(web):
    page = web.get("/comprendre")
    targets = [button["data-read-aloud"] for button in page.soup.select("[data-read-aloud]")]
    assert len(targets) == 6
    assert all(page.soup.select_one(target) is not None for target in targets)


def test_sentences_stay_short_enough_to_be_understood(web):
    page = web.get("/comprendre")
    for line in page.soup.select("main p, main li"):
        for sentence in line.get_text(" ", strip=True).replace("?", ".").replace(":", ".").split("."):
            assert len(sentence.split()) <= 24, sentence


def test_the_legal_notice_says_who_answers(web, given):
    given(make_site, publication_director="La présidente de l’agglomération", host="Hébergeur du Midi, Valombre")
    text = web.get("/mentions-legales").text
    assert "La présidente de l’agglomération" in text
    assert "Hébergeur du Midi" in text


def test_the_page_of_personal_data_tells_the_real_settings(web, given):
    given(make_site, mail_kept_days=12, candidacy_kept_days=200)
    page = web.get("/donnees-personnelles").text
    assert "12 jours après l’envoi" in page
    assert "200 jours après la fin de votre candidature" in page

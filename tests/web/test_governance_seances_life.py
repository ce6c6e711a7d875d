"""A whole séance through the pages, without JavaScript: proposed, convened, held, written, approved, followed."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest

from app.domain.accounts.models import Role
from app.domain.governance import queries, services
from app.domain.shared import clock
from tests.support.pdf import read
from tests.support.town import make_person
from tests.support.town_seances import make_council, make_meeting
from tests.support.web import Web, count_queries

PDF = b"%PDF-1.7\nun document\n%%EOF"


@pytest.fixture
def meeting(web, given):
    """A séance of today, who leads it, and a member with an account."""
    leader, member = given(make_person, Role.AGENT), given(make_person)
    body = given(make_council, 6, (member,))
    seance = given(make_meeting, body, in_days=0.001)
    web.sign_in(leader)
    return seance, member


def in_days(days):
    return (clock.in_paris(clock.now()) + timedelta(days=days)).strftime("%Y-%m-%dT18:30")


def test_a_whole_seance_is_lived_through_the_pages(app, web, given, meeting):
    seance, member = meeting
    inside = Web(app).sign_in(member)
    later = given(make_meeting, given(queries.body_by_id, seance.body_id), in_days=30)
    a_subject_is_proposed_and_kept(web, inside, later)
    everybody_is_convened(web, seance)
    names = [line.member.full_name for line in given(lambda: queries.roll_of(queries.seance_by_id(seance.id)).lines)]
    those_who_come_sign(web, inside, seance, names)
    the_items_are_followed(web, seance, names)
    the_minutes_are_corrected(app, web, seance)
    given(_approve, later, seance)
    the_minutes_are_public(Web(app), seance, names)
    log = web.get(f"/seances/{seance.id}/compte-rendu").submit("Envoyer le relevé")
    assert "Envoi du relevé" in log.text
    the_action_is_late_then_done(Web(app), web, f"/instances/{seance.body_id}/suivi")


def test_a_late_convocation_is_told_and_no_empty_letter_is_offered(web, meeting):
    seance, _member = meeting
    page = web.get(f"/seances/{seance.id}/convocation")
    assert "Ce jour est passé" in page.text
    sent = page.submit("Convoquer tout le monde")
    assert "Ce jour est passé" not in sent.text
    assert not sent.has_button("Imprimer les lettres")


def a_subject_is_proposed_and_kept(web, inside, later):
    proposed = inside.get(f"/seances/{later.id}").follow("Proposer un sujet")
    assert "est proposé" in proposed.submit("Proposer ce sujet", title="Les encombrants").flashes
    agenda = web.get(f"/seances/{later.id}/ordre-du-jour").submit("Retenir : Les encombrants")
    assert "Les encombrants" in agenda.soup.find(id="sujets").get_text()


def everybody_is_convened(web, seance):
    sent = web.get(f"/seances/{seance.id}").follow("Convoquer").submit("Convoquer tout le monde")
    assert "Preuve des envois" in sent.text
    assert "Les SMS ne partent pas" in sent.text
    shown = sent.submit("Prendre le tableau")
    assert shown.response.mimetype == "text/csv"
    assert shown.response.text.count("membre") == 6


def those_who_come_sign(web, inside, seance, names):
    page = f"/seances/{seance.id}"
    room = web.get(f"{page}/presences")
    assert "Quorum pas encore atteint" in room.text
    assert read(room.submit("Imprimer la feuille").response.data).universal
    shown_code = room.submit("Afficher un code").text
    digits = "".join(re.search(r"(\d{3}) (\d{3})", shown_code).groups())
    mine = inside.get(page).follow("Dire si je viens")
    assert mine.submit("Je suis là", **{"ici-code": "000000" if digits != "000000" else "111111"}).status == 422
    assert "Votre présence est notée" in mine.submit("Je suis là", **{"ici-code": digits}).flashes
    tablet = web.get(f"{page}/tablette")
    for name in names:
        if tablet.has_button(name):
            tablet = tablet.submit(name)
    assert "Quorum atteint" in web.get(f"{page}/presences").text


def the_items_are_followed(web, seance, names):
    page = f"/seances/{seance.id}"
    live = web.get(page).follow("Conduire la séance").submit("Ouvrir", presided_by="Fatou", secretaries="Bruno")
    live = live.submit("Commencer : Le budget")
    assert live.heading == "Le budget"
    too_many = live.submit("Enregistrer et passer", points="Discuté.", vote_kind="hands", votes_for="40")
    assert too_many.status == 422
    assert "Discuté." in too_many.soup.find(id="points").get_text(), "nothing typed is lost"
    live = web.get(f"{page}/conduite").submit("Noter ce retrait", reason="Salariée du porteur")
    live = live.submit("Ajouter cette action", what="Écrire au bailleur", due_on=str(clock.today() + timedelta(days=3)))
    live = live.submit(
        "Enregistrer et passer", points="On en a parlé.", decision="Le budget est adopté.",
        decision_kind="validation", vote_kind="hands", votes_for="4", votes_against="1",
    )  # fmt: skip
    assert live.heading == "La fête du quartier"
    screen = web.get(f"{page}/ecran")
    assert screen.heading == "La fête du quartier"
    assert not any(name.split()[-1] in screen.text for name in names), "no personal data on the projector"
    assert web.get(f"{page}/conduite").submit("Suspendre").submit("Reprendre").status == 200


def the_minutes_are_corrected(app, web, seance):
    minutes = web.get(f"/seances/{seance.id}/conduite").submit("Lever la séance")
    assert "4 pour, 1 contre" in minutes.text
    assert minutes.has_link("Corriger")
    assert Web(app).get(f"/seances/{seance.id}/compte-rendu").heading == "Me connecter"
    corrected = minutes.follow("Corriger").submit("Écrire cette version", introduction="Bonne séance.")
    assert "Version 2" in corrected.text


def the_minutes_are_public(stranger, seance, names):
    public = stranger.get(f"/seances/{seance.id}/compte-rendu")
    assert "Approuvé" in public.text
    assert not any(name.split()[-1] in public.text for name in names), "public names only"
    paper = read(stranger.get(f"/seances/{seance.id}/compte-rendu.pdf").response.data)
    assert paper.universal
    assert "Bonne séance" in paper.text


def the_action_is_late_then_done(stranger, web, follow_up):
    with clock.shifted(timedelta(days=10)):
        assert "En retard" in stranger.get(follow_up).text
    web.get(follow_up).follow("Dire où elle en est").submit("C’est fait", words="Écrit.")
    assert "Fait" in stranger.get(follow_up).text


def _approve(later, seance):
    services.approve_minutes(
        seance_id=seance.id, approved_in=queries.seance_by_id(later.id), actor=make_person(Role.AGENT)
    )


def test_a_paper_is_a_file_to_keep_for_those_who_see_the_seance(app, web, given, meeting):
    seance, _member = meeting
    item = seance.items[0]
    form = web.get(f"/points/{item.id}/pieces")
    wrong = form.submit("Joindre ce document", title="Budget")
    assert wrong.status == 422
    data = {"title": "Note du bailleur", "paper": (io.BytesIO(PDF), "b.pdf"), "csrf_token": web.token()}
    web.client.post(f"/points/{item.id}/pieces", data=data)
    found = web.get(f"/seances/{seance.id}").follow("Note du bailleur").response
    assert found.data == PDF
    assert found.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in found.headers["Content-Security-Policy"]
    assert found.headers["X-Content-Type-Options"] == "nosniff"


def test_a_script_named_pdf_is_refused(web, given, meeting):
    seance, _member = meeting
    data = {"title": "X", "paper": (io.BytesIO(b"<script>alert(1)</script>"), "b.pdf"), "csrf_token": web.token()}
    answer = web.client.post(f"/points/{seance.items[0].id}/pieces", data=data)
    assert answer.status_code == 422


def test_without_quorum_the_second_call_is_asked_for(web, given, meeting):
    seance, _member = meeting
    page = web.get(f"/seances/{seance.id}/conduite").follow("Le quorum n’est pas atteint")
    assert page.submit("Prévoir", starts_at=in_days(2)).status == 422
    assert "même ordre du jour" in page.submit("Prévoir", starts_at=in_days(40)).flashes


def test_a_body_without_rulebook_says_so_and_offers_a_labelled_model(web, given, meeting):
    seance, _member = meeting
    rules = web.get(f"/instances/{seance.body_id}/fonctionnement")
    assert "Version 1" in rules.text
    assert rules.submit("Écrire ces règles", quorum="moitié", source="Séance").status == 422
    written = rules.submit("Écrire ces règles", quorum="1/3", source="Séance du 12 mai")
    assert "Version 2" in written.text


def test_a_calendar_keeps_to_its_standard(web, given, meeting):
    seance, member = meeting
    text = web.get(f"/seances/{seance.id}.ics").response.data.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert f"UID:seance-{seance.id}@" in text
    assert "BEGIN:VEVENT" in web.get(f"/instances/{seance.body_id}/seances.ics").response.text
    inside = Web(web.app).sign_in(member)
    address = inside.get("/mon-calendrier").submit("Faire une adresse").soup.find("code").get_text()
    path = "/calendrier/" + address.rpartition("/")[2]
    assert f"UID:seance-{seance.id}@" in web.get(path).response.text
    inside.get("/mon-calendrier").submit("Faire une adresse")
    assert web.get(path).status == 404


def test_a_stranger_is_refused_at_every_door_of_a_private_seance(app, given):
    seance = given(make_meeting, is_public=False)
    other = Web(app).sign_in(given(make_person))
    for path in (
        "",
        "/ordre-du-jour",
        "/convocation",
        "/presences",
        "/conduite",
        "/ecran",
        "/ma-presence",
        "/proposer",
    ):
        assert other.get(f"/seances/{seance.id}{path}").status == 403, path
    assert other.get(f"/seances/{seance.id}.ics").status == 403


def test_twice_the_members_cost_no_more_queries(web, given):
    web.sign_in(given(make_person, Role.AGENT))

    def cost(members):
        seance = given(make_meeting, given(make_council, members), in_days=0.001)
        counts = []
        for path in ("", "/presences", "/conduite", "/ordre-du-jour", "/convocation"):
            with count_queries() as seen:
                web.get(f"/seances/{seance.id}{path}")
            counts.append(len(seen))
        return counts

    few = cost(4)
    assert cost(12) == few
    assert max(few) <= 22

"""The live screen: what is typed is kept whatever the button, what is swapped is what a reload shows."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts.models import Role
from app.domain.governance import queries, services
from app.domain.governance.models import AttendanceWay as Way
from app.domain.governance.models import NamedVote, Presence, RecordKind
from app.domain.shared import clock
from tests.support.pdf import read
from tests.support.town import make_person
from tests.support.town_seances import make_council, make_meeting
from tests.support.web import Web, assert_fragment_equals_reload

PDF = b"%PDF-1.7\nun document\n%%EOF"


def held(**rulebook):
    """A séance of today that is open, everybody in the room, at its first item."""
    leader = make_person(Role.AGENT)
    seance = make_meeting(make_council(4, **rulebook), in_days=-0.01)
    for line in queries.roll_of(seance).lines:
        services.note_presence(
            roll=queries.roll_of(seance), mandate_id=line.mandate.id, presence=Presence.PRESENT, way=Way.SHEET,
            actor=leader,
        )  # fmt: skip
    services.open_seance(seance=seance, presided_by="Fatou", secretaries="Bruno", actor=leader)
    services.take_up(seance=seance, item=seance.items[0], actor=leader)
    return leader, seance


@pytest.fixture
def live(web, given):
    leader, seance = given(held)
    return web.sign_in(leader).get(f"/seances/{seance.id}/conduite"), seance


@pytest.mark.parametrize(
    ("button", "typed"),
    [
        ("Enregistrer et passer", {"points": "Dit."}),
        ("Ajouter cette action", {"what": "Écrire au bailleur"}),
        ("Reporter à une autre séance", {"why": "Trop tard"}),
        ("Suspendre", {}),
    ],
)
def test_what_is_swapped_is_what_a_reload_shows(live, button, typed):
    page, _seance = live
    assert_fragment_equals_reload(page, page.submit(button, htmx=True, **typed), "conduite")


def test_a_refusal_is_swapped_with_everything_that_was_typed(live):
    page, _seance = live
    answer = page.submit("Enregistrer et passer", htmx=True, points="Dit.", vote_kind="hands", votes_for="40")
    assert answer.status == 422
    assert answer.soup.find(id="points").get_text().strip() == "Dit."
    assert answer.soup.find(id="conduite") is not None
    assert "<html" not in answer.response.text


def test_every_button_of_the_screen_keeps_what_was_typed(live):
    page, _seance = live
    again = page.submit("Ajouter cette action", points="On en a parlé.", what="Écrire au bailleur")
    assert again.soup.find(id="points").get_text().strip() == "On en a parlé."
    assert "Écrire au bailleur" in again.text
    empty = again.submit("Ajouter cette action", decision="Oui.")
    assert empty.status == 422
    assert empty.soup.find(id="decision").get_text().strip() == "Oui."
    following = again.submit("Enregistrer et passer", what="Prévenir l’école", points="On en a parlé.")
    forgotten = following.submit("Le budget")
    assert "Prévenir l’école" in forgotten.text, "an action typed is noted even when another button is pressed"


def test_a_recusal_is_taken_back_while_the_item_is_open_only(web, live, given):
    page, seance = live
    line = given(lambda: queries.roll_of(queries.seance_by_id(seance.id)).lines[0].mandate.id)
    noted = page.submit("Noter ce retrait", mandate_id=str(line), reason="Salariée du porteur")
    assert "Salariée du porteur" in noted.text
    assert noted.submit("Noter ce retrait", mandate_id="0").status == 200
    back = noted.submit("enlever le retrait")
    assert "Salariée du porteur" not in back.text
    again = back.submit("Noter ce retrait", mandate_id=str(line), reason="Salariée du porteur")
    data = again.soup.find("input", attrs={"name": "recusal"})["value"]
    again.submit("Enregistrer et passer")
    token = {"csrf_token": web.token(), "recusal": data}
    assert web.post(f"/points/{seance.items[0].id}/deport", token).status == 409


def test_a_postponed_item_says_why_in_the_minutes(web, live):
    page, seance = live
    page.submit("Reporter à une autre séance", why="Le dossier manque")
    web.get(f"/seances/{seance.id}/conduite").submit("Lever la séance")
    assert "Reporté à une autre séance. Le dossier manque" in web.get(f"/seances/{seance.id}/compte-rendu").text


def test_names_of_voters_are_kept_and_read_only_when_the_rules_ask_for_them(web, given, live):
    page, _seance = live
    assert not [field for field in page.soup.find_all("select") if field["name"].startswith("voix_")]
    leader, seance = given(held, named_votes=True)
    page = web.sign_in(leader).get(f"/seances/{seance.id}/conduite")
    fields = [str(field["name"]) for field in page.soup.find_all("select") if str(field["name"]).startswith("voix_")]
    assert len(fields) == 4
    choices = dict(zip(fields, ("for", "for", "against", "abstain"), strict=True))
    page.submit("Enregistrer et passer", decision="Adopté.", decision_kind="validation", vote_kind="hands", **choices)
    web.get(f"/seances/{seance.id}/conduite").submit("Lever la séance")
    inside = web.get(f"/seances/{seance.id}/compte-rendu")
    assert "2 pour, 1 contre, 1 abstention" in inside.text
    names = given(lambda: {
        line.mandate.id: line.member.full_name for line in queries.roll_of(queries.seance_by_id(seance.id)).lines
    })  # fmt: skip
    assert f"Contre : {names[int(fields[2].removeprefix('voix_'))]}." in inside.text
    paper = read(web.get(f"/seances/{seance.id}/compte-rendu.pdf").response.data).text
    assert "Contre\u00a0:" in paper


def test_names_sent_against_the_rules_are_not_kept(web, given, live):
    page, seance = live
    line = given(lambda: queries.roll_of(queries.seance_by_id(seance.id)).lines[0].mandate.id)
    form = {"csrf_token": web.token(), "version": "0", "vote_kind": "hands", "votes_for": "1", f"voix_{line}": "for"}
    assert web.post(f"/points/{seance.items[0].id}/suivre", form).status in (200, 422)
    assert given(lambda: db.session.query(NamedVote).count()) == 0
    assert page.status == 200


def test_a_paper_is_withdrawn_from_those_who_read(app, web, live):
    _page, seance = live
    data = {"title": "Note", "paper": (io.BytesIO(PDF), "b.pdf"), "csrf_token": web.token()}
    web.client.post(f"/points/{seance.items[0].id}/pieces", data=data)
    address = str(Web(app).get(f"/seances/{seance.id}").soup.find("a", string="Note")["href"])
    web.get(f"/seances/{seance.id}/ordre-du-jour").submit("Retirer ce document : Note")
    assert not Web(app).get(f"/seances/{seance.id}").has_link("Note")
    assert web.get(address).status == 404


def test_a_college_has_its_own_quorum_line(web, given, live):
    _page, seance = live
    form = web.get(f"/instances/{seance.body_id}/fonctionnement")
    assert form.submit("Écrire ces règles", source="Charte", college_associations="beaucoup").status == 422
    form.submit("Écrire ces règles", source="Charte", college_associations="1/2", named_votes="y")
    rules = given(lambda: queries.functioning_of(seance.body_id))
    assert rules.college_quorums == {"associations": "1/2"}
    assert rules.named_votes


def _filed(seance, actor):
    return services.file_record(
        kind=RecordKind.PV_SEANCE, title="Le PV d’avant", facts={"body": "Conseil"}, source_kind="seances",
        source_id="1", actor=actor, contract_id=None, body_id=seance.body_id,
    ).number  # fmt: skip


def test_an_item_is_about_a_record_of_the_register(web, given, live):
    _page, seance = live
    number = given(lambda: _filed(queries.seance_by_id(seance.id), make_person(Role.AGENT)))
    picker = web.get(f"/points/{seance.items[0].id}/objet", query={"mots": "PV avant"})
    agenda = picker.submit("Relier", about=f"governance_records {number}")
    assert agenda.has_link(f"Pièce n° {number} du registre")
    item = given(lambda: queries.item_by_id(seance.items[0].id))
    assert item.source_digest == given(lambda: queries.record_by_number(number)).chain_sha256
    untied = web.get(f"/points/{seance.items[0].id}/objet").submit("Relier", about="")
    assert not untied.has_link(f"Pièce n° {number} du registre")


def test_actions_to_do_soon_are_on_the_home_of_whoever_leads(web, live):
    page, seance = live
    page.submit("Ajouter cette action", what="Écrire au bailleur", due_on=str(clock.today() + timedelta(days=9)))
    web.get(f"/seances/{seance.id}/conduite").submit("Lever la séance")
    assert "Action à faire : Écrire au bailleur" in web.get("/").text
    with clock.shifted(timedelta(days=12)):
        assert "Action en retard : Écrire au bailleur" in web.get("/").text


def test_the_room_screen_brings_itself_up_to_date(web, live):
    _page, seance = live
    screen = web.get(f"/seances/{seance.id}/ecran")
    assert_fragment_equals_reload(screen, web.get(f"/seances/{seance.id}/ecran", htmx=True), "ecran")

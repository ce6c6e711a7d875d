"""The sheet of those who come: one line a person, one save, and nobody’s word is written over."""

from __future__ import annotations

import io
import re
from datetime import timedelta

from app.domain.accounts.models import Role
from app.domain.governance import queries, services
from app.domain.governance.models import AttendanceWay, Presence
from app.domain.shared import clock
from tests.support.town import make_person
from tests.support.town_seances import make_council, make_meeting
from tests.support.web import Web, count_queries


def gathered(members: int = 4):
    """A séance of today, who leads it, and the mandates of its members."""
    leader = make_person(Role.AGENT)
    seance = make_meeting(make_council(members), in_days=0.01)
    return leader, seance, [line.mandate.id for line in queries.roll_of(seance).lines]


def where(given, seance):
    """Where each member is."""
    roll = given(lambda: queries.roll_of(queries.seance_by_id(seance.id)))
    return [line.presence for line in roll.lines]


def test_everybody_is_noted_with_one_save(web, given):
    leader, seance, mandates = given(gathered)
    sheet = web.sign_in(leader).get(f"/seances/{seance.id}/presences")
    chosen = dict(zip((f"presence_{one}" for one in mandates), ("present", "excused", "absent"), strict=False))
    noted = sheet.submit("Enregistrer les présences", **chosen)
    assert "Les présences sont notées" in noted.flashes
    assert where(given, seance) == [Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT, None]
    left = noted.submit("Enregistrer les présences", **{f"presence_{mandates[0]}": "left"})
    assert left.soup.find(id=f"presence_{mandates[0]}").find("option", selected=True)["value"] == "left"
    roll = given(lambda: queries.roll_of(queries.seance_by_id(seance.id)))
    assert roll.line_of(mandates[0]).attendance.left_at is not None


def test_a_sheet_sent_empty_says_what_to_do(web, given):
    leader, seance, mandates = given(gathered)
    web.sign_in(leader)
    refused = web.get(f"/seances/{seance.id}/presences").submit("Enregistrer les présences")
    assert refused.status == 422
    assert refused.errors == ["Rien n’a changé. Choisissez où est chaque personne, puis enregistrez."]
    bare = web.post(f"/seances/{seance.id}/presences", {"csrf_token": web.token()})
    assert bare.status == 422
    odd = {"csrf_token": web.token(), f"presence_{mandates[0]}": "represented", f"was_{mandates[0]}": ""}
    assert web.post(f"/seances/{seance.id}/presences", odd).status == 422, "a proxy names somebody: another form"
    assert where(given, seance) == [None] * 4


def test_a_tablet_touched_beside_the_names_says_what_to_do(web, given):
    leader, seance, _mandates = given(gathered)
    web.sign_in(leader)
    for mandate in ("", "0", "999999", "Fatou"):
        sent = web.post(f"/seances/{seance.id}/tablette", {"csrf_token": web.token(), "mandate": mandate})
        assert sent.status == 422, mandate
        assert sent.errors
        assert sent.soup.find(id="mandate") is not None, "the summary leads to the list of names"
    assert where(given, seance) == [None] * 4


def test_a_proxy_without_its_two_names_says_what_to_do(web, given):
    leader, seance, mandates = given(gathered)
    sheet = web.sign_in(leader).get(f"/seances/{seance.id}/presences")
    refused = sheet.submit("Noter ce pouvoir", giver=str(mandates[0]))
    assert refused.status == 422
    assert refused.errors == ["Choisissez à qui le pouvoir est donné."]
    assert refused.soup.find(id="giver").find("option", selected=True)["value"] == str(mandates[0])
    himself = sheet.submit("Noter ce pouvoir", giver=str(mandates[0]), proxy_to=str(mandates[0]))
    assert himself.status == 422
    assert himself.errors == ["Choisissez une autre personne que celle qui s’absente."]


def test_a_sheet_read_long_ago_undoes_nothing_noted_since(web, given):
    leader, seance, mandates = given(gathered)
    old = web.sign_in(leader).get(f"/seances/{seance.id}/presences")

    def taps():
        roll = queries.roll_of(queries.seance_by_id(seance.id))
        services.note_presence(
            roll=roll, mandate_id=mandates[0], presence=Presence.PRESENT, way=AttendanceWay.TABLET, actor=leader
        )

    given(taps)
    old.submit("Enregistrer les présences", **{f"presence_{mandates[1]}": "excused"})
    assert where(given, seance)[:2] == [Presence.PRESENT, Presence.EXCUSED]


def test_those_who_lead_read_the_word_a_member_left(web, given):
    leader, seance, mandates = given(gathered)

    def tells():
        roll = queries.roll_of(queries.seance_by_id(seance.id))
        services.note_presence(
            roll=roll, mandate_id=mandates[0], presence=Presence.EXCUSED, way=AttendanceWay.NOTICE, actor=None,
            words="Je garde mon petit-fils",
        )  # fmt: skip

    given(tells)
    assert "Je garde mon petit-fils" in web.sign_in(leader).get(f"/seances/{seance.id}/presences").text


def test_the_sheet_asks_as_much_for_twice_the_members(web, given):
    counts = []
    for members in (4, 8):
        leader, seance, _mandates = given(gathered, members)
        web.sign_in(leader).get(f"/seances/{seance.id}/presences")
        with count_queries() as asked:
            web.get(f"/seances/{seance.id}/presences")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 25, counts


def test_the_code_of_the_room_is_good_for_the_minutes_of_the_settings(app, web, given, monkeypatch):
    monkeypatch.setitem(app.config, "ROOM_CODE_MINUTES", 5)
    person = given(make_person)
    leader, seance = given(lambda: (make_person(Role.AGENT), make_meeting(make_council(2, (person,)), in_days=0.02)))
    shown = web.sign_in(leader).get(f"/seances/{seance.id}/presences").submit("Afficher un code")
    assert "valable 5 minutes" in shown.text
    code = "".join(re.search(r"(\d{3}) (\d{3})", shown.text).groups())
    mine = Web(app).sign_in(person)
    with clock.shifted(timedelta(minutes=6)):
        late = mine.get(f"/seances/{seance.id}/ma-presence").submit("Je suis là", **{"ici-code": code})
        assert late.status == 422
    with clock.shifted(timedelta(minutes=4)):
        page = mine.get(f"/seances/{seance.id}/ma-presence").submit("Je suis là", **{"ici-code": code})
        assert "Votre présence est notée" in page.flashes


def test_a_document_heavier_than_the_settings_is_refused(app, web, given, monkeypatch):
    monkeypatch.setitem(app.config, "DOCUMENT_BYTES", 100)
    leader, seance, _mandates = given(gathered)
    web.sign_in(leader)
    address = f"/points/{seance.items[0].id}/pieces"

    def sent(content):
        token = web.token()
        data = {"title": "Note", "paper": (io.BytesIO(content), "note.pdf"), "csrf_token": token}
        return web.client.post(address, data=data)

    heavy = sent(b"%PDF-1.7\n" + b"x" * 200 + b"\n%%EOF")
    assert heavy.status_code == 422
    assert "trop lourd" in heavy.text
    assert sent(b"%PDF-1.7\nnote\n%%EOF").status_code == 303

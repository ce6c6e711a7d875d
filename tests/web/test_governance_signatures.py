"""Signing on the tablet: never due, kept for the days the body wrote, printed on the sheet and nowhere else."""

from __future__ import annotations

import base64
import io
from datetime import timedelta

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from app.adapters.files import NotAPhoto
from app.adapters.signatures import MOST_BYTES, SIZE, clean_signature
from app.database import db
from app.domain.accounts.models import Role
from app.domain.governance import queries, services
from app.domain.governance.models import AttendanceWay, Presence, Signature
from app.domain.shared import clock
from app.domain.shared.journal import JournalEntry
from tests.support.pdf import read
from tests.support.town import make_person
from tests.support.town_seances import make_council, make_meeting
from tests.support.web import Web


def drawing(size=(960, 320), line=True, ground="white"):
    picture = Image.new("RGBA", size, ground)
    if line:
        ImageDraw.Draw(picture).line((40, 40, size[0] - 40, size[1] - 40), fill="black", width=7)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def address_of(content):
    return "data:image/png;base64," + base64.b64encode(content).decode()


def gathered(**rulebook):
    """A séance of today; its first member is there, noted on the tablet."""
    leader = make_person(Role.AGENT)
    seance = make_meeting(make_council(3, **{"signature_days": 30, **rulebook}), in_days=0.01)
    roll = queries.roll_of(seance)
    mandates = [line.mandate.id for line in roll.lines]
    services.note_presence(
        roll=roll, mandate_id=mandates[0], presence=Presence.PRESENT, way=AttendanceWay.TABLET, actor=leader
    )
    return leader, seance, mandates


def kept(given):
    return given(lambda: db.session.scalars(select(Signature)).all())


@pytest.fixture
def door(web, given):
    leader, seance, mandates = given(gathered)
    return web.sign_in(leader).get(f"/seances/{seance.id}/tablette").follow("Signer si je veux"), seance, mandates


def test_a_signature_is_written_again_small_and_in_two_colours():
    with Image.open(io.BytesIO(clean_signature(drawing()))) as kept_picture:
        assert (kept_picture.format, kept_picture.mode, kept_picture.size) == ("PNG", "1", SIZE)
        assert kept_picture.info == {}
    see_through = clean_signature(drawing(ground=(0, 0, 0, 0)))
    with Image.open(io.BytesIO(see_through)) as kept_picture:
        assert kept_picture.getpixel((1, 1)) == 255, "what is transparent is paper"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "empty"), (drawing(line=False), "empty"), (drawing(line=False, ground=(0, 0, 0, 0)), "empty"),
        (b"x" * (MOST_BYTES + 1), "size"), (drawing(size=(2000, 1500)), "size"), (b"<svg/>", "unreadable"),
        (drawing()[:60], "unreadable"),
    ],
)  # fmt: skip
def test_what_is_not_a_signature_is_refused(sent, code):
    with pytest.raises(NotAPhoto) as refused:
        clean_signature(sent)
    assert refused.value.code == code


def test_a_signature_is_kept_printed_and_replaced(web, given, door):
    page, seance, mandates = door
    assert "Signer n’est pas obligatoire" in page.text
    assert "30 jours après la séance" in page.text
    before = read(web.post(f"/seances/{seance.id}/feuille.pdf", {"csrf_token": web.token()}).response.data)
    assert "Sur la tablette" in before.text, "the presence noted stands on the sheet without a drawing"
    listed = page.submit("Enregistrer ma signature", drawing=address_of(drawing()))
    assert "La signature est enregistrée" in listed.flashes
    assert listed.has_link("Signature enregistrée")
    (row,) = kept(given)
    assert row.erase_on == clock.in_paris(seance.starts_at).date() + timedelta(days=30)
    paper = read(web.post(f"/seances/{seance.id}/feuille.pdf", {"csrf_token": web.token()}).response.data)
    assert paper.universal
    assert "Sur la tablette" not in paper.text
    again = listed.follow("Signature enregistrée")
    again.submit("Enregistrer ma signature", drawing=address_of(drawing(size=(480, 160))))
    assert len(kept(given)) == 1
    facts = given(lambda: [entry.facts for entry in db.session.scalars(select(JournalEntry)) if "signed" in entry.verb])
    assert facts == [{"seance": seance.id}] * 2, "the journal never says what was drawn"
    assert mandates


def test_nothing_drawn_or_drawn_elsewhere_is_refused_and_the_presence_stays(given, door):
    page, _seance, _mandates = door
    for sent in ("", "data:image/png;base64,@@@", "data:image/svg+xml;base64,PHN2Zy8+", address_of(b"rien")):
        refused = page.submit("Enregistrer ma signature", drawing=sent)
        assert refused.status == 422, sent
        assert len(refused.errors) == 1, sent
    assert kept(given) == []


def test_a_signature_goes_when_asked_or_when_the_presence_was_a_mistake(web, given, door):
    page, seance, mandates = door
    listed = page.submit("Enregistrer ma signature", drawing=address_of(drawing()))
    gone = listed.follow("Signature enregistrée").submit("Effacer ma signature")
    assert "La signature est effacée" in gone.flashes
    assert kept(given) == []
    page.submit("Enregistrer ma signature", drawing=address_of(drawing()))
    sheet = web.get(f"/seances/{seance.id}/presences")
    sheet.submit("Enregistrer les présences", **{f"presence_{mandates[0]}": "excused"})
    assert kept(given) == []


def test_signatures_are_erased_on_their_day_even_of_a_closed_seance(given, door):
    page, seance, _mandates = door
    page.submit("Enregistrer ma signature", drawing=address_of(drawing()))
    leader = given(make_person, Role.AGENT)

    def closes():
        services.open_seance(
            seance=queries.seance_by_id(seance.id), presided_by="Fatou", secretaries="Bruno", actor=leader
        )
        services.close_seance(seance=queries.seance_by_id(seance.id), actor=leader)

    given(closes)
    with clock.shifted(timedelta(days=29)):
        assert given(services.erase_signatures) == 0
    with clock.shifted(timedelta(days=31)):
        assert given(services.erase_signatures) == 1
        assert given(services.erase_signatures) == 0
    assert kept(given) == []


def test_without_a_delay_in_the_rulebook_nobody_is_asked_to_draw(web, given):
    leader, seance, mandates = given(gathered, signature_days=None)
    tablet = web.sign_in(leader).get(f"/seances/{seance.id}/tablette")
    assert not tablet.has_link("Signer")
    page = web.get(f"/seances/{seance.id}/tablette/{mandates[0]}")
    assert "la présence notée suffit" in page.text
    sent = {"csrf_token": web.token(), "act": "sign", "drawing": address_of(drawing())}
    assert web.post(f"/seances/{seance.id}/tablette/{mandates[0]}", sent).status == 422
    assert kept(given) == []


def test_one_signs_once_noted_and_those_who_do_not_lead_reach_no_signature(app, web, given):
    leader, seance, mandates = given(gathered)
    page = web.sign_in(leader).get(f"/seances/{seance.id}/tablette/{mandates[1]}")
    assert "Touchez d’abord votre nom" in page.text
    assert web.get(f"/seances/{seance.id}/tablette/999999").status == 404
    stranger = Web(app).sign_in(given(make_person))
    assert stranger.get(f"/seances/{seance.id}/tablette/{mandates[0]}").status == 403


def test_the_body_writes_how_long_it_keeps_signatures(web, given):
    leader, seance, _mandates = given(gathered, signature_days=None)
    form = web.sign_in(leader).get(f"/instances/{seance.body_id}/fonctionnement")
    assert "Laissez vide" in form.text
    form.submit("Écrire ces règles", source="Charte", signature_days="60")
    assert given(queries.functioning_of, seance.body_id).signature_days == 60
    assert "60 jours après la séance" in web.get(f"/instances/{seance.body_id}/regles").text

"""Where a séance and its minutes are found: while it is held, and once everybody may read what was said."""

from __future__ import annotations

from datetime import timedelta

from app.domain.accounts.models import Role
from app.domain.governance import queries, services
from app.domain.shared import clock
from tests.support.town import make_person
from tests.support.town_seances import make_council, make_meeting
from tests.support.web import Web


def opened(seance, leader):
    loaded = queries.seance_by_id(seance.id)
    services.open_seance(seance=loaded, presided_by="Fatou", secretaries="Bruno", actor=leader)
    return loaded


def approved(seance, leader):
    services.close_seance(seance=opened(seance, leader), actor=leader)
    later = make_meeting(queries.body_by_id(seance.body_id), in_days=30)
    services.approve_minutes(seance_id=seance.id, approved_in=later, actor=leader)


def test_a_seance_being_held_is_found_until_it_is_over(app, web, given):
    leader, body = given(make_person, Role.AGENT), given(make_council)
    seance = given(make_meeting, body, in_days=0.001, is_public=True)
    inside = Web(app).sign_in(leader)
    with clock.shifted(timedelta(minutes=5)):
        assert seance.title not in web.get("/seances").text
        given(opened, seance, leader)
        assert seance.title in web.get("/seances").text
        assert inside.get(f"/conseils/{body.id}/espace").has_link(seance.title)
    with clock.shifted(timedelta(days=2)):
        assert seance.title not in web.get("/seances").text


def test_approved_minutes_of_a_private_seance_lead_nobody_to_a_closed_door(web, given):
    leader = given(make_person, Role.AGENT)
    seance = given(make_meeting, in_days=0.001, is_public=False)
    given(approved, seance, leader)
    page = web.get(f"/seances/{seance.id}/compte-rendu")
    assert not page.has_link(seance.title)
    record = page.follow("Pièce n°")
    assert record.follow("Le compte rendu de la séance").heading == "Compte rendu"


def test_whoever_comes_too_early_reads_it_before_typing(web, given):
    seance = given(make_meeting, in_days=3)
    page = web.sign_in(given(make_person, Role.AGENT)).get(f"/seances/{seance.id}/conduite")
    assert "elle s’ouvre le jour dit" in page.text
    with clock.shifted(timedelta(days=4)):
        assert "elle s’ouvre le jour dit" not in web.get(f"/seances/{seance.id}/conduite").text

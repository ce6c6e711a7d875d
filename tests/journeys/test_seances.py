"""A séance led in a real browser, with and without JavaScript: every page is read by the accessibility engine."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app.database import db
from app.domain.accounts.models import Person, Role
from app.web.application import Agora
from tests.support.telephone import Opener, look, may_sign_in, press
from tests.support.town import make_person
from tests.support.town_seances import make_council, make_meeting

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def meeting(real_app: Agora) -> tuple[int, Person]:
    """A séance of today, and whoever leads it."""
    with real_app.test_request_context():
        leader = make_person(Role.AGENT)
        may_sign_in(leader)
        seance = make_meeting(make_council(), in_days=0.001)
        db.session.commit()
        return seance.id, leader


def test_a_seance_is_led_on_a_telephone(meeting: tuple[int, Person], signed_in: Opener) -> None:
    number, leader = meeting
    page = signed_in(leader)
    start = f"/seances/{number}"
    for path in ("", "/ordre-du-jour", "/convocation", "/presences", "/tablette", "/ecran"):
        page.goto(start + path)
        look(page, path.strip("/") or "seance")
    page.goto(f"{start}/tablette")
    for _ in range(4):
        page.locator("main ul button").first.click()
        page.wait_for_load_state()
    page.goto(f"{start}/conduite")
    page.fill("input[name=presided_by]", "Fatou")
    page.fill("input[name=secretaries]", "Bruno")
    page.get_by_role("button", name="Ouvrir la séance").click()
    page.get_by_role("button", name="Commencer : Le budget").click()
    expect(page.locator("h1")).to_have_text("Le budget")
    page.fill("textarea[name=points]", "On en a parlé.")
    page.fill("textarea[name=decision]", "Adopté.")
    press(page, "Enregistrer et passer à la suite", "conduite")
    expect(page.locator("h1")).to_have_text("La fête du quartier")
    page.get_by_role("button", name="Lever la séance").click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "Compte rendu"
    look(page, "compte-rendu")

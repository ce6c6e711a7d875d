"""A conseil made from a model, composed and installed in a real browser, with and without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from app.database import db
from app.domain.accounts.models import Person, Role
from app.web.application import Agora
from tests.support.pdf import read
from tests.support.telephone import SHOTS, Opener, look, may_sign_in, press
from tests.support.town import make_contract, make_person

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def agent(real_app: Agora) -> Person:
    """An agent, who will also sit: their pseudonym is « Nadia »."""
    with real_app.test_request_context():
        make_contract()
        person = make_person(Role.AGENT, pseudonym="Nadia")
        may_sign_in(person)
        db.session.commit()
        return person


def test_a_conseil_is_made_composed_and_installed_on_a_telephone(agent: Person, signed_in: Opener) -> None:
    page = signed_in(agent)
    place = the_conseil_is_made(page)
    seat = twenty_seats_are_opened(page, place)
    for name, alternate, door in (("Fatou", False, "Donner le siège"), ("Rosa", True, "Donner une suppléance")):
        page.goto(seat)
        page.get_by_role("link", name=door, exact=True).click()
        somebody_new_takes_it(page, name, alternate)
    page.goto(seat)
    the_alternate_is_called(page)
    page.get_by_role("link", name="Son compte").click()
    page.fill("input[name=pseudonym]", "Nadia")
    press(page, "Relier le compte")
    page.goto(f"{place}/vie/installer")
    press(page, "Installer l’instance")
    for part in ("", "/composition", "/constats"):
        page.goto(place + part)
        look(page, part.strip("/") or "instance")
    assert "Rosa Petit" in read(an_attestation_is_received(page)).text


def the_conseil_is_made(page: Page) -> str:
    """From a model; every page of its preparation is looked at. Gives its address."""
    page.goto("/instances/nouvelle")
    page.fill("input[name=name]", "Conseil des Genêts")
    page.locator("input[name=preset][value=conseil_citoyen]").check()
    press(page, "Créer l’instance", "creer")
    page.wait_for_url("**/preparer")
    place = page.url.removesuffix("/preparer")
    look(page, "preparer")
    for part in ("/modifier/pouvoirs", "/regles", "/regles/ecrire", "/papiers", "/diffusion", "/vie/terminer"):
        page.goto(place + part)
        look(page, part.replace("/", "-"))
    return place


def twenty_seats_are_opened(page: Page, place: str) -> str:
    """Gives the address of the first seat."""
    page.goto(f"{place}/sieges")
    page.fill("input[name=total]", "20")
    press(page, "Ouvrir ces sièges")
    look(page, "membres")
    page.locator("main a[href*='/sieges/']").first.click()
    page.wait_for_load_state()
    return page.url


def somebody_new_takes_it(page: Page, first_name: str, alternate: bool) -> None:
    """Writes somebody for the seat shown, as titular or first alternate."""
    page.get_by_role("link", name="Écrire une nouvelle personne").click()
    page.fill("input[name=first_name]", first_name)
    page.fill("input[name=last_name]", "Petit")
    press(page, "Enregistrer")
    if alternate:
        page.locator("input[name=standing][value=alternate]").check()
        page.fill("input[name=rank]", "1")
    press(page, "Donner le siège")
    look(page)


def the_alternate_is_called(page: Page) -> None:
    """The titular moves away: the seat is offered to the first alternate, who accepts."""
    look(page, "siege")
    page.get_by_role("link", name="Terminer le mandat").click()
    page.locator("input[name=reason][value=moved]").check()
    page.fill("textarea[name=words]", "Lettre du 3 juin.")
    press(page, "Enregistrer")
    press(page, "Proposer le siège")
    press(page, "La personne accepte", "offre")
    assert page.locator("main h2").first.inner_text() == "Rosa Petit"


def an_attestation_is_received(page: Page) -> bytes:
    """What the member hands to the employer."""
    page.goto("/mes-mandats")
    look(page, "mes-mandats")
    page.get_by_role("link", name="Demander une attestation").first.click()
    page.fill("input[name=occasion]", "Séance du conseil citoyen")
    page.fill("input[name=on]", "2026-12-03")
    with page.expect_download() as download:
        page.get_by_role("button", name="Recevoir l’attestation (PDF)").click()
    paper = Path(download.value.path()).read_bytes()
    if SHOTS:
        (Path(SHOTS) / "attestation.pdf").write_bytes(paper)
    return paper

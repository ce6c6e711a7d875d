"""Whole names of an independent conseil: an institution says why, for a time, and the conseil reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import db
from app.domain.governance import queries
from app.domain.governance.models import Opened, Seat, SpaceAccess
from app.domain.shared import clock
from app.domain.shared.journal import JournalEntry
from tests.support.town import make_site
from tests.support.town_councils import make_council
from tests.support.web import Web

WHY = "Donner le siège laissé libre."


@pytest.fixture
def council(given):
    return given(make_council)


@pytest.fixture
def names(council, given):
    """The whole names of the members, and the addresses where an agent would find them."""
    mandates = given(lambda: list(queries.mandates_on([council.body.id], clock.today())))
    given(lambda: db.session.execute(db.text("UPDATE members SET first_name = 'Awa', last_name = 'Desplaces'")))
    seat, member = mandates[0].seat_id, mandates[0].member_id
    base = f"/instances/{council.body.id}/membres"
    return [
        base, f"{base}/{member}", f"{base}/{member}/coordonnees", f"{base}/{member}/compte", f"/sieges/{seat}",
        f"/sieges/{seat}/donner", f"/mandats/{mandates[0].id}/terminer", f"/mandats/{mandates[0].id}/charge",
    ]  # fmt: skip


def accesses(given):
    return given(lambda: db.session.scalars(select(SpaceAccess).order_by(SpaceAccess.id)).all())


@pytest.mark.parametrize("who", ["agent", "admin"])
def test_no_page_shows_a_whole_name_before_the_reason(app, council, names, given, who):
    web = Web(app).sign_in(getattr(council, who))
    for address in [*names, f"/instances/{council.body.id}/composition"]:
        page = web.get(address)
        assert "Desplaces" not in page.text, address
        if address in names:
            assert page.heading == "Lire les noms des membres", address
    copy = web.post(f"/instances/{council.body.id}/composition.csv", {"csrf_token": web.token()})
    assert copy.status == 403
    assert "Dites d’abord pourquoi" in copy.text
    assert accesses(given) == [], "a page that asks writes nothing"


def test_an_agent_says_why_for_a_time_and_the_conseil_reads_it(app, council, names, given):
    given(make_site, space_access_minutes=20)
    agent = Web(app).sign_in(council.agent)
    form = agent.get(names[4])
    assert "20 minutes" in form.text
    empty = form.submit("Lire les noms", reason=" ")
    assert empty.errors == ["Dites pourquoi vous lisez ces noms : le conseil le lira."]
    seat = form.submit("Lire les noms", reason=WHY)
    assert seat.path == names[4], "one goes where one was going"
    assert "Desplaces" in seat.text
    for address in names:
        assert agent.get(address).heading != "Lire les noms des membres", address
    assert agent.post(f"/instances/{council.body.id}/composition.csv", {"csrf_token": agent.token()}).status == 200
    assert agent.get(f"/conseils/{council.body.id}/espace").status == 403, "names open nothing of the space"
    space = Web(app).sign_in(council.member).get(f"/conseils/{council.body.id}/espace")
    read = space.soup.find(id="entrees").get_text(" ")
    assert WHY in read
    assert "Les noms des membres" in read
    assert "Agente ou agent" in read
    assert council.agent.pseudonym not in read
    verbs = given(lambda: db.session.scalars(select(JournalEntry.verb)).all())
    assert "opened_names" in verbs
    with clock.shifted(timedelta(minutes=21)):
        assert agent.get(names[0]).heading == "Lire les noms des membres"


def test_an_act_sent_after_the_time_is_done_and_its_refusal_shows_no_name(app, council, names, given):
    agent = Web(app).sign_in(council.agent)
    refused = agent.post(names[6], {"csrf_token": agent.token(), "reason": "?"})
    assert refused.heading == "Lire les noms des membres"
    assert "Desplaces" not in refused.text
    contact = {"csrf_token": agent.token(), "email": "awa@exemple.test", "phone": "", "address": ""}
    done = agent.post(names[2], contact)
    assert "C’est enregistré" in done.flashes
    assert "Desplaces" not in done.text


def test_those_of_the_conseil_read_their_names_without_a_trace(app, council, names, given):
    for who in ("chair", "member", "animator"):
        assert "Desplaces" in Web(app).sign_in(getattr(council, who)).get(names[0]).text, who
    assert accesses(given) == []


def test_a_visit_of_the_administration_reads_names_too(app, council, names, given):
    admin = Web(app).sign_in(council.admin)
    admin.get(f"/conseils/{council.body.id}/espace/entrer").submit("Entrer", reason="Une panne.")
    assert "Desplaces" in admin.get(names[0]).text
    assert [one.opened for one in accesses(given)] == [Opened.SPACE]


def test_nobody_else_opens_names_and_nothing_is_asked_of_a_body_that_is_not_independent(app, council, given):
    for who in ("resident", "elected", "member", "animator"):
        assert Web(app).sign_in(getattr(council, who)).get(f"/instances/{council.body.id}/membres/lire").status == 403
    agent = Web(app).sign_in(council.agent)
    assert agent.get(f"/instances/{council.copil.id}/membres").heading == "Les membres"
    form = agent.get(f"/instances/{council.copil.id}/membres/lire")
    assert form.submit("Lire les noms", reason=WHY).status == 422
    assert given(lambda: db.session.scalars(select(Seat.id)).all())
    assert accesses(given) == []


def test_the_way_back_stays_on_this_site(app, council):
    agent = Web(app).sign_in(council.agent)
    form = agent.get(f"/instances/{council.body.id}/membres/lire?suite=//ailleurs.example/x")
    sent = form.submit("Lire les noms", reason=WHY)
    assert "ailleurs" not in (sent.response.request.url or "")

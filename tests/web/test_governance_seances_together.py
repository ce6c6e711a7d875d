"""One séance for two bodies, a second call, and proxies: through the pages, without JavaScript."""

from __future__ import annotations

from datetime import timedelta

from app.database import db
from app.domain.accounts.models import Role
from app.domain.governance import queries
from app.domain.governance.models import BodyKind
from app.domain.shared import clock
from tests.support.town import make_contract, make_person
from tests.support.town_governance import make_body
from tests.support.town_seances import make_college, make_council, make_meeting, make_seated
from tests.support.web import Web


def two_bodies():
    """A COPIL and a COTECH of one contract, each with its members."""
    contract = make_contract()
    bodies = []
    for kind, name in ((BodyKind.COPIL, "Comité de pilotage"), (BodyKind.COTECH, "Comité technique")):
        body = make_body(contract=contract, kind=kind, name=f"{name} {contract.id}")
        college = make_college(body)
        for _rank in range(3):
            make_seated(body, college)
        bodies.append(body)
    db.session.flush()
    return make_person(Role.AGENT), *[queries.body_by_id(body.id) for body in bodies]


def in_days(days):
    return (clock.in_paris(clock.now()) + timedelta(days=days)).strftime("%Y-%m-%dT18:30")


def lines(seance_id):
    return [(line.mandate.id, line.member.full_name) for line in queries.roll_of(queries.seance_by_id(seance_id)).lines]


def test_one_seance_serves_two_bodies_and_shows_in_both(app, web, given):
    leader, copil, cotech = given(two_bodies)
    web.sign_in(leader)
    planned = web.get(f"/instances/{copil.id}/seances/nouvelle").submit(
        "Enregistrer la séance", title="Programmation 2027", starts_at=in_days(5), place="Hôtel de ville",
        agenda="Les dossiers", also=[str(cotech.id)], is_public="y",
    )  # fmt: skip
    assert copil.name in planned.text
    assert cotech.name in planned.text
    number = int(planned.path.rpartition("/")[2])
    assert len(given(lines, number)) == 6
    for body in (copil, cotech):
        assert Web(app).get(f"/instances/{body.id}").has_link("Programmation 2027"), body.name
        assert f"UID:seance-{number}@" in web.get(f"/instances/{body.id}/seances.ics").response.text
    sent = web.get(f"/seances/{number}/convocation").submit("Convoquer tout le monde")
    assert all(name in sent.text for _mandate, name in given(lines, number))


def called(**rulebook):
    return make_person(Role.AGENT), make_meeting(make_council(6, **rulebook), in_days=0.001)


def test_the_second_call_asks_for_less_and_may_then_be_held(web, given):
    leader, seance = given(called)
    web.sign_in(leader)
    names = [name for _mandate, name in given(lines, seance.id)]
    web.get(f"/seances/{seance.id}/tablette").submit(names[0])
    refused = web.get(f"/seances/{seance.id}/conduite")
    assert "Quorum pas encore atteint" in refused.text
    second = refused.follow("Le quorum n’est pas atteint").submit("Prévoir", starts_at=in_days(20))
    assert "même ordre du jour" in second.flashes
    assert "Le budget" in second.text
    number = int(second.path.rpartition("/")[2])
    with clock.shifted(timedelta(days=20)):
        for name in [name for _mandate, name in given(lines, number)][:2]:
            web.get(f"/seances/{number}/tablette").submit(name)
        held = web.get(f"/seances/{number}/conduite")
        assert "Quorum atteint" in held.text
        held.submit("Ouvrir la séance", presided_by="Fatou", secretaries="Bruno")
        web.get(f"/seances/{number}/conduite").submit("Lever la séance")
        assert "Seconde convocation" in web.get(f"/seances/{number}/compte-rendu").text


def test_a_proxy_past_the_limit_of_the_rules_is_refused(web, given):
    leader, seance = given(called, proxies_per_person=1)
    web.sign_in(leader)
    page, mandates = f"/seances/{seance.id}/presences", [mandate for mandate, _name in given(lines, seance.id)]

    def give(giver, holder):
        return web.get(page).submit("Noter ce pouvoir", giver=str(giver), proxy_to=str(holder))

    assert "Pouvoir à " in give(mandates[0], mandates[2]).text
    refused = give(mandates[1], mandates[2])
    assert refused.status == 422
    assert "limite à 1" in " ".join(refused.errors)
    assert web.get(page).text.count("Pouvoir à ") == 1

"""Nobody but those who lead a conseil writes in it: every door that writes is tried by every institution."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.database import db
from app.domain.accounts.models import Role, Scope
from app.domain.accounts.queries import person_by_id
from app.domain.councils import services as voices
from app.domain.governance import queries, services
from app.domain.shared import clock
from tests.support.town import grant_role, make_person
from tests.support.town_councils import a_vote, make_avis, make_council, make_interpellation, make_sent_interpellation
from tests.support.town_governance import make_body
from tests.support.town_seances import make_meeting
from tests.support.web import Web
from tests.web.access.councils import DOORS as COUNCILS
from tests.web.access.governance import DOORS as GOVERNANCE

# What only those who lead may do, and what members may do besides.
LED = {
    "can_lead_body", "can_lead_seance", "can_lead_item", "can_write_for_body", "can_settle_action", "can_note_letter",
    "can_take_part",
}  # fmt: skip
OURS = ("avis", "avis_items", "interpellations", "interpellation_steps", "seances", "agenda_items", "minutes",
        "attendances", "signatures", "decided_actions", "recusals", "seance_guests", "agenda_papers")  # fmt: skip


def conseil_at_work():
    """A conseil with drafts, a séance to come, one held with its minutes and an action; and the numbers of each."""
    council = make_council()
    avis, interpellation = make_avis(council), make_interpellation(council)
    body = queries.body_by_id(council.body.id)
    held = make_meeting(body, in_days=-0.01, is_public=False)
    services.open_seance(seance=held, presided_by="Fatou", secretaries="Bruno", actor=council.chair)
    services.take_up(seance=held, item=held.items[0], actor=council.chair)
    action = services.add_action(
        seance=held,
        item=queries.item_by_id(held.items[0].id),
        what="Écrire",
        responsible="",
        due_on=clock.today(),
        actor=council.chair,
    )
    db.session.flush()
    services.close_seance(seance=queries.seance_by_id(held.id), actor=council.chair)
    coming = make_meeting(queries.body_by_id(body.id), is_public=False)
    services.convene(seance=coming, actor=council.chair, texts=False)
    db.session.flush()
    convocation = queries.convocations_of(coming)[0].id
    numbers = {
        "avis_id": avis.id, "interpellation_id": interpellation.id, "body_id": body.id, "action_id": action.id,
        "convocation_id": convocation, "mandate_id": queries.roll_of(coming).lines[0].mandate.id,
    }  # fmt: skip
    seances = [{"seance_id": one.id, "item_id": queries.seance_by_id(one.id).items[0].id} for one in (held, coming)]
    other = make_body(council.contract, list(body.quartiers), is_independent=True, name="Conseil voisin")
    neighbour = make_person()
    grant_role(neighbour, Role.ANIMATEUR, Scope.BODY, other.id)
    db.session.flush()
    return council, numbers, seances, person_by_id(neighbour.id)


def kept(names=OURS):
    """Everything the conseil wrote, row by row."""
    return {name: sorted(map(repr, db.session.execute(text(f"SELECT * FROM {name}")).all())) for name in names}  # noqa: S608


def doors(app, numbers, seances):
    """The addresses of every view that writes for those who lead, once for each séance."""
    known = {**GOVERNANCE, **COUNCILS}
    with app.test_request_context():
        from_here = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if "POST" not in (rule.methods or ()) or known.get(rule.endpoint) not in LED:
                continue
            for seance in seances:
                yield from_here.build(rule.endpoint, {name: {**numbers, **seance}[name] for name in rule.arguments})


@pytest.mark.slow
@pytest.mark.parametrize("who", ["agent", "elected", "admin", "resident", "neighbour"])
def test_no_institution_nor_neighbour_writes_in_a_conseil_through_any_door(app, given, who):
    council, numbers, seances, neighbour = given(conseil_at_work)
    web = Web(app, strict=False).sign_in(neighbour if who == "neighbour" else getattr(council, who))
    if who == "admin":
        entered = web.get(f"/conseils/{council.body.id}/espace/entrer").submit("Entrer", reason="Une panne.")
        assert entered.status == 200
    before, token = given(kept), web.token()
    addresses = sorted(set(doors(app, numbers, seances)))
    assert len(addresses) > 35, "every door is tried"
    for address in addresses:
        sent = {"csrf_token": token, "title": "Pris", "subject": "Pris", "reason": "Pris", "words": "Pris",
                "points": "Pris", "decision": "Pris", "version": "1"}  # fmt: skip
        assert web.post(address, sent, follow=False).status == 403, address
    assert given(kept) == before


def test_whoever_transcribes_the_prefect_changes_no_word_of_the_conseil(app, given):
    council = given(make_council)
    interpellation = given(make_sent_interpellation, council)
    agent = Web(app).sign_in(council.agent)
    words = ("subject", "difficulty", "evidence", "wish", "votes_for", "votes_against", "minority_view", "body_id")

    def said():
        query = text(f"SELECT {', '.join(words)} FROM interpellations WHERE id = :id")  # noqa: S608
        return tuple(db.session.execute(query, {"id": interpellation.id}).one())

    before = given(said)
    letter = {"csrf_token": agent.token(), "happened_on": clock.today().isoformat(), "letter_reference": "P-1"}
    forged = {**letter, **{name: "Tout va bien" for name in words[:4]}, "votes_for": "0", "words": "Bien reçu."}
    for step in ("accuser-reception", "reponse"):
        assert agent.post(f"/interpellations/{interpellation.id}/{step}", forged).status == 200
    for step in ("accuser-reception", "reponse"):
        assert agent.post(f"/interpellations/{interpellation.id}/{step}", forged).status in {409, 422}, "once"
    assert given(said) == before


def test_whoever_answers_an_avis_changes_no_demand_and_no_answer_given(app, given):
    council = given(make_council)
    avis = given(make_avis, council)
    agent = Web(app).sign_in(council.agent)
    sent = {
        "csrf_token": agent.token(),
        "answer_1": "retained",
        "reason_1": "Oui.",
        "subject": "Rien",
        "text_1": "Rien",
    }
    assert agent.post(f"/avis/{avis.id}/repondre", sent).status == 403, "a draft is answered by nobody"

    def send():
        voices.adopt_avis(avis=avis, vote=a_vote(), actor=council.chair)
        voices.send_avis(avis=avis, addressed=council.copil, actor=council.chair)

    given(send)
    before = given(kept, ("avis_items",))
    assert agent.post(f"/avis/{avis.id}/repondre", sent).status == 200
    changed = {**sent, "answer_1": "not_retained", "reason_1": "Non."}
    assert agent.post(f"/avis/{avis.id}/repondre", changed).status == 422, "an answer given stays"
    items = given(lambda: db.session.execute(text("SELECT text, reason FROM avis_items ORDER BY position")).all())
    assert [one.reason for one in items] == ["Oui.", ""]
    assert all(one.text in "".join(before["avis_items"]) for one in items)


def test_a_visit_that_ended_reads_nothing_more(app, given):
    council, _numbers, seances, _neighbour = given(conseil_at_work)
    admin = Web(app).sign_in(council.admin)
    admin.get(f"/conseils/{council.body.id}/espace/entrer").submit("Entrer", reason="Une panne.")
    minutes = f"/seances/{seances[0]['seance_id']}/compte-rendu"
    assert admin.get(minutes).status == 200
    with clock.shifted(timedelta(days=1)):
        for address in (minutes, f"{minutes}.pdf", f"/seances/{seances[1]['seance_id']}"):
            assert admin.get(address).status == 403, address

"""The agenda as those who lead write it: a subject is changed, taken off, put back; what others brought stays."""

from __future__ import annotations

import pytest

from app.domain.accounts.models import Role
from app.domain.councils import queries as councils
from app.domain.councils import services as voices
from app.domain.governance import queries
from app.domain.governance import services as from_governance
from app.domain.governance.models import ItemState
from tests.support.town import make_person
from tests.support.town_councils import make_council, make_sent_avis, make_sent_interpellation
from tests.support.town_seances import make_meeting


@pytest.fixture
def prepared(web, given):
    leader = given(make_person, Role.AGENT)
    seance = given(make_meeting)
    return web.sign_in(leader).get(f"/seances/{seance.id}/ordre-du-jour"), seance


def test_a_subject_is_written_again(prepared):
    agenda, _seance = prepared
    form = agenda.follow("Modifier : Le budget")
    assert form.soup.find(id="title")["value"] == "Le budget"
    assert form.submit("Enregistrer", title="").status == 422
    again = form.submit("Enregistrer", title="Le budget de la fête", minutes_foreseen="1")
    assert "1. Le budget de la fête" in again.text
    assert "1 minute" in again.text


def test_a_subject_is_taken_off_with_its_reason_and_put_back(web, given, prepared):
    agenda, seance = prepared
    form = agenda.follow("Retirer : Le budget")
    refused = form.submit("Retirer ce sujet")
    assert refused.status == 422
    assert refused.errors == ["Écrivez pourquoi ce sujet est retiré."]
    gone = form.submit("Retirer ce sujet", reason="Le dossier n’est pas prêt")
    assert "Le dossier n’est pas prêt" in gone.text
    assert "Le budget" not in web.get(f"/seances/{seance.id}").text
    back = gone.submit("Retenir : Le budget")
    assert "Le budget" in back.soup.find(id="sujets").get_text()


def test_nothing_is_taken_off_while_the_seance_is_held(web, given, prepared):
    _agenda, seance = prepared
    later = given(make_meeting, given(queries.body_by_id, seance.body_id), in_days=0.001)
    live = web.get(f"/seances/{later.id}/conduite")
    live.submit("Ouvrir la séance", presided_by="Fatou", secretaries="Bruno")
    form = web.get(f"/points/{later.items[0].id}/retirer")
    refused = form.submit("Retirer ce sujet", reason="Trop tard")
    assert refused.status == 422
    assert refused.errors == ["La séance est ouverte : reportez plutôt ce sujet à une autre séance."]


def brought():
    """A séance of the steering committee, the interpellation a conseil brought to it, an avis it received."""
    council = make_council()
    avis = make_sent_avis(council)
    interpellation = make_sent_interpellation(council)
    for act in (voices.acknowledge, voices.note_answer):
        letter = voices.Letter(interpellation.sent_at.date(), "Reçu.", "PREF-1")
        act(interpellation=interpellation, letter=letter, actor=council.agent)
    seance = make_meeting(queries.body_by_id(council.copil.id))
    voices.put_on_agenda(interpellation=interpellation, seance_id=seance.id, words="", actor=council.agent)
    return council, queries.seance_by_id(seance.id), avis, interpellation


def test_an_interpellation_is_an_item_of_the_steering_committee_that_nobody_takes_away(web, given):
    council, seance, _avis, interpellation = given(brought)
    item = seance.items[-1]
    assert (item.title, item.source_kind, item.source_id, item.state) == (
        interpellation.subject, "interpellations", str(interpellation.id), ItemState.ACCEPTED,
    )  # fmt: skip
    agenda = web.sign_in(council.agent).get(f"/seances/{seance.id}/ordre-du-jour")
    shown = agenda.soup.find(id="sujets").find_all("li", recursive=False)[-1]
    assert shown.find("a", string="L’interpellation")["href"] == f"/interpellations/{interpellation.id}"
    words = [link.get_text() for link in shown.find_all("a")]
    assert not [one for one in words if one.startswith(("Retirer", "Dire sur quoi"))]
    untied = web.get(f"/points/{item.id}/objet").submit("Relier", about="")
    assert untied.status == 422
    assert untied.errors == ["Ce sujet porte une interpellation du préfet : il ne peut pas porter sur autre chose."]
    off = web.get(f"/points/{item.id}/retirer").submit("Retirer ce sujet", reason="Hors sujet")
    assert off.status == 422
    assert given(councils.interpellation_by_id, interpellation.id).agenda_seance.id == seance.id
    kept = given(queries.item_by_id, item.id)
    assert (kept.state, kept.source_kind) == (ItemState.ACCEPTED, "interpellations")


def test_the_picker_offers_the_avis_the_body_received(web, given):
    council, seance, avis, _interpellation = given(brought)
    picker = web.sign_in(council.agent).get(f"/points/{seance.items[0].id}/objet")
    assert f"Avis « {avis.subject} », {council.body.name}" in picker.text
    agenda = picker.submit("Relier", about=f"avis {avis.id}")
    assert agenda.soup.find(id="sujets").find("a", string="L’avis")["href"] == f"/avis/{avis.id}"
    item = given(queries.item_by_id, seance.items[0].id)
    assert len(item.source_digest) == 64, "the seal of what was read is kept beside"
    assert web.get(f"/points/{item.id}/objet").submit("Relier", about="").status == 200


def test_the_picker_offers_neither_drafts_nor_what_goes_to_another_body(web, given):
    council, seance, avis, _interpellation = given(brought)
    draft = given(lambda: voices.begin_avis(
        body=council.body, subject="Un brouillon", context="", items=["Rien"], actor=council.chair
    ))  # fmt: skip
    picker = web.sign_in(council.agent).get(f"/points/{seance.items[0].id}/objet")
    assert "Un brouillon" not in picker.text
    forged = {"csrf_token": web.token(), "about": f"avis {draft.id}"}
    assert web.post(f"/points/{seance.items[0].id}/objet", forged).status == 422
    other = given(make_meeting)
    web.sign_in(given(make_person, Role.AGENT))
    assert f"avis {avis.id}" not in web.get(f"/points/{other.items[0].id}/objet").text


def test_a_seance_cancelled_is_not_offered_to_an_interpellation(given):
    council, seance, _avis, _interpellation = given(brought)
    offered = given(councils.seances_of_copil, council.contract.id)
    assert [one.id for one in offered] == [seance.id]

    def cancelled():
        from_governance.cancel_seance(seance=queries.seance_by_id(seance.id), reason="Grève", actor=council.agent)

    given(cancelled)
    assert not given(councils.seances_of_copil, council.contract.id)

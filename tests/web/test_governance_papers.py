"""The papers of a séance, as one hands them out."""

from __future__ import annotations

import re

import pytest

from app.blueprints.governance.minutes_words import first_words
from app.domain.accounts.models import Role
from app.domain.councils import services as voices
from app.domain.governance import queries, services
from app.domain.governance.models import AttendanceWay, Presence
from tests.support.pdf import read
from tests.support.town import make_person
from tests.support.town_councils import a_vote, make_council, make_interpellation
from tests.support.town_seances import make_council as make_body
from tests.support.town_seances import make_meeting


@pytest.mark.parametrize(
    ("typed", "public"),
    [
        ("La présidente du conseil", "La présidente du conseil"),
        ("Bruno Martin", "Bruno"),
        ("Nadia de La Tour", "Nadia"),
        ("Fatou Diallo et Bruno Martin", "Fatou"),
        ("la secrétaire, Mme Diallo", "la secrétaire"),
        ("Awa", "Awa"),
    ],
)
def test_minutes_for_everybody_name_a_function_whole_and_nobody_by_a_family_name(typed, public):
    assert first_words(typed) == public


def written():
    """A séance of three members convened by letter."""
    leader = make_person(Role.AGENT)
    seance = make_meeting(make_body(3), in_days=0.01)
    for line in queries.roll_of(seance).lines:
        line.member.email, line.member.address = "", "8 allée des Acacias"
    services.convene(seance=seance, actor=leader, texts=False)
    return leader, queries.seance_by_id(seance.id)


def test_each_letter_stands_alone(web, given):
    leader, seance = given(written)
    web.sign_in(leader)
    answer = web.post(f"/seances/{seance.id}/lettres.pdf", {"csrf_token": web.token()})
    paper = read(answer.response.data)
    assert paper.universal
    assert paper.text.count("Séance n") == 3, "the letterhead is on each"
    assert not re.search(r"Page.{0,3}\d", paper.text), "nobody reads how many others were written to"


def test_there_is_no_empty_file_of_letters(web, given):
    leader = given(make_person, Role.AGENT)
    seance = given(make_meeting)
    refused = web.sign_in(leader).post(f"/seances/{seance.id}/lettres.pdf", {"csrf_token": web.token()})
    assert refused.status == 409
    assert "pas de lettre à imprimer" in refused.text


def test_minutes_say_who_speaks_for_whom_and_who_left(web, given):
    leader = given(make_person, Role.AGENT)

    def held():
        seance = make_meeting(make_body(3), in_days=-0.01)
        here, gone, away = (line.mandate.id for line in queries.roll_of(seance).lines)
        for mandate in (here, gone):
            services.note_presence(
                roll=queries.roll_of(seance), mandate_id=mandate, presence=Presence.PRESENT, way=AttendanceWay.SHEET,
                actor=leader,
            )  # fmt: skip
        services.note_presence(
            roll=queries.roll_of(seance), mandate_id=away, presence=Presence.REPRESENTED, way=AttendanceWay.SHEET,
            actor=leader, proxy_to=here,
        )  # fmt: skip
        services.leave_room(roll=queries.roll_of(seance), mandate_id=gone, actor=leader)
        services.open_seance(seance=seance, presided_by="Fatou", secretaries="Bruno", actor=leader)
        services.close_seance(seance=queries.seance_by_id(seance.id), actor=leader)
        return seance.id, [line.member.full_name for line in queries.roll_of(seance).lines]

    number, (here, gone, away) = given(held)
    page = web.sign_in(leader).get(f"/seances/{number}/compte-rendu")
    assert f"{away} (pouvoir à {here})" in page.text
    assert f"{gone} (départ avant la fin)" in page.text
    assert "Présentes et présents" in page.text
    assert "Absentes et absents" not in page.text


def test_the_letter_to_the_prefect_is_printed_before_it_is_sent(web, given):
    council = given(make_council)
    interpellation = given(make_interpellation, council)
    web.sign_in(council.chair)

    def letter():
        return " ".join(read(web.client.get(f"/interpellations/{interpellation.id}/lettre.pdf").data).text.split())

    assert "Projet, pas encore adopté" in letter()
    given(lambda: voices.adopt_interpellation(interpellation=interpellation, vote=a_vote(), actor=council.chair))
    adopted = letter()
    assert "Projet" not in adopted
    assert "Pas encore envoyé" not in adopted
    assert "nom et signature" in adopted

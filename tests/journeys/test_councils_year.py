"""Two conseils citoyens live a whole year through the pages alone, each led by its own animator.

Browsers without JavaScript; time goes by with ``clock.shifted``. At each stage those to whom a page is not open are
refused: the other conseil, the institutions, the administration, everybody else.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.web.application import Agora
from tests.support import year_founding as founding
from tests.support import year_seances as seances
from tests.support.year import Conseil, Year, begin, in_days, number_in, seats_of, warned_of

FOUNDED, INSTALLED, FIRST, SECOND, LATE, THIRD, VACANT, ENDED, RENEWED = 0, 20, 40, 130, 200, 220, 230, 390, 394
# The answer to an avis is due sixty days after it is sent.
SUBJECT = "De l’ombre dans le square"


@pytest.fixture
def year(real_app: Agora) -> Year:
    return begin(real_app)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_animators_of_different_conseils_run_a_whole_year(year: Year, real_app: Agora) -> None:
    with year.on(FOUNDED):
        founding.the_administrator_gives_the_roles(year)
        founding.the_agent_creates_the_bodies(year)
        for conseil in year.conseils:
            founding.the_animator_writes_how_it_meets(year, conseil)
            founding.the_agent_announces_the_draw(year, conseil)
    with year.on(INSTALLED):
        for conseil in year.conseils:
            founding.a_resident_asks_to_sit(year, conseil)
            founding.an_association_is_answered(year, conseil)
            founding.the_draw_is_held(year, conseil)
            founding.one_of_them_presides(year, conseil)
            founding.the_conseil_is_installed(year, conseil)
            founding.it_names_somebody_at_the_steering_committee(year, conseil)
            seances.it_is_planned_and_convened(year, conseil, "Séance d’installation", FIRST - INSTALLED)
    with year.on(FIRST):
        for conseil in year.conseils:
            the_conseil_meets(year, conseil)
            seances.it_is_planned_and_convened(year, conseil, "Séance de printemps", SECOND - FIRST)
            seances.a_member_proposes_a_subject(year, conseil, conseil.seances[1])
    genets, roseraie = year.conseils
    with year.on(SECOND):
        for conseil in year.conseils:
            the_conseil_meets(year, conseil)
            seances.its_minutes_are_public(year, conseil, conseil.seances[0])
            seances.the_follow_up_is_read(year, conseil)
            seances.it_is_planned_and_convened(year, conseil, "Séance d’automne", THIRD - SECOND, public=True)
        the_conseil_gives_its_avis(year, genets)
    with year.on(LATE):
        the_agent_answers_late(year, genets)
    with year.on(THIRD):
        for conseil in year.conseils:
            the_conseil_meets(year, conseil)
            seances.its_minutes_are_public(year, conseil, conseil.seances[1])
    with year.on(VACANT):
        for conseil in year.conseils:
            a_vacant_seat_goes_to_the_first_who_keeps_the_rule(year, conseil)
        the_administrator_enters_and_the_conseil_reads_why(year, roseraie)
    with year.on(ENDED):
        for conseil in year.conseils:
            the_mandates_end_by_their_term(year, conseil)
            founding.the_agent_announces_the_draw(year, conseil, founding.FOLLOWERS)
    with year.on(RENEWED):
        for conseil in year.conseils:
            a_second_draw_renews_it(year, conseil)
    assert [len(conseil.seances) for conseil in year.conseils] == [3, 3]
    register = verified(real_app)
    assert register["sound"]
    assert register["checked"] >= 10, "every seal of the year holds"


def the_conseil_meets(year: Year, conseil: Conseil) -> None:
    """Its next séance, from the doors to the minutes."""
    room = seances.it_opens_with_its_quorum(year, conseil, conseil.seances[-1])
    seances.the_items_are_followed(room)
    seances.it_closes_and_its_minutes_are_written(room)


# --- The avis -----------------------------------------------------------------------------------------------------


def the_conseil_gives_its_avis(year: Year, conseil: Conseil) -> None:
    """Drafted unseen, adopted with its minority view, sent to the steering committee: then everybody reads it."""
    web = year.browser(conseil.animator)
    draft = web.get(f"/conseils/{conseil.id}/espace").follow("Écrire un avis")
    draft = draft.submit("Enregistrer le brouillon", subject=SUBJECT, demands="Des arbres\nUne fontaine")
    conseil.avis = number_in(draft.path)
    assert SUBJECT in year.open(conseil.member, f"/conseils/{conseil.id}/espace").text
    for name in year.strangers(conseil):
        assert year.open(name, draft.path).status == 403, name
        assert year.open(name, f"/conseils/{conseil.id}/espace").status == 403, name
    assert draft.follow("Adopter cet avis").submit("Adopter l’avis", votes_for="0", quorum="6").status == 422
    adopted = draft.follow("Adopter cet avis").submit(
        "Adopter l’avis", votes_for="4", votes_against="1", quorum="6 présents, 3 nécessaires",
        minority_view="Une personne préfère des voiles.",
    )  # fmt: skip
    assert "Séance de printemps" in adopted.text
    assert SUBJECT not in year.public("/avis").text
    sent = adopted.follow("Envoyer cet avis").submit("Envoyer l’avis", addressed=str(year.copil))
    assert "Tout le monde peut le lire" in sent.flashes
    assert "Une personne préfère des voiles." in year.public(sent.path).text
    assert "Un avis attend sa réponse" in year.open("Inès", "/mon-compte").text
    for name in (conseil.animator, year.other(conseil).animator, "Nour"):
        assert year.open(name, f"{sent.path}/repondre").status == 403, name


def the_agent_answers_late(year: Year, conseil: Conseil) -> None:
    """The delay is public, the agent is warned; each demand is answered with its reason, and filed."""
    address = f"/avis/{conseil.avis}"
    assert "en retard" in year.public(address).text.lower()
    assert year.open("Inès", "/alertes").has_link("Comité de pilotage")
    assert warned_of(year.open("Inès", "/alertes"), SUBJECT) == ["Comité de pilotage"]
    assert year.open(conseil.animator, "/alertes").status == 403
    form = year.open("Inès", address).follow("Répondre à cet avis")
    assert form.submit("Publier la réponse", answer_1="retained", answer_2="not_retained").status == 422
    answered = form.submit(
        "Publier la réponse", answer_1="retained", answer_2="not_retained", reason_2="Le réseau d’eau."
    )
    assert "inscrite au registre" in answered.flashes
    shown = year.public(address).text
    assert "Le réseau d’eau." in shown
    assert "retard" in shown, "an answer given late stays late"
    assert warned_of(year.open("Inès", "/alertes"), SUBJECT) == []


# --- Seats --------------------------------------------------------------------------------------------------------


def a_vacant_seat_goes_to_the_first_who_keeps_the_rule(year: Year, conseil: Conseil) -> None:
    """A man resigns: a woman would break parity, so the first man among the alternates is called. Nobody chooses."""
    web = year.browser("Inès")
    rank = next(place for place, one in enumerate(conseil.drawn) if one[2] == "man")
    seat = seats_of(year.open("Inès", f"{conseil.page}/membres"), founding.DRAWN)[rank]
    page = web.get(seat).follow("Terminer le mandat")
    assert page.submit("Enregistrer", reason="resigned", words="").status == 422
    vacant = page.submit("Enregistrer", reason="resigned", words="Lettre du 3 juin.")
    called = next(last for _first, last, gender in conseil.drawn[4:] if gender == "man")
    assert "Ce siège est vacant" in vacant.text
    assert f"C’est le tour de {founding.MAN} {called}" in vacant.text
    offered = vacant.submit("Proposer le siège")
    assert year.open(conseil.animator, seat).status == 403
    seated = offered.submit("La personne accepte")
    assert called in seated.soup.find("h2").get_text()
    names = founding.people_drawn(web.get(f"{conseil.page}/membres"))
    assert conseil.drawn[rank] not in names
    assert year.public(f"{conseil.page}/composition?le={in_days(FIRST - VACANT)}").status == 200


def the_administrator_enters_and_the_conseil_reads_why(year: Year, conseil: Conseil) -> None:
    """Without a reason the space stays shut; with one it opens for a while, and the conseil reads it."""
    space = f"/conseils/{conseil.id}/espace"
    web = year.browser("Solange")
    assert web.get(space).status == 403
    form = web.get(f"{space}/entrer")
    assert form.submit("Entrer", reason="").status == 422
    assert "prévenu" in form.submit("Entrer", reason="Une page en panne.").flashes
    assert web.get(space).status == 200
    assert web.get(f"/conseils/{year.other(conseil).id}/espace").status == 403
    assert web.get(f"{conseil.page}/seances/nouvelle").status == 403, "to read is not to lead"
    assert "Une page en panne." in year.open(conseil.member, space).text


def the_mandates_end_by_their_term(year: Year, conseil: Conseil) -> None:
    """After twelve months the agent is warned, and ends them together; whoever left reads no more drafts."""
    web, address = year.browser("Inès"), f"{conseil.page}/membres/mandats-echus"
    assert conseil.name in warned_of(web.get("/alertes"), "Mandats concernés")
    assert year.open(conseil.animator, address).status == 403
    page = year.open("Inès", f"{conseil.page}/membres").follow("Terminer")
    assert page.path == address
    assert len(founding.people_drawn(page)) >= 4
    page.submit("Terminer ces mandats")
    seats = seats_of(web.get(f"{conseil.page}/membres"), founding.DRAWN)
    assert "Fin du mandat" in web.get(seats[0]).text
    for name in (conseil.chair, conseil.member):
        assert year.open(name, f"/conseils/{conseil.id}/espace").status == 403, name


def a_second_draw_renews_it(year: Year, conseil: Conseil) -> None:
    """Another list, another event: those drawn take the four seats, and the first draw stays to be checked."""
    web, address = year.browser("Inès"), f"/tirages/{conseil.draw}"
    founding.those_called_accept(founding.lots_are_drawn(web, address))
    seated = founding.people_drawn(year.open("Inès", f"{conseil.page}/membres"), founding.FOLLOWERS)
    assert sorted(gender for _first, _last, gender in seated) == ["man", "man", "woman", "woman"]
    public = year.public(f"{conseil.page}/composition").text
    first, last, _gender = seated[0]
    assert (f"{first} {last[0]}." in public, last in public) == (True, False)
    assert "Durand" not in public
    sitting = year.public(f"/conseils/{conseil.id}/sieger")
    assert all(sitting.has_link(f"Tirage, {conseil.quartier}, {family}") for family in ("Durand", "Renaud"))
    before = year.public(f"{conseil.page}/composition?le={in_days(THIRD - RENEWED)}").text
    assert f"{founding.WOMAN} D." in before


def verified(app: Agora) -> dict[str, Any]:
    """What ``flask register verify`` says."""
    told = app.test_cli_runner().invoke(args=["register", "verify", "--json"], catch_exceptions=False)
    assert told.exit_code == 0
    said: dict[str, Any] = json.loads(told.stdout)
    return said

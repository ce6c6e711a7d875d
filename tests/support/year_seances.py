"""A séance of the year, from its date to its minutes; only the animator of the conseil leads it."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.shared import clock
from tests.support.web import Shown, Web
from tests.support.year import Conseil, Year, evening, in_days, number_in

AGENDA = "Le square sans ombre\nLa fête du quartier"
DOORS = ("ordre-du-jour", "convocation", "presences", "conduite", "compte-rendu")


@dataclass
class Room:
    """A séance being held, and the browser of whoever leads it."""

    year: Year
    conseil: Conseil
    web: Web
    page: str


def it_is_planned_and_convened(year: Year, conseil: Conseil, title: str, days: int, public: bool = False) -> int:
    """The animator plans it and calls everybody at once; strangers read nothing of a private séance."""
    other = year.other(conseil)
    for name in (other.animator, "Inès"):
        assert year.open(name, f"{conseil.page}/seances/nouvelle").status == 403, name
    form = year.open(conseil.animator, conseil.page).follow("Prévoir une séance")
    planned = form.submit(
        "Enregistrer la séance", title=title, starts_at=evening(days), place="Maison pour tous", agenda=AGENDA,
        is_public="y" if public else None,
    )  # fmt: skip
    assert planned.heading == title, planned.errors
    seance = number_in(planned.path)
    conseil.seances.append(seance)
    sent = planned.follow("Convoquer").submit("Convoquer tout le monde")
    assert "Preuve des envois" in sent.text
    assert all(last in sent.text for last in conseil.whole_names[:3])
    nobody_else_enters(year, conseil, seance, public)
    member = year.open(conseil.member, f"/seances/{seance}")
    assert member.has_link("Proposer un sujet")
    assert not member.has_link("Conduire la séance")
    return seance


def nobody_else_enters(year: Year, conseil: Conseil, seance: int, public: bool) -> None:
    """A private séance says nothing of itself; what leads the first one is shut, door by door, to everybody else."""
    is_first = len(conseil.seances) == 1
    for name in year.strangers(conseil):
        web = year.browser(name)
        assert web.get(f"/seances/{seance}").status == (200 if public else 403), name
        for door in DOORS if is_first else DOORS[:1]:
            assert web.get(f"/seances/{seance}/{door}").status in {403, 404}, (name, door)
    assert public or year.public(f"/seances/{seance}").heading == "Me connecter"
    for door in DOORS[:4] if is_first else ():
        assert year.open(conseil.member, f"/seances/{seance}/{door}").status == 403, door


def a_member_proposes_a_subject(year: Year, conseil: Conseil, seance: int) -> None:
    """A member proposes, the animator answers."""
    page = year.open(conseil.member, f"/seances/{seance}").follow("Proposer un sujet")
    assert "est proposé" in page.submit("Proposer ce sujet", title="Les encombrants").flashes
    agenda = year.open(conseil.animator, f"/seances/{seance}/ordre-du-jour").submit("Retenir : Les encombrants")
    assert "Les encombrants" in agenda.soup.find(id="sujets").get_text()


def it_opens_with_its_quorum(year: Year, conseil: Conseil, seance: int) -> Room:
    """Five are there, one gave her proxy: the quorum is counted from the rulebook."""
    room = Room(year, conseil, year.browser(conseil.animator), f"/seances/{seance}")
    sheet = room.web.get(f"{room.page}/presences")
    assert "Quorum pas encore atteint" in sheet.text
    mandates = [str(one["name"]).removeprefix("presence_") for one in sheet.soup.select("ul.roll select")]
    sheet = sheet.submit("Enregistrer les présences", **{f"presence_{one}": "present" for one in mandates[:-1]})
    assert "Quorum atteint" in sheet.text
    sheet = sheet.submit("Noter ce pouvoir", giver=mandates[-1], proxy_to=mandates[0])
    assert "Pouvoir à " in sheet.text
    live = room.web.get(room.page).follow("Conduire la séance")
    chair = conseil.chair
    assert live.submit("Ouvrir la séance", presided_by="", secretaries="").status == 422
    live = live.submit("Ouvrir la séance", presided_by=chair, secretaries=conseil.member)
    assert "La séance est ouverte" in live.flashes
    return room


def the_items_are_followed(room: Room, decision: str = "Demander des arbres.") -> Shown:
    """Each item says something; the first that is decided has its vote and its action."""
    live = room.web.get(f"{room.page}/conduite")
    live = live.submit("Commencer : ")
    if live.heading.startswith("Approuver le compte rendu"):
        live = live.submit("Enregistrer et passer", decision="Approuvé.", decision_kind="validation")
    assert live.submit("Enregistrer et passer", vote_kind="hands", votes_for="40").status == 422
    live = room.web.get(f"{room.page}/conduite")
    live = live.submit("Ajouter cette action", what="Mesurer l’ombre à midi", due_on=in_days(15))
    live = live.submit(
        "Enregistrer et passer", points="Il fait trop chaud.", decision=decision, decision_kind="validation",
        vote_kind="hands", votes_for="4", votes_against="1", votes_abstain="1",
    )  # fmt: skip
    while live.has_button("Enregistrer et passer"):
        live = live.submit("Enregistrer et passer", points="On en a parlé.")
    return live.submit("Enregistrer", points="À reprendre.")


def it_closes_and_its_minutes_are_written(room: Room) -> None:
    """The minutes are drafted and corrected; until they are approved, only the conseil reads them."""
    year, conseil = room.year, room.conseil
    address = f"{room.page}/compte-rendu"
    minutes = room.web.get(f"{room.page}/conduite").submit("Lever la séance")
    assert "4 pour, 1 contre" in minutes.text
    corrected = minutes.follow("Corriger").submit("Écrire cette version", introduction="Le conseil s’est réuni.")
    assert "Version 2" in corrected.text
    assert conseil.drawn[0][1] in year.open(conseil.member, address).text
    assert not year.open(conseil.member, address).has_link("Corriger")
    for name in year.strangers(conseil)[:3]:
        assert year.open(name, address).status == 403, name
    assert year.public(address).heading == "Me connecter"


def its_minutes_are_public(year: Year, conseil: Conseil, seance: int) -> None:
    """Approved at the next séance: everybody reads them, without whole names, and the register has them."""
    page = year.public(f"/seances/{seance}/compte-rendu")
    assert "Approuvé" in page.text
    shown = page.text
    assert [name for name in conseil.whole_names if name in shown] == [], "public names only"
    record = page.follow("du registre")
    assert record.heading.startswith("Procès-verbal")
    assert [name for name in conseil.whole_names if name in record.text] == [], record.text
    sent = year.open(conseil.animator, f"/seances/{seance}/compte-rendu").submit("Envoyer le relevé")
    assert "Envoi du relevé" in sent.text


def the_follow_up_is_read(year: Year, conseil: Conseil) -> None:
    """A late action is visible to everybody; who leads says that it is done."""
    address = f"{conseil.page}/suivi"
    assert "En retard" in year.public(address).text
    page = year.open(conseil.animator, address).follow("Dire où elle en est")
    assert year.open(year.other(conseil).animator, page.path).status == 403
    page.submit("C’est fait", words=f"Mesuré le {clock.today().isoformat()}.")

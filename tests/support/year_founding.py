"""How the conseils of the year begin: roles, bodies, rule, seats, candidacies, people seated, installation."""

from __future__ import annotations

import io
import re

from tests.support.web import Shown, Web
from tests.support.year import Conseil, Year, evening, in_days, number_in, option_of, radio_of, seats_of, warned_of

VOLUNTEERS, DRAWN, ASSOCIATIONS = "Habitantes et habitants volontaires", "Personnes tirées", "Associations et acteurs"
# Ten seats: six of residents, four of them drawn; four of associations.
SEATS = 10
ROLL, WOMAN, MAN = "Liste électorale", "Nadia", "Paul"
VALUE, EVENT_IN = "4 8 15 16 23 42", 3
# How the people of the first list and of the second are called.
FOUNDERS, FOLLOWERS = "Durand", "Renaud"
COPIL_SEATS = "10"
CONSEILS_AT_COPIL = "Personnes désignées"


def the_administrator_gives_the_roles(year: Year) -> None:
    """Inès is an agent of the contract, Malik and Bruno each animate their quartier; Odile is élue."""
    web = year.browser("Solange")
    places = [("Inès", "agent", f"contract:{year.contract.id}")]
    places += [(one.animator, "animateur", f"quartier:{year.quartiers[one.quartier].id}") for one in year.conseils]
    for name, role, place in places:
        page = web.get("/administration").follow("Personnes et rôles").submit("Chercher", terms=name).follow(name)
        assert "En vigueur" in page.submit("Donner ce rôle", role=role, place=place).text
    assert not year.open("Malik", "/instances").has_link("Créer une instance")
    assert year.open("Malik", "/instances/nouvelle").status == 403


def the_agent_creates_the_bodies(year: Year) -> None:
    """From the models; the agent then composes an independent conseil, and stays out of its space."""
    web = year.browser("Inès")
    page = web.get("/instances/nouvelle").submit("Créer l’instance", name="Comité de pilotage", preset="copil_2")
    year.copil = number_in(page.path.removesuffix("/preparer"))
    page.follow("Installer l’instance").submit("Installer l’instance")
    for conseil in year.conseils:
        page = web.get("/instances/nouvelle").submit(
            "Créer l’instance", name=conseil.name, preset="conseil_citoyen", parent_id=str(year.copil),
            quartier_ids=[str(year.quartiers[conseil.quartier].id)],
        )  # fmt: skip
        assert page.heading == conseil.name
        conseil.id = number_in(page.path.removesuffix("/preparer"))
        the_rule_is_written(page, conseil)
        assert year.open("Inès", f"/conseils/{conseil.id}/espace").status == 403
        assert year.open(conseil.animator, f"{conseil.page}/preparer").status == 403


def the_rule_is_written(page: Shown, conseil: Conseil) -> None:
    """Ten seats, mandates of twelve months; nobody can open another number of seats."""
    page = page.follow("Ce qu’elle peut faire").submit("Enregistrer", yearly_seances="3", mandate_months="12")
    rule = page.follow("La règle : qui siège").follow("Écrire la règle")
    drawn = {"formats": str(SEATS), "colleges-0-kinds-1-name": "", "source": "Délibération du 3 juin"}
    assert "10 sièges" in rule.submit("Voir ce qu’elle donne", **drawn).text.replace("\u00a0", " ")
    rules = rule.submit("Enregistrer cette version", **drawn)
    seats = rules.follow("Ouvrir les sièges")
    assert seats.submit("Ouvrir ces sièges", total="11").status == 422
    assert "Sièges ouverts : 10" in seats.submit("Ouvrir ces sièges", total=str(SEATS)).flashes
    charter = seats.web.get(f"{conseil.page}/papiers")
    charter.submit("Ajouter le document", kind="charter", title="Charte du conseil", dated_on=in_days(0))


def the_animator_writes_how_it_meets(year: Year, conseil: Conseil) -> None:
    """Its quorum, its proxies, its delays; the other animator has no say."""
    address = f"{conseil.page}/fonctionnement"
    assert year.open(year.other(conseil).animator, address).status == 403
    page = year.open(conseil.animator, address)
    assert "ses nombres ne sont pas les vôtres" in page.text
    assert page.submit("Écrire ces règles", quorum="beaucoup", source="Charte").status == 422
    assert "Version 1" in page.submit("Écrire ces règles", source="Charte du conseil").text


# --- Candidacies --------------------------------------------------------------------------------------------------


def a_resident_asks_to_sit(year: Year, conseil: Conseil) -> None:
    """Asked page after page, retained and invited by the animator of this conseil alone, accepted by the person."""
    web = year.browser(conseil.member)
    page = web.get(f"/conseils/{conseil.id}").follow("Siéger au conseil").follow("Déposer ma candidature")
    page = page.submit("Continuer", seat_type_id=radio_of(page, VOLUNTEERS))
    page = page.submit("Continuer", first_name=conseil.member, last_name="Delaune")
    page = page.submit("Continuer", birth_year="1984", gender="woman").submit("Continuer", phone="06 00 00 00 00")
    mine = page.submit("Continuer", motivation="Pour le square.").submit("Déposer la candidature")
    assert "Candidature de" in mine.heading
    for name in (year.other(conseil).animator, year.other(conseil).member, "Odile", "Nour"):
        assert year.open(name, mine.path).status == 403, name
    staff = year.open(conseil.animator, f"/conseils/{conseil.id}/candidatures").follow(conseil.member)
    staff.submit("Retenir cette candidature").submit("Proposer un siège")
    assert "Vous siégez à partir d’aujourd’hui" in web.get(mine.path).submit("Oui, je siège").flashes


def an_association_is_answered(year: Year, conseil: Conseil) -> None:
    """One sits; another is told why not, and reads it."""
    web = year.browser(conseil.animator)
    for name in ("Les Jardins", "Le Garage"):
        page = web.get(f"/conseils/{conseil.id}/saisir-une-candidature")
        page = page.submit("Continuer", seat_type_id=radio_of(page, ASSOCIATIONS))
        page = page.submit("Continuer", first_name="Noé", last_name="Ravel", organisation_name=name)
        page = page.submit("Continuer").submit("Continuer", channel="letter", phone="04 00 00 00 00")
        page = page.submit("Continuer", motivation="Nous sommes du quartier.").submit("Déposer")
        if name == "Le Garage":
            declined = page.follow("Ne pas la retenir")
            assert declined.submit("Écrire cette réponse", reason="").status == 422
            declined.submit("Écrire cette réponse", reason="Le garage n’est pas dans le quartier.")
        else:
            page = page.submit("Retenir").submit("Proposer un siège").follow("Noter sa réponse")
            assert "Siège au conseil" in page.submit("Noter la réponse", answer="oui", channel="phone").text


# --- People drawn -------------------------------------------------------------------------------------------------


def the_agent_announces_the_draw(year: Year, conseil: Conseil, family: str = FOUNDERS) -> None:
    """The rule comes from that of the body; a list is loaded, its quotas hold; all is public before the event."""
    web = year.browser("Inès")
    page = web.get(f"/conseils/{conseil.id}/sieger").follow("Préparer un tirage au sort").follow("Préparer un")
    assert page.soup.find(attrs={"name": "seats"})["value"] == "4"
    page = page.submit("Enregistrer", title=f"Tirage, {conseil.quartier}, {family}", sources=ROLL)
    conseil.draw, address = number_in(page.path), page.path
    loading = page.follow("Charger une liste")
    mapping = loading.submit("Charger ce fichier", source=ROLL, file=(io.BytesIO(a_roll(family)), "roll.csv"))
    assert "La liste est lue : 60 personnes" in mapping.submit("Lire la liste").flashes
    for name in (conseil.animator, conseil.member, "Odile", "Nour"):
        assert year.open(name, f"{address}/appels").status == 403, name
    assert year.public(address).heading == "Me connecter"
    form = web.get(address).follow("Annoncer le tirage")
    told = form.submit("Annoncer", event_words="Le Loto de samedi", event_at=evening(EVENT_IN))
    assert "Tout le monde peut le lire" in told.flashes
    assert "Le Loto de samedi" in year.public(address).text
    assert web.get(f"{address}/tirer").submit("Tirer", event_value=VALUE, witnesses="A\nB").status == 422


def the_draw_is_held(year: Year, conseil: Conseil) -> None:
    """With its witnesses; a refusal calls the next of the same kind; alternates follow in the public order."""
    web, address = year.browser("Inès"), f"/tirages/{conseil.draw}"
    page = lots_are_drawn(web, address)
    said = page.follow("Noter la réponse").submit("Noter cette réponse", answer="refused")
    assert "La personne suivante est appelée : rang 5" in said.flashes
    said = those_called_accept(said)
    men: list[str] = []
    while len(conseil.drawn) < 6 or not men:
        said = said.submit("Appeler le suppléant suivant")
        said = said.follow("Noter la réponse").submit("Noter cette réponse", answer="accepted")
        conseil.drawn = people_drawn(web.get(f"{conseil.page}/membres"))
        men = [last for first, last, _gender in conseil.drawn[4:] if first.startswith(MAN)]
    public = year.public(address)
    assert "Rosa Lopez" in public.text
    assert not any(last in public.text for last in conseil.whole_names)
    assert web.client.get(f"{address}/pv.pdf").data.startswith(b"%PDF")
    assert public.follow("Au registre").status == 200
    assert public.follow("Refaire ce tirage").status == 200


def lots_are_drawn(web: Web, address: str) -> Shown:
    """After the event, before two witnesses and not fewer; gives the page of the calls."""
    form = web.get(address).follow("Faire le tirage")
    assert form.submit("Tirer au sort", event_value=VALUE, witnesses="Rosa Lopez").status == 422
    drawn = form.submit("Tirer au sort", event_value=VALUE, witnesses="Rosa Lopez\nKarim Benali")
    return drawn.follow("Les appels")


def those_called_accept(calls: Shown) -> Shown:
    """The four who are called say yes, one after the other."""
    for _titular in range(4):
        calls = calls.follow("Noter la réponse").submit("Noter cette réponse", answer="accepted")
    return calls


def a_roll(family: str) -> bytes:
    """Sixty people, as many women as men."""
    rows = [f"{n};{('Mme', 'M.')[n % 2]};1980;{family}{n:02};{(WOMAN, MAN)[n % 2]};06{n:08}" for n in range(60)]
    return ("\n".join(["Numéro;Civilité;Né en;Nom;Prénom;Tél", *rows]) + "\n").encode()


def people_drawn(members: Shown, family: str = FOUNDERS) -> list[tuple[str, str, str]]:
    """Those the draw seated, then its alternates, as the page of members names them."""
    found = re.findall(rf"({WOMAN}|{MAN}) ({family}\d\d)", members.text)
    return [(first, last, "woman" if first == WOMAN else "man") for first, last in found]


def one_of_them_presides(year: Year, conseil: Conseil) -> None:
    """The first who sits is tied to her account, and presides."""
    web = year.browser("Inès")
    seat = seats_of(web.get(f"{conseil.page}/membres"), DRAWN)[0]
    linked = web.get(seat).follow("Son compte")
    assert linked.submit("Relier le compte", pseudonym="Personne de tel").status == 422
    assert "Le compte est relié" in linked.submit("Relier le compte", pseudonym=conseil.chair).flashes
    assert "Présidence" in web.get(seat).follow("Donner une charge").submit("Enregistrer", kind="chair").text


def the_conseil_is_installed(year: Year, conseil: Conseil) -> None:
    """It begins its life; everybody reads first names and initials, and nothing of what is inside."""
    page = year.open("Inès", f"{conseil.page}/preparer").follow("Installer l’instance").submit("Installer l’instance")
    assert "L’instance est installée" in page.flashes
    shown = year.public(f"{conseil.page}/composition").text
    first, last, _gender = conseil.drawn[0]
    assert f"{first} {last[0]}." in shown
    assert not any(name in shown for name in conseil.whole_names)
    assert "Delaune" not in shown


def it_names_somebody_at_the_steering_committee(year: Year, conseil: Conseil) -> None:
    """A member of the conseil sits for it at the steering committee: the warning goes away."""
    web = year.browser("Inès")
    silent = "n’a personne qui le représente"
    assert conseil.name in warned_of(web.get("/alertes"), silent)
    if not seats_of(web.get(f"/instances/{year.copil}/membres"), ""):
        web.get(f"/instances/{year.copil}/sieges").submit("Ouvrir ces sièges", total=COPIL_SEATS)
    seats = seats_of(web.get(f"/instances/{year.copil}/membres"), CONSEILS_AT_COPIL)
    seat = seats[list(year.conseils).index(conseil)]
    page = web.get(seat).follow("Donner le siège")
    first, last, _gender = conseil.drawn[0]
    page.submit("Donner le siège", member_id=option_of(page, "member_id", f"{first} {last}"),
                represents_body_id=str(conseil.id), standing="titular")  # fmt: skip
    assert conseil.name not in warned_of(web.get("/alertes"), silent)

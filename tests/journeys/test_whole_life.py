"""One idea, from the first word to the ribbon, through the pages alone: everybody who takes part, act after act.

Browsers without JavaScript; time goes by with ``clock.shifted``. Acts at the wrong moment are refused on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from app.database import db
from app.domain.accounts.models import Person, Role
from app.domain.processes.rules import ORDER
from app.domain.shared import clock
from app.domain.territories.models import Quartier
from app.web.application import Agora
from tests.support.town import make_bracket, make_contract, make_person, make_quartier, make_site
from tests.support.town_budgets import make_service
from tests.support.web import Shown, Web

# Each phase lasts ten days; the call is the second, and begins the day the story begins.
LENGTH = 10
CALL, STUDY, LIST, VOTE, COUNT, WORKS, RIBBON = 0, 10, 20, 30, 40, 45, 90
CRITERIA = ["interet_general", "localisation"]
MET = {f"criterion_{code}": "met" for code in CRITERIA}
BENCH, OVEN, BUS = "Un banc à l’ombre", "Un four à pain", "Un bus de nuit"
EDITION = "/budgets-participatifs/1"


@dataclass
class Life:
    """The people of the story and the browsers they hold; whoever comes back on another day signs in again."""

    app: Agora
    people: dict[str, Person]
    quartier: Quartier
    numbers: dict[str, int] = field(default_factory=dict)

    def browser(self, name: str) -> Web:
        return Web(self.app).sign_in(self.people[name])

    def notices(self, name: str) -> str:
        """What somebody has been told, on their own page."""
        return self.browser(name).get("/mon-compte").text

    def public(self, title: str) -> Shown:
        """The page of an idea, as everybody reads it."""
        return Web(self.app).get(f"/idees/{self.numbers[title]}")

    @contextmanager
    def on(self, day: int) -> Iterator[None]:
        """A day of the story."""
        with clock.shifted(timedelta(days=day)):
            yield


@pytest.fixture
def life(real_app: Agora) -> Life:
    """A town with a contract and a quartier, an administrator, and people who have accounts and no role yet.

    It has a database of its own, where the first edition is number 1.
    """

    def given(function: Callable[..., Any], *args: Any, **values: Any) -> Any:
        with real_app.test_request_context():
            made = function(*args, **values)
            db.session.commit()
            return made

    given(make_site, name="Agora de Valombre")
    contract = given(make_contract, name="Contrat de ville 2024-2030")
    quartier = given(make_quartier, contract, name="Les Genêts")
    given(make_service, "Espaces verts")
    adult = given(make_bracket, 18)
    names = ["Nour", "Inès", "Malik", "Bruno", *(f"Voisine {letter}" for letter in "ABCDEFGHIJKL")]
    people = {name: given(make_person, pseudonym=name, quartier=quartier, bracket=adult) for name in names}
    people["Solange"] = given(make_person, Role.ADMIN, pseudonym="Solange", bracket=adult)
    return Life(real_app, people, quartier)


def test_an_idea_lives_from_its_first_word_to_the_ribbon(life: Life) -> None:
    the_administrator_gives_the_roles(life)
    an_agent_prepares_the_edition(life)
    with life.on(CALL):
        the_call_opens(life)
        nour_gives_an_idea(life)
        bruno_enters_ideas_for_others(life)
        the_team_reads_them(life)
        the_call_cannot_close_early(life)
    with life.on(STUDY):
        the_services_study(life)
        the_list_waits_for_its_day(life)
    with life.on(LIST):
        the_list_is_published(life)
    with life.on(VOTE):
        twelve_people_vote(life)
        nobody_counts_before_the_end(life)
    with life.on(COUNT):
        two_agents_count(life)
        everybody_reads_the_result(life)
    with life.on(WORKS):
        the_works_begin(life)
    with life.on(RIBBON):
        the_ribbon_is_cut(life)
        one_page_tells_the_whole_life(life)
    assert set(life.numbers) >= {BENCH, OVEN, BUS}


# --- Roles and règlement --------------------------------------------------------------------------------------------


def the_administrator_gives_the_roles(life: Life) -> None:
    web = life.browser("Solange")
    for name, role, place in (
        ("Inès", "agent", f"contract:{life.quartier.contract_id}"),
        ("Malik", "agent", f"contract:{life.quartier.contract_id}"),
        ("Bruno", "animateur", f"quartier:{life.quartier.id}"),
    ):
        page = web.get("/administration").follow("Personnes et rôles").submit("Chercher", terms=name).follow(name)
        assert "En vigueur" in page.submit("Donner ce rôle", role=role, place=place).text
    herself = web.get(f"/administration/personnes/{life.people['Solange'].id}")
    assert not herself.has_button("Donner ce rôle")
    assert "Vous avez un nouveau rôle" in life.notices("Inès")
    assert life.browser("Nour").get("/budgets-participatifs/pilotage").status == 403


def an_agent_prepares_the_edition(life: Life) -> None:
    web = life.browser("Inès")
    page = web.get("/budgets-participatifs/nouveau").submit(
        "Créer l’édition", title="Budget participatif 2027", object="Choisir ensemble.", degree="codecision",
        decided_by="Le conseil municipal",
    )  # fmt: skip
    early = web.post(f"{EDITION}/ouvrir-l-appel", {"csrf_token": web.token()})
    assert (early.status, early.errors[0]) == (422, "Le montant de l’enveloppe n’est pas indiqué.")
    page = page.follow("Le calendrier").submit("Enregistrer le calendrier", **calendar())
    page = page.follow("L’enveloppe").submit("Enregistrer", envelope_cents="30 000", section="investissement")
    page = page.follow("critères").submit("Enregistrer", codes=CRITERIA)
    page = page.follow("Qui peut voter").submit("Enregistrer", min_age="11", exclude_agents="y")
    page = page.follow("Le bulletin").submit("7 points à répartir").submit("Enregistrer")
    page = page.follow("Le dépouillement").submit("Enregistrer")
    assert "30 000 €" in page.follow("Voir l’aperçu").text


def calendar() -> dict[str, str]:
    """The twelve dates: the framing is behind, the call begins today."""
    first = clock.today() - timedelta(days=LENGTH)
    dates = {}
    for rank, code in enumerate(ORDER):
        dates[f"{code.value}_first"] = (first + timedelta(days=LENGTH * rank)).isoformat()
        dates[f"{code.value}_last"] = (first + timedelta(days=LENGTH * (rank + 1) - 1)).isoformat()
    dates[f"{ORDER[-1].value}_last"] = (first + timedelta(days=400)).isoformat()
    return dates


def the_call_opens(life: Life) -> None:
    assert not Web(life.app).get("/budgets-participatifs").has_link("Budget participatif 2027")
    page = life.browser("Inès").get(f"{EDITION}/pilotage").submit("Ouvrir l’appel à idées")
    assert "L’appel à idées est ouvert" in page.flashes
    assert Web(life.app).get("/budgets-participatifs").has_link("Budget participatif 2027")
    assert Web(life.app).get("/registre").has_link("Règlement du Budget participatif 2027, version 1")


# --- Ideas ----------------------------------------------------------------------------------------------------------


def nour_gives_an_idea(life: Life) -> None:
    page = life.browser("Nour").get(EDITION).follow("Donner une idée").submit("Continuer", title=BENCH)
    page = page.submit("Enregistrer et continuer", need="On attend debout, en plein soleil.", solution="")
    page = page.submit("Enregistrer et continuer", quartiers=[str(life.quartier.id)], place_words="Devant l’école")
    while not page.has_button("Déposer mon idée"):
        page = page.submit("Enregistrer et continuer")
    page = page.submit("Déposer mon idée")
    assert "Merci ! Votre idée porte le n° 1" in page.flashes
    life.numbers[BENCH] = 1
    assert life.public(BENCH).heading == "Me connecter"
    assert BENCH not in Web(life.app).get("/idees").text


def bruno_enters_ideas_for_others(life: Life) -> None:
    web = life.browser("Bruno")
    for title, channel in ((OVEN, "paper"), (BUS, "phone")):
        values = {
            "channel": channel, "author_name": "Josette", "title": title, "solution": "Comme dans le quartier voisin.",
            "quartiers": [str(life.quartier.id)], "demarche": "1",
        }  # fmt: skip
        without = web.get("/idees/saisir-pour").submit("Déposer l’idée pour cette personne", **values)
        assert "Demandez son accord" in without.errors[0]
        copy = without.submit("Déposer l’idée pour cette personne", agreement="y")
        life.numbers[title] = len(life.numbers) + 1
        assert f"n° {life.numbers[title]}" in copy.flashes
    code = copy.text.split("écrivez ce code. Il ne sert qu’une fois ; gardez-le pour vous. ")[1][:11]
    taken = life.browser("Voisine A").get("/idees/reprendre").submit("Reprendre mon idée", code=code)
    assert f"n° {life.numbers[BUS]}" in taken.text


def the_team_reads_them(life: Life) -> None:
    assert life.browser("Nour").get("/idees/moderation").status == 403
    web = life.browser("Bruno")
    back = web.get(f"/idees/{life.numbers[BENCH]}/renvoyer")
    assert back.submit("Renvoyer à son auteur", reason=" ").status == 422
    back.submit("Renvoyer à son auteur", reason="Dites combien de bancs.")
    assert "Dites combien de bancs." in life.notices("Nour")
    nour = life.browser("Nour")
    page = nour.get("/mes-idees").follow(BENCH)
    page = page.follow("Corriger").follow("Votre idée").submit("Enregistrer", solution="Deux bancs.")
    assert "n° 1" in page.follow("Vérifier et déposer de nouveau").submit("Déposer").flashes
    for _ in life.numbers:
        web.get("/idees/moderation").submit("Publier")
    assert "Votre idée n° 1 est publiée" in life.notices("Nour")


def the_call_cannot_close_early(life: Life) -> None:
    web = life.browser("Inès")
    early = web.post(f"{EDITION}/clore-l-appel", {"csrf_token": web.token()})
    assert (early.status, early.errors[0][:31]) == (422, "L’appel à idées n’est pas fini.")


# --- Study and list -------------------------------------------------------------------------------------------------


def the_services_study(life: Life) -> None:
    agent = life.browser("Inès")
    assert "l’étude commence" in agent.get(f"{EDITION}/pilotage").submit("Clore l’appel").flashes
    late = life.browser("Nour").get("/idees/proposer")
    assert not late.has_link("Budget participatif 2027")
    for title in life.numbers:
        page = agent.get(f"{EDITION}/etude/{life.numbers[title]}").follow("Confier l’étude")
        page.submit("Confier l’étude", agent_id=str(life.people["Malik"].id))
    assert "Votre idée n° 1 est à l’étude" in life.notices("Nour")
    malik = life.browser("Malik")
    adapted = {"feasibility": "adapted", "adaptation": "Un banc au lieu de deux.", "investment_cents": "14 000"}
    without = conclude(malik, life.numbers[BENCH], **adapted)
    assert "accord" in without.errors[0]
    conclude(malik, life.numbers[BENCH], **adapted, adaptation_agreed_on=clock.today().isoformat())
    conclude(malik, life.numbers[OVEN], feasibility="yes", investment_cents="20 000")
    unexplained = conclude(malik, life.numbers[BUS], criterion_localisation="not_met")
    assert "pourquoi ce critère n’est pas respecté" in unexplained.errors[0]
    conclude(malik, life.numbers[BUS], criterion_localisation="not_met", reason_localisation="Les bus vont à la gare.")
    assert "Votre idée n° 1 est admise au vote" in life.notices("Nour")
    assert "Les bus vont à la gare." in life.notices("Voisine A")


def conclude(web: Web, number: int, **values: str) -> Shown:
    """The form of a study, filled and concluded."""
    filled = {**MET, "running_cents": "100", "delay_months": "6", **values}
    return web.get(f"{EDITION}/etude/{number}").submit("Conclure l’étude", **filled)


def the_list_waits_for_its_day(life: Life) -> None:
    web = life.browser("Inès")
    early = web.post(f"{EDITION}/publier-la-liste", {"csrf_token": web.token()})
    assert (early.status, early.errors[0][:39]) == (422, "La phase d’annonce n’a pas commencé. At")
    assert OVEN not in Web(life.app).get(f"{EDITION}/projets").text


def the_list_is_published(life: Life) -> None:
    web = life.browser("Inès")
    web.get(f"{EDITION}/pilotage").submit("Publier la liste")
    listed = Web(life.app).get(f"{EDITION}/projets")
    for words in (BENCH, "14 000 €", OVEN, BUS, "Les bus vont à la gare."):
        assert words in listed.text
    assert "Une réponse à votre idée n° 1" in life.notices("Nour")
    reopened = web.post(f"{EDITION}/etude/1/rouvrir", {"csrf_token": web.token()})
    assert reopened.status == 409
    web.get(f"{EDITION}/pilotage").submit("Ouvrir le vote")
    early = life.browser("Nour").get("/scrutins/1/voter")
    assert "pas encore ouvert" in early.text


# --- Vote and count -------------------------------------------------------------------------------------------------


def twelve_people_vote(life: Life) -> None:
    for rank, name in enumerate(sorted(name for name in life.people if name.startswith("Voisine"))):
        booth = life.browser(name).get(EDITION).follow("Voter")
        choices = {"points-1": "3", "points-2": "3" if rank < 5 else ""}
        recap = booth.submit("Relire mon bulletin", **choices)
        receipt = recap.submit("Déposer mon bulletin")
        assert "Vous avez voté" in life.browser(name).get("/mon-compte").text
        again = recap.submit("Déposer mon bulletin")
        assert receipt.path == again.path or again.status == 409
    too_many = life.browser("Nour").get("/scrutins/1/voter").submit("Relire mon bulletin", **{"points-1": "5"})
    assert too_many.status == 422
    assert life.browser("Inès").get("/scrutins/1/voter").status == 403


def nobody_counts_before_the_end(life: Life) -> None:
    early = life.browser("Inès").get("/scrutins/1/depouillement")
    assert "Le vote est encore ouvert." in early.text
    assert "Le vote n’est pas terminé" in Web(life.app).get("/scrutins/1/resultats").text
    assert Web(life.app).get("/scrutins/1/bulletins.pb").status == 409
    frozen = life.browser("Inès").get(f"{EDITION}/preparation/reglement/bulletin").submit("Enregistrer")
    assert "Le vote est ouvert" in frozen.errors[0]


def two_agents_count(life: Life) -> None:
    late = life.browser("Nour").get("/scrutins/1/voter")
    assert "Le vote est clos" in late.text
    ines = life.browser("Inès")
    early = ines.post(f"{EDITION}/annoncer-les-resultats", {"csrf_token": ines.token()})
    assert "Le dépouillement n’est pas fait" in early.errors[0]
    ines.get("/scrutins/1/depouillement").submit("Ouvrir le dépouillement")
    again = ines.get("/scrutins/1/depouillement")
    assert not again.has_button("Ouvrir le dépouillement")
    life.browser("Malik").get("/scrutins/1/depouillement").submit("Ouvrir le dépouillement")
    page = ines.get(f"{EDITION}/pilotage").submit("Annoncer les résultats")
    assert "Les résultats sont annoncés" in page.flashes


def everybody_reads_the_result(life: Life) -> None:
    web = Web(life.app)
    result = web.get(EDITION).follow("Voir les résultats")
    assert "12" in result.text
    winners, others = (result.soup.find_all("table")[rank].get_text(" ") for rank in (0, 1))
    assert BENCH in winners
    assert OVEN not in winners
    assert OVEN in others
    assert "il ne restait que 16" in " ".join(others.split()).replace("\u202f", " ")
    record = web.get("/registre").follow("Dépouillement : Budget participatif 2027")
    assert "Projets retenus : 1 sur 2. Bulletins dépouillés : 12." in record.text
    assert "Retenue avec des changements" in life.public(BENCH).text
    assert "n’est pas retenu par le vote" in life.public(OVEN).text


# --- Works ----------------------------------------------------------------------------------------------------------


def the_works_begin(life: Life) -> None:
    web = life.browser("Inès")
    page = web.get(f"{EDITION}/pilotage").follow("Commencer la réalisation")
    assert page.submit("Commencer la réalisation", confirmed_by="").status == 422
    page.submit("Commencer la réalisation", confirmed_by="Délibération 2027-12", confirmed_on=clock.today().isoformat())
    page = web.get(f"{EDITION}/realisation").follow(BENCH)
    page = page.follow("Les travaux ont commencé").submit("Annoncer le début")
    assert "Les travaux de votre projet n° 1 ont commencé" in life.notices("Nour")
    ribbon = (clock.today() + timedelta(days=30)).isoformat()
    page = page.follow("Prévoir une étape").submit("Ajouter l’étape", label="Poser le banc", planned_on=ribbon)
    early = page.follow("Le projet est livré").submit("Annoncer la livraison")
    assert early.errors == ["Des étapes ne sont pas faites. Notez leur date, puis livrez le projet."]
    too_much = page.follow("Noter une dépense").submit("Noter la dépense", label="Banc", amount_cents="14 001")
    assert "dépasse le coût du projet" in too_much.errors[0]
    too_much.submit("Noter la dépense", amount_cents="13 500")


def the_ribbon_is_cut(life: Life) -> None:
    web = life.browser("Malik")
    page = web.get(f"{EDITION}/realisation").follow(BENCH).follow("C’est fait")
    page = page.submit("Annoncer que c’est fait", note="Le banc est posé.")
    page.follow("Le projet est livré").submit("Annoncer la livraison", note="Les enfants ont coupé le ruban.")
    assert "Votre projet n° 1 est livré" in life.notices("Nour")
    closed = web.get(f"{EDITION}/pilotage").submit("Clore l’édition")
    assert "Édition terminée" in closed.text
    assert Web(life.app).get("/registre").has_link("Budget participatif 2027 : bilan de réalisation")


def one_page_tells_the_whole_life(life: Life) -> None:
    page = life.public(BENCH)
    told = page.text.split("Où en est cette idée ?")[1]
    steps = (
        "Idée déposée", "Idée publiée", "Étude par les services", "Admise au vote", "Un banc au lieu de deux.",
        "Lauréate du vote", "Délibération 2027-12", "Début des travaux", "Poser le banc", "Le banc est posé.",
        "Les enfants ont coupé le ruban.",
    )  # fmt: skip
    assert (page.heading, "Idée n° 1" in page.text) == (BENCH, True)
    assert [told.find(step) for step in steps] == sorted({told.index(step) for step in steps})

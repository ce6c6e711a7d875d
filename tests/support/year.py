"""A year of two conseils citoyens lived through the pages: who lives it, with which browser, on which day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.database import db
from app.domain.accounts.models import Person, Role
from app.domain.shared import clock
from app.domain.territories.models import Contract, Quartier
from app.web.application import Agora
from tests.support.town import make_bracket, make_contract, make_person, make_quartier, make_site
from tests.support.web import Shown, Web

GENETS, ROSERAIE = "Les Genêts", "La Roseraie"


@dataclass
class Conseil:
    """A conseil of the story: its quartier, the people around it, and the numbers its pages received."""

    name: str
    quartier: str
    animator: str
    member: str
    # The account of whoever will preside.
    chair: str
    # First name, last name and gender: four who sit, in the order of their seats, then the alternates in theirs.
    drawn: list[tuple[str, str, str]] = field(default_factory=list)
    draw: int = 0
    id: int = 0
    seances: list[int] = field(default_factory=list)
    avis: int = 0

    @property
    def page(self) -> str:
        return f"/instances/{self.id}"

    @property
    def whole_names(self) -> list[str]:
        return [last for _first, last, _gender in self.drawn]


@dataclass
class Year:
    """The people of the story; whoever comes back on another day signs in again."""

    app: Agora
    contract: Contract
    quartiers: dict[str, Quartier]
    people: dict[str, Person]
    conseils: tuple[Conseil, Conseil]
    copil: int = 0

    def browser(self, name: str) -> Web:
        return Web(self.app).sign_in(self.people[name])

    def open(self, name: str, path: str) -> Shown:
        """A page as somebody finds it; an agent who reads names says why, and the conseil reads it."""
        page = self.browser(name).get(path)
        asks = page.heading == "Lire les noms des membres"
        return page.submit("Lire les noms", reason="Donner un siège.") if asks else page

    def public(self, path: str) -> Shown:
        """A page as everybody reads it."""
        return Web(self.app).get(path)

    def other(self, conseil: Conseil) -> Conseil:
        """The other conseil."""
        first, second = self.conseils
        return second if conseil is first else first

    def strangers(self, conseil: Conseil) -> list[str]:
        """Those to whom the inside of a conseil is shut: the other conseil, the institutions, everybody else."""
        beside = self.other(conseil)
        return [beside.animator, beside.member, "Inès", "Odile", "Solange", "Nour"]

    @contextmanager
    def on(self, day: int) -> Iterator[None]:
        """A day of the story, at eight in the evening: the first is tomorrow."""
        evening = clock.start_of(clock.today() + timedelta(days=day + 1)) + timedelta(hours=20)
        with clock.shifted(evening - clock.now()):
            yield


def begin(app: Agora) -> Year:
    """A town with a contract, two quartiers, an administrator; the others have accounts and no role yet."""

    def given(function: Callable[..., Any], *args: Any, **values: Any) -> Any:
        with app.test_request_context():
            made = function(*args, **values)
            db.session.commit()
            return made

    given(make_site, name="Agora de Valombre")
    contract = given(make_contract, name="Contrat de ville 2024-2030")
    quartiers = {name: given(make_quartier, contract, name=name) for name in (GENETS, ROSERAIE)}
    adult = given(make_bracket, 18)
    names = ["Inès", "Odile", "Malik", "Bruno", "Nour", "Chantal", "Awa", "Fatou", "Lucie"]
    people = {name: given(make_person, pseudonym=name, bracket=adult) for name in names}
    people["Solange"] = given(make_person, Role.ADMIN, pseudonym="Solange", bracket=adult)
    conseils = (
        Conseil("Conseil citoyen des Genêts", GENETS, "Malik", "Chantal", "Fatou"),
        Conseil("Conseil citoyen de la Roseraie", ROSERAIE, "Bruno", "Awa", "Lucie"),
    )
    return Year(app, contract, quartiers, people, conseils)


def number_in(path: str) -> int:
    """The number an address ends with."""
    return next(int(part) for part in reversed(path.split("/")) if part.isdigit())


def evening(day: int) -> str:
    """Half past six in the evening, so many days from the day being lived, as a form takes it."""
    return f"{clock.today() + timedelta(days=day)}T18:30"


def in_days(day: int) -> str:
    return (clock.today() + timedelta(days=day)).isoformat()


def seats_of(members: Shown, kind: str) -> list[str]:
    """The addresses of the seats of a kind, from the page of members."""
    links = members.soup.select('a[href^="/sieges/"]')
    return [str(link["href"]) for link in links if link.get_text(strip=True).startswith(kind)]


def option_of(page: Shown, field: str, words: str) -> str:
    """The value of the choice that says these words, in a list."""
    for option in page.soup.select(f'select[name="{field}"] option'):
        if words in option.get_text():
            return str(option["value"])
    raise AssertionError(f"no choice says “{words}” in {field} on {page.path}")


def warned_of(page: Shown, words: str) -> list[str]:
    """The names of the bodies that the page of warnings says this of."""
    panels = [panel for panel in page.soup.select("li.panel") if words in " ".join(panel.get_text(" ").split())]
    return [panel.find("a").get_text(strip=True) for panel in panels if panel.find("a")]


def radio_of(page: Shown, words: str) -> str:
    """The value of the radio button whose label says these words."""
    for label in page.soup.find_all("label"):
        if words in " ".join(label.get_text(" ").split()):
            return str(page.soup.find(id=label["for"])["value"])
    raise AssertionError(f"no choice says “{words}” on {page.path}: {page.text[:300]}")

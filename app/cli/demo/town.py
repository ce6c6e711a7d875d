"""What the data files say of the town, and what has been made of it so far."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.adapters.files import Store
from app.domain.accounts import queries as accounts
from app.domain.accounts.models import AgeBracket, Person
from app.domain.ballots import queries as ballots
from app.domain.ballots.models import Scrutin
from app.domain.budgets import queries as budgets
from app.domain.budgets.models import Edition
from app.domain.ideas import queries as ideas
from app.domain.ideas.models import Idea
from app.domain.shared import clock
from app.domain.territories import queries as territories
from app.domain.territories.models import Organisation, Quartier, ThematicNode

DATA = Path(__file__).parent / "data"


def read(name: str) -> dict[str, Any]:
    """One of the data files."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass
class Town:
    """The town being made. Things are kept by the number they received and asked again each time they are needed."""

    today: date
    store: Store
    facts: dict[str, Any]
    contract_id: int = 0
    council_id: int = 0
    people: dict[str, int] = field(default_factory=dict)
    editions: dict[str, int] = field(default_factory=dict)
    ideas: dict[str, int] = field(default_factory=dict)

    def day(self, offset: int) -> date:
        """A day counted from today."""
        return self.today + timedelta(days=offset)

    def moment(self, offset: int, hour: time) -> datetime:
        """An hour of Paris on a day counted from today."""
        return clock.from_paris(datetime.combine(self.day(offset), hour))

    @property
    def residents(self) -> list[str]:
        """The names of those who live, work or study here."""
        return [name for name, *_ in self.facts["people"]["residents"]]

    def person(self, name: str) -> Person:
        """Somebody by name, with their roles."""
        return accounts.person_by_id(self.people[name])

    def staff(self, role: str) -> Person:
        """One of those who work for the town: ``admin``, ``agente``, ``agent2`` or ``animateur``."""
        return self.person(self.facts["people"]["staff"][role])

    def bracket(self, age: int) -> AgeBracket:
        """The bracket an age falls into."""
        return next(one for one in reversed(accounts.age_brackets()) if one.min_age <= age)

    def quartier(self, name: str) -> Quartier:
        """A quartier by its name."""
        return next(one for one in territories.quartiers(self.contract_id) if one.name == name)

    def theme(self, code: str) -> ThematicNode:
        """A theme by its code."""
        return next(one for one in territories.themes(self.contract_id) if one.code == code)

    def service(self, name: str) -> Organisation:
        """A service by its name."""
        return next(one for one in territories.organisations() if one.name == name)

    def edition(self, key: str) -> Edition:
        """An edition by its key: ``closed``, ``voting`` or ``calling``."""
        return budgets.edition_by_id(self.editions[key])

    def scrutin(self, key: str) -> Scrutin:
        """The vote of an edition."""
        found = ballots.scrutin_of_process(self.edition(key).process_id)
        if found is None:
            raise LookupError(f"the edition {key} has no vote")
        return found

    def idea(self, title: str) -> Idea:
        """An idea by its title."""
        return ideas.idea_by_number(self.ideas[title])

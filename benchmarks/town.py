"""Valombre, much larger than it is: people, quartiers, themes, and as many ideas and records as one asks for.

The words, the shares of each state and quartier and the number of supports are invented and plausible; everything is
drawn from a fixed seed, so that two runs measure the same town.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import func, insert, select

from app.database import db, insert_many, tables_of
from app.domain.accounts.models import AgeBracket, Link, Person, Role, RoleGrant, Scope, SignIn
from app.domain.accounts.rules import hash_token, pseudonym_key
from app.domain.governance.models import GovernanceRecord, RecordKind, RecordTally, RecordWord
from app.domain.governance.queries import sealed_of
from app.domain.governance.rules import GENESIS
from app.domain.ideas.models import LISTED, Idea, IdeaNumber, IdeaState, IdeaWord, Support, idea_quartiers
from app.domain.ideas.rules.similarity import all_keys
from app.domain.shared import clock
from app.domain.shared.canonical import canonical, digest
from app.domain.shared.words import stem, telling_words
from app.domain.territories.models import Contract, Quartier, Site, ThematicNode
from benchmarks.rows import fill, settle, trust_rows

WORDS = Path(__file__).with_name("words.toml")
QUARTIERS = {"Les Genêts": 45, "La Roseraie": 35, "Bellevue-Moulins": 20}
THEMES = ("Espaces verts", "Jeux et sport", "Propreté", "Logement", "Écoles", "Culture", "Santé", "Emploi",
          "Déplacements", "Sécurité", "Commerces", "Vie associative")  # fmt: skip
STATES = {
    IdeaState.PUBLISHED: 560, IdeaState.IN_STUDY: 120, IdeaState.ANSWERED: 200, IdeaState.MERGED: 40,
    IdeaState.SUBMITTED: 40, IdeaState.RETURNED: 15, IdeaState.WITHDRAWN: 20, IdeaState.DRAFT: 5,
}  # fmt: skip


@dataclass(frozen=True)
class Town:
    """What was made and is looked for afterwards."""

    quartier_id: int
    idea_number: int
    moderator_token: str


def build(ideas: int, records: int, seed: int = 2026) -> Town:
    """Fills the present database: one person in five ideas, three quartiers, twelve themes. Commits."""
    draw = random.Random(seed)
    trust_rows()
    contract, quartiers, themes = _places()
    people = max(20, ideas // 5)
    _people(people, quartiers, draw)
    _ideas(ideas, people, quartiers, themes, draw)
    _records(records, contract)
    token = sign_in(people)
    settle()
    public = select(func.max(Idea.number)).where(Idea.state == IdeaState.PUBLISHED)
    return Town(quartiers[0], db.session.scalar(public) or 1, token)


def build_people(number: int, seed: int = 2026) -> None:
    """The places and the people, without ideas nor register. Left to be committed."""
    _, quartiers, _ = _places()
    _people(number, quartiers, random.Random(seed))


def sign_in(person_id: int) -> str:
    """A session opened for somebody, without the form: its token."""
    token = f"session-{person_id}"
    db.session.add(SignIn(token_hash=hash_token(token), person_id=person_id, begun_on=clock.today(), ends_on=date.max))
    return token


def _places() -> tuple[int, list[int], list[int]]:
    db.session.add(Site(id=1, name="Agora de Valombre", place="Valombre", phone="04 00 00 00 00"))
    contract = Contract(name="Contrat de ville", starts_on=date(2024, 1, 1), ends_on=date(2030, 12, 31))
    db.session.add_all([contract, AgeBracket(id=1, min_age=18, max_age=None)])
    db.session.flush()
    quartiers = [
        Quartier(contract_id=contract.id, name=name, commune="Valombre", position=place)
        for place, name in enumerate(QUARTIERS)
    ]
    themes = [
        ThematicNode(contract_id=contract.id, code=f"T{place}", level="Priorité", label=label, position=place)
        for place, label in enumerate(THEMES)
    ]
    db.session.add_all([*quartiers, *themes])
    db.session.flush()
    return contract.id, [quartier.id for quartier in quartiers], [theme.id for theme in themes]


def _people(number: int, quartiers: list[int], draw: random.Random) -> None:
    """``number`` people; the last one is an agent of the whole town."""
    now = clock.now()
    (table,) = tables_of(Person)
    fill(table, (
        {
            "id": place, "pseudonym": f"Voisine {place}", "pseudonym_key": pseudonym_key(f"Voisine {place}"),
            "email": f"voisine{place}@exemple.test", "password_hash": "!", "link": Link.LIVES, "age_bracket_id": 1,
            "quartier_id": draw.choice(quartiers), "created_at": now,
        }
        for place in range(1, number + 1)
    ))  # fmt: skip
    db.session.add(
        RoleGrant(person_id=number, role=Role.AGENT, scope=Scope.EVERYWHERE, starts_on=clock.today(), granted_at=now)
    )


# --- Ideas --------------------------------------------------------------------------------------------------------


def _ideas(number: int, people: int, quartiers: list[int], themes: list[int], draw: random.Random) -> None:
    rows = list(_written(number, people, themes, draw))
    supports = [(row["id"], person) for row in rows for person in _supporters(row, people, draw)]
    for idea_id, _ in supports:
        rows[idea_id - 1]["support_count"] += 1
    now = clock.now()
    ideas, words, supported = tables_of(Idea, IdeaWord, Support)
    fill(ideas, rows)
    fill(idea_quartiers, _concerned(rows, quartiers, draw))
    fill(supported, ({"idea_id": idea, "person_id": person, "at": now} for idea, person in supports))
    insert_many(db.session, words, ("word", "idea_id"), _words(rows))
    db.session.add(IdeaNumber(id=1, last=number))


def _written(number: int, people: int, themes: list[int], draw: random.Random) -> Iterator[dict[str, Any]]:
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    things, details, places = words["things"], words["details"], words["places"]
    needs, answers = words["needs"], words["answers"]
    # Common things are asked for often, others seldom: the way words are spread in any town.
    weights = [1 / rank for rank in range(1, len(things) + 1)]
    states = draw.choices(list(STATES), list(STATES.values()), k=number)
    first = clock.now() - timedelta(days=700)
    for place, (thing, state) in enumerate(zip(draw.choices(things, weights, k=number), states, strict=True), start=1):
        # A merged idea names one that came before it.
        state = IdeaState.PUBLISHED if place == 1 else state
        where = draw.choice(places)
        title = f"{thing.capitalize()} {draw.choice(details)}, {where}"
        need, solution = draw.choice(needs) + ".", draw.choice(answers) + "."
        at = first + timedelta(days=690) * (place / number)
        yield _row(place, state, at) | {
            "title": title[:120], "need": need, "solution": solution, "place_words": where,
            "theme_id": draw.choice(themes), "author_id": draw.randint(1, people),
            "author_name": f"Voisine {place % people}", "all_quartiers": draw.random() < 0.05, "support_count": 0,
        }  # fmt: skip


def _row(place: int, state: IdeaState, at: datetime) -> dict[str, Any]:
    listed = at + timedelta(days=2) if state in LISTED else None
    return {
        "id": place, "key": f"{place:032x}", "number": place, "state": state, "created_at": at, "edited_at": at,
        "submitted_at": at, "published_at": listed, "listed_at": listed,
        "merged_into_id": place // 2 if state is IdeaState.MERGED else None,
    }  # fmt: skip


def _concerned(rows: list[dict[str, Any]], quartiers: list[int], draw: random.Random) -> Iterator[dict[str, Any]]:
    shares = list(QUARTIERS.values())
    for row in rows:
        if not row["all_quartiers"]:
            for quartier in set(draw.choices(quartiers, shares, k=2 if draw.random() < 0.1 else 1)):
                yield {"idea_id": row["id"], "quartier_id": quartier}


def _supporters(row: dict[str, Any], people: int, draw: random.Random) -> set[int]:
    """Most ideas have few supports, some have many."""
    if row["listed_at"] is None:
        return set()
    return {draw.randint(1, people) for _ in range(min(int(draw.paretovariate(1.2)) - 1, 200))}


def _words(rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """The short forms under which public ideas are found, in the order of their table."""
    texts: dict[tuple[str, ...], set[str]] = {}
    titles: dict[str, set[str]] = {}
    found = []
    for row in rows:
        if row["listed_at"] is not None:
            text = (row["place_words"], row["need"], row["solution"])
            if text not in texts:
                texts[text] = all_keys("", text)
            if row["title"] not in titles:
                titles[row["title"]] = all_keys(row["title"], ())
            found += [(word, row["id"]) for word in texts[text] | titles[row["title"]]]
    return sorted(found)


# --- The register -------------------------------------------------------------------------------------------------


def _records(number: int, contract_id: int) -> None:
    """A register whose chain holds; its filings are not in the journal, which no page of the register reads."""
    table, words, tallies = tables_of(GovernanceRecord, RecordWord, RecordTally)
    fill(table, _chained(number, contract_id))
    fill(words, ({"word": form, "position": place} for place in range(1, number + 1) for form in _forms(_title(place))))
    counted = select(table.c.kind, table.c.year, func.count()).group_by(table.c.kind, table.c.year)
    db.session.execute(insert(tallies).from_select(["kind", "year", "count"], counted))


def _title(position: int) -> str:
    return f"Pièce {position} du contrat de ville"


def _forms(title: str) -> set[str]:
    return {stem(word) for word in telling_words(title)}


def _chained(number: int, contract_id: int) -> Iterator[dict[str, Any]]:
    kinds = [kind for kind in RecordKind if kind is not RecordKind.CORRECTION]
    facts = {"projects": 12, "spent_cents": 1_250_000}
    text, sha256, now = canonical(facts), digest(facts), clock.now().replace(microsecond=0)
    previous, years = GENESIS, 3
    for position in range(1, number + 1):
        year = 2024 + (position - 1) * years // number
        rank = position - -(-(year - 2024) * number // years)
        title = _title(position)
        row = {
            "position": position, "year": year, "rank": rank, "kind": kinds[position % len(kinds)], "title": title,
            "summary": "", "facts": text, "facts_sha256": sha256,
            "previous_sha256": previous, "filed_at": now, "filed_as": None,
            "contract_id": contract_id, "source_kind": "scrutins", "source_id": str(position), "source_sha256": "",
            "corrects_position": None,
        }  # fmt: skip
        previous = sealed_of(SimpleNamespace(**row)).seal
        yield row | {"chain_sha256": previous}

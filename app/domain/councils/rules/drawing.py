"""What surrounds a draw: the rule an agent describes, the lists in their own columns, when each act is allowed."""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.domain.councils.rules.draw.pools import ID, Person
from app.domain.councils.rules.draw.rule import ALL, Rule
from app.domain.councils.rules.draw.tables import Table
from app.domain.shared.canonical import digest
from app.domain.shared.refusals import YES, Refusal, Verdict

# The criteria the form writes, and the words lists use for the first. Any other comes from a rule written as JSON.
GENDER, AGE, QUARTIER = "sexe", "âge", "quartier"
WOMAN, MAN = "Femme", "Homme"
GENDER_WORDS: Final = {
    "F": WOMAN, "H": MAN, "M": MAN, "Mme": WOMAN, "M.": MAN, "Madame": WOMAN, "Monsieur": MAN, "femme": WOMAN,
    "homme": MAN,
}  # fmt: skip
# What is kept of a line to reach somebody; never published.
CONTACTS: Final = ("last_name", "first_name", "address", "phone", "email", "birth")


@dataclass(frozen=True)
class Share:
    """A category and its seats; ``most`` is ``None`` without a ceiling."""

    name: str
    least: int = 0
    most: int | None = None
    # For an age band: whole years, both ends included.
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Wish:
    """What an agent asks of a draw, before it is written as a rule."""

    title: str
    seats: int
    sources: tuple[Share, ...]
    parity: bool = True
    bands: tuple[Share, ...] = ()
    ages_from: str = "birth_year"
    on: date | None = None
    quartiers: tuple[Share, ...] = ()
    one_per_household: bool = False
    alternates: int | None = None


def facts_of(wish: Wish) -> dict[str, Any]:
    """The rule of the engine (docs/tirage.md). Parity is to one when the seats are odd (CC-R05)."""
    criteria: dict[str, Any] = {GENDER: {"categories": [WOMAN, MAN], "values": dict(GENDER_WORDS)}}
    quotas: list[dict[str, Any]] = []
    if wish.parity:
        half, odd = divmod(wish.seats, 2)
        quotas += [{"of": {GENDER: name}, "min": half, "max": half + odd} for name in (WOMAN, MAN)]
    if wish.bands:
        bands = [{"name": band.name, **_ends(band)} for band in wish.bands]
        criteria[AGE] = {"bands": bands, "from": wish.ages_from, **({"on": wish.on.isoformat()} if wish.on else {})}
        quotas += _quotas(AGE, wish.bands)
    if wish.quartiers:
        criteria[QUARTIER] = [share.name for share in wish.quartiers]
        quotas += _quotas(QUARTIER, wish.quartiers)
    return {
        "title": wish.title,
        "seats": wish.seats,
        "criteria": criteria,
        "quotas": quotas,
        "sources": [{"name": one.name, **({"seats": one.least} if one.least else {})} for one in wish.sources],
        "one_per_household": wish.one_per_household,
        "alternates": ALL if wish.alternates is None else wish.alternates,
    }


def wish_of(facts: Mapping[str, Any]) -> Wish | None:
    """What an agent asked, read back from a rule; ``None`` for a rule the questions of the form cannot say."""
    try:
        wish = _read(facts)
        same = facts_of(wish) == facts
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    ceilings = [one.most for one in (*wish.bands, *wish.quartiers)]
    return wish if same and not any(most is not None for most in ceilings) else None


def _read(facts: Mapping[str, Any]) -> Wish:
    criteria = facts["criteria"]
    age = criteria.get(AGE, {})
    asked = {next(iter(quota["of"].items()), ("", "")): quota for quota in facts["quotas"]}

    def share(criterion: str, name: str, low: int | None = None, high: int | None = None) -> Share:
        quota = asked.get((criterion, name), {})
        return Share(name, quota.get("min", 0), quota.get("max"), low, high)

    return Wish(
        title=facts["title"], seats=facts["seats"],
        sources=tuple(Share(one["name"], least=one.get("seats", 0)) for one in facts["sources"]),
        parity=(GENDER, WOMAN) in asked,
        bands=tuple(share(AGE, one["name"], one.get("from"), one.get("to")) for one in age.get("bands", ())),
        ages_from=age.get("from", "birth_year"), on=date.fromisoformat(age["on"]) if "on" in age else None,
        quartiers=tuple(share(QUARTIER, name) for name in criteria.get(QUARTIER, ())),
        one_per_household=facts["one_per_household"],
        alternates=None if facts["alternates"] == ALL else facts["alternates"],
    )  # fmt: skip


def _ends(band: Share) -> dict[str, int]:
    ends = {"from": band.low, "to": band.high}
    return {name: age for name, age in ends.items() if age is not None}


def _quotas(criterion: str, shares: Sequence[Share]) -> list[dict[str, Any]]:
    return [
        {"of": {criterion: one.name}, "min": one.least, **({"max": one.most} if one.most is not None else {})}
        for one in shares
        if one.least or one.most is not None
    ]


def reading_facts(facts: Mapping[str, Any], files: Mapping[str, tuple[str, Mapping[str, str]]]) -> dict[str, Any]:
    """The same rule with, for each source, its file and the names of its columns: for reading, never published."""
    sources = []
    for source in facts.get("sources", []):
        file, columns = files.get(source["name"], ("", {}))
        read = {name: column for name, column in columns.items() if name not in CONTACTS and column}
        sources.append({**source, "file": file, "columns": read})
    return {**facts, "sources": sources}


def row_ids(table: Table, columns: Mapping[str, str], key: str) -> list[str]:
    """The blurred identifier of each line of a list, as the engine makes it."""
    column = columns.get(ID) or (ID if ID in table.header else "")
    found = []
    for _line, row in table.rows:
        cells = dict(zip(table.header, row, strict=True))
        plain = cells[column] if column else digest(cells)
        found.append(hmac.new(key.encode(), plain.encode(), "sha256").hexdigest())
    return found


def small_cells(people: Sequence[Person], threshold: int) -> int:
    """How many combinations of categories fewer people than the threshold share: they could be recognised."""
    return sum(1 for count in Counter(person.labels for person in people).values() if count < threshold)


def columns_to_find(rule: Rule) -> list[str]:
    """What has to be found in a list: the criteria, the household when it counts; the source is the list itself."""
    names = [criterion.name for criterion in rule.criteria]
    return [*names, "household"] if rule.one_per_household else names


# --- When -----------------------------------------------------------------------------------------------------------


def can_be_filled(seats: int, vacant: int) -> Verdict:
    """One draws for seats that are free. Refusal ``seats``."""
    if 0 < seats <= vacant:
        return YES
    sentence = _l("Écrivez un nombre de sièges entre 1 et %(vacant)s : ce sont ceux qui sont libres.", vacant=vacant)
    return Refusal(sentence, field="seats", code="seats")


def lists_are_whole(wanted: Collection[str], read: Collection[str]) -> Verdict:
    """Every source has its list, read without a fault. Refusal ``lists``."""
    missing = [name for name in wanted if name not in read]
    if not missing:
        return YES
    sentence = _l("Il manque une liste lue sans faute pour : %(names)s.", names=", ".join(missing))
    return Refusal(sentence, code="lists")


def event_is_to_come(at: datetime, now: datetime) -> Verdict:
    """The event is announced before it happens. Refusal ``event_at``."""
    if at > now:
        return YES
    return Refusal(
        _l("Cet événement est déjà passé. Choisissez-en un à venir : personne ne doit connaître sa valeur."),
        field="event_at", code="event_at",
    )  # fmt: skip


def event_is_over(at: datetime, now: datetime) -> Verdict:
    """Nobody draws before the event. Refusal ``early``."""
    if now >= at:
        return YES
    return Refusal(_l("L’événement n’a pas encore eu lieu : attendez son jour et son heure."), code="early")


def has_witnesses(names: Sequence[str], needed: int) -> Verdict:
    """Enough different people saw it. Refusal ``witnesses``."""
    if len({" ".join(name.casefold().split()) for name in names}) >= needed:
        return YES
    sentence = _l("Écrivez le nom d’au moins %(count)s témoins différents, un par ligne.", count=needed)
    return Refusal(sentence, field="witnesses", code="witnesses")


def can_drop(event_at: datetime | None, now: datetime, impossible: bool) -> Verdict:
    """Once the value is known, giving up would be choosing. Refusal ``known``. Unless nothing can be drawn."""
    if event_at is None or now < event_at or impossible:
        return YES
    return Refusal(
        _l("L’événement a eu lieu : abandonner maintenant reviendrait à choisir. Faites le tirage."), code="known"
    )


def can_call_alternates(waiting: int, seated: int, seats: int) -> Verdict:
    """Alternates are called once every seat has its titular. Refusals ``waiting``, ``seats_first``."""
    if waiting:
        return Refusal(_l("Notez d’abord la réponse des personnes déjà appelées."), code="waiting")
    if seated < seats:
        return Refusal(_l("Il reste des sièges de titulaires à pourvoir."), code="seats_first")
    return YES

"""Files people write by hand for a command: JSON read strictly, values read one kind at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.shared.criteria import Criterion
from app.domain.shared.money import MOST_CENTS

MOST_COUNT = 10_000
MOST_TEXT = 2_000
MOST_ITEMS = 1_000
# Delays are added to days: a year too far would have no day after them.
YEARS = range(1900, 2200)


def read_json(content: bytes) -> Any:
    """What a file holds. Raises ``ValueError`` when it is no JSON in UTF-8, or when a key is written twice."""
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_without_twins)
    except RecursionError as error:
        raise ValueError("too deep") from error


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("duplicate key")
    return dict(pairs)


@dataclass(frozen=True)
class Kind:
    """How one value is read, written back, and explained. ``read`` raises ``ValueError`` on anything else."""

    help: object
    read: Callable[[Any], Any]
    write: Callable[[Any], Any] = lambda value: value


def or_nothing(kind: Kind) -> Kind:
    """The same, or ``null`` for what is not said."""
    return Kind(
        kind.help,
        lambda value: None if value is None else kind.read(value),
        lambda value: None if value is None else kind.write(value),
    )


def listed(kind: Kind) -> Kind:
    """A list of them, kept in order."""

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > MOST_ITEMS:
            raise ValueError("a list")
        return tuple(kind.read(one) for one in value)

    return Kind(kind.help, read, lambda values: [kind.write(one) for one in values])


def chosen(choices: type[Enum]) -> Kind:
    """One of the codes of an enum."""
    codes = ", ".join(str(one.value) for one in choices)
    return Kind(_l("écrivez l’un de ces mots : %(codes)s.", codes=codes), choices, lambda one: one.value)


def whole(least: int, most: int, help: object) -> Kind:
    """A whole number between two bounds, included; true and false are not numbers."""

    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError("a whole number")
        return value

    return Kind(help, read)


def read_text(value: Any) -> str:
    """A text without more around it than needed. Raises ``ValueError`` on other things and unreadable characters."""
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        raise ValueError("a text")
    value.encode()
    return value.strip()


def read_word(value: Any) -> str:
    """A text that says something."""
    text = read_text(value)
    if not text:
        raise ValueError("a word")
    return text


def _read_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _read_share(value: Any) -> Fraction:
    # Four digits on each side hold any rate a règlement says, and keep a hostile one from taking all the memory.
    text = read_word(value).replace(" ", "").replace("\u202f", "").replace("\u00a0", "").replace(",", ".")
    if len(text) > 9 or "e" in text.lower():
        raise ValueError("a share")
    try:
        share = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except ZeroDivisionError as error:
        raise ValueError("a share") from error
    if not 0 < share <= 1:
        raise ValueError("a share")
    return share


def _read_day(value: Any) -> date:
    if not isinstance(value, str):
        raise ValueError("a day")
    day = date.fromisoformat(value)
    if day.year not in YEARS:
        raise ValueError("a day of our times")
    return day


def read_mapping(value: Any, known: set[str]) -> dict[str, Any]:
    """An object that holds no other key than these."""
    if not isinstance(value, dict) or not set(value) <= known:
        raise ValueError("an object")
    return value


def _read_criterion(value: Any) -> Criterion:
    facts = read_mapping(value, {"code", "wording"})
    return Criterion(read_word(facts.get("code")), read_word(facts.get("wording")))


FLAG = Kind(_l("écrivez true ou false."), _read_flag)
COUNT = whole(0, MOST_COUNT, _l("écrivez un nombre entier, zéro ou plus."))
POSITIVE = whole(1, MOST_COUNT, _l("écrivez un nombre entier, un ou plus."))
DAYS = whole(0, MOST_COUNT, _l("écrivez un nombre entier de jours."))
MONTHS = whole(1, 120, _l("écrivez un nombre entier de mois."))
CENTS = whole(0, MOST_CENTS, _l("écrivez un montant en centimes, un nombre entier."))
SOME_CENTS = whole(1, MOST_CENTS, _l("écrivez un montant en centimes, un nombre entier plus grand que zéro."))
SHARE = Kind(_l('écrivez une part entre guillemets, par exemple "80 %" ou "1/2".'), _read_share, str)
WORD = Kind(_l("écrivez un texte."), read_word)
TEXT = Kind(_l("écrivez un texte."), read_text)
DAY = Kind(_l('écrivez un jour qui existe, par exemple "2026-11-21".'), _read_day, date.isoformat)
CRITERION = Kind(_l("écrivez une liste d’objets « code » et « wording »."), _read_criterion, Criterion.to_facts)

"""The règlement of a fund: every number a file is judged by, as one frozen value that a version keeps."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.domain.shared.canonical import digest
from app.domain.shared.criteria import Criterion
from app.domain.shared.refusals import Refusal
from app.domain.shared.written import (
    COUNT,
    CRITERION,
    DAYS,
    FLAG,
    MONTHS,
    POSITIVE,
    SHARE,
    SOME_CENTS,
    TEXT,
    WORD,
    Kind,
    chosen,
    listed,
    or_nothing,
    read_mapping,
    whole,
)


class HolderKind(enum.Enum):
    """Who carries a project."""

    RESIDENT = "resident"
    GROUP = "group"
    ASSOCIATION = "association"
    INSTITUTION = "institution"

    @property
    def label(self) -> Any:
        return {
            "resident": _l("Une personne qui habite le quartier"),
            "group": _l("Un groupe de voisines et de voisins"),
            "association": _l("Une association"),
            "institution": _l("Un établissement"),
        }[self.value]


class HolderPresence(enum.Enum):
    """Whether the person who carries the project must come before the committee (droit-et-pratique §1.5)."""

    REQUIRED = "required"
    REMOTE = "remote"
    OPTIONAL = "optional"

    @property
    def label(self) -> Any:
        return {
            "required": _l("Sa présence est obligatoire"),
            "remote": _l("Elle vient, ou elle parle à distance"),
            "optional": _l("Elle vient si elle le peut"),
        }[self.value]


@dataclass(frozen=True)
class Ceiling:
    """The most one project may receive, in cents, for these holders (all when empty) and theme (any when empty)."""

    amount_cents: int
    holders: tuple[HolderKind, ...] = ()
    theme: str = ""

    def covers(self, holder: HolderKind, theme: str) -> bool:
        """Whether it speaks of this project."""
        return (not self.holders or holder in self.holders) and self.theme in ("", theme)


@dataclass(frozen=True)
class YearlyLimit:
    """A nature of expense paid only so many times a year to a holder (Noyelles-Godault: one transport per association).

    ``holders`` and ``themes`` say who may have it at all, and for what; empty, everybody and everything.
    """

    expense: str
    times: int
    holders: tuple[HolderKind, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class GridCriterion:
    """One line of the grid that helps the committee to talk: from zero to ``most`` points, counted ``weight`` times."""

    code: str
    wording: str
    most: int = 3
    weight: int = 1


@dataclass(frozen=True)
class FundRules:
    """Everything a règlement fixes. ``None`` means "not said"; an amount not said limits nothing, a delay asks nothing.

    Amounts in cents, delays in days unless named months, shares exact. ``ceilings``: the first row that speaks of the
    project wins. ``rank_ceilings_cents``: the first grant of the year, the second…; after the last, nothing.
    ``reminder_days`` are counted from the end of the action. Source: droit-et-pratique §1.2, §1.5 and §1.8.
    """

    open_to: tuple[HolderKind, ...] = tuple(HolderKind)
    contacts_needed: int | None = None
    inside_quartier: bool = True
    ceilings: tuple[Ceiling, ...] = ()
    rank_ceilings_cents: tuple[int, ...] = ()
    holder_year_cents: int | None = None
    max_rate: Fraction | None = None
    covers_whole_cost: bool = True
    min_cofunding_cents: int | None = None
    yearly_limits: tuple[YearlyLimit, ...] = ()
    submission_days: int | None = None
    decision_days: int | None = None
    event_days: int | None = None
    complete_days: int | None = None
    acceptance_days: int | None = None
    execution_days: int | None = None
    report_days: int | None = None
    reminder_days: tuple[int, ...] = ()
    silence_months: int | None = None
    remedy_months: int | None = None
    max_deferrals: int | None = None
    yearly_seances: int | None = None
    quorum: Fraction | None = None
    second_call_quorum: Fraction | None = None
    min_resident_voters: int | None = None
    casting_vote: bool = False
    presence: HolderPresence = HolderPresence.OPTIONAL
    decides_at_once: bool = False
    advance_rate: Fraction | None = None
    advance_full_below_cents: int | None = None
    report_blocks_next: bool = False
    criteria: tuple[Criterion, ...] = ()
    themes: tuple[Criterion, ...] = ()
    expenses: tuple[Criterion, ...] = ()
    ineligible: tuple[Criterion, ...] = ()
    grid: tuple[GridCriterion, ...] = ()
    refusal_reasons: tuple[Criterion, ...] = ()

    @property
    def sha256(self) -> str:
        """The fingerprint of this content."""
        return digest(self.to_facts())

    def ceiling_cents(self, holder: HolderKind, theme: str) -> int | None:
        """The most one project of this holder may receive; ``None`` when the règlement sets no ceiling for it."""
        return next((one.amount_cents for one in self.ceilings if one.covers(holder, theme)), None)

    def to_facts(self) -> dict[str, Any]:
        """The content as text, integers, booleans and lists; ``from_facts`` reads it back equal."""
        return {name: kind.write(getattr(self, name)) for name, kind in FIELDS.items()}

    @classmethod
    def from_facts(cls, facts: object) -> FundRules:
        """Reads frozen facts back. Raises a ``Refusal`` (code ``rules_facts``) when something is wrong.

        What an older version did not know keeps its "not said". Source: choix de conception (an act keeps its version).
        """
        rules, wrong = rules_of(facts)
        if rules is None:
            sentence = _l("Ce règlement est illisible. Demandez de l’aide à l’administration du site.")
            raise Refusal(sentence, code="rules_facts") from (wrong[0] if wrong else None)
        return rules


# --- Reading --------------------------------------------------------------------------------------------------------


def rules_of(facts: object) -> tuple[FundRules | None, list[Refusal]]:
    """The règlement and no fault, or no règlement and a ``Refusal`` (code ``field``) per wrong field."""
    if not isinstance(facts, Mapping):
        return None, [wrong_field("règlement", _l("écrivez un objet JSON."))]
    unknown = [
        wrong_field(str(name), _l("ce mot n’est pas connu ici. Retirez-le ou corrigez-le."))
        for name in facts
        if name not in FIELDS
    ]
    read, wrong = read_fields(facts, {name: kind for name, kind in FIELDS.items() if name in facts})
    faults = [*unknown, *wrong]
    return (None, faults) if faults else (FundRules(**read), [])


def read_fields(facts: Mapping[str, Any], kinds: Mapping[str, Kind]) -> tuple[dict[str, Any], list[Refusal]]:
    """Each value read as its kind says, and a refusal for each that cannot be."""
    read: dict[str, Any] = {}
    wrong = []
    for name, kind in kinds.items():
        try:
            read[name] = kind.read(facts.get(name))
        except (ValueError, TypeError):
            wrong.append(wrong_field(name, kind.help))
    return read, wrong


def wrong_field(name: str, what: object) -> Refusal:
    """The sentence of a wrong field: which one, what to write."""
    return Refusal(_l("Champ « %(field)s » : %(what)s", field=name, what=what), field=name, code="field")


def _record(made: type[Any], kinds: Mapping[str, Kind], help: object) -> Kind:
    """A small object of a règlement, read field by field; what is absent keeps its default."""

    def read(value: Any) -> Any:
        facts = read_mapping(value, set(kinds))
        return made(**{name: kinds[name].read(facts[name]) for name in facts})

    return Kind(help, read, lambda one: {name: kind.write(getattr(one, name)) for name, kind in kinds.items()})


_HOLDERS: Final = listed(chosen(HolderKind))
_CEILING: Final = _record(
    Ceiling,
    {"amount_cents": SOME_CENTS, "holders": _HOLDERS, "theme": TEXT},
    _l("écrivez une liste d’objets « amount_cents », « holders », « theme »."),
)
_YEARLY: Final = _record(
    YearlyLimit,
    {"expense": WORD, "times": COUNT, "holders": _HOLDERS, "themes": listed(WORD)},
    _l("écrivez une liste d’objets « expense », « times », « holders », « themes »."),
)
_GRID: Final = _record(
    GridCriterion,
    {"code": WORD, "wording": WORD, "most": POSITIVE, "weight": POSITIVE},
    _l("écrivez une liste d’objets « code », « wording », « most », « weight »."),
)
_DAYS: Final = or_nothing(DAYS)
_CENTS: Final = or_nothing(SOME_CENTS)
_SHARE: Final = or_nothing(SHARE)
_LIST: Final = listed(CRITERION)

# How each field of a règlement is written: the table says all, reading and writing follow it.
FIELDS: Final[dict[str, Kind]] = {
    "open_to": _HOLDERS, "contacts_needed": or_nothing(POSITIVE), "inside_quartier": FLAG,
    "ceilings": listed(_CEILING), "rank_ceilings_cents": listed(SOME_CENTS), "holder_year_cents": _CENTS,
    "max_rate": _SHARE, "covers_whole_cost": FLAG, "min_cofunding_cents": _CENTS, "yearly_limits": listed(_YEARLY),
    "submission_days": _DAYS, "decision_days": _DAYS, "event_days": _DAYS, "complete_days": _DAYS,
    "acceptance_days": _DAYS, "execution_days": _DAYS, "report_days": _DAYS,
    "reminder_days": listed(whole(-3650, 3650, _l("écrivez une liste de nombres entiers de jours."))),
    "silence_months": or_nothing(MONTHS), "remedy_months": or_nothing(MONTHS), "max_deferrals": or_nothing(COUNT),
    "yearly_seances": or_nothing(POSITIVE), "quorum": _SHARE, "second_call_quorum": _SHARE,
    "min_resident_voters": or_nothing(COUNT), "casting_vote": FLAG, "presence": chosen(HolderPresence),
    "decides_at_once": FLAG, "advance_rate": _SHARE, "advance_full_below_cents": _CENTS, "report_blocks_next": FLAG,
    "criteria": _LIST, "themes": _LIST, "expenses": _LIST, "ineligible": _LIST, "grid": listed(_GRID),
    "refusal_reasons": _LIST,
}  # fmt: skip

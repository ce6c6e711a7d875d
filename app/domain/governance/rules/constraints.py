"""What the law and the guidance ask of a conseil citoyen, one row each (droit-et-pratique §2.2, CC-R01 to CC-R32).

A row says satisfied, broken or unknown from facts others establish; it never guesses: what nobody recorded is unknown.
The numbers of the texts (half of the seats, fifteen to fifty members…) are in ``constraints.toml`` beside.
"""

from __future__ import annotations

import enum
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.governance.models import LegalRegime

FILE = Path(__file__).with_name("constraints.toml")


class Status(enum.Enum):
    """What a constraint is, today."""

    SATISFIED = "satisfied"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> Any:
        return {
            "satisfied": _l("Respecté"),
            "broken": _l("Pas respecté"),
            "unknown": _l("Pas encore connu"),
            "not_applicable": _l("Ne s’applique pas"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {"satisfied": "done", "broken": "late", "unknown": "waiting", "not_applicable": "quiet"}[self.value]


class Level(enum.Enum):
    """Where a constraint comes from."""

    LAW = "L"
    GUIDANCE = "G"
    LOCAL = "X"
    DESIGN = "D"

    @property
    def label(self) -> Any:
        return {
            "L": _l("Loi ou décret"),
            "G": _l("Consigne de l’État"),
            "X": _l("Règle locale"),
            "D": _l("Choix de la plateforme"),
        }[self.value]


class Severity(enum.Enum):
    """What a broken constraint does."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"

    @property
    def label(self) -> Any:
        return {"block": _l("Bloquant"), "warn": _l("À corriger"), "info": _l("Pour information")}[self.value]


@dataclass(frozen=True)
class CouncilFacts:
    """What is known of a conseil. ``None`` is unknown, always: zero and no are answers."""

    regime: LegalRegime | None = None
    # Perimeter and papers.
    quartiers: int | None = None
    all_have_codes: bool | None = None
    has_diagnostic: bool | None = None
    # Composition, titulars in force.
    colleges: int | None = None
    has_residents_college: bool | None = None
    residents: int | None = None
    members: int | None = None
    women: int | None = None
    men: int | None = None
    undeclared: int | None = None
    # Draws.
    seats_to_draw: int | None = None
    seats_drawn: int | None = None
    source_lists: int | None = None
    draw_used: bool | None = None
    draw_can_be_checked: bool | None = None
    witnesses: int | None = None
    # Members.
    all_in_perimeter: bool | None = None
    all_declared_free: bool | None = None
    organisations_free: bool | None = None
    minors: int | None = None
    minors_authorised: int | None = None
    mandates: int | None = None
    mandates_with_end: int | None = None
    # Alternates and vacancies.
    colleges_with_alternates: int | None = None
    vacant_seats: int | None = None
    vacancies_offered_in_order: bool | None = None
    vacancies_without_alternate: int | None = None
    resignations: int | None = None
    resignations_written: int | None = None
    exclusions: int | None = None
    exclusions_by_procedure: int | None = None
    # Papers and acts.
    has_charter: bool | None = None
    months_since_installed: int | None = None
    charter_months: int | None = None
    charter_signatures: int | None = None
    has_prefect_order: bool | None = None
    has_both_opinions: bool | None = None
    changes_notified: bool | None = None
    host_is_clear: bool | None = None
    steering_bodies: int | None = None
    steering_bodies_with_voice: int | None = None
    convoked_together: bool | None = None
    started_by_duo: bool | None = None
    duo_months: int | None = None
    duo_mission_letter: bool | None = None
    contract_gives_means: bool | None = None
    # Voice and independence.
    interpellation_kept: bool | None = None
    institutions_kept_out: bool | None = None
    report_consultation_days: int | None = None
    members_unpaid: bool | None = None
    public_names_only: bool | None = None


@dataclass(frozen=True)
class Finding:
    """One constraint, seen on one conseil."""

    code: str
    status: Status
    level: Level
    severity: Severity
    sentence: Any
    source: str


@dataclass(frozen=True)
class Constraint:
    """One row: what is asked, by what, how badly it matters under each regime, and how it is seen."""

    code: str
    level: Level
    severities: Mapping[LegalRegime, Severity]
    sentence: Any
    source: str
    check: Callable[[CouncilFacts], bool | None]

    def seen_on(self, facts: CouncilFacts) -> Finding:
        """The finding for these facts; without a regime, or under one that does not ask it, it does not apply."""
        severity = self.severities.get(facts.regime) if facts.regime else None
        if severity is None:
            return Finding(self.code, Status.NOT_APPLICABLE, self.level, Severity.INFO, self.sentence, self.source)
        verdict = self.check(facts)
        status = Status.UNKNOWN if verdict is None else Status.SATISFIED if verdict else Status.BROKEN
        return Finding(self.code, status, self.level, severity, self.sentence, self.source)


@lru_cache
def numbers() -> dict[str, int]:
    """The numbers of the texts, by name."""
    return tomllib.loads(FILE.read_text("utf-8"))

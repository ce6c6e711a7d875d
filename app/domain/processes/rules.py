"""Who may take part in a démarche, as its règlement says, and in which order its phases follow each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Link, Person, Role
from app.domain.processes.models import PhaseCode, Process
from app.domain.shared.refusals import YES, Refusal, Verdict


@dataclass(frozen=True)
class Eligibility:
    """Who may propose, or vote: ages in years, ``None`` when the règlement sets none.

    ``residents_only`` asks to live there; otherwise any link will do. ``quartier_ids`` empty means every quartier.
    """

    min_age: int | None = None
    residents_only: bool = False
    exclude_elected: bool = False
    exclude_agents: bool = False
    quartier_ids: tuple[int, ...] = ()

    def to_facts(self) -> dict[str, Any]:
        """The same as JSON facts."""
        return {**asdict(self), "quartier_ids": list(self.quartier_ids)}

    @classmethod
    def from_facts(cls, facts: dict[str, Any]) -> Eligibility:
        """Back from JSON facts."""
        return cls(**{**facts, "quartier_ids": tuple(facts.get("quartier_ids", ()))})


@dataclass(frozen=True)
class Belonging:
    """What somebody says of themselves that decides whether they are called: nothing proves it."""

    min_age: int
    link: Link
    quartier_id: int | None

    @classmethod
    def of(cls, person: Person) -> Belonging:
        """What a person says now. Needs ``age_bracket`` loaded."""
        return cls(person.age_bracket.min_age, person.link, person.quartier_id)


def is_called(eligibility: Eligibility, belonging: Belonging) -> Verdict:
    """Whether the règlement calls who says this of themselves. Refusals: ``eligibility``."""
    if eligibility.min_age is not None and belonging.min_age < eligibility.min_age:
        sentence = _l("Le règlement demande d’avoir au moins %(age)d ans.", age=eligibility.min_age)
        return Refusal(sentence, code="eligibility")
    if eligibility.residents_only and belonging.link is not Link.LIVES:
        return Refusal(
            _l("Le règlement réserve cette étape aux personnes qui habitent le territoire."), code="eligibility"
        )
    if eligibility.quartier_ids and belonging.quartier_id not in eligibility.quartier_ids:
        return Refusal(_l("Cette étape est réservée aux quartiers nommés par le règlement."), code="eligibility")
    return YES


def can_take_part(eligibility: Eligibility, person: Person) -> Verdict:
    """Whether this person is of those the règlement calls. Needs ``age_bracket`` and ``grants`` loaded.

    A bracket is old enough when its youngest age is. Refusals (code ``eligibility``) say which condition is not met.
    Source: droit-et-pratique §3.1 (ages from none to 16, La Chapelle-Saint-Mesmin for elected members and agents).
    """
    verdict = is_called(eligibility, Belonging.of(person))
    if not verdict:
        return verdict
    if eligibility.exclude_elected and person.holds(Role.ELU):
        return Refusal(
            _l("Le règlement ne permet pas aux personnes élues de participer à cette étape."), code="eligibility"
        )
    if eligibility.exclude_agents and person.holds(Role.AGENT):
        return Refusal(
            _l("Le règlement ne permet pas aux agents qui étudient les projets de participer à cette étape."),
            code="eligibility",
        )
    return YES


# The order in which the phases of a calendar follow each other.
ORDER: Final = tuple(PhaseCode)


@dataclass(frozen=True)
class Span:
    """The dates of one phase: from an instant (included) until an instant (excluded), both aware."""

    starts_at: datetime
    ends_at: datetime


Calendar: TypeAlias = Mapping[PhaseCode, Span]


def calendar_of(process: Process) -> dict[PhaseCode, Span]:
    """The calendar of a démarche as values. Needs ``phases`` loaded."""
    return {phase.code: Span(phase.starts_at, phase.ends_at) for phase in process.phases}


def check_calendar(calendar: Calendar, needed: Sequence[PhaseCode] = ORDER) -> Verdict:
    """Whether the dates make sense: every needed phase is there, ends after it starts, and starts after the one before.

    Two phases may touch (one ends at the instant the other starts), never overlap. Refusals (codes ``calendar_missing``
    and ``calendar_order``) name the phase and carry its code as their field. Source: droit-et-pratique §3.2.
    """
    for code in needed:
        if code not in calendar:
            sentence = _l("Indiquez les dates de la phase « %(phase)s ».", phase=code.label)
            return Refusal(sentence, field=code.value, code="calendar_missing")
    before: PhaseCode | None = None
    for code in (code for code in ORDER if code in calendar):
        span = calendar[code]
        if span.ends_at <= span.starts_at:
            sentence = _l("La phase « %(phase)s » doit finir après avoir commencé. Changez sa fin.", phase=code.label)
            return Refusal(sentence, field=code.value, code="calendar_order")
        if before is not None and span.starts_at < calendar[before].ends_at:
            sentence = _l(
                "La phase « %(phase)s » commence avant la fin de « %(before)s ». Changez l’une des deux dates.",
                phase=code.label, before=before.label,
            )  # fmt: skip
            return Refusal(sentence, field=code.value, code="calendar_order")
        before = code
    return YES


def check_calendar_change(old: Calendar, new: Calendar, now: datetime) -> Verdict:
    """Whether a published calendar may change so: what is past stays as it was, and nothing moves into the past.

    A phase that is running may be lengthened or shortened, one to come may move. Refusals carry the code
    ``calendar_past``. Source: choix de conception (people rely on published dates).
    """
    for code, span in new.items():
        known = old.get(code)
        if known is None:
            continue
        for was, will_be in ((known.starts_at, span.starts_at), (known.ends_at, span.ends_at)):
            if was != will_be and (was <= now or will_be <= now):
                sentence = _l(
                    "Cette date de la phase « %(phase)s » est passée, ou le serait. "
                    "Une date publiée et passée ne se change plus.",
                    phase=code.label,
                )
                return Refusal(sentence, field=code.value, code="calendar_past")
    return YES

"""Who may take part in a démarche, as its règlement says."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Link, Person, Role
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


def can_take_part(eligibility: Eligibility, person: Person) -> Verdict:
    """Whether this person is of those the règlement calls. Needs ``age_bracket`` and ``grants`` loaded.

    A bracket is old enough when its youngest age is. Refusals (code ``eligibility``) say which condition is not met.
    Source: droit-et-pratique §3.1 (ages from none to 16, La Chapelle-Saint-Mesmin for elected members and agents).
    """
    if eligibility.min_age is not None and person.age_bracket.min_age < eligibility.min_age:
        sentence = _l("Le règlement demande d’avoir au moins %(age)d ans.", age=eligibility.min_age)
        return Refusal(sentence, code="eligibility")
    if eligibility.residents_only and person.link is not Link.LIVES:
        return Refusal(
            _l("Le règlement réserve cette étape aux personnes qui habitent le territoire."), code="eligibility"
        )
    if eligibility.quartier_ids and person.quartier_id not in eligibility.quartier_ids:
        return Refusal(_l("Cette étape est réservée aux quartiers nommés par le règlement."), code="eligibility")
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

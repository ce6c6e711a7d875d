"""The content of a règlement: everything the rules of an edition depend on, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.terms import DEFAULT_TIE_BREAKS, BallotForm, BallotType, Overflow, Score, TieBreak
from app.domain.processes.rules import Eligibility
from app.domain.shared.canonical import digest
from app.domain.shared.criteria import Criterion
from app.domain.shared.refusals import Refusal

# A batch smaller than ten would let somebody guess who voted what: the box is never moved by fewer (votes §6.2).
LEAST_BATCH: Final = 10
# Nobody opens a ballot box alone. Two is also the demonstration value; each règlement says its own.
LEAST_OPENERS: Final = 2
DEMONSTRATION_OPENERS: Final = 2
EVERYBODY: Final = Eligibility()


class Section(StrEnum):
    """The section of the public budget the envelope belongs to."""

    INVESTISSEMENT = "investissement"
    FONCTIONNEMENT = "fonctionnement"

    @property
    def label(self) -> Any:
        return {
            "investissement": _l("Investissement : construire, aménager, acheter du matériel"),
            "fonctionnement": _l("Fonctionnement : animer, accompagner, faire vivre"),
        }[self.value]


class ReservedFor(StrEnum):
    """What a sub-envelope is reserved for."""

    QUARTIER = "quartier"
    PUBLIC = "public"

    @property
    def label(self) -> Any:
        return {
            "quartier": _l("Les projets d’un quartier"),
            "public": _l("Les projets d’un public (par exemple les jeunes)"),
        }[self.value]


@dataclass(frozen=True)
class Reserve:
    """A sub-envelope as the règlement says it. ``amount_cents`` is in cents, and part of the whole envelope.

    ``remainder_to_general`` gives what it leaves to the general envelope; ``second_chance`` lets its projects that were
    not funded compete there. ``quartier_id`` is set when it is reserved for a quartier.
    """

    id: str
    label: str
    kind: ReservedFor
    amount_cents: int
    quartier_id: int | None = None
    max_winners: int | None = None
    remainder_to_general: bool = True
    second_chance: bool = True

    def to_facts(self) -> dict[str, Any]:
        """The sub-envelope as text and integers."""
        return {
            "id": self.id,
            "label": self.label,
            "kind": self.kind.value,
            "amount_cents": self.amount_cents,
            "quartier_id": self.quartier_id,
            "max_winners": self.max_winners,
            "remainder_to_general": self.remainder_to_general,
            "second_chance": self.second_chance,
        }


@dataclass(frozen=True)
class ReglementContent:
    """Everything a règlement fixes. ``None`` means "not said yet" where a value is needed, "no limit" for limits.

    Amounts are in cents, ages in years. Source: droit-et-pratique §3.1 and §3.4 (what real règlements fix).
    """

    envelope_cents: int | None = None
    section: Section | None = None
    min_project_cents: int | None = None
    max_project_cents: int | None = None
    reserves: tuple[Reserve, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    proposers: Eligibility = EVERYBODY
    voters: Eligibility = EVERYBODY
    ballot: BallotForm | None = None
    score: Score | None = None
    overflow: Overflow | None = None
    threshold: int | None = None
    threshold_percent_of_voters: int | None = None
    max_winners: int | None = None
    tie_breaks: tuple[TieBreak, ...] = DEFAULT_TIE_BREAKS
    openers_needed: int = DEMONSTRATION_OPENERS
    minimum_batch: int = LEAST_BATCH
    decided_by: str = ""

    @property
    def sha256(self) -> str:
        """The fingerprint of this content."""
        return digest(self.to_facts())

    @property
    def general_cents(self) -> int:
        """What no sub-envelope reserves, in cents."""
        return (self.envelope_cents or 0) - sum(reserve.amount_cents for reserve in self.reserves)

    def reserve(self, reserve_id: str | None) -> Reserve | None:
        """One sub-envelope by its id."""
        return next((reserve for reserve in self.reserves if reserve.id == reserve_id), None)

    def criterion(self, code: str) -> Criterion | None:
        """One criterion by its code."""
        return next((criterion for criterion in self.criteria if criterion.code == code), None)

    def to_facts(self) -> dict[str, Any]:
        """The content as text, integers, booleans and lists; ``from_facts`` reads it back equal."""
        return {
            "envelope_cents": self.envelope_cents,
            "section": self.section.value if self.section else None,
            "min_project_cents": self.min_project_cents,
            "max_project_cents": self.max_project_cents,
            "reserves": [reserve.to_facts() for reserve in self.reserves],
            "criteria": [criterion.to_facts() for criterion in self.criteria],
            "proposers": self.proposers.to_facts(),
            "voters": self.voters.to_facts(),
            "ballot": self.ballot.to_facts() if self.ballot else None,
            "score": self.score.value if self.score else None,
            "overflow": self.overflow.value if self.overflow else None,
            "threshold": self.threshold,
            "threshold_percent_of_voters": self.threshold_percent_of_voters,
            "max_winners": self.max_winners,
            "tie_breaks": [criterion.value for criterion in self.tie_breaks],
            "openers_needed": self.openers_needed,
            "minimum_batch": self.minimum_batch,
            "decided_by": self.decided_by,
        }

    @classmethod
    def from_facts(cls, facts: object) -> ReglementContent:
        """Reads frozen facts back. Raises a ``Refusal`` (code ``reglement_facts``) when something is missing or wrong.

        Source: choix de conception (an act keeps its version, so every version stays readable).
        """
        try:
            return _content_of(facts)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            sentence = _l("Ce règlement est illisible. Demandez de l’aide à l’administration du site.")
            raise Refusal(sentence, code="reglement_facts") from error


def _content_of(facts: object) -> ReglementContent:
    if not isinstance(facts, Mapping):
        raise TypeError("facts are a mapping")
    plain = (
        "envelope_cents", "min_project_cents", "max_project_cents", "threshold", "threshold_percent_of_voters",
        "max_winners", "openers_needed", "minimum_batch", "decided_by",
    )  # fmt: skip
    return ReglementContent(
        **{key: facts[key] for key in plain},
        section=Section(facts["section"]) if facts["section"] else None,
        reserves=tuple(_reserve_of(reserve) for reserve in facts["reserves"]),
        criteria=tuple(Criterion(str(one["code"]), str(one["wording"])) for one in facts["criteria"]),
        proposers=Eligibility.from_facts(facts["proposers"]),
        voters=Eligibility.from_facts(facts["voters"]),
        ballot=_form_of(facts["ballot"]) if facts["ballot"] else None,
        score=Score(facts["score"]) if facts["score"] else None,
        overflow=Overflow(facts["overflow"]) if facts["overflow"] else None,
        tie_breaks=tuple(TieBreak(criterion) for criterion in facts["tie_breaks"]),
    )


def _reserve_of(facts: Mapping[str, Any]) -> Reserve:
    return Reserve(**{**facts, "kind": ReservedFor(facts["kind"])})


def _form_of(facts: Mapping[str, Any]) -> BallotForm:
    return BallotForm(**{**facts, "type": BallotType(facts["type"])})

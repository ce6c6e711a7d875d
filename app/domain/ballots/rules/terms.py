"""The words of a vote: the form of the ballot, the envelopes, the rules of counting. All numbers are integers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.domain.shared.canonical import digest
from app.domain.shared.refusals import Refusal

# The tier of what belongs to no sub-envelope; a sub-envelope may not take this name.
GENERAL: Final = "general"


class BallotType(StrEnum):
    """What the voter is asked. Ranking, knapsack and majority judgment will be further members, with their form."""

    POINTS = "points"
    UP_TO = "up_to"
    EXACTLY = "exactly"


class Score(StrEnum):
    """What ranks the projects: the sum of their points, or the number of ballots naming them."""

    POINTS = "points"
    VOTES = "votes"


class Overflow(StrEnum):
    """What happens when the next project costs more than what is left: go past it, or stop there."""

    SKIP = "skip"
    STOP = "stop"


class TieBreak(StrEnum):
    """How equal scores are ordered. Deposit order and identifiers never do: they would favour the quickest."""

    MORE_VOTERS = "more_voters"
    LOWER_COST = "lower_cost"
    DRAW = "draw"


DEFAULT_TIE_BREAKS: Final = (TieBreak.MORE_VOTERS, TieBreak.LOWER_COST, TieBreak.DRAW)


@dataclass(frozen=True)
class BallotForm:
    """What one ballot may hold. ``None`` means no bound; minimums apply to ballots that are not blank.

    ``points_total`` is the most a voter may spend, ``points_min`` the least (0: points may be left unspent), and
    ``points_max`` the most for one project. ``choices_min`` and ``choices_max`` bound the number of projects named.
    """

    type: BallotType
    points_total: int | None = None
    points_max: int | None = None
    choices_min: int = 1
    choices_max: int | None = None
    blank_allowed: bool = False
    points_min: int = 0

    def to_facts(self) -> dict[str, Any]:
        """The form as text and integers, for freezing."""
        return {
            "type": self.type.value,
            "points_total": self.points_total,
            "points_max": self.points_max,
            "points_min": self.points_min,
            "choices_min": self.choices_min,
            "choices_max": self.choices_max,
            "blank_allowed": self.blank_allowed,
        }


@dataclass(frozen=True)
class SubEnvelope:
    """A part of the envelope reserved to some projects (a quartier, a theme). ``envelope_cents`` is in cents.

    ``remainder_to_general`` gives what it leaves to the general envelope; ``second_chance`` lets the projects it does
    not fund compete for the general envelope.
    """

    id: str
    label: str
    envelope_cents: int
    max_winners: int | None = None
    remainder_to_general: bool = False
    second_chance: bool = False

    def to_facts(self) -> dict[str, Any]:
        """The sub-envelope as text and integers, for freezing."""
        return {
            "id": self.id,
            "label": self.label,
            "envelope_cents": self.envelope_cents,
            "max_winners": self.max_winners,
            "remainder_to_general": self.remainder_to_general,
            "second_chance": self.second_chance,
        }


@dataclass(frozen=True)
class CountingRules:
    """Everything the count depends on besides projects and ballots, so that anyone may replay it.

    ``envelope_cents`` is the whole envelope, sub-envelopes included. ``threshold`` is a least score;
    ``threshold_percent_of_voters`` the least share of the people who voted (blank ballots included) who must have
    named a project. ``seed`` is the public text of the draw; it may stay empty until a tie needs it.
    """

    envelope_cents: int
    form: BallotForm
    score: Score
    overflow: Overflow
    threshold: int | None = None
    threshold_percent_of_voters: int | None = None
    max_winners: int | None = None
    sub_envelopes: tuple[SubEnvelope, ...] = ()
    tie_breaks: tuple[TieBreak, ...] = DEFAULT_TIE_BREAKS
    seed: str = ""

    @property
    def rules_sha256(self) -> str:
        """The fingerprint of these rules, seed included, printed beside the result."""
        return digest(self.to_facts())

    @property
    def general_cents(self) -> int:
        """What the general envelope holds before any remainder, in cents."""
        return self.envelope_cents - sum(sub.envelope_cents for sub in self.sub_envelopes)

    def to_facts(self) -> dict[str, Any]:
        """The rules as text, integers and lists, for freezing; ``from_facts`` reads them back equal."""
        return {
            "envelope_cents": self.envelope_cents,
            "form": self.form.to_facts(),
            "score": self.score.value,
            "overflow": self.overflow.value,
            "threshold": self.threshold,
            "threshold_percent_of_voters": self.threshold_percent_of_voters,
            "max_winners": self.max_winners,
            "sub_envelopes": [sub.to_facts() for sub in self.sub_envelopes],
            "tie_breaks": [criterion.value for criterion in self.tie_breaks],
            "seed": self.seed,
        }

    @classmethod
    def from_facts(cls, facts: object) -> CountingRules:
        """Reads frozen facts back. Raises a ``Refusal`` (code ``rules_facts``) when something is missing or ill-typed.

        The consistency of what is read is another question: ask ``check_rules``. Source: choix de conception.
        """
        try:
            return _rules_of(_Facts(facts))
        except (KeyError, TypeError, ValueError) as error:
            sentence = _l("Ces règles de vote sont illisibles. Reprenez les règles telles qu’elles ont été publiées.")
            raise Refusal(sentence, field="rules", code="rules_facts") from error


@dataclass(frozen=True)
class Project:
    """A project put to the vote: its cost in cents, and the sub-envelope it competes for first, if any."""

    id: str
    cost_cents: int
    name: str = ""
    sub_envelope: str | None = None
    category: str | None = None


class _Facts:
    """Typed reading of facts that came from outside: a wrong type is a ``TypeError``, a missing key a ``KeyError``."""

    def __init__(self, facts: object) -> None:
        if not isinstance(facts, Mapping):
            raise TypeError("facts are a mapping")
        self._facts: Mapping[str, object] = facts

    def text(self, key: str) -> str:
        value = self._facts[key]
        if not isinstance(value, str):
            raise TypeError(key)
        value.encode()  # A half character has no bytes, hence no fingerprint: this is a ValueError.
        return value

    def whole(self, key: str) -> int:
        value = self._facts[key]
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(key)
        return value

    def whole_or_none(self, key: str) -> int | None:
        return None if self._facts[key] is None else self.whole(key)

    def yes_no(self, key: str) -> bool:
        value = self._facts[key]
        if not isinstance(value, bool):
            raise TypeError(key)
        return value

    def several(self, key: str) -> list[object]:
        value = self._facts[key]
        if not isinstance(value, list | tuple):
            raise TypeError(key)
        return list(value)

    def part(self, key: str) -> _Facts:
        return _Facts(self._facts[key])


def _rules_of(facts: _Facts) -> CountingRules:
    return CountingRules(
        envelope_cents=facts.whole("envelope_cents"),
        form=_form_of(facts.part("form")),
        score=Score(facts.text("score")),
        overflow=Overflow(facts.text("overflow")),
        threshold=facts.whole_or_none("threshold"),
        threshold_percent_of_voters=facts.whole_or_none("threshold_percent_of_voters"),
        max_winners=facts.whole_or_none("max_winners"),
        sub_envelopes=tuple(_sub_envelope_of(_Facts(sub)) for sub in facts.several("sub_envelopes")),
        tie_breaks=tuple(TieBreak(str(criterion)) for criterion in facts.several("tie_breaks")),
        seed=facts.text("seed"),
    )


def _form_of(facts: _Facts) -> BallotForm:
    return BallotForm(
        type=BallotType(facts.text("type")),
        points_total=facts.whole_or_none("points_total"),
        points_max=facts.whole_or_none("points_max"),
        points_min=facts.whole("points_min"),
        choices_min=facts.whole("choices_min"),
        choices_max=facts.whole_or_none("choices_max"),
        blank_allowed=facts.yes_no("blank_allowed"),
    )


def _sub_envelope_of(facts: _Facts) -> SubEnvelope:
    return SubEnvelope(
        id=facts.text("id"),
        label=facts.text("label"),
        envelope_cents=facts.whole("envelope_cents"),
        max_winners=facts.whole_or_none("max_winners"),
        remainder_to_general=facts.yes_no("remainder_to_general"),
        second_chance=facts.yes_no("second_chance"),
    )

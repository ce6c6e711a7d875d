"""The explained result of a count: who is retained, why the others are not, and how each tie was broken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

Detail: TypeAlias = str | int | list[str]


class Reason(StrEnum):
    """Why a project is not retained."""

    NO_VOTE = "no_vote"
    BELOW_THRESHOLD = "below_threshold"
    OVERFLOW = "overflow"
    SUB_ENVELOPE = "sub_envelope"
    STOPPED = "stopped"
    MAX_WINNERS = "max_winners"
    TIE_LOST = "tie_lost"


@dataclass(frozen=True)
class Winner:
    """A retained project, the tier that pays for it (a sub-envelope or ``general``), its cost in cents."""

    project_id: str
    tier: str
    cost_cents: int


@dataclass(frozen=True)
class Standing:
    """What a project obtained. ``voters`` counts the ballots naming it; ``rank`` is ``None`` when nobody did."""

    score: int
    voters: int
    rank: int | None


@dataclass(frozen=True)
class NotRetained:
    """Why a project is not retained, with the figures of the explanation (amounts in cents)."""

    reason: Reason
    details: Mapping[str, Detail]


@dataclass(frozen=True)
class Tie:
    """Projects of equal score, in the order the chain gave them, with the criteria that separated at least two.

    ``draw`` holds, for each project the draw had to order, its SHA-256: the lower comes first.
    """

    score: int
    order: tuple[str, ...]
    criteria: tuple[str, ...]
    draw: Mapping[str, str]


@dataclass(frozen=True)
class EnvelopeUse:
    """What one tier had, received from the remainders, spent, handed over and has left, in cents."""

    tier: str
    envelope_cents: int
    received_cents: int
    spent_cents: int
    handed_cents: int

    @property
    def left_cents(self) -> int:
        """What stays unused in this tier, in cents."""
        return self.envelope_cents + self.received_cents - self.spent_cents - self.handed_cents


@dataclass(frozen=True)
class Result:
    """The outcome of one count, explained. Winners are in the order they were retained: sub-envelopes, then general."""

    winners: tuple[Winner, ...]
    standings: Mapping[str, Standing]
    not_retained: Mapping[str, NotRetained]
    ties: tuple[Tie, ...]
    envelopes: tuple[EnvelopeUse, ...]
    spent_cents: int
    left_cents: int
    ballots: int
    blanks: int
    rules_sha256: str

    def to_facts(self) -> dict[str, Any]:
        """The result as text, integers and lists, the same for the same facts, for freezing beside the rules."""
        return {
            "winners": [
                {"project": winner.project_id, "tier": winner.tier, "cost_cents": winner.cost_cents}
                for winner in self.winners
            ],
            "standings": {
                project: {"score": standing.score, "voters": standing.voters, "rank": standing.rank}
                for project, standing in sorted(self.standings.items())
            },
            "not_retained": {
                project: {"reason": verdict.reason.value, "details": dict(verdict.details)}
                for project, verdict in sorted(self.not_retained.items())
            },
            "ties": [_tie_facts(tie) for tie in self.ties],
            "envelopes": [_envelope_facts(use) for use in self.envelopes],
            "spent_cents": self.spent_cents,
            "left_cents": self.left_cents,
            "ballots": self.ballots,
            "blanks": self.blanks,
            "rules_sha256": self.rules_sha256,
        }


def _tie_facts(tie: Tie) -> dict[str, Any]:
    return {
        "score": tie.score,
        "order": list(tie.order),
        "criteria": list(tie.criteria),
        "draw": dict(sorted(tie.draw.items())),
    }


def _envelope_facts(use: EnvelopeUse) -> dict[str, Any]:
    return {
        "tier": use.tier,
        "envelope_cents": use.envelope_cents,
        "received_cents": use.received_cents,
        "spent_cents": use.spent_cents,
        "handed_cents": use.handed_cents,
        "left_cents": use.left_cents,
    }

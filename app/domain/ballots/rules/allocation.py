"""Going down the ranking: who pays for what, and the reason given to each project nobody can pay for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from app.domain.ballots.rules.ranking import Ranking
from app.domain.ballots.rules.result import Detail, EnvelopeUse, NotRetained, Reason, Winner
from app.domain.ballots.rules.terms import GENERAL, CountingRules, Overflow, Project


@dataclass
class _Purse:
    """What one tier still has, in cents, while the walk goes on."""

    tier: str
    left: int
    most: int | None = None
    retained: int = 0
    closed_by: str | None = None


@dataclass(frozen=True)
class _Moment:
    """Purses and number of winners as they stood before the first project of a score: what a tie was played for."""

    purses: Mapping[str, _Purse]
    winners: int


class Allocation:
    """The walk itself: sub-envelopes in one pass, so that none goes first, then the general envelope."""

    def __init__(self, rules: CountingRules, ranking: Ranking, candidates: list[Project]) -> None:
        self._rules = rules
        self._ranking = ranking
        self._by_id = {project.id: project for project in candidates}
        self.winners: list[Winner] = []
        self.not_retained: dict[str, NotRetained] = {}
        uses = self._serve_sub_envelopes(candidates)
        self.envelopes = (*uses, self._serve_general(candidates, sum(use.handed_cents for use in uses)))

    def _serve_sub_envelopes(self, candidates: list[Project]) -> list[EnvelopeUse]:
        subs = self._rules.sub_envelopes
        purses = {sub.id: _Purse(sub.id, sub.envelope_cents, sub.max_winners) for sub in subs}
        self._walk((p for p in candidates if p.sub_envelope is not None), purses, lambda p: p.sub_envelope or GENERAL)
        uses = []
        for sub in subs:
            left = purses[sub.id].left
            handed = left if sub.remainder_to_general else 0
            uses.append(EnvelopeUse(sub.id, sub.envelope_cents, 0, sub.envelope_cents - left, handed))
        return uses

    def _serve_general(self, candidates: list[Project], received: int) -> EnvelopeUse:
        purse = _Purse(GENERAL, self._rules.general_cents + received)
        again = {sub.id for sub in self._rules.sub_envelopes if sub.second_chance} | {None}
        paid = {winner.project_id for winner in self.winners}
        second = (project for project in candidates if project.sub_envelope in again and project.id not in paid)
        self._walk(second, {GENERAL: purse}, lambda _: GENERAL)
        own = self._rules.general_cents
        return EnvelopeUse(GENERAL, own, received, own + received - purse.left, 0)

    def _walk(
        self, candidates: Iterable[Project], purses: Mapping[str, _Purse], tier_of: Callable[[Project], str]
    ) -> None:
        score, before = None, _Moment({}, 0)
        first = len(self.winners)
        for project in candidates:
            if self._ranking.scores[project.id] != score:
                score = self._ranking.scores[project.id]
                before = _Moment({tier: replace(purse) for tier, purse in purses.items()}, len(self.winners))
            purse = purses[tier_of(project)]
            refused = self._refused(project, purse, len(self.winners))
            if refused is None:
                self._retain(project, purse)
                continue
            lost = self._lost_by_tie(project, purse, refused, before, self.winners[first:])
            self.not_retained[project.id] = lost or refused
            if purse.closed_by is None and refused.reason in {Reason.OVERFLOW, Reason.SUB_ENVELOPE}:
                purse.closed_by = project.id if self._rules.overflow is Overflow.STOP else None

    def _retain(self, project: Project, purse: _Purse) -> None:
        purse.left -= project.cost_cents
        purse.retained += 1
        self.not_retained.pop(project.id, None)
        self.winners.append(Winner(project.id, purse.tier, project.cost_cents))

    def _refused(self, project: Project, purse: _Purse, winners: int) -> NotRetained | None:
        if self._rules.max_winners is not None and winners >= self._rules.max_winners:
            return NotRetained(Reason.MAX_WINNERS, {"max_winners": self._rules.max_winners})
        if purse.most is not None and purse.retained >= purse.most:
            return NotRetained(Reason.MAX_WINNERS, {"tier": purse.tier, "max_winners": purse.most})
        if purse.closed_by is not None:
            return NotRetained(Reason.STOPPED, {"tier": purse.tier, "stopped_by": purse.closed_by})
        if project.cost_cents > purse.left:
            reason = Reason.OVERFLOW if purse.tier == GENERAL else Reason.SUB_ENVELOPE
            details: dict[str, Detail] = {"tier": purse.tier, "cost_cents": project.cost_cents}
            return NotRetained(reason, details | {"left_cents": purse.left})
        return None

    def _lost_by_tie(
        self, project: Project, purse: _Purse, refused: NotRetained, before: _Moment, winners: list[Winner]
    ) -> NotRetained | None:
        """A refusal that first place among its equals would have avoided: the tie decided it, and says so."""
        if self._refused(project, before.purses[purse.tier], before.winners) is not None:
            return None
        score = self._ranking.scores[project.id]
        anywhere = refused.reason is Reason.MAX_WINNERS
        rivals = [w.project_id for w in winners if anywhere or w.tier == purse.tier]
        rivals += [purse.closed_by] if purse.closed_by is not None else []
        against = [rival for rival in rivals if self._ranking.scores[rival] == score]
        criterion = self._ranking.separating(self._by_id[against[0]], project)
        details: dict[str, Detail] = {"tier": purse.tier, "against": against, "criterion": criterion.value}
        return NotRetained(Reason.TIE_LOST, details | {"otherwise": refused.reason.value})

"""The order of the projects: by score, then by the chain of tie-breaks the règlement fixed before the vote."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from itertools import groupby

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.result import Tie
from app.domain.ballots.rules.tally import Tally
from app.domain.ballots.rules.terms import CountingRules, Project, Score, TieBreak
from app.domain.shared.refusals import Refusal


def draw_hash(seed: str, project_id: str) -> str:
    """The draw number of a project: SHA-256 of ``seed|id`` in hexadecimal; the lowest comes first.

    Anyone can redo it with the published seed. Refuses nothing. Source: domain/votes-tirage-questionnaires.md §3
    (tie-break recommended) and §4.4 (verifiable randomness).
    """
    return hashlib.sha256(f"{seed}|{project_id}".encode()).hexdigest()


class Ranking:
    """The projects somebody voted for, best first, and how their ties were broken."""

    def __init__(self, rules: CountingRules, projects: Iterable[Project], tallied: Tally) -> None:
        self._rules = rules
        self._tallied = tallied
        self.scores = tallied.points if rules.score is Score.POINTS else tallied.voters
        named = sorted((p for p in projects if self.scores[p.id] > 0), key=lambda p: -self.scores[p.id])
        self.ties: list[Tie] = []
        self.order: list[Project] = []
        for score, group in groupby(named, key=lambda p: self.scores[p.id]):
            self.order.extend(self._settled(score, list(group)))
        self.rank_of = {project.id: rank for rank, project in enumerate(self.order, start=1)}

    def separating(self, one: Project, other: Project) -> TieBreak:
        """The first criterion of the chain that tells two projects of equal score apart; the draw always does."""
        keys = ((criterion, self._key(criterion)) for criterion in self._rules.tie_breaks)
        return next(criterion for criterion, key in keys if key(one) != key(other))

    def _settled(self, score: int, group: list[Project]) -> list[Project]:
        if len(group) == 1:
            return group
        criteria: set[TieBreak] = set()
        draw: dict[str, str] = {}
        order = self._broken(group, self._rules.tie_breaks, criteria, draw)
        used = tuple(criterion.value for criterion in self._rules.tie_breaks if criterion in criteria)
        self.ties.append(Tie(score, tuple(project.id for project in order), used, draw))
        return order

    def _broken(
        self, group: list[Project], chain: tuple[TieBreak, ...], criteria: set[TieBreak], draw: dict[str, str]
    ) -> list[Project]:
        if len(group) == 1:
            return group
        key = self._key(chain[0])
        if chain[0] is TieBreak.DRAW:
            draw.update((project.id, draw_hash(self._rules.seed, project.id)) for project in group)
        parts = [list(part) for _, part in groupby(sorted(group, key=key), key=key)]
        if len(parts) > 1:
            criteria.add(chain[0])
        return [project for part in parts for project in self._broken(part, chain[1:], criteria, draw)]

    def _key(self, criterion: TieBreak) -> Callable[[Project], int | str]:
        if criterion is TieBreak.MORE_VOTERS:
            return lambda project: -self._tallied.voters[project.id]
        if criterion is TieBreak.LOWER_COST:
            return lambda project: project.cost_cents
        if not self._rules.seed:
            sentence = _l(
                "Des projets sont à égalité et le tirage au sort n’a pas eu lieu. Faites-le, puis saisissez sa graine."
            )
            raise Refusal(sentence, field="seed", code="seed_missing")
        return lambda project: draw_hash(self._rules.seed, project.id)

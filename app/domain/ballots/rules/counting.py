"""The count: from rules, projects and ballots to an explained result, in integer cents, the same for the same facts.

Time goes to adding the ballots up (``tally``, linear in the choices); all that follows is linear in the projects.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from app.domain.ballots.rules.allocation import Allocation
from app.domain.ballots.rules.consistency import check_rules
from app.domain.ballots.rules.ranking import Ranking
from app.domain.ballots.rules.result import Detail, NotRetained, Reason, Result, Standing
from app.domain.ballots.rules.tally import Cast, Tally, tally
from app.domain.ballots.rules.terms import CountingRules, Project
from app.domain.shared.refusals import YES, Refusal, Verdict, require


def count(rules: CountingRules, projects: Iterable[Project], ballots: Iterable[Cast] | Tally) -> Result:
    """Ranks the projects, goes down the list while the envelopes last, and explains every outcome; cents throughout.

    Sub-envelopes are served first, in one walk down the ranking; the general envelope follows, with the remainders
    and second chances the rules grant. A project nobody named is never retained, even when money is left.
    Raises the ``Refusal`` of ``check_rules``, of ``check_projects`` or of ``tally``, and ``seed_missing`` when a tie
    reaches the draw before its seed is known. Source: domain/droit-et-pratique.md §3.4; the zero-score clause is a
    choix de conception that Pabulib's official results do not contradict.
    """
    listed = tuple(projects)
    require(check_rules(rules), check_projects(rules, listed))
    tallied = ballots if isinstance(ballots, Tally) else tally([project.id for project in listed], ballots)
    ranking = Ranking(rules, listed, tallied)
    excluded = _excluded(rules, listed, ranking, tallied)
    allocation = Allocation(rules, ranking, [project for project in ranking.order if project.id not in excluded])
    return _result(rules, listed, tallied, ranking, allocation, excluded)


def check_projects(rules: CountingRules, projects: Iterable[Project]) -> Verdict:
    """``YES``, or why these projects cannot be counted: repeated id, negative cost (cents), unknown sub-envelope.

    Codes: ``duplicate_project``, ``cost``, ``unknown_sub_envelope``. Source: choix de conception.
    """
    seen: set[str] = set()
    known = {sub.id for sub in rules.sub_envelopes}
    for project in projects:
        if project.id in seen:
            sentence = _l("Le projet « %(id)s » figure deux fois. Retirez l’un des deux.", id=project.id)
            return Refusal(sentence, field="projects", code="duplicate_project")
        if project.cost_cents < 0:
            sentence = _l("Le coût du projet « %(id)s » est négatif. Corrigez-le.", id=project.id)
            return Refusal(sentence, field="cost", code="cost")
        if project.sub_envelope is not None and project.sub_envelope not in known:
            sentence = _l("La sous-enveloppe du projet « %(id)s » n’existe pas. Choisissez-en une.", id=project.id)
            return Refusal(sentence, field="sub_envelope", code="unknown_sub_envelope")
        seen.add(project.id)
    return YES


def _excluded(
    rules: CountingRules, projects: tuple[Project, ...], ranking: Ranking, tallied: Tally
) -> dict[str, NotRetained]:
    excluded = {}
    percent = rules.threshold_percent_of_voters or 0
    for project in projects:
        score, voters = ranking.scores[project.id], tallied.voters[project.id]
        if score == 0:
            excluded[project.id] = NotRetained(Reason.NO_VOTE, {})
        elif score < (rules.threshold or 0):
            details: dict[str, Detail] = {"score": score, "threshold": rules.threshold or 0}
            excluded[project.id] = NotRetained(Reason.BELOW_THRESHOLD, details)
        elif voters * 100 < percent * tallied.ballots:
            details = {"voters": voters, "percent": percent, "ballots": tallied.ballots}
            excluded[project.id] = NotRetained(Reason.BELOW_THRESHOLD, details)
    return excluded


def _result(
    rules: CountingRules,
    projects: tuple[Project, ...],
    tallied: Tally,
    ranking: Ranking,
    allocation: Allocation,
    excluded: dict[str, NotRetained],
) -> Result:
    spent = sum(winner.cost_cents for winner in allocation.winners)
    return Result(
        winners=tuple(allocation.winners),
        standings={
            project.id: Standing(
                ranking.scores[project.id], tallied.voters[project.id], ranking.rank_of.get(project.id)
            )
            for project in projects
        },
        not_retained=excluded | allocation.not_retained,
        ties=tuple(ranking.ties),
        envelopes=allocation.envelopes,
        spent_cents=spent,
        left_cents=rules.envelope_cents - spent,
        ballots=tallied.ballots,
        blanks=tallied.blanks,
        rules_sha256=rules.rules_sha256,
    )

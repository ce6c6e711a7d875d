"""What holds for every election, and a second implementation, written without looking at the first, to agree with."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.ballots.rules.ballot import canonical_ballot, check_ballot, pairs, parse_ballot
from app.domain.ballots.rules.counting import count
from app.domain.ballots.rules.result import Reason
from app.domain.ballots.rules.terms import (
    BallotForm,
    BallotType,
    CountingRules,
    Overflow,
    Project,
    Score,
    SubEnvelope,
    TieBreak,
)

Ballots = list[dict[str, int]]
Election = tuple[CountingRules, list[Project], Ballots]

CHAINS = [
    (TieBreak.DRAW,),
    (TieBreak.LOWER_COST, TieBreak.DRAW),
    (TieBreak.MORE_VOTERS, TieBreak.LOWER_COST, TieBreak.DRAW),
]


@st.composite
def elections(draw: st.DrawFn) -> Election:
    """Small elections with few distinct costs and scores, so that ties and overflows abound."""
    subs = tuple(
        SubEnvelope(id_, id_, draw(st.integers(1, 8)), draw(st.none() | st.integers(1, 2)), *draw(two_booleans))
        for id_ in draw(st.sampled_from([(), ("n",), ("n", "s")]))
    )
    home = st.sampled_from([None, *(sub.id for sub in subs)])
    ids = [f"p{number}" for number in range(draw(st.integers(1, 7)))]
    projects = [Project(id_, draw(st.integers(0, 6)), sub_envelope=draw(home)) for id_ in ids]
    by_points = draw(st.booleans())
    top = 3 if by_points else 1
    form = BallotForm(BallotType.POINTS, points_total=99) if by_points else BallotForm(BallotType.UP_TO)
    rules = CountingRules(
        envelope_cents=sum(sub.envelope_cents for sub in subs) + draw(st.integers(1, 15)),
        form=replace(form, blank_allowed=True),
        score=draw(st.sampled_from(list(Score))) if by_points else Score.VOTES,
        overflow=draw(st.sampled_from(list(Overflow))),
        threshold=draw(st.none() | st.integers(0, 4)),
        threshold_percent_of_voters=draw(st.none() | st.integers(0, 60)),
        max_winners=draw(st.none() | st.integers(1, 4)),
        sub_envelopes=subs,
        tie_breaks=draw(st.sampled_from(CHAINS)),
        seed=draw(st.sampled_from(["x", "y", "z"])),
    )
    ballot = st.dictionaries(st.sampled_from(ids), st.integers(0, top), max_size=4)
    return rules, projects, draw(st.lists(ballot, max_size=12))


two_booleans = st.tuples(st.booleans(), st.booleans())


def naive(rules: CountingRules, projects: list[Project], ballots: Ballots) -> dict[str, str]:
    """Winner → tier, the slow way: sums over all ballots, one comparison key, one list per envelope."""
    voters = {p.id: sum(1 for b in ballots if b.get(p.id, 0) > 0) for p in projects}
    points = {p.id: sum(b.get(p.id, 0) for b in ballots) for p in projects}
    score = voters if rules.score is Score.VOTES else points
    parts = {
        TieBreak.MORE_VOTERS: lambda p: -voters[p.id],
        TieBreak.LOWER_COST: lambda p: p.cost_cents,
        TieBreak.DRAW: lambda p: hashlib.sha256((rules.seed + "|" + p.id).encode()).hexdigest(),
    }
    ranked = sorted(projects, key=lambda p: (-score[p.id], *[parts[c](p) for c in rules.tie_breaks]))
    fit = [p for p in ranked if score[p.id] > 0 and score[p.id] >= (rules.threshold or 0)]
    fit = [p for p in fit if 100 * voters[p.id] >= (rules.threshold_percent_of_voters or 0) * len(ballots)]
    won: dict[str, str] = {}
    left = {sub.id: sub.envelope_cents for sub in rules.sub_envelopes}
    left["general"] = rules.envelope_cents - sum(left.values())
    closed: set[str] = set()
    caps = {sub.id: sub.max_winners for sub in rules.sub_envelopes}

    def offer(project: Project, tier: str) -> None:
        full = rules.max_winners is not None and len(won) >= rules.max_winners
        cap = caps.get(tier)
        if full or tier in closed or (cap is not None and list(won.values()).count(tier) >= cap):
            return
        if project.cost_cents <= left[tier]:
            won[project.id] = tier
            left[tier] -= project.cost_cents
        elif rules.overflow is Overflow.STOP:
            closed.add(tier)

    for project in fit:
        if project.sub_envelope:
            offer(project, project.sub_envelope)
    left["general"] += sum(left[sub.id] for sub in rules.sub_envelopes if sub.remainder_to_general)
    chances = {sub.id for sub in rules.sub_envelopes if sub.second_chance}
    for project in fit:
        if project.id not in won and (project.sub_envelope is None or project.sub_envelope in chances):
            offer(project, "general")
    return won


@given(elections())
def test_the_count_agrees_with_the_naive_implementation(election: Election) -> None:
    result = count(*election)
    assert {winner.project_id: winner.tier for winner in result.winners} == naive(*election)


@given(elections())
def test_no_envelope_is_ever_exceeded_and_every_cent_is_told(election: Election) -> None:
    rules, projects, _ = election
    result = count(*election)
    costs = {project.id: project.cost_cents for project in projects}
    assert result.spent_cents == sum(costs[winner.project_id] for winner in result.winners) <= rules.envelope_cents
    assert result.left_cents == rules.envelope_cents - result.spent_cents == sum(u.left_cents for u in result.envelopes)
    for use in result.envelopes:
        assert use.left_cents >= 0
        assert use.spent_cents == sum(w.cost_cents for w in result.winners if w.tier == use.tier)
    for sub in rules.sub_envelopes:
        assert sum(w.cost_cents for w in result.winners if w.tier == sub.id) <= sub.envelope_cents


@given(elections())
def test_every_project_is_either_retained_or_told_why_not(election: Election) -> None:
    result = count(*election)
    won = [winner.project_id for winner in result.winners]
    assert sorted([*won, *result.not_retained]) == sorted(project.id for project in election[1])
    assert all(result.standings[project].score > 0 for project in won)


@given(elections(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_projects_changes_nothing(election: Election, order: object) -> None:
    rules, projects, ballots = election
    facts = count(rules, projects, ballots).to_facts()
    order.shuffle(projects)  # type: ignore[attr-defined]
    order.shuffle(ballots)  # type: ignore[attr-defined]
    assert count(rules, projects, ballots).to_facts() == facts


@given(elections())
def test_merging_equal_ballots_changes_nothing(election: Election) -> None:
    rules, projects, ballots = election
    merged = Counter(pairs(ballot) for ballot in ballots)
    assert count(rules, projects, merged.items()) == count(rules, projects, ballots)


@given(elections())
def test_a_replay_from_frozen_rules_is_identical(election: Election) -> None:
    rules, projects, ballots = election
    again = CountingRules.from_facts(rules.to_facts())
    assert count(again, projects, ballots).to_facts() == count(rules, projects, ballots).to_facts()


@given(elections())
def test_a_lost_tie_names_rivals_of_equal_score_and_a_criterion_of_the_chain(election: Election) -> None:
    result = count(*election)
    for project, verdict in result.not_retained.items():
        if verdict.reason is Reason.TIE_LOST:
            rivals = verdict.details["against"]
            assert isinstance(rivals, list)
            assert {result.standings[rival].score for rival in rivals} == {result.standings[project].score}
            assert verdict.details["criterion"] in [criterion.value for criterion in election[0].tie_breaks]


@given(elections())
def test_ties_are_ordered_by_the_chain_never_by_identifier(election: Election) -> None:
    rules, projects, ballots = election
    renamed = {project.id: f"q{9 - int(project.id[1:])}" for project in projects}
    others = [replace(project, id=renamed[project.id]) for project in projects]
    votes = [{renamed[id_]: points for id_, points in ballot.items()} for ballot in ballots]
    first, second = count(rules, projects, ballots), count(rules, others, votes)
    for one, other in zip(first.ties, second.ties, strict=True):
        assert {renamed[id_] for id_ in one.order} == set(other.order)
        if "draw" not in one.criteria:
            assert tuple(renamed[id_] for id_ in one.order) == other.order


@given(st.dictionaries(st.text(max_size=5).filter(lambda t: t.isprintable()), st.integers(0, 9), max_size=6))
def test_a_ballot_reads_back_from_its_writing(choices: dict[str, int]) -> None:
    text = canonical_ballot(choices)
    assert parse_ballot(text) == {project: points for project, points in choices.items() if points}
    assert text == canonical_ballot(dict(reversed(list(choices.items()))))


@given(elections())
def test_an_accepted_ballot_respects_its_form(election: Election) -> None:
    rules, projects, ballots = election
    form = replace(rules.form, choices_max=2)
    for ballot in ballots:
        if check_ballot(form, {project.id for project in projects}, ballot):
            assert len(pairs(ballot)) <= 2

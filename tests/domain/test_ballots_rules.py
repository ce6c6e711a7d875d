"""The count on known cases: golden vectors, ties, envelopes, and the reason given to each project."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from app.domain.ballots.rules.counting import count
from app.domain.ballots.rules.result import Reason, Result
from app.domain.ballots.rules.tally import Tally, tally
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
from app.domain.shared.canonical import canonical
from app.domain.shared.refusals import Refusal

# domain/droit-et-pratique.md §3.4: voters and cost in euros.
ORACLE = {"A": (1200, 60_000), "B": (1100, 50_000), "C": (900, 30_000), "D": (900, 10_000), "E": (400, 5_000)}


def rules_of(euros: int, **changes: object) -> CountingRules:
    form = BallotForm(BallotType.UP_TO, choices_max=3)
    rules = CountingRules(euros * 100, form, Score.VOTES, Overflow.SKIP, seed="dés du 3 juin: 4 2 6")
    return replace(rules, **changes)  # type: ignore[arg-type]


def elect(rules: CountingRules, table: dict[str, tuple[int, int]], **subs: str) -> Result:
    projects = [Project(id_, euros * 100, sub_envelope=subs.get(id_)) for id_, (_, euros) in table.items()]
    return count(rules, projects, [({id_: 1}, voters) for id_, (voters, _) in table.items() if voters])


def names(result: Result) -> list[str]:
    return [winner.project_id for winner in result.winners]


def reason(result: Result, project: str) -> Reason:
    return result.not_retained[project].reason


def test_stopping_at_the_first_overflow_retains_only_the_first_project() -> None:
    result = elect(rules_of(100_000, overflow=Overflow.STOP), ORACLE)
    assert names(result) == ["A"]
    assert (result.spent_cents, result.left_cents) == (6_000_000, 4_000_000)
    assert reason(result, "B") is Reason.OVERFLOW
    assert result.not_retained["C"].details == {"tier": "general", "stopped_by": "B"}


@pytest.mark.parametrize("seed", ["un", "deux", "trois"])
def test_skipping_spends_the_hundred_thousand_euros_whatever_the_tie(seed: str) -> None:
    chain = (TieBreak.DRAW,)
    result = elect(rules_of(100_000, tie_breaks=chain, seed=seed), ORACLE)
    assert sorted(names(result)) == ["A", "C", "D"]
    assert result.left_cents == 0


def test_with_ninety_thousand_euros_the_cheapest_of_the_tie_wins() -> None:
    result = elect(rules_of(90_000), ORACLE)
    assert names(result) == ["A", "D", "E"]
    assert result.spent_cents == 7_500_000
    assert result.not_retained["C"].reason is Reason.TIE_LOST
    assert result.not_retained["C"].details == {
        "tier": "general",
        "against": ["D"],
        "criterion": "lower_cost",
        "otherwise": "overflow",
    }
    (tie,) = result.ties
    assert (tie.score, tie.order, tie.criteria, tie.draw) == (900, ("D", "C"), ("lower_cost",), {})


def test_a_draw_follows_the_published_hashes_and_can_give_the_other_outcome() -> None:
    outcomes = set()
    for seed in ("a", "b", "c", "d", "e", "f"):
        result = elect(rules_of(90_000, tie_breaks=(TieBreak.DRAW,), seed=seed), ORACLE)
        hashes = {id_: hashlib.sha256(f"{seed}|{id_}".encode()).hexdigest() for id_ in "CD"}
        (tie,) = result.ties
        assert tie.draw == hashes
        assert list(tie.order) == sorted(hashes, key=lambda id_: hashes[id_])
        outcomes.add(tuple(names(result)))
    assert outcomes == {("A", "C"), ("A", "D", "E")}


def test_a_tie_that_needs_the_draw_is_refused_until_the_seed_is_known() -> None:
    table = {"A": (5, 10), "B": (5, 10)}
    with pytest.raises(Refusal) as caught:
        elect(rules_of(10, seed=""), table)
    assert (caught.value.code, caught.value.field) == ("seed_missing", "seed")


def test_a_tie_settled_before_the_draw_needs_no_seed() -> None:
    assert names(elect(rules_of(90_000, seed=""), ORACLE)) == ["A", "D", "E"]


def test_equal_points_go_first_to_the_project_named_by_more_people() -> None:
    form = BallotForm(BallotType.POINTS, points_total=4, points_max=4)
    rules = rules_of(10, form=form, score=Score.POINTS)
    result = count(rules, [Project("few", 500), Project("many", 1000)], [{"few": 4}, {"many": 2}, {"many": 2}])
    assert names(result) == ["many"]
    assert result.ties[0].criteria == ("more_voters",)
    assert result.standings["many"].rank == 1
    assert (result.standings["many"].score, result.standings["many"].voters) == (4, 2)


def test_a_three_way_tie_tells_every_criterion_that_served() -> None:
    result = elect(rules_of(25), {"A": (5, 10), "B": (5, 10), "C": (5, 5)})
    (tie,) = result.ties
    assert tie.criteria == ("lower_cost", "draw")
    assert tie.order[0] == "C"
    assert set(tie.draw) == {"A", "B"}
    assert len(result.winners) == 3


def test_a_project_nobody_named_is_never_retained() -> None:
    result = elect(rules_of(1000), {"A": (1, 10), "Z": (0, 0)})
    assert names(result) == ["A"]
    assert reason(result, "Z") is Reason.NO_VOTE
    assert result.standings["Z"].rank is None


def test_a_score_under_the_threshold_is_not_retained_and_equal_to_it_is() -> None:
    result = elect(rules_of(1000, threshold=50), {"A": (50, 10), "B": (49, 10)})
    assert names(result) == ["A"]
    assert result.not_retained["B"].details == {"score": 49, "threshold": 50}


def test_the_percentage_is_taken_of_all_who_voted_blank_ballots_included() -> None:
    form = BallotForm(BallotType.UP_TO, choices_max=3, blank_allowed=True)
    rules = rules_of(1000, threshold_percent_of_voters=10, form=form)
    ballots = [({"A": 1}, 10), ({"B": 1}, 9), ({}, 81)]
    result = count(rules, [Project("A", 1), Project("B", 1)], ballots)
    assert names(result) == ["A"]
    assert result.not_retained["B"].details == {"voters": 9, "percent": 10, "ballots": 100}
    assert (result.ballots, result.blanks) == (100, 81)


def test_the_number_of_winners_is_capped() -> None:
    result = elect(rules_of(1000, max_winners=2), {"A": (3, 1), "B": (2, 1), "C": (1, 1)})
    assert names(result) == ["A", "B"]
    assert reason(result, "C") is Reason.MAX_WINNERS


def test_the_last_seat_lost_by_a_tie_says_so() -> None:
    result = elect(rules_of(1000, max_winners=1), {"A": (3, 2), "B": (3, 1)})
    assert names(result) == ["B"]
    assert reason(result, "A") is Reason.TIE_LOST
    assert result.not_retained["A"].details["otherwise"] == "max_winners"


def test_a_project_stopped_by_its_equal_lost_the_tie() -> None:
    chain = (TieBreak.DRAW,)
    rules = rules_of(10, overflow=Overflow.STOP, tie_breaks=chain, seed="3")
    order = sorted("AB", key=lambda id_: hashlib.sha256(f"3|{id_}".encode()).hexdigest())
    result = elect(rules, {order[0]: (5, 20), order[1]: (5, 10)})
    assert names(result) == []
    assert reason(result, order[0]) is Reason.OVERFLOW
    assert result.not_retained[order[1]].details["against"] == [order[0]]


QUARTIERS = {"N1": (9, 60), "N2": (8, 50), "N3": (7, 40), "S1": (6, 30), "V1": (5, 100), "V2": (4, 50)}
HOMES = {"N1": "nord", "N2": "nord", "N3": "nord", "S1": "sud"}


def quartiers(**changes: object) -> tuple[SubEnvelope, SubEnvelope]:
    nord = SubEnvelope("nord", "Nord", 100_00)
    return replace(nord, **changes), SubEnvelope("sud", "Sud", 100_00)  # type: ignore[arg-type]


def test_sub_envelopes_are_served_first_and_pay_for_their_own_projects() -> None:
    result = elect(rules_of(320, sub_envelopes=quartiers()), QUARTIERS, **HOMES)
    assert [(w.project_id, w.tier) for w in result.winners] == [
        ("N1", "nord"),
        ("N3", "nord"),
        ("S1", "sud"),
        ("V1", "general"),
    ]
    assert reason(result, "N2") is Reason.SUB_ENVELOPE
    assert reason(result, "V2") is Reason.OVERFLOW
    assert [(use.tier, use.spent_cents, use.left_cents) for use in result.envelopes] == [
        ("nord", 100_00, 0),
        ("sud", 30_00, 70_00),
        ("general", 100_00, 20_00),
    ]
    assert result.left_cents == 90_00


def test_a_second_chance_lets_a_project_compete_for_the_general_envelope() -> None:
    result = elect(rules_of(320, sub_envelopes=quartiers(second_chance=True)), QUARTIERS, **HOMES)
    assert ("N2", "general") in [(w.project_id, w.tier) for w in result.winners]
    assert "N2" not in result.not_retained


def test_a_remainder_goes_to_the_general_envelope_only_when_the_rules_say_so() -> None:
    nord, sud = quartiers()
    result = elect(rules_of(320, sub_envelopes=(nord, replace(sud, remainder_to_general=True))), QUARTIERS, **HOMES)
    assert names(result)[-2:] == ["V1", "V2"]
    general = result.envelopes[-1]
    assert (general.envelope_cents, general.received_cents, general.left_cents) == (120_00, 70_00, 40_00)
    assert result.envelopes[1].left_cents == 0


def test_a_stop_in_a_sub_envelope_does_not_stop_the_others() -> None:
    result = elect(rules_of(320, overflow=Overflow.STOP, sub_envelopes=quartiers()), QUARTIERS, **HOMES)
    assert names(result) == ["N1", "S1", "V1"]
    assert result.not_retained["N3"].details == {"tier": "nord", "stopped_by": "N2"}


def test_a_sub_envelope_may_cap_its_winners() -> None:
    result = elect(rules_of(320, sub_envelopes=quartiers(max_winners=1)), QUARTIERS, **HOMES)
    assert result.not_retained["N3"].details == {"tier": "nord", "max_winners": 1}


def test_the_facts_of_a_result_have_a_canonical_writing() -> None:
    facts = elect(rules_of(320, sub_envelopes=quartiers()), QUARTIERS, **HOMES).to_facts()
    assert canonical(facts) == canonical(elect(rules_of(320, sub_envelopes=quartiers()), QUARTIERS, **HOMES).to_facts())
    assert facts["rules_sha256"] == rules_of(320, sub_envelopes=quartiers()).rules_sha256
    assert facts["not_retained"]["V2"]["reason"] == "overflow"


def test_a_tally_made_apart_gives_the_same_result() -> None:
    projects = [Project("A", 100), Project("B", 200)]
    ballots = [{"A": 1}, {"A": 1, "B": 1}, (("B", 1),), ({"A": 1}, 2)]
    apart = tally(["A", "B"], ballots)
    assert apart == Tally({"A": 4, "B": 2}, {"A": 4, "B": 2}, 5, 0)
    assert count(rules_of(3), projects, apart) == count(rules_of(3), projects, ballots)


def test_a_ballot_of_two_pairs_is_not_taken_for_a_multiplicity() -> None:
    assert tally(["A", "B"], [(("A", 1), ("B", 2))]).points == {"A": 1, "B": 2}


@pytest.mark.parametrize(
    ("ballot", "code"),
    [
        ({"X": 1}, "unknown_project"),
        ({"A": -1}, "points_invalid"),
        (({"A": 1}, -1), "points_invalid"),
        ({"A": 1.5}, "points_invalid"),
    ],
)
def test_a_ballot_that_cannot_be_counted_is_refused(ballot: object, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        tally(["A"], [ballot])  # type: ignore[list-item]
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("projects", "code"),
    [
        ([Project("A", 1), Project("A", 2)], "duplicate_project"),
        ([Project("A", -1)], "cost"),
        ([Project("A", 1, sub_envelope="lune")], "unknown_sub_envelope"),
    ],
)
def test_projects_that_cannot_be_counted_are_refused(projects: list[Project], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        count(rules_of(10), projects, [])
    assert caught.value.code == code


def test_inconsistent_rules_are_refused_at_the_count() -> None:
    with pytest.raises(Refusal) as caught:
        count(rules_of(0), [], [])
    assert caught.value.code == "envelope"

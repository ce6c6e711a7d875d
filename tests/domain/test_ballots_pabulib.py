"""Pabulib files: what is read, what is written, and that one reads the other back, whatever the names."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ballots.rules.counting import count
from app.domain.ballots.rules.pabulib import About, Election, open_pabulib, read_pabulib, write_pabulib
from app.domain.ballots.rules.tally import tally
from app.domain.ballots.rules.terms import (
    BallotForm,
    BallotType,
    CountingRules,
    Overflow,
    Project,
    Score,
    SubEnvelope,
)
from app.domain.shared.refusals import Refusal

META = """META
key;value
description;Budget participatif de Valombre
country;France
unit;Valombre
instance;2026
num_projects;3
num_votes;4
budget;1000
vote_type;{kind}
rule;{rule}
date_begin;01.03.2026
date_end;31.03.2026
{more}PROJECTS
"""
APPROVAL = '''project_id;cost;votes;name;selected
a;600.0;3;Le jardin;1
b;500.50;2;"Les bancs; et ""l’ombre""";0
c;400;1;La mare;1
VOTES
voter_id;vote;age
1;a,b;30
2;a;40
3;b,a;50
4;c;60
'''
CUMULATIVE = """project_id;cost;name
a;600;Le jardin
b;500;Les bancs
c;400;La mare
VOTES
voter_id;vote;points
1;a,b;2,1
2;a;1
3;c,a;3,0
4;c,b;3,3
"""


def approval(rule: str = "greedy", more: str = "", body: str = APPROVAL) -> bytes:
    return (META.format(kind="approval", rule=rule, more=more) + body).encode()


def cumulative(more: str = "max_sum_points;7\nmax_points;3\n") -> bytes:
    return (META.format(kind="cumulative", rule="greedy", more=more) + CUMULATIVE).encode()


def result_ids(election: Election) -> list[str]:
    result = count(election.rules, election.projects, election.ballots.items())
    return [winner.project_id for winner in result.winners]


def test_an_approval_file_is_ready_to_count() -> None:
    election = read_pabulib(approval())
    assert election.about.unit == "Valombre"
    assert election.rules.envelope_cents == 100_000
    assert (election.rules.score, election.rules.overflow) == (Score.VOTES, Overflow.SKIP)
    assert [project.cost_cents for project in election.projects] == [60_000, 50_050, 40_000]
    assert election.projects[1].name == 'Les bancs; et "l’ombre"'
    assert election.ballots == {(("a", 1), ("b", 1)): 2, (("a", 1),): 1, (("c", 1),): 1}
    assert result_ids(election) == ["a", "c"]
    assert election.official == {"a", "c"}


def test_equal_ballots_in_another_order_of_choices_are_one() -> None:
    assert read_pabulib(approval()).ballots[(("a", 1), ("b", 1))] == 2


def test_a_cumulative_file_is_counted_on_points_and_a_zero_names_nobody() -> None:
    election = read_pabulib(cumulative())
    assert election.rules.form == BallotForm(BallotType.POINTS, points_total=7, points_max=3)
    result = count(election.rules, election.projects, election.ballots.items())
    assert {id_: s.score for id_, s in result.standings.items()} == {"a": 3, "b": 4, "c": 6}
    assert result.standings["a"].voters == 2
    assert election.official is None


def test_the_total_of_points_may_come_from_the_maximum_per_project_and_the_length() -> None:
    assert read_pabulib(cumulative("max_points;3\nmax_length;2\n")).rules.form.points_total == 6


def test_no_skip_becomes_stop_and_the_threshold_is_kept() -> None:
    election = read_pabulib(approval("greedy-no-skip", "min_project_score_threshold;2\n"))
    assert (election.rules.overflow, election.rules.threshold) == (Overflow.STOP, 2)
    assert result_ids(election) == ["a"]
    assert result_ids(read_pabulib(approval("greedy-threshold", "min_project_score_threshold;2\n"))) == ["a"]


def test_a_threshold_between_two_whole_numbers_is_rounded_up() -> None:
    rules = read_pabulib(approval("greedy-threshold", "min_project_score_threshold;1.5\n")).rules
    assert rules.threshold == 2


def test_equal_minimum_and_maximum_mean_exactly() -> None:
    body = APPROVAL.replace("2;a;40", "2;a,c;40").replace("4;c;60", "4;b,c;60")
    form = read_pabulib(approval(more="min_length;2\nmax_length;2\n", body=body)).rules.form
    assert (form.type, form.choices_max) == (BallotType.EXACTLY, 2)


def test_choose_one_means_exactly_one() -> None:
    data = approval(body=APPROVAL.replace("a,b;", "a;").replace("b,a;", "b;")).replace(b"approval", b"choose-1")
    assert read_pabulib(data).rules.form == BallotForm(BallotType.EXACTLY, choices_min=1, choices_max=1)


def test_an_empty_vote_is_blank_when_the_minimum_is_zero() -> None:
    election = read_pabulib(approval(more="min_length;0\n", body=APPROVAL.replace("4;c;60", "4;;60")))
    assert election.ballots[()] == 1
    assert count(election.rules, election.projects, election.ballots.items()).blanks == 1


def test_a_caller_may_choose_the_rule_that_the_file_lacks() -> None:
    election = read_pabulib(
        approval("equalshares"), rules_override=lambda rules: replace(rules, overflow=Overflow.STOP)
    )
    assert result_ids(election) == ["a"]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_line_endings_and_byte_order_mark_change_nothing(ending: str, bom: bytes) -> None:
    assert read_pabulib(bom + approval().replace(b"\n", ending.encode())) == read_pabulib(approval())


def test_ballots_are_streamed_in_the_order_of_the_file() -> None:
    reading = open_pabulib(io.BytesIO(approval()))
    assert [ballot[0][0] for ballot in reading.ballots()] == ["a", "a", "a", "c"]


def test_a_line_number_is_right_after_a_name_on_several_lines() -> None:
    body = APPROVAL.replace("Le jardin", '"Le\njardin\r\nclos"').replace("4;c;60", "4;z;60")
    with pytest.raises(Refusal) as caught:
        read_pabulib(approval(body=body))
    assert (caught.value.line, caught.value.field) == (26, "vote")


ABOUT = About('Budget; de "Valombre"', "France", "Valombre", "2026", "01.03.2026", "31.03.2026", currency="EUR")
FORMS = [
    (BallotForm(BallotType.UP_TO), Score.VOTES),
    (BallotForm(BallotType.UP_TO, choices_max=9, blank_allowed=True), Score.VOTES),
    (BallotForm(BallotType.UP_TO, choices_min=1, choices_max=9), Score.VOTES),
    (BallotForm(BallotType.POINTS, points_total=99, points_max=9, blank_allowed=True), Score.POINTS),
    (BallotForm(BallotType.POINTS, points_total=99), Score.VOTES),
]
nasty = st.text(
    st.sampled_from("aé;,\"'\n\r\t =#…\u2028\x85🌳\ufeff") | st.characters(exclude_categories=["Cs"]), max_size=8
)
texts = nasty.filter(lambda text: "\0" not in text)
ids = texts.filter(lambda text: text and text == text.strip() and "," not in text)


@st.composite
def elections(draw: st.DrawFn) -> Election:
    form, score = draw(st.sampled_from(FORMS))
    subs = draw(st.sampled_from([(), (SubEnvelope("nord; #2: é", 'Le "Nord"', 5, None, True, False),)]))
    names = draw(st.lists(ids, min_size=1, max_size=5, unique=True))
    home = st.sampled_from([None, *(sub.id for sub in subs)])
    projects = tuple(
        Project(id_, draw(st.integers(0, 10**9)), draw(texts), draw(home), draw(texts) or None) for id_ in names
    )
    top = 9 if form.type is BallotType.POINTS else 1
    choices = st.dictionaries(
        st.sampled_from(names), st.integers(1, top), min_size=0 if form.blank_allowed else 1, max_size=5
    )
    ballots = draw(st.dictionaries(choices.map(lambda c: tuple(sorted(c.items()))), st.integers(1, 3), max_size=6))
    envelope = draw(st.integers(10, 10**10))
    rules = CountingRules(
        envelope, form, score, draw(st.sampled_from(list(Overflow))), draw(st.none() | st.integers(0, 9))
    )
    rules = replace(rules, sub_envelopes=subs, seed=draw(texts), max_winners=draw(st.none() | st.just(3)))
    return Election(replace(ABOUT, description=draw(texts), edition=draw(texts)), rules, projects, ballots)


@given(elections())
def test_what_we_write_reads_back_equal(election: Election) -> None:
    data = write_pabulib(election)
    assert read_pabulib(data) == election
    assert write_pabulib(read_pabulib(data)) == data


@given(elections())
def test_the_order_in_which_ballots_arrived_is_not_written(election: Election) -> None:
    backwards = dict(reversed(list(election.ballots.items())))
    assert write_pabulib(replace(election, ballots=backwards)) == write_pabulib(election)


def test_the_file_we_write_holds_nothing_more_than_the_format_and_our_comment() -> None:
    written = write_pabulib(replace(read_pabulib(approval()), about=ABOUT)).decode().splitlines()
    assert written[:3] == ["META", "key;value", 'description;"Budget; de ""Valombre"""']
    assert "budget;1000" in written
    assert 'b;500.50;2;"Les bancs; et ""l’ombre""";;' in written
    assert written[-5:] == ["voter_id;vote", "0;a", "1;a,b", "2;a,b", "3;c"]
    assert written[-6] == "VOTES"


def test_blank_ballots_are_counted_in_the_comment_and_are_not_rows() -> None:
    rules = replace(read_pabulib(approval()).rules, form=BallotForm(BallotType.UP_TO, blank_allowed=True))
    election = replace(read_pabulib(approval()), rules=rules, ballots={(("a", 1),): 2, (): 5})
    data = write_pabulib(election)
    assert b"num_votes;2\r\n" in data
    assert b"blank_votes=5" in data
    assert read_pabulib(data).ballots == election.ballots


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, b"rule;greedy\r"),
        ({"threshold": 3}, b"rule;greedy-threshold\r"),
        ({"overflow": Overflow.STOP}, b"rule;greedy-no-skip\r"),
        ({"max_winners": 3}, b"rule;greedy-custom\r"),
    ],
)
def test_the_rule_is_named_in_the_words_of_the_format(changes: dict[str, object], name: bytes) -> None:
    election = read_pabulib(approval())
    assert name in write_pabulib(replace(election, rules=replace(election.rules, **changes)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "project",
    [
        Project("", 1),
        Project("a,b", 1),
        Project(" a", 1),
        Project("a", 999_999_999_00),
        Project("a", 1, "\0"),
        Project("a", 1, "\ud800"),
    ],
)
def test_a_project_that_the_format_cannot_carry_is_refused(project: Project) -> None:
    election = replace(read_pabulib(approval()), projects=(project,), ballots={})
    with pytest.raises(Refusal) as caught:
        write_pabulib(election)
    assert caught.value.code == "unwritable"


# --- Real files, kept outside the repository because they carry no licence ------------------------------------------

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "pabulib"


@pytest.fixture
def real() -> Path:
    if not REAL.is_dir():
        pytest.skip("the real Pabulib files are not beside the project (../shared/data/pabulib)")
    return REAL


def test_toulouse_2019_by_points_gives_fourteen_winners_and_spends_the_whole_million(real: Path) -> None:
    election = read_pabulib((real / "France_Toulouse_2019.pb").read_bytes())
    result = count(election.rules, election.projects, election.ballots.items())
    assert (len(result.winners), result.spent_cents, result.left_cents) == (14, 100_000_000, 0)
    assert result.winners[0].project_id == "4"
    stopped = count(replace(election.rules, overflow=Overflow.STOP), election.projects, election.ballots.items())
    assert (len(stopped.winners), stopped.left_cents) == (8, 8_200_000)


@pytest.mark.parametrize(
    "name",
    [
        "Poland_Czestochowa_2024_Podjasnogorska.pb",
        "Poland_Gdynia_2022_Kamienna_Gora__small.pb",
        "Poland_Warszawa_2018_Pole_Mokotowskie.pb",
    ],
)
def test_the_official_winners_come_out(real: Path, name: str) -> None:
    with (real / name).open("rb") as file:
        election = read_pabulib(file)
    assert set(result_ids(election)) == election.official
    assert read_pabulib(write_pabulib(election)) == election


@pytest.mark.parametrize(
    ("name", "code", "field"),
    [
        ("Poland_Krakow_2022_Zwierzyniec.pb", "unsupported", "vote_type"),
        ("Poland_Swiecie_2023.pb", "unsupported_rule", "rule"),
    ],
)
def test_what_is_not_counted_here_is_recognised_and_refused(real: Path, name: str, code: str, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_pabulib((real / name).read_bytes())
    assert (caught.value.code, caught.value.field) == (code, field)


def test_every_real_ballot_is_counted(real: Path) -> None:
    with (real / "France_Toulouse_2019.pb").open("rb") as file:
        reading = open_pabulib(file)
        assert tally([project.id for project in reading.projects], reading.ballots()).ballots == 1494

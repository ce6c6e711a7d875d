"""Bad Pabulib files: each gives one refusal that names the line and the field, and nothing else ever comes out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.ballots.rules.counting import count
from app.domain.ballots.rules.pabulib import Limits, read_pabulib, write_pabulib
from app.domain.shared.refusals import Refusal

LINES = """META
key;value
description;Valombre
country;France
unit;Valombre
instance;2026
num_projects;2
num_votes;2
budget;1000
vote_type;cumulative
rule;greedy
date_begin;2026
date_end;2026
max_points;3
max_sum_points;4
comment;#1: inventé
PROJECTS
project_id;cost;name
a;600;Le jardin
b;500;Les bancs
VOTES
voter_id;vote;points
1;a,b;2,1
2;a;3
""".splitlines()
GOOD = "\n".join([*LINES, ""]).encode()
OURS = write_pabulib(read_pabulib(GOOD.replace(b"max_points;3", b"max_points;3\nmin_length;0")))


def changed(line: int, text: str) -> bytes:
    """The good file with one line (counted from 1) replaced."""
    return "\n".join([*LINES[: line - 1], text, *LINES[line:], ""]).encode()


def without(first: int, last: int) -> bytes:
    return "\n".join([*LINES[: first - 1], *LINES[last:], ""]).encode()


@pytest.mark.parametrize(
    ("data", "code", "line", "field"),
    [
        pytest.param(b"", "missing_section", 1, "META", id="empty file"),
        pytest.param(b"\n\n", "missing_section", 3, "META", id="blank file"),
        pytest.param(b"hello", "missing_section", 1, "META", id="another file"),
        pytest.param(b"META\n", "missing_header", 2, "META", id="no header"),
        pytest.param(without(17, 24), "missing_section", 17, "PROJECTS", id="no PROJECTS"),
        pytest.param(without(17, 20), "missing_section", 17, "PROJECTS", id="VOTES before PROJECTS"),
        pytest.param(without(21, 24), "missing_section", 21, "VOTES", id="no VOTES"),
        pytest.param(without(9, 9), "missing_meta", 16, "budget", id="missing META key"),
        pytest.param(changed(4, "unit;Autre"), "duplicate_meta", 5, "unit", id="META key twice"),
        pytest.param(changed(4, "country;France;Europe"), "meta_row", 4, "country", id="unquoted semicolon"),
        pytest.param(changed(4, "country"), "meta_row", 4, "country", id="META row cut"),
        pytest.param(changed(7, "num_projects;deux"), "number", 7, "num_projects", id="number in letters"),
        pytest.param(changed(7, "num_projects;3"), "num_projects", 7, "num_projects", id="fewer projects than said"),
        pytest.param(changed(7, "num_projects;1"), "num_projects", 7, "num_projects", id="more projects than said"),
        pytest.param(changed(8, "num_votes;3"), "num_votes", 8, "num_votes", id="truncated: fewer votes than said"),
        pytest.param(changed(8, "num_votes;1"), "num_votes", 8, "num_votes", id="more votes than said"),
        pytest.param(changed(8, "num_votes;99999999"), "too_many", 8, "num_votes", id="too many votes"),
        pytest.param(changed(9, "budget;-5"), "amount", 9, "budget", id="negative budget"),
        pytest.param(changed(9, "budget;0"), "envelope", 9, "budget", id="no budget"),
        pytest.param(changed(9, "budget;10.001"), "amount", 9, "budget", id="less than a cent"),
        pytest.param(changed(9, "budget;1e6"), "amount", 9, "budget", id="scientific writing"),
        pytest.param(changed(10, "vote_type;ordinal"), "unsupported", 10, "vote_type", id="ordinal"),
        pytest.param(changed(10, "vote_type;scoring"), "unsupported", 10, "vote_type", id="scoring"),
        pytest.param(changed(10, "vote_type;acclamation"), "vote_type", 10, "vote_type", id="unknown vote type"),
        pytest.param(changed(11, "rule;equalshares/add1"), "unsupported_rule", 11, "rule", id="equal shares"),
        pytest.param(changed(15, "edition;1"), "missing_meta", 17, "max_sum_points", id="no total of points"),
        pytest.param(changed(15, "max_sum_points;0"), "points", 15, "max_sum_points", id="no point to share"),
        pytest.param(changed(16, "min_points;2"), "unsupported", 16, "min_points", id="points at least"),
        pytest.param(changed(16, "comment;#1: counting_rules={x}"), "rules_facts", 16, "comment", id="bad rules"),
        pytest.param(changed(16, "comment;#1: counting_rules={}"), "rules_facts", 16, "comment", id="empty rules"),
        pytest.param(changed(16, "comment;#1: blank_votes=99999999"), "too_many", 16, "comment", id="too many blanks"),
        pytest.param(changed(18, "project_id;price"), "missing_column", 18, "cost", id="no cost column"),
        pytest.param(changed(19, "a;-600;Le jardin"), "amount", 19, "cost", id="negative cost"),
        pytest.param(changed(19, "a;cher;Le jardin"), "amount", 19, "cost", id="cost in letters"),
        pytest.param(changed(19, "a;999999999;Le jardin"), "withdrawn", 19, "cost", id="withdrawn project"),
        pytest.param(changed(19, "a;600"), "row", 19, "PROJECTS", id="project row cut"),
        pytest.param(changed(19, "a;600;Le jardin; clos"), "row", 19, "PROJECTS", id="unquoted name"),
        pytest.param(changed(19, ";600;Le jardin"), "project_id", 19, "project_id", id="no project id"),
        pytest.param(changed(20, "a;500;Les bancs"), "duplicate_project", 20, "project_id", id="project twice"),
        pytest.param(changed(19, 'a;600;"Le jardin'), "csv", 19, "PROJECTS", id="quote left open"),
        pytest.param(changed(19, 'a;600;"Le" jardin'), "csv", 19, "PROJECTS", id="quote closed early"),
        pytest.param(changed(19, "a;600;" + "x" * 140_000), "too_long", 19, "PROJECTS", id="cell over the csv limit"),
        pytest.param(changed(19, "a;600;" + "x" * 2**20), "too_long", 19, "PROJECTS", id="line too long"),
        pytest.param(changed(19, "a;600;Le\0jardin"), "encoding", 19, "PROJECTS", id="NUL"),
        pytest.param(GOOD.replace(b"Les bancs", b"\xe9t\xe9"), "encoding", 20, "PROJECTS", id="latin-1"),
        pytest.param(GOOD.decode().encode("utf-16"), "encoding", 1, "META", id="utf-16"),
        pytest.param(changed(22, "voter_id;vote"), "missing_column", 22, "points", id="no points column"),
        pytest.param(changed(23, "1;a,z;2,1"), "unknown_project", 23, "vote", id="unknown project"),
        pytest.param(changed(23, "1;a, b;2,1"), "bad_list", 23, "vote", id="space in a list"),
        pytest.param(changed(23, "1;a,,b;1,1,1"), "bad_list", 23, "vote", id="hole in a list"),
        pytest.param(changed(23, "1;a,a;1,1"), "bad_list", 23, "vote", id="project twice in a vote"),
        pytest.param(changed(23, "1;a,b;2"), "bad_list", 23, "points", id="fewer points than projects"),
        pytest.param(changed(23, "1;a,b;2,-1"), "points", 23, "points", id="negative points"),
        pytest.param(changed(23, "1;a,b;2,x"), "points", 23, "points", id="points in letters"),
        pytest.param(changed(23, "1;a,b;4,0"), "points_project", 23, "points", id="too many points on a project"),
        pytest.param(changed(23, "1;a,b;3,2"), "points_total", 23, "points", id="too many points in all"),
        pytest.param(changed(23, "1;;"), "blank", 23, "vote", id="blank not asked for"),
        pytest.param(changed(23, "1;a"), "row", 23, "VOTES", id="vote row cut"),
        pytest.param(changed(24, "1;a;3"), "duplicate_voter", 24, "voter_id", id="voter twice"),
        pytest.param(changed(16, "max_length;1"), "too_many_choices", 23, "vote", id="too many choices"),
        pytest.param(changed(16, "min_sum_points;4"), "points_too_few", 23, "points", id="too few points"),
        pytest.param(changed(16, "max_sum_cost;1000"), "sum_cost", 23, "vote", id="choices too dear"),
        pytest.param(changed(16, "min_sum_cost;700"), "sum_cost", 24, "vote", id="choices too cheap"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_field(data: bytes, code: str, line: int, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_pabulib(data)
    refusal = caught.value
    assert (refusal.code, refusal.line, refusal.field) == (code, line, field)
    assert str(refusal).startswith(f"Ligne {line}, champ « {field} » : ")
    assert str(refusal).endswith(".")
    assert "%(" not in str(refusal)


def test_the_good_file_is_good() -> None:
    assert len(read_pabulib(GOOD).projects) == 2


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(bytes=100), "too_big"), (Limits(line_bytes=10), "too_long"), (Limits(projects=1), "too_many")],
)
def test_a_file_beyond_the_limits_of_the_caller_is_refused(limits: Limits, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_pabulib(GOOD, limits)
    assert caught.value.code == code
    assert caught.value.line is not None
    assert caught.value.field is not None


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [(b"budget;1000", b"budget;1001", "comment"), (b'""score"":""points""', b'""score"":""luck""', "comment")],
)
def test_our_own_rules_may_not_contradict_the_rest_of_the_file(before: bytes, after: bytes, field: str) -> None:
    assert before in OURS
    with pytest.raises(Refusal) as caught:
        read_pabulib(OURS.replace(before, after))
    assert (caught.value.code, caught.value.field) == ("rules_facts", field)


def test_a_project_of_an_unknown_sub_envelope_is_refused_at_its_line() -> None:
    sub = (
        b'""sub_envelopes"":[{""envelope_cents"":5,""id"":""n"",""label"":""N"",""max_winners"":null,'
        b'""remainder_to_general"":true,""second_chance"":true}]'
    )
    data = OURS.replace(b'""sub_envelopes"":[]', sub).replace(b"Le jardin;;", b"Le jardin;;lune")
    with pytest.raises(Refusal) as caught:
        read_pabulib(data)
    assert (caught.value.code, caught.value.field) == ("unknown_sub_envelope", "neighborhood")


def refusal_of(data: bytes) -> Refusal | None:
    """Why a file is refused, or nothing when it is read; what is read must then be countable."""
    try:
        election = read_pabulib(data, Limits(ballots=1_000))
    except Refusal as refusal:
        return refusal
    rules = replace(election.rules, seed=election.rules.seed or "une graine")
    count(rules, election.projects, election.ballots.items()).to_facts()
    return None


pieces = st.sampled_from(
    [b";", b",", b'"', b"\n", b"\r", b"\0", b"\xff", b"-", b"0", b"9" * 30, b"{", b"}", b"null", b"VOTES\n", b"\\ud800"]
)
edits = st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 12), pieces | st.binary(max_size=6)), max_size=4)


@settings(max_examples=300)
@given(st.sampled_from([GOOD, OURS]), edits)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    for place, length, piece in changes:
        at = place % len(data)
        data = data[:at] + piece + data[at + length :]
    refusal = refusal_of(data)
    if refusal is not None:
        assert refusal.line is not None
        assert refusal.field is not None


@settings(max_examples=200)
@given(st.sampled_from([GOOD, OURS]), st.data())
def test_a_file_with_a_line_lost_doubled_or_moved_is_read_or_refused(data: bytes, choose: st.DataObject) -> None:
    lines = data.splitlines(keepends=True)
    places = st.integers(0, len(lines) - 1)
    taken = lines.pop(choose.draw(places))
    for _ in range(choose.draw(st.integers(0, 2))):
        lines.insert(choose.draw(places), taken)
    refusal = refusal_of(b"".join(lines))
    if refusal is not None:
        assert refusal.line is not None
        assert refusal.field is not None

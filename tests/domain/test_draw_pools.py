"""Lists as towns have them: read when they are right, a sentence per fault when they are not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from app.domain.councils.rules.draw.conflicts import conflict
from app.domain.councils.rules.draw.outlook import Outlook, outlook
from app.domain.councils.rules.draw.pools import PoolFile, age_of, list_sha256, published_list, read_pools
from app.domain.councils.rules.draw.rule_reading import read_rule, rule_of
from app.domain.councils.rules.draw.walk import question_of
from tests.support.draws import SMALL_POOL, SMALL_RULE, a_rule, people_of

AGES = {
    "bands": [{"name": "-26", "from": 16, "to": 25}, {"name": "26+", "from": 26}],
    "from": "birth_year",
    "on": "2026-11-21",
}
ROLL_RULE: dict[str, Any] = {
    "criteria": {"sexe": {"categories": ["F", "H"], "values": {"Madame": "F", "Monsieur": "H"}}, "age": AGES},
    "columns": {"sexe": "Civilité", "age": "Année", "household": "Adresse"},
    "one_per_household": True,
}
ROLL = """Civilité,Nom,Année,Adresse
Madame,Diallo,2004,"3, rue des Lilas"
Monsieur,Diallo,1980,"3,  RUE des Lilas"
Madame,Martin,1950,5 rue Haute
"""


def faults_of(text: str | bytes, **changes: Any) -> list[tuple[str, int | None, str | None]]:
    """The faults of one list: code, line, column. Nobody may be drawn from it."""
    content = text.encode() if isinstance(text, str) else text
    _, faults = read_pools(a_rule(**changes), [PoolFile("liste.csv", content)])
    for fault in faults:
        assert str(fault).endswith((".", ")."))
        assert fault.line is None or f"liste.csv, ligne {fault.line}, champ « {fault.field} »" in str(fault)
    return [(fault.code, fault.line, fault.field) for fault in faults]


# --- Right lists ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        SMALL_POOL,
        "\ufeff" + SMALL_POOL,
        SMALL_POOL.replace("\n", "\r\n"),
        SMALL_POOL.replace(";", ","),
        SMALL_POOL.replace("a1;F", '"a1"; F '),
        SMALL_POOL + "\n\n",
        "nom;" + SMALL_POOL.replace("\na", "\nÉlodie;a"),
    ],
)
def test_the_same_people_give_the_same_list_however_the_file_is_written(text):
    rule = a_rule()
    assert published_list(rule, people_of(rule, text)) == published_list(rule, people_of(rule, SMALL_POOL))


def test_a_raw_roll_is_read_without_identifiers_and_gives_neither_name_nor_address():
    rule = a_rule(**ROLL_RULE)
    people = people_of(rule, ROLL)
    assert sorted(person.labels for person in people) == [("-26", "F"), ("26+", "F"), ("26+", "H")]
    assert len({person.household for person in people}) == 2
    text = published_list(rule, people)
    assert "Diallo" not in text
    assert "Lilas" not in text
    assert all(len(person.id) == 64 for person in people)


def test_a_key_hides_the_identifiers_and_keeps_the_homes_together():
    rule = a_rule(**ROLL_RULE)
    people, _ = read_pools(rule, [PoolFile("l.csv", ROLL.encode())], "clé")
    assert not {person.id for person in people} & {person.id for person in people_of(rule, ROLL)}
    assert len({person.household for person in people}) == 2


def test_the_published_list_is_itself_a_list():
    rule = a_rule(**ROLL_RULE)
    people = people_of(rule, ROLL)
    again, faults = read_pools(rule, [PoolFile("publiee.csv", published_list(rule, people).encode())], "une clé")
    assert (again, faults) == (people, [])


def test_sources_are_known_by_their_file_with_columns_of_their_own_or_by_a_column():
    sources = [
        {"name": "électeurs", "file": "roll.csv", "seats": 3},
        {"name": "volontaires", "seats": 1, "columns": {"sexe": "Genre"}},
    ]
    other = "id,Genre,age\nv1,F,-26\n"
    rule = a_rule(sources=sources)
    people = people_of(rule, SMALL_POOL, other, names=["roll.csv", "volontaires.csv"])
    assert people[-1].labels == ("volontaires", "-26", "F")
    rule = a_rule(sources=[{"name": "électeurs", "seats": 4}], columns={"source": "origine"})
    assert people_of(rule, SMALL_POOL.replace("age\n", "age;origine\n").replace("6\n", "6;électeurs\n").replace(
        "6+\n", "6+;électeurs\n"))[0].labels[0] == "électeurs"  # fmt: skip


@pytest.mark.parametrize(
    ("text", "age_from", "age"),
    [
        ("37", "age", 37),
        ("1989", "birth_year", 37),
        ("1989-11-21", "birth_date", 37),
        ("22/11/1989", "birth_date", 36),
        ("31/02/1989", "birth_date", None),
        ("1850", "birth_year", None),
        ("-3", "age", None),
        ("٣٧", "age", None),
    ],
)
def test_ages_are_read_as_the_rule_says(text, age_from, age):
    criterion = a_rule(criteria={"age": {**AGES, "from": age_from}}, quotas=[]).criteria[0]
    assert age_of(text, criterion) == age


# --- Wrong lists ----------------------------------------------------------------------------------------------------


def test_each_fault_has_its_line_and_its_column_and_all_are_told():
    text = SMALL_POOL.replace("a2;F", "a2;X").replace("a3;F;26+", "a3;F;").replace("a7", "a1").replace("a8;H", ";H")
    assert sorted(faults_of(text)) == [
        ("duplicate", 8, "id"),
        ("empty_field", 4, "age"),
        ("empty_field", 9, "id"),
        ("unknown_category", 3, "sexe"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (SMALL_POOL.replace("a4;H;26+", "a4;H;26+;"), ("fields", 5, "age")),
        (SMALL_POOL.replace("a4;H;26+", "a4;H"), ("fields", 5, "sexe")),
        (SMALL_POOL.replace("a4;H", "Zoé;H").encode("latin-1"), ("encoding", 5, "id")),
        (SMALL_POOL.replace("a4;H;26+", "a4;H;26é").encode("cp1252"), ("encoding", 5, "age")),
        (SMALL_POOL.encode("utf-16"), ("encoding", 1, "id")),
        (SMALL_POOL.replace("a4;H", 'a4;"H"x'), ("quotes", 5, "id")),
        (SMALL_POOL.replace("a4", "a\x004"), ("control", 5, "id")),
        (SMALL_POOL.replace("a4", '"a;4"'), ("id", 5, "id")),
        (SMALL_POOL.replace("sexe", "genre"), ("column", 1, "sexe")),
        (SMALL_POOL.replace("sexe", "age"), ("header", 1, "age")),
        (SMALL_POOL.replace(";", "\t"), ("column", 1, "age")),
        (SMALL_POOL.replace("\n", "\r"), ("control", 1, "id")),
        ("", ("column", 1, "age")),
        ("id;sexe;age\n", ("empty", None, None)),
    ],
)
def test_a_list_that_cannot_be_read_says_where_first(text, fault):
    code, line, column = faults_of(text)[0]
    assert (code, line) == fault[:2]
    if fault[0] not in ("encoding", "control"):
        assert column == fault[2]


def test_the_same_person_in_two_files_or_twice_without_identifier_is_one_too_many():
    rule = a_rule()
    _, faults = read_pools(rule, [PoolFile(name, SMALL_POOL.encode()) for name in ("a.csv", "b.csv")])
    assert [fault.code for fault in faults] == ["duplicate"] * 8
    assert "ligne 2 de a.csv" in str(faults[0])
    assert faults_of("sexe;age\nF;-26\nF;-26\n") == [("duplicate", 3, "id")]


def test_an_unknown_file_or_an_age_outside_the_bands_is_refused():
    assert faults_of(SMALL_POOL, sources=[{"name": "autre"}]) == [("source", 1, "source")]
    assert faults_of(SMALL_POOL.replace("a1;F;-26", "a1;F;12"), criteria={**SMALL_RULE["criteria"], "age": {
        "bands": [{"name": "-26", "from": 16, "to": 25}, {"name": "26+", "from": 26}]}}) == [
        ("unknown_age", 2, "age")]  # fmt: skip


@over(st.binary(max_size=200))
def test_no_bytes_break_the_reading(content: bytes):
    people, faults = read_pools(a_rule(), [PoolFile("liste.csv", content)])
    assert bool(people) or bool(faults)


# --- Rules ----------------------------------------------------------------------------------------------------------


def test_the_digest_of_a_rule_does_not_depend_on_its_layout():
    other = json.loads(json.dumps(SMALL_RULE, sort_keys=True, indent=4))
    rule, _ = read_rule(("\ufeff" + json.dumps(other)).encode())
    assert rule is not None
    assert rule.sha256 == a_rule().sha256
    assert rule.fields == ("age", "sexe")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"seats": 0}, "seats"),
        ({"seats": True}, "seats"),
        ({"seats": 4.5}, "rule"),
        ({"title": "\ud800"}, "rule"),
        ({"sieges": 4}, "sieges"),
        ({"criteria": {}}, "criteria"),
        ({"criteria": {"id": ["x"]}, "quotas": []}, "criteria.id"),
        ({"criteria": {"sexe": []}, "quotas": []}, "criteria.sexe"),
        ({"criteria": {"sexe": ["F", "F"]}, "quotas": []}, "criteria.sexe"),
        ({"criteria": {"sexe": ["F;H"]}, "quotas": []}, "criteria.sexe"),
        ({"criteria": {"sexe": {"categories": ["F"], "values": {"M": "H"}}}, "quotas": []}, "criteria.sexe.values"),
        ({"criteria": {"age": {"bands": [{"name": "a"}, {"name": "b"}]}}, "quotas": []}, "criteria.age.bands"),
        ({"criteria": {"age": {"bands": [{"name": "a", "to": "x"}]}}, "quotas": []}, "criteria.age.bands"),
        ({"criteria": {"age": {**AGES, "from": "taille"}}, "quotas": []}, "criteria.age.from"),
        ({"criteria": {"age": {**AGES, "on": "hier"}}, "quotas": []}, "criteria.age.on"),
        ({"quotas": [{"of": {"sexe": "X"}}]}, "quotas[1]"),
        ({"quotas": [{"of": {"sexe": "F"}, "min": 3, "max": 2}]}, "quotas[1]"),
        ({"quotas": [{"of": {"sexe": "F"}, "min": -1}]}, "quotas[1].min"),
        ({"quotas": [{"of": {"sexe": "F"}}, {"of": {"sexe": "F"}}]}, "quotas"),
        ({"quotas": ["F"]}, "quotas[1]"),
        ({"sources": [{"name": "a", "seats": -1}]}, "sources.seats"),
        ({"sources": {"name": "a"}}, "sources"),
        ({"columns": {"taille": "x"}}, "columns.taille"),
        ({"columns": {"sexe": 3}}, "columns"),
        ({"one_per_household": "oui"}, "one_per_household"),
        ({"alternates": -1}, "alternates"),
    ],
)
def test_a_faulty_rule_says_which_key(changes, field):
    rule, faults = rule_of({**SMALL_RULE, **changes})
    assert rule is None
    assert faults[0].field == field
    assert all(str(fault).endswith(".") for fault in faults)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"seats": 1, "seats": 2}', b"[" * 100_000])
def test_what_is_not_json_is_refused(content):
    rule, faults = read_rule(content)
    assert rule is None
    assert len(faults) == 1


WORDS = st.sampled_from(["sexe", "of", "name", "min", "bands"])
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | WORDS
values = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=8
)


@over(st.dictionaries(st.sampled_from(sorted([*SMALL_RULE, "sources", "columns", "alternates"])), values))
def test_no_json_breaks_the_reading_of_a_rule(changes: dict[str, Any]):
    rule, faults = rule_of({**SMALL_RULE, **changes})
    assert (rule is None) is bool(faults)


# --- What can be expected -------------------------------------------------------------------------------------------


def expected(text: str, **changes: Any) -> Outlook:
    rule = a_rule(**changes)
    return outlook(rule, people_of(rule, text))


def test_a_rule_that_can_be_met_is_certain_without_households():
    found = expected(SMALL_POOL)
    assert (found.feasible, found.certain, found.limits) == (True, True, ())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"seats": 9, "quotas": []}, "Il faut 9 personnes, les listes n’en contiennent que 8."),
        (
            {"quotas": [{"of": {"sexe": "F", "age": "-26"}, "min": 2}]},
            "Il faut 2 « age : -26, sexe : F », les listes n’en contiennent que 1.",
        ),
        ({"quotas": [{"of": {"sexe": "F"}, "min": 5}]}, "Il faut 5 « sexe : F » pour 4 sièges seulement."),
        (
            {"seats": 6, "quotas": [{"of": {"sexe": "F"}, "max": 1}]},
            "Il faut 5 personnes autres que « sexe : F », les listes n’en contiennent que 4.",
        ),
    ],
)
def test_what_conflicts_is_told_as_an_agent_would(changes, sentence):
    assert expected(SMALL_POOL, **changes).sentence == sentence


def test_the_fewest_quotas_are_named():
    quotas = [
        {"of": {"sexe": "F"}, "min": 1},
        {"of": {"sexe": "H"}, "min": 3},
        {"of": {"age": "-26"}, "min": 2, "max": 3},
    ]
    rule = a_rule(quotas=[*quotas, {"of": {"sexe": "F", "age": "26+"}, "min": 1}])
    people = people_of(rule, SMALL_POOL)
    question = question_of(rule, [person.labels for person in people])
    limits = conflict(rule, question)
    assert [(dict(limit.quota.of), limit.side) for limit in limits] == [
        ({"sexe": "H"}, "min"), ({"age": "-26"}, "min"), ({"age": "26+", "sexe": "F"}, "min"),
    ]  # fmt: skip
    assert "ne tiennent pas ensemble" in expected(SMALL_POOL, quotas=list(rule.facts["quotas"])).sentence  # type: ignore[call-overload]


def test_households_make_it_certain_impossible_or_uncertain():
    homes = {"criteria": {"sexe": ["F", "H"]}, "seats": 2, "one_per_household": True}
    parity = [{"of": {"sexe": sex}, "min": 1} for sex in "FH"]
    apart = "id;sexe;household\n1;F;x\n2;F;x\n3;H;y\n"
    together = "id;sexe;household\n1;F;x\n2;H;x\n3;H;y\n"
    alone = "id;sexe;household\n1;F;x\n2;H;x\n"
    assert expected(apart, quotas=parity, **homes).certain
    maybe = expected(together, quotas=parity, **homes)
    assert (maybe.feasible, maybe.certain) == (True, False)
    assert 0 < maybe.failed < maybe.trials
    no = expected(alone, quotas=parity, **homes)
    assert (no.feasible, no.certain) == (False, True)
    assert no.sentence == "Il faut 2 personnes, les listes n’en contiennent que 1."


def test_the_digest_of_a_list_changes_with_any_label():
    rule = a_rule()
    other = people_of(rule, SMALL_POOL.replace("a1;F", "a1;H"))
    assert list_sha256(rule, other) != list_sha256(rule, people_of(rule, SMALL_POOL))

"""The chain: whatever is changed in it, the first record that does not hold is named."""

from __future__ import annotations

import dataclasses
import json
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from app.database import db
from app.domain.governance import queries
from app.domain.governance.models import GovernanceRecord
from app.domain.governance.rules import GENESIS, Break, Kept, Sealed, check_chain, sha256
from tests.support.town_governance import make_record, open_to_forgery

# --- The rule, on values ----------------------------------------------------------------------------------------


def chain_of(facts: list[str]) -> list[Kept]:
    """A sound chain with these facts."""
    kept: list[Kept] = []
    for position, text in enumerate(facts, start=1):
        previous = kept[-1].seal if kept else GENESIS
        sealed = Sealed(
            position, f"2026-{position:03d}", "reglement", f"Pièce {position}", "", sha256(text),
            "2026-03-02T08:00:00Z", "agent", f"editions:{position}:", None, previous,
        )  # fmt: skip
        kept.append(Kept(sealed, text, sealed.seal))
    return kept


def journal_of(chain: list[Kept]) -> list[tuple[str, str]]:
    return [(record.sealed.number, record.seal) for record in chain]


def first_break(chain: list[Kept], journal: list[tuple[str, str]]) -> Break | None:
    return next((found for found in check_chain(chain, journal) if isinstance(found, Break)), None)


texts = st.lists(st.text(max_size=20), min_size=1, max_size=12)


@drawn(texts)
def test_a_sound_chain_holds_whole(facts):
    chain = chain_of(facts)
    assert list(check_chain(chain, journal_of(chain))) == chain


@drawn(texts, st.data())
def test_any_changed_field_names_its_record(facts, data):
    chain = chain_of(facts)
    journal = journal_of(chain)
    place = data.draw(st.integers(0, len(chain) - 1))
    field = data.draw(st.sampled_from([f.name for f in dataclasses.fields(Sealed)]))
    held = getattr(chain[place].sealed, field)
    changed = held + 1 if isinstance(held, int) else 1 if held is None else f"{held}x"
    forged = dataclasses.replace(chain[place].sealed, **{field: changed})
    chain[place] = dataclasses.replace(chain[place], sealed=forged)
    broken = first_break(chain, journal)
    assert broken is not None
    assert broken.number == forged.number


@drawn(texts, st.data())
def test_any_removed_record_is_noticed_at_its_place(facts, data):
    chain = chain_of(facts)
    journal = journal_of(chain)
    place = data.draw(st.integers(0, len(chain) - 1))
    removed = chain.pop(place)
    broken = first_break(chain, journal)
    assert broken is not None
    assert broken.code == "removed"
    assert broken.number == (chain[place] if place < len(chain) else removed).sealed.number


@drawn(texts.filter(lambda facts: len(facts) > 1), st.data())
def test_any_two_swapped_records_are_noticed(facts, data):
    chain = chain_of(facts)
    journal = journal_of(chain)
    a, b = data.draw(st.permutations(range(len(chain))))[:2]
    chain[a], chain[b] = chain[b], chain[a]
    assert first_break(chain, journal) is not None


@drawn(texts, st.integers(0, 11), st.text(max_size=20))
def test_a_chain_computed_again_from_a_changed_fact_is_named_by_the_journal(facts, place, text):
    place %= len(facts)
    journal = journal_of(chain_of(facts))
    forged = chain_of([*facts[:place], facts[place] + "!" + text, *facts[place + 1 :]])
    broken = first_break(forged, journal)
    assert broken is not None
    assert (broken.code, broken.number) == ("journal", f"2026-{place + 1:03d}")


def endless(count: int) -> Iterator[Kept]:
    """A sound chain that nobody holds whole."""
    previous = GENESIS
    for position in range(1, count + 1):
        text = "{}"
        sealed = Sealed(
            position, f"2026-{position:03d}", "reglement", "P", "", sha256(text), "", "", "", None, previous
        )
        previous = sealed.seal
        yield Kept(sealed, text, previous)


def test_thousands_of_records_are_checked_in_flat_memory():
    journal = ((record.sealed.number, record.seal) for record in endless(4_000))
    tracemalloc.start()
    checked = sum(1 for _ in check_chain(endless(4_000), journal))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert checked == 4_000
    # Held together they would take three million bytes, and their seals alone half a million.
    assert peak < 450_000


# --- The command, on a tampered copy ----------------------------------------------------------------------------


def forge(statement: str) -> Callable[[], None]:
    return lambda: db.session.execute(db.text(statement))


def swap() -> None:
    for origin, target in ((2, 99), (3, 2), (99, 3)):
        move = db.text("UPDATE governance_records SET position = :target WHERE position = :origin")
        db.session.execute(move, {"origin": origin, "target": target})


def forge_chain() -> None:
    """Changes the facts of the second record, then computes every digest and seal again, as a careful thief would."""
    records = db.session.scalars(db.select(GovernanceRecord).order_by(GovernanceRecord.position)).all()
    previous = records[0].chain_sha256
    for record in records[1:]:
        facts = record.facts.replace("1000000", "9000000") if record.position == 2 else record.facts
        values = {"facts": facts, "facts_sha256": sha256(facts), "previous_sha256": previous}
        for name, value in values.items():
            setattr(record, name, value)
        previous = record.chain_sha256 = queries.sealed_of(record).seal
    db.session.flush()


TAMPERINGS = {
    "facts": (forge("UPDATE governance_records SET facts = '{}' WHERE position = 2"), 2, "facts"),
    "title": (forge("UPDATE governance_records SET title = 'Autre titre' WHERE position = 3"), 3, "seal"),
    "kind": (forge("UPDATE governance_records SET kind = 'CATALOGUE' WHERE position = 1"), 1, "seal"),
    "instant": (
        forge("UPDATE governance_records SET filed_at = '2020-01-01 00:00:00.000000' WHERE position = 2"),
        2,
        "seal",
    ),
    "removed": (forge("DELETE FROM governance_records WHERE position = 2"), 3, "removed"),
    "cut": (forge("DELETE FROM governance_records WHERE position = 4"), 4, "removed"),
    "swapped": (swap, 3, "previous"),
    "forged": (forge_chain, 2, "journal"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_the_command_names_the_first_record_that_was_tampered_with(app, given, name):
    numbers = given(lambda: [make_record().number for _ in range(4)])
    tamper, place, code = TAMPERINGS[name]
    given(lambda: (open_to_forgery("governance_records"), tamper()))
    result = app.test_cli_runner().invoke(args=["register", "verify", "--json"])
    told = json.loads(result.output)
    assert (result.exit_code, told["sound"], told["code"], told["number"]) == (1, False, code, numbers[place - 1])
    plain = app.test_cli_runner().invoke(args=["register", "verify"])
    assert plain.exit_code == 1
    assert plain.output.count("\n") == 1
    assert numbers[place - 1] in plain.output


def test_the_command_says_how_many_records_hold(app, given):
    run = app.test_cli_runner().invoke
    assert run(args=["register", "verify"]).output == "Le registre est vide : il n’y a rien à vérifier.\n"
    given(lambda: [make_record() for _ in range(3)])
    sound = run(args=["register", "verify"])
    assert (sound.exit_code, sound.output) == (0, "3 pièces vérifiées : elles tiennent toutes.\n")
    assert json.loads(run(args=["register", "verify", "--json"]).output) == {"sound": True, "checked": 3}

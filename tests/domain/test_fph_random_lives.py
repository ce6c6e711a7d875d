"""Random lives of files: whatever people try, in whatever order, the money is never wrong after any step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import accumulate
from random import Random
from typing import Any

from hypothesis import given as over
from hypothesis import note
from hypothesis import strategies as st

from app.domain.fph.rules.ledger import EntryKind, fold, is_sound
from app.domain.fph.rules.lives import FILE_LIFE, MONEY_LIFE, MONEY_OVER, FileState
from app.domain.fph.rules.payments import PaymentMode
from app.domain.fph.rules.play.events import EVENTS, read_event
from app.domain.fph.rules.play.run import Outcome, facts_of, play
from app.domain.fph.rules.play.world import PlayedFile, World
from tests.support.fph import ALL_SEATS, DAY, a_world, budget, rules_of_place

FILES = ("A", "B", "C", "D", "E")
ENVELOPES = ("E", "F")
RULES = replace(
    rules_of_place("demonstration"), submission_days=0, event_days=0, max_deferrals=3, execution_days=400,
    report_days=5, complete_days=3, report_blocks_next=False, holder_year_cents=1_500_00, decides_at_once=True,
)  # fmt: skip
HELD = {"E": 1_500_00, "F": 700_00}
# What leads a file on, so that most lives go far enough for money to be wrong.
ONWARD = {
    "submitted": "admit", "to_complete": "complete", "heard": "grant", "granted": "sign",
    "granted_partial": "accept", "granted_conditional": "lift_condition", "commitment_signed": "start",
    "in_progress": "end", "postponed": "resume", "report_due": "report", "report_submitted": "validate_report",
    "report_to_complete": "complete_report", "report_validated": "close",
}  # fmt: skip
PAYING = ("order_advance", "pay_advance", "pay_directly", "pay_balance", "repay")


class Town:
    """What draws the next event: most often something that may happen now, sometimes anything."""

    def __init__(self, seed: int, mode: PaymentMode) -> None:
        self.random = Random(seed)
        self.on = DAY
        self.seances = 0
        self.world = a_world(RULES, mode)

    def event(self) -> dict[str, Any]:
        ref = self.random.choice(FILES)
        file = self.world.files.get(ref)
        if file is None:
            return self.submission(ref)
        drawn = self.random.random()
        if drawn < 0.05:
            return self.said(self.random.choice(["approve_pv", "transmit_pv", "publish_pv", "close_seance"]), file)
        if drawn < 0.15:
            return self.said(self.random.choice(sorted(EVENTS)), file)
        if file.state in (FileState.ADMISSIBLE, FileState.DEFERRED):
            return self.toward_committee(file)
        if file.state is FileState.SCHEDULED:
            seance = self.world.seances[file.seance]
            if seance.state.value in ("planned", "convened"):
                return {"do": "open", "seance": seance.ref, "present": ALL_SEATS}
            return {"do": "hear", "file": ref} if self.random.random() < 0.8 else self.said("recuse", file)
        return self.said(self.verb_of(file), file)

    def verb_of(self, file: PlayedFile) -> str:
        money = MONEY_LIFE.verbs(file.money) if file.money else ()
        paying = [verb for verb in money if verb in PAYING]
        if paying and self.random.random() < 0.5:
            return self.random.choice(paying)
        if file.state is FileState.HEARD and self.random.random() < 0.6:
            return self.random.choice(["grant", "grant_partly", "grant_conditionally"])
        if file.state.value in ONWARD and self.random.random() < 0.5:
            return ONWARD[file.state.value]
        able = [verb for verb in (*FILE_LIFE.verbs(file.state), *money) if verb in EVENTS]
        return self.random.choice(able or sorted(EVENTS))

    def submission(self, ref: str) -> dict[str, Any]:
        asked = self.random.randint(1, 850_00)
        starts = self.on + timedelta(days=self.random.randint(1, 40))
        return {
            "do": "submit", "file": ref, "envelope": self.random.choice(ENVELOPES),
            "holder": self.random.choice("ab"), "kind": self.random.choice(["group", "resident"]),
            "contacts": 2, "lines": budget(asked, own=asked // 5), "starts_on": starts.isoformat(),
            "ends_on": (starts + timedelta(days=1)).isoformat(),
        }  # fmt: skip

    def toward_committee(self, file: PlayedFile) -> dict[str, Any]:
        coming = [ref for ref, one in self.world.seances.items() if one.state.value == "planned" and one.on >= self.on]
        if not coming:
            self.seances += 1
            return {"do": "plan", "seance": f"S{self.seances}", "held_on": self.on.isoformat()}
        verb = "schedule" if file.state is FileState.ADMISSIBLE else "reschedule"
        return {"do": verb, "file": file.ref, "seance": coming[0]}

    def said(self, verb: str, file: PlayedFile) -> dict[str, Any]:
        """The event with everything it needs, plausible or not."""
        asked, paid = file.totals.asked_cents, self.world.balances(file=file.ref).paid_net
        likely = [asked, file.granted_cents, paid, asked // 2, paid // 2, self.random.randint(0, 900_00)]
        if verb.startswith("grant"):
            likely = [asked // 2] if verb == "grant_partly" else [asked]
        values: dict[str, Any] = {
            "file": file.ref, "seance": file.seance or "S1", "envelope": file.envelope,
            "amount_cents": self.random.choice(likely), "spent_cents": self.random.choice(likely),
            "votes_for": self.random.choice([2, 3, 3, 3, 4, 6]), "votes_against": 1, "reason": "autre",
            "failed": ["quartier"], "present": ALL_SEATS, "seats": [self.random.randint(1, 7)],
            "held_on": self.on.isoformat(), "starts_on": self.on.isoformat(), "ends_on": self.on.isoformat(),
            "lines": budget(max(1, file.granted_cents), own=file.granted_cents // 5), "holder": "a", "kind": "group",
            "contacts": 2, "payee": True, "cer": True,
        }  # fmt: skip
        kind = EVENTS[verb]
        return {"do": verb, **{name: values[name] for name in (*kind.needs, *kind.may) if name in values}}


def check_everything(before: World, world: World) -> None:
    """The promises of the fund, each counted from the lines alone."""
    assert world.entries[: len(before.entries)] == before.entries, "a line changed or went"
    for envelope in ENVELOPES:
        held = [entry for entry in world.entries if entry.envelope == envelope]
        sums = Counter({kind: 0 for kind in EntryKind})
        for entry in held:
            assert entry.amount_cents > 0
            sums[entry.kind] += entry.amount_cents
        promised = sums[EntryKind.RESERVE] - sums[EntryKind.FREE] - sums[EntryKind.DECOMMIT]
        endowed = sums[EntryKind.ENDOW] - sums[EntryKind.REDUCE]
        assert 0 <= promised <= endowed
        assert world.balances(envelope=envelope).available == endowed - promised
        assert fold(held) == world.balances(envelope=envelope)
    for file in world.files.values():
        check_file(world, file)
    for holder in "ab":
        stands = [one.stands_cents for one in world.files.values() if one.holder == holder]
        assert sum(stands) <= (RULES.holder_year_cents or 0)


def check_file(world: World, file: PlayedFile) -> None:
    kinds = [entry.kind for entry in world.entries if entry.file == file.ref]
    held = world.balances(file=file.ref)
    assert is_sound(held)
    assert file.granted_cents <= 800_00, "over the ceiling of a project"
    assert file.granted_cents <= file.totals.asked_cents
    if EntryKind.PAY in kinds:
        assert EntryKind.COMMIT in kinds[: kinds.index(EntryKind.PAY)], "paid before the engagement"
    outs = {EntryKind.PAY: 1, EntryKind.UNPAY: -1, EntryKind.RETURN: -1}
    moves = [outs.get(entry.kind, 0) * entry.amount_cents for entry in world.entries if entry.file == file.ref]
    assert all(0 <= out <= file.granted_cents for out in accumulate(moves))
    if file.state is FileState.CLOSED:
        assert file.money in MONEY_OVER
    if file.money in MONEY_OVER:
        assert file.settlement is not None
        assert held.paid_net == file.settlement.final_cents + held.waived
        assert held.committed == held.paid_net
        assert held.justified == file.settlement.final_cents


STEPS = 120


def live(seed: int, mode: PaymentMode) -> Iterator[tuple[Outcome, dict[str, Any]]]:
    """One life of a fund, every promise checked after each step; what happened is told before."""
    town = Town(seed, mode)
    first = [{"do": "endow", "envelope": name, "amount_cents": cents} for name, cents in HELD.items()]
    for number in range(STEPS):
        facts = first[number] if number < len(first) else town.event()
        event, faults = read_event({"on": town.on.isoformat(), **facts}, number)
        assert event is not None, [str(fault) for fault in faults]
        before = town.world
        town.world, (outcome,) = play(before, [event])
        yield outcome, facts
        if outcome.refusal is not None:
            assert town.world is before, "what is refused changes nothing"
            assert outcome.refusal.code
            assert str(outcome.refusal)
        check_everything(before, town.world)
        town.on += timedelta(days=town.random.choice([0, 0, 0, 0, 1, 4]))
    told = facts_of(town.world, [])
    assert sum(one["endowed"] for one in told["envelopes"].values()) == sum(
        line["amount_cents"] * {"endow": 1, "reduce": -1}.get(line["kind"], 0) for line in told["ledger"]
    )


@over(st.integers(0, 2**32), st.sampled_from(PaymentMode))
def test_after_each_step_of_any_life_every_promise_holds(seed, mode):
    steps = 0
    for outcome, facts in live(seed, mode):
        note(f"{outcome.event.on} {facts} {outcome.to_facts()}")
        steps += 1
    assert steps == STEPS, "every step was played, and every promise checked after it"


def test_the_random_lives_meet_every_event_and_every_state():
    """Lives made of refusals would prove nothing: the same lives each time, until everything happened once."""
    done: set[str] = set()
    states: set[str] = {"draft"}
    every_state = {state.value for state in FileState}
    for seed in range(200):
        for outcome, _ in live(seed, list(PaymentMode)[seed % 4]):
            if outcome.refusal is None:
                done.add(outcome.event.verb)
                states.add(outcome.state)
        if done >= set(EVENTS) and states >= every_state:
            break
    assert set(EVENTS) - done == set()
    assert every_state - states == set()

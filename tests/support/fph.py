"""A fund played in a few words: a règlement, a committee of five, events that follow each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.domain.fph.rules.fund_rules import FundRules
from app.domain.fph.rules.payments import PaymentMode
from app.domain.fph.rules.play.events import happen, read_event
from app.domain.fph.rules.play.world import PlayedSeat, World
from app.domain.fph.rules.presets import presets

DAY = date(2026, 1, 5)
ENVELOPE = "Les Tilleuls 2026"
# Five members vote; the elected member and the agent of the State listen.
SEATS = (*(PlayedSeat(number) for number in range(1, 6)), PlayedSeat(6, has_vote=False), PlayedSeat(7, has_vote=False))
ALL_SEATS = [seat.number for seat in SEATS]


def rules_of_place(code: str, **changes: Any) -> FundRules:
    """The règlement of a place, changed."""
    return replace(presets()[code].rules, **changes)


def a_world(rules: FundRules | None = None, mode: PaymentMode = PaymentMode.ADVANCE_BALANCE) -> World:
    """A fund with its committee and nothing else."""
    return World(rules or rules_of_place("demonstration", decides_at_once=True), mode, SEATS)


def budget(asked: int, own: int = 0, other: int = 0, category: str = "repas") -> list[dict[str, Any]]:
    """A balanced budget, in cents."""
    lines = [
        {"side": "expense", "amount_cents": asked + own + other, "category": category},
        {"side": "asked", "amount_cents": asked}, {"side": "own", "amount_cents": own},
        {"side": "other_public", "amount_cents": other},
    ]  # fmt: skip
    return lines


def after(world: World, verb: str, on: date = DAY, **says: Any) -> World:
    """The world after one event, written as files write them."""
    event, faults = read_event({"on": on.isoformat(), "do": verb, **says}, 1)
    assert event is not None, [str(fault) for fault in faults]
    return happen(world, event)


def filed(world: World, ref: str, asked: int, *, on: date = DAY, **says: Any) -> World:
    """The world with one admissible file more, on the day; the action comes two months later."""
    said: dict[str, Any] = {
        "envelope": ENVELOPE, "holder": ref, "kind": "group", "contacts": 2, "lines": budget(asked, own=asked // 4),
        "starts_on": (on + timedelta(days=60)).isoformat(), "ends_on": (on + timedelta(days=61)).isoformat(), **says,
    }  # fmt: skip
    return after(after(world, "submit", on, file=ref, **said), "admit", on, file=ref)


def endowed(world: World, cents: int) -> World:
    """The world with money in the envelope."""
    return after(world, "endow", envelope=ENVELOPE, amount_cents=cents, note="Ville")


def at_committee(world: World, *refs: str, seance: str = "S1", on: date = DAY + timedelta(days=30)) -> World:
    """The world where these files are before an open séance."""
    world = after(world, "plan", DAY, seance=seance, held_on=on.isoformat())
    for ref in refs:
        world = after(world, "schedule", DAY, file=ref, seance=seance)
    world = after(world, "open", on, seance=seance, present=ALL_SEATS)
    for ref in refs:
        world = after(world, "hear", on, file=ref)
    return world


COMMITTEE_DAY = DAY + timedelta(days=30)


def decided(world: World, ref: str, verb: str, amount: int | None = None, **says: Any) -> World:
    """The world where the whole committee decided so."""
    said: dict[str, Any] = {"votes_for": 5, "votes_against": 0, **says}
    if amount is not None:
        said["amount_cents"] = amount
    return after(world, verb, COMMITTEE_DAY, file=ref, **said)


def signed(world: World, ref: str) -> World:
    """The world where the engagement is signed."""
    return after(world, "sign", COMMITTEE_DAY, file=ref, payee=True, cer=True)

"""A file of events read and played: what happened, what was refused and why, where everything stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.fph.rules.fund_rules import FundRules, read_fields, rules_of, wrong_field
from app.domain.fph.rules.payments import PaymentMode
from app.domain.fph.rules.play.events import Event, happen, read_event
from app.domain.fph.rules.play.world import PlayedFile, PlayedSeat, World
from app.domain.fph.rules.presets import presets
from app.domain.shared.refusals import Refusal
from app.domain.shared.written import FLAG, POSITIVE, Kind, chosen, listed, read_mapping

KEYS = {"preset", "rules", "payment_mode", "seats", "events"}


@dataclass(frozen=True)
class Outcome:
    """What became of one event: the refusal that kept it from happening, or none."""

    number: int
    event: Event
    refusal: Refusal | None = None
    state: str = ""

    def to_facts(self) -> dict[str, Any]:
        """The outcome as a program reads it."""
        facts: dict[str, Any] = {
            "event": self.number, "on": self.event.on.isoformat(), "do": self.event.verb, "done": self.refusal is None,
        }  # fmt: skip
        facts |= {name: self.event.says[name] for name in ("file", "seance", "envelope") if name in self.event.says}
        if self.state:
            facts["state"] = self.state
        if self.refusal is not None:
            facts |= {"code": self.refusal.code, "sentence": str(self.refusal)}
        return facts


def play(world: World, events: Iterable[Event]) -> tuple[World, list[Outcome]]:
    """Plays events in order. What is refused changes nothing, and the next event is tried."""
    outcomes = []
    for number, event in enumerate(events, start=1):
        refusal = None
        try:
            world = happen(world, event)
        except Refusal as caught:
            refusal = caught
        outcomes.append(Outcome(number, event, refusal, _state_after(world, event)))
    return world, outcomes


def _state_after(world: World, event: Event) -> str:
    ref = event.says.get("file", "")
    return world.files[ref].state.value if ref in world.files else ""


def facts_of(world: World, outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """Everything a program reads of a played fund: events, files, séances, envelopes, ledger."""
    told = [outcome.to_facts() for outcome in outcomes]
    envelopes = sorted({entry.envelope for entry in world.entries})
    return {
        "rules_sha256": world.rules.sha256,
        "refused": sum(not one["done"] for one in told),
        "events": told,
        "files": {ref: _file_facts(world, file) for ref, file in world.files.items()},
        "seances": {
            ref: {"on": one.on.isoformat(), "state": one.state.value, "minutes": one.pv.value if one.pv else None}
            for ref, one in world.seances.items()
        },
        "envelopes": {name: world.balances(envelope=name).to_facts() for name in envelopes},
        "ledger": [entry.to_facts() for entry in world.entries],
    }


def _file_facts(world: World, file: PlayedFile) -> dict[str, Any]:
    return {
        "state": file.state.value,
        "money": file.money.value if file.money else None,
        "asked_cents": file.totals.asked_cents,
        "granted_cents": file.granted_cents,
        "cuts": [
            {"limit": cut.limit.value, "before_cents": cut.before_cents, "after_cents": cut.after_cents,
             "sentence": str(cut.sentence)}
            for cut in file.cuts
        ],
        "settlement": asdict(file.settlement) if file.settlement else None,
        "balances": world.balances(file=file.ref).to_facts(),
    }  # fmt: skip


# --- Reading --------------------------------------------------------------------------------------------------------


def read_play(facts: object) -> tuple[World | None, list[Event], list[Refusal]]:
    """A fund and its events, or a refusal (code ``field``) for each thing that cannot be read.

    ``preset`` names a model, ``rules`` changes what it says or says everything; one of the two is needed.
    """
    if not isinstance(facts, dict):
        return None, [], [wrong_field("fichier", _l("écrivez un objet JSON."))]
    rules, faults = _rules(facts)
    faults += [
        wrong_field(name, _l("ce mot n’est pas connu ici. Retirez-le ou corrigez-le."))
        for name in sorted(set(facts) - KEYS)
    ]
    kinds = {name: kind for name, kind in _HEADER.items() if name in facts}
    header, wrong = read_fields(facts, kinds)
    events, bad = _events(facts.get("events"))
    faults += [*wrong, *bad]
    if faults or rules is None:
        return None, [], faults
    return World(rules, header.get("payment_mode", PaymentMode.ADVANCE_BALANCE), header.get("seats", ())), events, []


def _rules(facts: Mapping[str, Any]) -> tuple[FundRules | None, list[Refusal]]:
    said, code = facts.get("rules", {}), facts.get("preset")
    if "preset" not in facts and "rules" not in facts:
        return None, [wrong_field("rules", _l("écrivez un règlement, ou le nom d’un modèle dans « preset »."))]
    if not isinstance(said, dict):
        return rules_of(said)
    if "preset" not in facts:
        return rules_of(said)
    if not isinstance(code, str) or code not in presets():
        known = ", ".join(presets())
        return None, [wrong_field("preset", _l("écrivez l’un de ces mots : %(codes)s.", codes=known))]
    return rules_of({**presets()[code].rules.to_facts(), **said})


def _events(found: object) -> tuple[list[Event], list[Refusal]]:
    if not isinstance(found, list):
        return [], [wrong_field("events", _l("écrivez la liste des événements."))]
    events: list[Event] = []
    faults: list[Refusal] = []
    for number, facts in enumerate(found, start=1):
        event, wrong = read_event(facts, number)
        faults += wrong
        if event is None:
            continue
        if events and event.on < events[-1].on:
            faults.append(wrong_field(f"events[{number}].on", _l("écrivez les événements dans l’ordre des jours.")))
        events.append(event)
    return events, faults


def _read_seat(value: Any) -> PlayedSeat:
    facts = read_mapping(value, {"seat", "has_vote", "is_resident"})
    flags = (FLAG.read(facts.get(name, True)) for name in ("has_vote", "is_resident"))
    return PlayedSeat(POSITIVE.read(facts.get("seat")), *flags)


_SEAT = Kind(_l("écrivez une liste d’objets « seat », « has_vote », « is_resident »."), _read_seat)
_HEADER: dict[str, Kind] = {"payment_mode": chosen(PaymentMode), "seats": listed(_SEAT)}

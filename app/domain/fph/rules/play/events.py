"""The events a played fund understands: each with its act and what it says, as a file writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.domain.fph.rules.budget import BudgetLine, LineSide
from app.domain.fph.rules.fund_rules import HolderKind, read_fields, wrong_field
from app.domain.fph.rules.play import deciding, filing, paying
from app.domain.fph.rules.play.world import World
from app.domain.shared.refusals import Refusal
from app.domain.shared.written import (
    CENTS,
    COUNT,
    DAY,
    FLAG,
    POSITIVE,
    TEXT,
    WORD,
    Kind,
    chosen,
    listed,
    or_nothing,
    read_mapping,
    read_text,
)


@dataclass(frozen=True)
class Event:
    """One thing that happens on a day: ``verb`` and what it says, already read."""

    on: date
    verb: str
    says: Mapping[str, Any]


@dataclass(frozen=True)
class EventKind:
    """What one verb does, what it must say, and what it says when nothing is written."""

    act: Callable[..., World]
    needs: Mapping[str, Kind]
    may: Mapping[str, tuple[Kind, Any]]


def _read_line(value: Any) -> BudgetLine:
    facts = read_mapping(value, {"side", "amount_cents", "category"})
    return BudgetLine(
        LineSide(facts.get("side")), CENTS.read(facts.get("amount_cents")), read_text(facts.get("category", ""))
    )


_LINES: Final = listed(Kind(_l("écrivez une liste d’objets « side », « amount_cents », « category »."), _read_line))
_PRESENCES: Final = ("present", "remote", "absent")


def _read_presence(value: Any) -> str:
    if value not in _PRESENCES:
        raise ValueError("a presence")
    return str(value)


_PRESENCE: Final = Kind(_l("écrivez « present », « remote » ou « absent »."), _read_presence)
_FILE: Final = {"file": WORD}
_SEANCE: Final = {"seance": WORD}
_SEATS: Final = listed(POSITIVE)
_NOTE: Final = {"note": (TEXT, "")}
_VOTES: Final = {"votes_for": COUNT, "votes_against": COUNT}
_CHAIR: Final = {"chair_is_for": (FLAG, False)}
_ENGAGEMENT: Final = {"cer": (FLAG, False), "payee": (FLAG, False)}
_ENVELOPE: Final = {"envelope": WORD, "amount_cents": CENTS}


def _kind(act: Callable[..., World], needs: Mapping[str, Kind], may: Mapping[str, tuple[Kind, Any]] = {}) -> EventKind:
    return EventKind(act, needs, may)


def _granting(verb: str) -> EventKind:
    return _kind(
        deciding.decide(verb), {**_FILE, **_VOTES, "amount_cents": CENTS}, {**_CHAIR, "until": (or_nothing(DAY), None)}
    )


EVENTS: Final[dict[str, EventKind]] = {
    "endow": _kind(paying.endow, _ENVELOPE, _NOTE),
    "reduce": _kind(paying.reduce, _ENVELOPE, _NOTE),
    "submit": _kind(
        filing.submit,
        {**_FILE, "envelope": WORD, "holder": WORD, "kind": chosen(HolderKind), "lines": _LINES, "starts_on": DAY,
         "ends_on": DAY},
        {"theme": (TEXT, ""), "contacts": (COUNT, 0), "adult": (FLAG, True), "accepted": (FLAG, True),
         "in_quartier": (FLAG, True)},
    ),
    "ask_papers": _kind(filing.ask_papers, _FILE),
    "complete": _kind(filing.complete, _FILE),
    "lapse": _kind(filing.lapse, _FILE),
    "admit": _kind(filing.admit, _FILE, {"failed": (listed(WORD), ()), "reason": (TEXT, "")}),
    "reject": _kind(filing.reject, {**_FILE, "failed": listed(WORD)}),
    "plan": _kind(deciding.plan, {**_SEANCE, "held_on": DAY}, {"call_number": (POSITIVE, 1)}),
    "convene": _kind(deciding.convene, _SEANCE),
    "schedule": _kind(filing.schedule, {**_FILE, **_SEANCE}),
    "reschedule": _kind(filing.reschedule, {**_FILE, **_SEANCE}),
    "open": _kind(deciding.open_seance, {**_SEANCE, "present": _SEATS}),
    "note_no_quorum": _kind(deciding.note_no_quorum, _SEANCE),
    "recuse": _kind(deciding.recuse, {**_FILE, "seats": _SEATS}),
    "hear": _kind(deciding.hear, _FILE, {"presence": (_PRESENCE, "present")}),
    "grant": _granting("grant"),
    "grant_partly": _granting("grant_partly"),
    "grant_conditionally": _granting("grant_conditionally"),
    "refuse": _kind(deciding.refuse, {**_FILE, **_VOTES, "reason": WORD}, _CHAIR),
    "defer": _kind(deciding.defer, {**_FILE, **_VOTES}, _CHAIR),
    "close_seance": _kind(deciding.close_seance, _SEANCE),
    "approve_pv": _kind(deciding.move_pv("approve_pv"), _SEANCE),
    "transmit_pv": _kind(deciding.move_pv("transmit_pv"), _SEANCE),
    "publish_pv": _kind(deciding.move_pv("publish_pv"), _SEANCE),
    "lift_condition": _kind(deciding.lift_condition, _FILE),
    "fail_condition": _kind(deciding.fail_condition, _FILE),
    "accept": _kind(paying.accept, {**_FILE, "lines": _LINES}, _ENGAGEMENT),
    "renounce": _kind(deciding.renounce, _FILE),
    "sign": _kind(paying.sign, _FILE, _ENGAGEMENT),
    "order_advance": _kind(paying.order_advance, _FILE),
    "pay_advance": _kind(paying.pay_advance, _FILE),
    "pay_directly": _kind(paying.pay_directly, {**_FILE, "amount_cents": CENTS}, _NOTE),
    "bounce": _kind(paying.bounce, _FILE),
    "suspend": _kind(paying.suspend, _FILE),
    "release": _kind(paying.release, _FILE),
    "start": _kind(filing.start, _FILE),
    "postpone": _kind(filing.postpone, _FILE),
    "resume": _kind(filing.resume, {**_FILE, "starts_on": DAY, "ends_on": DAY}),
    "end": _kind(filing.end, _FILE),
    "report": _kind(filing.report, _FILE),
    "ask_report": _kind(filing.ask_report, _FILE),
    "complete_report": _kind(filing.complete_report, _FILE),
    "validate_report": _kind(
        paying.validate_report, {**_FILE, "spent_cents": CENTS}, {"other_public_cents": (CENTS, 0)}
    ),
    "pay_balance": _kind(paying.pay_balance, _FILE),
    "repay": _kind(paying.repay, {**_FILE, "amount_cents": CENTS}),
    "waive": _kind(paying.waive, _FILE, _NOTE),
    "settle": _kind(paying.settle, _FILE),
    "close": _kind(paying.close, _FILE),
    "withdraw": _kind(filing.withdraw, _FILE),
    "cancel": _kind(paying.cancel, _FILE, {"spent_cents": (CENTS, 0)}),
    "default": _kind(paying.default, _FILE),
    "appeal": _kind(filing.appeal, _FILE),
}  # fmt: skip


def read_event(facts: object, number: int) -> tuple[Event | None, list[Refusal]]:
    """One event of a file, or a refusal (code ``field``) for each thing that cannot be read in it."""
    where = f"events[{number}]"
    if not isinstance(facts, dict):
        return None, [wrong_field(where, _l("écrivez un objet « on », « do », et ce que l’événement dit."))]
    verb = facts.get("do")
    kind = EVENTS.get(verb) if isinstance(verb, str) else None
    if kind is None:
        return None, [wrong_field(f"{where}.do", _l("cet événement n’est pas connu. Corrigez-le."))]
    kinds = {"on": DAY, **kind.needs, **{name: may for name, (may, _) in kind.may.items() if name in facts}}
    read, wrong = read_fields(facts, kinds)
    unknown = sorted(set(facts) - {"do"} - set(kinds))
    faults = [wrong_field(f"{where}.{one.field}", kinds[str(one.field)].help) for one in wrong]
    faults += [wrong_field(f"{where}.{name}", _l("ce mot n’est pas connu ici. Retirez-le ou corrigez-le."))
               for name in unknown]  # fmt: skip
    if faults:
        return None, faults
    on = read.pop("on")
    return Event(on, str(verb), {**{name: default for name, (_, default) in kind.may.items()}, **read}), []


def happen(world: World, event: Event) -> World:
    """The world after the event. Raises the ``Refusal`` that keeps it from happening; the world before is untouched."""
    return EVENTS[event.verb].act(world, event.on, **event.says)

"""The events of the money: what funders give, what is signed, paid, settled, given back."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from app.domain.fph.rules.budget import BudgetLine, totals_of
from app.domain.fph.rules.delays import in_time
from app.domain.fph.rules.filing import can_accept, can_sign
from app.domain.fph.rules.ledger import EntryKind
from app.domain.fph.rules.lives import MONEY_OVER, MoneyState
from app.domain.fph.rules.payments import Settlement, advance_of, allows_payment, can_pay, settlement_of
from app.domain.fph.rules.play.filing import is_report_late
from app.domain.fph.rules.play.world import PlayedFile, World
from app.domain.shared.refusals import Refusal, require


def endow(world: World, on: date, *, envelope: str, amount_cents: int, note: str) -> World:
    """A funder gives to an envelope."""
    return world.posted(EntryKind.ENDOW, amount_cents, envelope, on, note=note)


def reduce(world: World, on: date, *, envelope: str, amount_cents: int, note: str) -> World:
    """A funder takes back what is still available. Code ``envelope``."""
    return world.posted(EntryKind.REDUCE, amount_cents, envelope, on, note=note)


def sign(world: World, on: date, *, file: str, cer: bool, payee: bool) -> World:
    """T14: the engagement is signed, and the money is engaged."""
    return _engaged(world, on, world.file(file), "sign", cer=cer, payee=payee)


def accept(world: World, on: date, *, file: str, cer: bool, payee: bool, lines: tuple[BudgetLine, ...]) -> World:
    """T12: a partial grant is accepted in time, with a budget made again. Codes ``late``, ``revised``, ``balance``."""
    found = world.file(file)
    moved = _engaged(world, on, found, "accept", cer=cer, payee=payee)
    totals = totals_of(world.rules, lines, found.kind, found.theme, world.times_of(found, on.year))
    require(in_time(found.answer_by, on), can_accept(totals, found.granted_cents))
    return moved.with_file(moved.file(file), lines=lines, totals=totals)


def _engaged(world: World, on: date, file: PlayedFile, verb: str, *, cer: bool, payee: bool) -> World:
    moved = world.moved(file, verb, money=MoneyState.COMMITTED)
    pv = world.seance(file.seance).pv
    require(can_sign(world.rules, holder=file.kind, cer=cer, payee=payee, pv=pv))
    return moved.posted(EntryKind.COMMIT, file.granted_cents, file.envelope, on, file.ref)


# --- Going out ------------------------------------------------------------------------------------------------------


def order_advance(world: World, on: date, *, file: str) -> World:
    """The first payment is asked of the manager. Codes ``mode``, ``advance``."""
    found = world.file(file)
    require(allows_payment(world.mode, "order_advance"))
    if advance_of(world.rules, found.granted_cents) == 0:
        raise Refusal(_l("Le règlement ne prévoit pas de premier versement."), code="advance")
    return world.money_moved(found, "order_advance")


def pay_advance(world: World, on: date, *, file: str) -> World:
    """It is paid."""
    found = world.file(file)
    return _paid(world.money_moved(found, "pay_advance"), on, found, advance_of(world.rules, found.granted_cents))


def pay_directly(world: World, on: date, *, file: str, amount_cents: int, note: str) -> World:
    """A supplier is paid. Codes ``mode``, ``overpaid``."""
    found = world.file(file)
    require(allows_payment(world.mode, "pay_directly"))
    return _paid(world.money_moved(found, "pay_directly"), on, found, amount_cents, note)


def pay_balance(world: World, on: date, *, file: str) -> World:
    """What was still due is paid."""
    found = world.file(file)
    return _paid(world.money_moved(found, "pay_balance"), on, found, _settled(found).balance_cents)


def _paid(world: World, on: date, file: PlayedFile, amount_cents: int, note: str = "") -> World:
    held = world.balances(file=file.ref)
    require(
        can_pay(
            engaged=file.money is not None, committed_cents=held.committed, paid_cents=held.paid_net,
            amount_cents=amount_cents,
        )
    )  # fmt: skip
    return world.posted(EntryKind.PAY, amount_cents, file.envelope, on, file.ref, note)


def bounce(world: World, on: date, *, file: str) -> World:
    """The bank sent the last payment back: it is to be paid again. Code ``mode`` for suppliers."""
    found = world.file(file)
    if world.mode.pays_suppliers and found.money is MoneyState.ADVANCE_PAID:
        raise Refusal(_l("Un fournisseur a été payé : corrigez sa facture, pas le premier versement."), code="mode")
    moved = world.money_moved(found, "bounce")
    amount = _settled(found).balance_cents if found.settlement else world.balances(file=file).paid_net
    return moved.posted(EntryKind.UNPAY, amount, found.envelope, on, file)


def suspend(world: World, on: date, *, file: str) -> World:
    """Nothing is paid until further notice."""
    return world.money_moved(world.file(file), "suspend")


def release(world: World, on: date, *, file: str) -> World:
    """Payments go on; what was paid stays paid."""
    return world.money_moved(world.file(file), "release_paid" if world.balances(file=file).paid_net else "release")


# --- Settling -------------------------------------------------------------------------------------------------------


def validate_report(world: World, on: date, *, file: str, spent_cents: int, other_public_cents: int) -> World:
    """T20: the expenses are accepted, and the account is drawn up."""
    found = world.file(file)
    return _drawn_up(world.moved(found, "validate_report"), on, found, spent_cents, other_public_cents)


def cancel(world: World, on: date, *, file: str, spent_cents: int) -> World:
    """T23: the action will not be; ``spent_cents`` is what cannot be recovered and is accepted."""
    found = world.file(file)
    cancelled = _drawn_up(world.moved(found, "cancel"), on, found, spent_cents, 0)
    moved = cancelled.file(file)
    return cancelled.with_file(moved, stands_cents=_settled(moved).final_cents)


def default(world: World, on: date, *, file: str) -> World:
    """T24: no report came, and everything is to be given back. Code ``early``."""
    found = world.file(file)
    moved = world.moved(found, "default", has_defaulted=True)
    require(is_report_late(world, found, on))
    return _drawn_up(moved, on, found, 0, 0)


def _drawn_up(world: World, on: date, file: PlayedFile, spent_cents: int, other_public_cents: int) -> World:
    """The settlement of a grant: what is justified, freed at once, still to pay or to be given back (§1.7)."""
    paid = world.balances(file=file.ref).paid_net
    settlement = settlement_of(
        granted_cents=file.granted_cents, paid_cents=paid, spent_cents=spent_cents,
        other_public_cents=other_public_cents,
    )  # fmt: skip
    moved = world.money_moved(world.file(file.ref), _money_verb(settlement, paid), settlement=settlement)
    moved = moved.posted(EntryKind.JUSTIFY, settlement.final_cents, file.envelope, on, file.ref)
    return moved.posted(EntryKind.DECOMMIT, settlement.freed_cents, file.envelope, on, file.ref)


def _money_verb(settlement: Settlement, paid_cents: int) -> str:
    if settlement.balance_cents:
        return "owe_balance"
    if settlement.repayment_cents:
        return "ask_repayment"
    return "settle" if paid_cents else "decommit"


def repay(world: World, on: date, *, file: str, amount_cents: int) -> World:
    """Money comes back, at once or in several times, and joins the envelope. Code ``overpaid``."""
    found = world.file(file)
    moved = world.money_moved(found, "repay")
    owed = _owed(world, found)
    if amount_cents > owed:
        raise Refusal(_l("C’est plus que ce qui doit être remboursé."), field="amount_cents", code="overpaid")
    if amount_cents < owed:
        moved = world
    moved = moved.posted(EntryKind.RETURN, amount_cents, found.envelope, on, file)
    return moved.posted(EntryKind.DECOMMIT, amount_cents, found.envelope, on, file)


def waive(world: World, on: date, *, file: str, note: str) -> World:
    """What is still owed is given up, by a decision that says why."""
    found = world.file(file)
    return world.money_moved(found, "waive").posted(
        EntryKind.WAIVE, _owed(world, found), found.envelope, on, file, note
    )


def _owed(world: World, file: PlayedFile) -> int:
    return world.balances(file=file.ref).paid_net - _settled(file).final_cents


def settle(world: World, on: date, *, file: str) -> World:
    """The account is closed: nothing is due any more. Code ``state`` while it is not drawn up."""
    found = world.file(file)
    moved = world.money_moved(found, "settle")
    _settled(found)
    return moved


def close(world: World, on: date, *, file: str) -> World:
    """T21: the money is settled, and the file is closed. Code of the life of the money when something is still due."""
    found = world.file(file)
    moved = world.moved(found, "close")
    if found.money in MONEY_OVER:
        return moved
    return moved.money_moved(moved.file(file), "settle")


def _settled(file: PlayedFile) -> Settlement:
    if file.settlement is None:
        raise Refusal(_l("Le compte de ce dossier n’est pas encore établi."), code="state")
    return file.settlement

"""The events of a file before and after the committee: from its deposit to its report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.fph.rules.budget import BudgetLine, totals_of
from app.domain.fph.rules.delays import (
    can_be_carried_out,
    can_be_scheduled,
    in_time,
    last_day,
    remedy_until,
    report_due_on,
)
from app.domain.fph.rules.filing import can_admit, can_reject, can_submit, no_overdue_report
from app.domain.fph.rules.lives import FileState
from app.domain.fph.rules.play.world import PlayedFile, World
from app.domain.governance.models import SeanceState
from app.domain.shared.refusals import YES, Refusal, Verdict, require


def submit(
    world: World, on: date, *, file: str, envelope: str, holder: str, kind: Any, theme: str,
    lines: tuple[BudgetLine, ...], starts_on: date, ends_on: date, contacts: int, adult: bool, accepted: bool,
    in_quartier: bool,
) -> World:  # fmt: skip
    """T1: the file arrives whole. Codes ``twice``, ``order``, those of ``can_submit``."""
    if file in world.files:
        raise Refusal(_l("Un dossier porte déjà ce nom : « %(ref)s ».", ref=file), "file", "twice")
    require(_in_order(starts_on, ends_on))
    bare = PlayedFile(
        file, envelope, holder, kind, theme, lines, totals_of(world.rules, lines, kind, theme), starts_on, ends_on
    )
    totals = totals_of(world.rules, lines, kind, theme, world.times_of(bare, on.year))
    overdue = world.overdue_reports(bare, on)
    require(
        can_submit(
            world.rules, holder=kind, contacts=contacts, adult=adult, accepted=accepted, in_quartier=in_quartier,
            totals=totals, overdue=overdue,
        )
    )  # fmt: skip
    return world.moved(bare, "submit", totals=totals, submitted_on=on)


def _in_order(starts_on: date, ends_on: date) -> Verdict:
    return YES if starts_on <= ends_on else Refusal(_l("La fin doit venir après le début."), "ends_on", "order")


def ask_papers(world: World, on: date, *, file: str) -> World:
    """T2: papers are missing, and the time to send them runs."""
    return world.moved(world.file(file), "ask_papers", complete_by=last_day(on, world.rules.complete_days))


def complete(world: World, on: date, *, file: str) -> World:
    """T3: the papers come in time. Code ``late``."""
    found = world.file(file)
    require(in_time(found.complete_by, on))
    return world.moved(found, "complete", complete_by=None)


def lapse(world: World, on: date, *, file: str) -> World:
    """T4: they did not come. Code ``early``."""
    found = world.file(file)
    if found.state is FileState.TO_COMPLETE and in_time(found.complete_by, on):
        raise Refusal(_l("Le délai pour envoyer les pièces court encore."), code="early")
    return world.moved(found, "lapse")


def admit(world: World, on: date, *, file: str, failed: tuple[str, ...], reason: str) -> World:
    """T5: each criterion is met, or set aside with a reason; no report is owed."""
    found = world.file(file)
    overdue = no_overdue_report(world.rules, world.overdue_reports(found, on))
    require(can_admit(world.rules, failed, reason), overdue)
    return world.moved(found, "admit")


def reject(world: World, on: date, *, file: str, failed: tuple[str, ...]) -> World:
    """T6: a criterion is not met."""
    require(can_reject(world.rules, failed))
    return world.moved(world.file(file), "reject", decided_on=on)


def schedule(world: World, on: date, *, file: str, seance: str) -> World:
    """T7: on the agenda of a séance to come. Codes ``seance``, those of ``can_be_scheduled`` and of the execution."""
    return _put_on_agenda(world, on, file, seance, "schedule")


def reschedule(world: World, on: date, *, file: str, seance: str) -> World:
    """T10: a deferred file comes back."""
    return _put_on_agenda(world, on, file, seance, "reschedule")


def _put_on_agenda(world: World, on: date, ref: str, seance: str, verb: str) -> World:
    file, held = world.file(ref), world.seance(seance)
    if held.state not in (SeanceState.PLANNED, SeanceState.CONVENED) or on > held.on:
        raise Refusal(_l("L’ordre du jour de cette séance ne change plus."), "seance", "seance")
    if file.state is FileState.SCHEDULED and world.seance(file.seance).state in (
        SeanceState.PLANNED, SeanceState.CONVENED, SeanceState.OPEN,
    ):  # fmt: skip
        raise Refusal(_l("Ce dossier est déjà inscrit à une séance."), "seance", "state")
    require(
        can_be_scheduled(
            world.rules, submitted_on=file.submitted_on or on, seance_on=held.on, starts_on=file.starts_on
        ),
        can_be_carried_out(world.rules, decided_on=held.on, ends_on=file.ends_on),
    )
    return world.moved(file, verb, seance=seance)


def withdraw(world: World, on: date, *, file: str) -> World:
    """T22: the person who carries it takes it back."""
    return world.moved(world.file(file), "withdraw")


def appeal(world: World, on: date, *, file: str) -> World:
    """T25: the decision is contested in time, and the file is read again. Code ``late``."""
    found = world.file(file)
    moved = world.moved(found, "appeal", submitted_on=on, decided_on=None, seance="", deferrals=0)
    if found.decided_on is not None:
        require(in_time(remedy_until(world.rules, found.decided_on), on))
    return moved


# --- After the committee --------------------------------------------------------------------------------------------


def start(world: World, on: date, *, file: str) -> World:
    """T15: the day has come, or money went out. Code ``early``."""
    found = world.file(file)
    if on < found.starts_on and not world.balances(file=file).paid:
        raise Refusal(_l("Cette action n’a pas encore commencé."), code="early")
    return world.moved(found, "start")


def postpone(world: World, on: date, *, file: str) -> World:
    """T16: the action is put off."""
    return world.moved(world.file(file), "postpone")


def resume(world: World, on: date, *, file: str, starts_on: date, ends_on: date) -> World:
    """T16: with new dates, inside the delay. Codes ``order``, ``execution``."""
    found = world.file(file)
    carried_out = can_be_carried_out(world.rules, decided_on=found.decided_on or on, ends_on=ends_on)
    require(_in_order(starts_on, ends_on), carried_out)
    return world.moved(found, "resume", starts_on=starts_on, ends_on=ends_on)


def end(world: World, on: date, *, file: str) -> World:
    """T17: from the day after. Code ``early``."""
    found = world.file(file)
    if on < found.ends_on + timedelta(days=1):
        raise Refusal(_l("Cette action n’est pas encore finie."), code="early")
    return world.moved(found, "end")


def report(world: World, on: date, *, file: str) -> World:
    """T18."""
    return world.moved(world.file(file), "report")


def ask_report(world: World, on: date, *, file: str) -> World:
    """T19: something is missing in the report."""
    return world.moved(world.file(file), "ask_report")


def complete_report(world: World, on: date, *, file: str) -> World:
    """T19: it has come."""
    return world.moved(world.file(file), "complete_report")


def is_report_late(world: World, file: PlayedFile, on: date) -> Verdict:
    """Whether the default of the report may be noted (T24). Code ``early``."""
    due = report_due_on(world.rules, file.ends_on)
    if due is not None and on <= due:
        return Refusal(_l("Le délai pour rendre le bilan court encore."), code="early")
    return YES

"""What happens to a démarche: it is described, dated, published, and its call opened or closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person, Role, Scope
from app.domain.accounts.queries import people_holding
from app.domain.accounts.services import tell
from app.domain.processes import queries, rules
from app.domain.processes.models import Degree, Phase, Process, ProcessKind
from app.domain.shared import clock, journal, reminders
from app.domain.shared.refusals import require
from app.domain.territories.models import Quartier


@dataclass(frozen=True)
class Description:
    """What people read first: the object, what is at stake, how far they decide, who does, for whom."""

    title: str
    object: str
    degree: Degree
    stakes: str = ""
    decided_by: str = ""
    public_words: str = ""


def create_process(
    *, kind: ProcessKind, contract_id: int, description: Description, quartiers: Sequence[Quartier], actor: Person
) -> Process:
    """Creates a démarche, not yet public and without dates. Without quartiers it concerns the whole contract."""
    process = Process(
        kind=kind, contract_id=contract_id, created_at=clock.now(), created_by_id=actor.id,
        quartiers=list(quartiers), phases=[],
    )  # fmt: skip
    _write(process, description)
    db.session.add(process)
    journal.record("created", process, actor=actor, kind=kind.value)
    return process


def describe_process(
    *, process: Process, description: Description, quartiers: Sequence[Quartier], actor: Person
) -> None:
    """Changes what people read of a démarche. Needs ``quartiers`` loaded."""
    _write(process, description)
    process.quartiers = list(quartiers)
    journal.record("described", process, actor=actor)


def _write(process: Process, description: Description) -> None:
    process.title, process.object, process.degree = description.title, description.object, description.degree
    process.stakes, process.decided_by = description.stakes, description.decided_by
    process.public_words = description.public_words


def date_process(*, process: Process, calendar: rules.Calendar, actor: Person) -> None:
    """Writes the calendar. Needs ``phases`` loaded.

    Raises the refusals of ``check_calendar`` and, once the démarche is public, those of ``check_calendar_change``.
    """
    require(rules.check_calendar(calendar, tuple(calendar)))
    if process.published_at is not None:
        require(rules.check_calendar_change(rules.calendar_of(process), calendar, clock.now()))
    for code, span in calendar.items():
        phase = process.phase(code)
        if phase is None:
            process.phases.append(Phase(code=code, starts_at=span.starts_at, ends_at=span.ends_at))
        else:
            phase.starts_at, phase.ends_at = span.starts_at, span.ends_at
    journal.record("dated", process, actor=actor, phases=sorted(code.value for code in calendar))


def publish_process(*, process: Process, actor: Person) -> None:
    """Makes a démarche public; says nothing when it already is."""
    if process.published_at is None:
        process.published_at = clock.now()
        journal.record("published", process, actor=actor)


def open_call(*, process: Process, proposers: rules.Eligibility, actor: Person) -> None:
    """Opens the call for ideas to those the règlement names; its dates say when ideas are really taken."""
    process.call_opened_at = clock.now()
    process.proposers = proposers.to_facts()
    journal.record("opened_call", process, actor=actor)


def remind_of_ending_phases(*, days: int) -> int:
    """Tells the agents of the contract, once, that a phase ends within so many days. Gives the number of reminders.

    A phase moved to another day is another reminder. Source: choix de conception.
    """
    sent = 0
    for phase in queries.phases_ending_within(days):
        if not reminders.first_time(f"phase:{phase.id}:{phase.ends_at:%Y%m%dT%H%M}"):
            continue
        words = {"phase": phase.code.label, "title": phase.process.title, "when": clock.in_words(phase.ends_at)}
        subject = _l("%(phase)s : bientôt la fin", **words)
        body = _l("L’étape « %(phase)s » de « %(title)s » se termine le %(when)s.", **words)
        for agent in people_holding((Role.AGENT, Role.ADMIN), [(Scope.CONTRACT, phase.process.contract_id)]):
            tell(agent, subject, body, "/a-traiter")
        sent += 1
    return sent

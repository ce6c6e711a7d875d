"""What happens to an edition: it is created, described, dated, and goes from phase to phase."""

from __future__ import annotations

from collections.abc import Sequence

from app.database import db
from app.domain.accounts.models import Person
from app.domain.budgets import queries
from app.domain.budgets.models import EDITION_LIFE, Edition, EditionState
from app.domain.budgets.rules import phases
from app.domain.budgets.services import reglements
from app.domain.processes import services as processes
from app.domain.processes.models import ProcessKind
from app.domain.processes.rules import Calendar
from app.domain.processes.services import Description
from app.domain.shared import clock, journal
from app.domain.shared.refusals import require
from app.domain.territories.models import Quartier


def create_edition(
    *, contract_id: int, description: Description, quartiers: Sequence[Quartier], actor: Person
) -> Edition:
    """Creates an edition in preparation, not yet public, with an empty first version of its règlement."""
    process = processes.create_process(
        kind=ProcessKind.BUDGET_PARTICIPATIF, contract_id=contract_id, description=description,
        quartiers=quartiers, actor=actor,
    )  # fmt: skip
    edition = Edition(process=process, process_id=process.id, state=EditionState.PREPARATION, reglements=[])
    db.session.add(edition)
    reglements.first_version(edition, actor)
    journal.record("created", edition, actor=actor, process=process.id)
    return edition


def describe(*, edition: Edition, description: Description, quartiers: Sequence[Quartier], actor: Person) -> None:
    """Writes what people read of the edition, until the call opens (``may_describe``)."""
    edition = queries.edition_for_update(edition.id)
    require(phases.may_describe(edition))
    processes.describe_process(process=edition.process, description=description, quartiers=quartiers, actor=actor)
    # The règlement repeats who decides.
    reglements.amend(edition=edition, change=lambda content: content, actor=actor)


def schedule(*, edition: Edition, calendar: Calendar, actor: Person) -> None:
    """Writes the calendar of the six phases, until the vote opens (``may_schedule``, ``check_calendar``).

    Once the edition is public, what is past stays (``check_calendar_change``).
    """
    edition = queries.edition_for_update(edition.id)
    require(phases.may_schedule(edition))
    processes.date_process(process=edition.process, calendar=calendar, actor=actor)


def open_call(*, edition: Edition, actor: Person) -> None:
    """Opens the call: freezes and files the règlement, publishes the démarche (``may_open_call``).

    Ideas are then taken between the dates of the call, from the people the règlement names.
    """
    edition = queries.edition_for_update(edition.id)
    require(phases.may_open_call(edition, clock.now()))
    reglement = reglements.freeze(edition=edition, opening="call", actor=actor)
    edition.call_version = reglement.version
    edition.state = EDITION_LIFE.target("open_call", edition.state)
    processes.publish_process(process=edition.process, actor=actor)
    processes.open_call(process=edition.process, proposers=reglement.rules.proposers, actor=actor)
    journal.record("opened_call", edition, actor=actor, version=reglement.version)


def close_call(*, edition: Edition, actor: Person) -> None:
    """Closes the call after its published end (``may_close_call``): the study begins."""
    edition = queries.edition_for_update(edition.id)
    require(phases.may_close_call(edition, clock.now()))
    edition.state = EDITION_LIFE.target("close_call", edition.state)
    edition.call_closed_at = clock.now()
    journal.record("closed_call", edition, actor=actor)

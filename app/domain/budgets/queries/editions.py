"""What is there: editions with their démarche, calendar and versions of règlement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.database import db
from app.domain.budgets.models import Edition, EditionState, Reglement
from app.domain.budgets.rules.desk import Waiting, next_act_of
from app.domain.processes.models import Process
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing

CALENDAR = selectinload(Edition.process).options(selectinload(Process.phases), selectinload(Process.quartiers))
# Lists read no record: its facts are long.
FOR_LISTS = (CALENDAR, selectinload(Edition.reglements))
# What the page and every act of an edition need; règlements come with the number of their record.
WHOLE = (
    CALENDAR,
    selectinload(Edition.reglements).selectinload(Reglement.record),
    selectinload(Edition.list_record),
)


def edition_by_id(edition_id: int) -> Edition:
    """One edition, whole. Raises ``Missing``."""
    found = db.session.scalar(select(Edition).where(Edition.id == edition_id).options(*WHOLE))
    if found is None:
        raise Missing(f"edition {edition_id}")
    return found


def edition_for_update(edition_id: int) -> Edition:
    """The same, read again and locked until the commit: two agents never make an edition take two steps at once."""
    query = select(Edition).where(Edition.id == edition_id).options(*WHOLE).with_for_update(of=Edition)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise Missing(f"edition {edition_id}")
    return found


def published_editions(number: int = 1, size: int = 20) -> Page[Edition]:
    """The editions people can see, the newest first."""
    rows = select(Edition).join(Edition.process).where(Process.published_at.is_not(None))
    count = rows.with_only_columns(func.count(Edition.id))
    return page_of(
        rows.order_by(Process.published_at.desc(), Edition.id.desc()).options(*FOR_LISTS), count, number, size
    )


def editions_of_contracts(contract_ids: Collection[int] | None, number: int = 1, size: int = 20) -> Page[Edition]:
    """The editions of some contracts (``None``: of all), those in preparation included, the newest first."""
    rows = select(Edition).join(Edition.process)
    if contract_ids is not None:
        rows = rows.where(Process.contract_id.in_(contract_ids))
    count = rows.with_only_columns(func.count(Edition.id))
    return page_of(rows.order_by(Edition.id.desc()).options(*FOR_LISTS), count, number, size)


def editions_open_for_ideas() -> Sequence[Edition]:
    """The editions whose call is open now, the one that closes first first."""
    query = (
        select(Edition).join(Edition.process).where(Edition.state == EditionState.CALL).options(*FOR_LISTS)
    )  # fmt: skip
    editions = [edition for edition in db.session.scalars(query) if edition.process.accepts_ideas]
    return sorted(editions, key=lambda edition: (edition.process.phases[0].ends_at, edition.id))


def waiting_for_agents(contract_ids: Collection[int] | None) -> list[Waiting]:
    """The next act of each edition that is not closed, the late ones first, then by day; for the desk of agents."""
    query = select(Edition).join(Edition.process).where(Edition.state != EditionState.CLOSED).options(*FOR_LISTS)
    if contract_ids is not None:
        query = query.where(Process.contract_id.in_(contract_ids))
    acts = [next_act_of(edition, clock.now()) for edition in db.session.scalars(query.order_by(Edition.id))]
    found = [act for act in acts if act is not None]
    return sorted(found, key=lambda act: (not act.late, act.due or date.max, act.edition_id))

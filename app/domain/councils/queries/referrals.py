"""What is there: the interpellations of the préfet and their steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.councils.models import PUBLIC_INTERPELLATIONS, Interpellation, InterpellationState
from app.domain.councils.queries.space import with_everybody
from app.domain.governance.models import ENDED, Body, BodyKind, Seance
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing

WITH_BODY = (
    joinedload(Interpellation.body).options(selectinload(Body.quartiers), joinedload(Body.contract)),
    joinedload(Interpellation.quartier),
)


def interpellation_by_id(interpellation_id: int) -> Interpellation:
    """One interpellation with its steps and who may enter the space of its conseil. Raises ``Missing``."""
    return _whole(select(Interpellation).where(Interpellation.id == interpellation_id), interpellation_id)


def interpellation_for_update(interpellation_id: int) -> Interpellation:
    """The same, as it is now and held until the commit: a step is taken once."""
    query = select(Interpellation).where(Interpellation.id == interpellation_id).with_for_update(of=Interpellation)
    return _whole(query.execution_options(populate_existing=True), interpellation_id)


def _whole(query: Select[Any], interpellation_id: int) -> Interpellation:
    options = (joinedload(Interpellation.agenda_seance), selectinload(Interpellation.steps))
    found: Interpellation | None = db.session.scalar(query.options(*WITH_BODY, *options))
    if found is None:
        raise Missing(f"interpellation {interpellation_id}")
    with_everybody([found.body])
    return found


def public_interpellations(number: int = 1) -> Page[Interpellation]:
    """A page of the interpellations everybody reads, the last sent first."""
    condition = Interpellation.state.in_(PUBLIC_INTERPELLATIONS)
    rows = select(Interpellation).where(condition).options(*WITH_BODY)
    rows = rows.order_by(Interpellation.sent_at.desc(), Interpellation.id.desc())
    return page_of(rows, select(func.count()).select_from(Interpellation).where(condition), number)


def public_interpellations_of(body: Body) -> Sequence[Interpellation]:
    """Those a conseil sent, for its own page."""
    query = select(Interpellation).where(
        Interpellation.body_id == body.id, Interpellation.state.in_(PUBLIC_INTERPELLATIONS)
    )
    return db.session.scalars(query.order_by(Interpellation.sent_at.desc(), Interpellation.id.desc())).all()


def interpellations_in_space(body: Body) -> Sequence[Interpellation]:
    """What the conseil is writing and what it sent, the newest first."""
    query = select(Interpellation).where(
        Interpellation.body_id == body.id, Interpellation.state != InterpellationState.DROPPED
    )
    return db.session.scalars(query.order_by(Interpellation.created_at.desc(), Interpellation.id.desc())).all()


def seances_of_copil(contract_id: int) -> Sequence[Seance]:
    """The planned séances of the steering committees of a contract, the next first, with their body."""
    query = (
        select(Seance)
        .join(Body, Body.id == Seance.body_id)
        .where(Body.contract_id == contract_id, Body.kind == BodyKind.COPIL, Seance.starts_at > clock.now())
        .where(Seance.state.not_in(ENDED))
        .options(joinedload(Seance.body))
        .order_by(Seance.starts_at, Seance.id)
    )
    return db.session.scalars(query).all()

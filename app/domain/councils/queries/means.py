"""What is there: the means of a conseil, its grants line by line, what a contract gives in a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.councils.models import (
    Accompaniment,
    CouncilEnvelope,
    CouncilGrant,
    CouncilLedgerLine,
    Means,
    Training,
    TrainingAttendance,
)
from app.domain.councils.queries.space import with_everybody
from app.domain.governance.models import Body, Member, Seat
from app.domain.shared import clock
from app.domain.shared.refusals import Missing

WITH_BODY = joinedload(CouncilGrant.body).options(selectinload(Body.quartiers), joinedload(Body.contract))


def means_of(body: Body) -> Sequence[Means]:
    """The places and equipment of a conseil in use today, by kind and name."""
    today = clock.today()
    query = select(Means).where(Means.body_id == body.id, (Means.ended_on.is_(None)) | (Means.ended_on > today))
    return db.session.scalars(query.order_by(Means.kind.desc(), Means.name, Means.id)).all()


def means_by_id(means_id: int) -> Means:
    """One of them, with its body. Raises ``Missing``."""
    query = select(Means).where(Means.id == means_id).options(joinedload(Means.body).selectinload(Body.quartiers))
    found = db.session.scalar(query)
    if found is None:
        raise Missing(f"means {means_id}")
    with_everybody([found.body])
    return found


def grants_of(body: Body) -> Sequence[CouncilGrant]:
    """The grants of a conseil, the last year first."""
    query = select(CouncilGrant).where(CouncilGrant.body_id == body.id)
    return db.session.scalars(query.order_by(CouncilGrant.year.desc())).all()


def grant_by_id(grant_id: int) -> CouncilGrant:
    """One grant with its lines and its body. Raises ``Missing``."""
    query = select(CouncilGrant).where(CouncilGrant.id == grant_id)
    found = db.session.scalar(query.options(WITH_BODY, selectinload(CouncilGrant.lines)))
    if found is None:
        raise Missing(f"grant {grant_id}")
    with_everybody([found.body])
    return found


def grant_for_update(grant_id: int) -> CouncilGrant:
    """The same, as it is now and held until the commit: two spendings at once come one after the other."""
    # With its body: the page of a refused line is shown again from the same row.
    query = select(CouncilGrant).where(CouncilGrant.id == grant_id).options(WITH_BODY, selectinload(CouncilGrant.lines))
    query = query.with_for_update(of=CouncilGrant).execution_options(populate_existing=True)
    return db.session.execute(query).scalar_one()


def line_by_id(line_id: int) -> CouncilLedgerLine:
    """One line with its grant and its body. Raises ``Missing``."""
    query = select(CouncilLedgerLine).where(CouncilLedgerLine.id == line_id)
    found = db.session.scalar(query.options(joinedload(CouncilLedgerLine.grant).options(WITH_BODY)))
    if found is None:
        raise Missing(f"line {line_id}")
    with_everybody([found.body])
    return found


def trainings_of(body: Body) -> Sequence[Training]:
    """The trainings of a conseil, the latest first, with who came."""
    came = selectinload(Training.attendances).joinedload(TrainingAttendance.member)
    query = select(Training).where(Training.body_id == body.id).options(came)
    return db.session.scalars(query.order_by(Training.held_on.desc(), Training.id.desc())).all()


def members_by_id(ids: Sequence[int]) -> Sequence[Member]:
    """Some members."""
    return db.session.scalars(select(Member).where(Member.id.in_(ids)).order_by(Member.id)).all()


def accompaniments_of(body: Body) -> Sequence[Accompaniment]:
    """The missions of help of a conseil, the latest first."""
    query = select(Accompaniment).where(Accompaniment.body_id == body.id)
    return db.session.scalars(query.order_by(Accompaniment.starts_on.desc(), Accompaniment.id.desc())).all()


def envelope_of(contract_id: int, year: int) -> CouncilEnvelope | None:
    """What a contract sets aside for the grants of a year."""
    query = select(CouncilEnvelope).where(CouncilEnvelope.contract_id == contract_id, CouncilEnvelope.year == year)
    return db.session.scalar(query)


def seats_in_force(body: Body) -> int:
    """How many seats a body has today."""
    query = select(func.count()).select_from(Seat).where(Seat.body_id == body.id, Seat.closed_on.is_(None))
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class YearOfGrants:
    """The grants of a contract in a year: each conseil that has one or may have one, and the total in cents."""

    rows: Sequence[tuple[Body, CouncilGrant | None]]
    total_cents: int


def year_of_grants(contract_id: int, year: int) -> YearOfGrants:
    """The conseils of a contract with their grant of a year, by name."""
    query = (
        select(Body, CouncilGrant)
        .outerjoin(CouncilGrant, (CouncilGrant.body_id == Body.id) & (CouncilGrant.year == year))
        .where(Body.contract_id == contract_id, Body.is_independent | CouncilGrant.id.is_not(None))
        .order_by(Body.name, Body.id)
    )
    rows: list[tuple[Body, CouncilGrant | None]] = [(body, grant) for body, grant in db.session.execute(query)]
    return YearOfGrants(rows, sum(grant.cents for _body, grant in rows if grant is not None))

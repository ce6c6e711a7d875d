"""What is there to be warned of: the facts of every active body, in as many queries whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select, union_all

from app.database import db
from app.domain.councils.models import PUBLIC_AVIS, Avis
from app.domain.councils.queries.advice import is_late
from app.domain.councils.queries.space import GIVEN_UP
from app.domain.councils.rules.warnings import (
    FREQUENCY_MONTHS,
    BodyFacts,
    Thresholds,
    Warned,
    warnings_of,
)
from app.domain.governance.models import (
    Body,
    BodyKind,
    BodyPaper,
    BodyState,
    Mandate,
    PaperKind,
    Seance,
    Seat,
    Standing,
    seance_bodies,
)
from app.domain.shared import clock
from app.domain.territories.queries import site

STEERING = (BodyKind.COPIL, BodyKind.COTECH)
# No séance in a year, and none ever.
NEVER = (0, None)


def warnings_in(contract_ids: set[int] | None) -> list[Warned]:
    """What an agent of these contracts (``None``: all) should be warned of, body by body in the order of names."""
    settings = site()
    thresholds = Thresholds(settings.mandate_warning_months, settings.silence_warning_months, settings.charter_months)
    today = clock.today()
    return [one for facts in facts_of_bodies(contract_ids) for one in warnings_of(facts, thresholds, today)]


def facts_of_bodies(contract_ids: set[int] | None) -> list[BodyFacts]:
    """The facts of the active bodies of these contracts."""
    query = select(Body).where(Body.state == BodyState.ACTIVE).order_by(Body.name, Body.id)
    if contract_ids is not None:
        query = query.where(Body.contract_id.in_(contract_ids))
    bodies = db.session.scalars(query).all()
    ids = [body.id for body in bodies]
    held, avis_on = _seances(ids), _last_avis(ids)
    ends, alternates, represented = _mandates(ids), _alternates(ids), _represented(ids)
    charters, late = _charters(ids), _late(ids)
    steering = [body for body in bodies if body.kind in STEERING]
    return [
        BodyFacts(
            body_id=body.id, name=body.name, is_council=_is_council(body), created_on=body.created_on,
            yearly_seances=body.yearly_seances, seances_in_a_year=held.get(body.id, NEVER)[0],
            last_seance_on=held.get(body.id, NEVER)[1], last_avis_on=avis_on.get(body.id),
            mandates_ends_on=ends[body.id],
            unrepresented_at=[
                (one.id, one.name)
                for one in steering
                if one.contract_id == body.contract_id and (one.id, body.id) not in represented
            ],
            has_charter=body.id in charters, alternates_ever=alternates[body.id][0],
            alternates_left=alternates[body.id][1], late_avis=late[body.id],
        )
        for body in bodies
    ]  # fmt: skip


def _is_council(body: Body) -> bool:
    return body.is_independent or body.kind is BodyKind.CONSEIL_CITOYEN


def _met(ids: Iterable[int]) -> Any:
    """The séances that took place, by body: those it convened and those it shared."""
    past = (Seance.starts_at <= clock.now(), Seance.state.not_in(GIVEN_UP))
    own = select(Seance.body_id.label("body_id"), Seance.starts_at.label("at")).where(Seance.body_id.in_(ids), *past)
    shared = (
        select(seance_bodies.c.body_id, Seance.starts_at)
        .join(Seance, Seance.id == seance_bodies.c.seance_id)
        .where(seance_bodies.c.body_id.in_(ids), seance_bodies.c.body_id != Seance.body_id, *past)
    )
    return union_all(own, shared).subquery()


def _seances(ids: list[int]) -> dict[int, tuple[int, date]]:
    """How many séances each body held in a year, and the day of the last one it ever held."""
    met = _met(ids)
    since = clock.start_of(clock.months_after(clock.today(), -FREQUENCY_MONTHS))
    held = func.count().filter(met.c.at >= since)
    query = select(met.c.body_id, held, func.max(met.c.at)).group_by(met.c.body_id)
    return {body_id: (count, clock.in_paris(at).date()) for body_id, count, at in db.session.execute(query)}


def _last_avis(ids: list[int]) -> dict[int, date]:
    query = select(Avis.body_id, func.max(Avis.sent_at)).where(Avis.body_id.in_(ids), Avis.state.in_(PUBLIC_AVIS))
    rows = db.session.execute(query.group_by(Avis.body_id))
    return {body_id: clock.in_paris(at).date() for body_id, at in rows if at is not None}


def _in_force() -> tuple[Any, ...]:
    today = clock.today()
    return (Mandate.starts_on <= today, or_(Mandate.ended_on.is_(None), Mandate.ended_on > today))


def _mandates(ids: list[int]) -> dict[int, list[date]]:
    query = select(Seat.body_id, Mandate.ends_on).join(Seat, Seat.id == Mandate.seat_id)
    found: dict[int, list[date]] = defaultdict(list)
    query = query.where(Seat.body_id.in_(ids), Mandate.ends_on.is_not(None), *_in_force())
    for body_id, day in db.session.execute(query):
        if day is not None:
            found[body_id].append(day)
    return found


def _alternates(ids: list[int]) -> dict[int, tuple[int, int]]:
    """How many alternates there ever were, and how many are left, by body."""
    left = func.count().filter(Mandate.ended_on.is_(None))
    query = (
        select(Seat.body_id, func.count(), left)
        .join(Seat, Seat.id == Mandate.seat_id)
        .where(Seat.body_id.in_(ids), Mandate.standing == Standing.ALTERNATE)
        .group_by(Seat.body_id)
    )
    return defaultdict(lambda: (0, 0), {body_id: (ever, now) for body_id, ever, now in db.session.execute(query)})


def _represented(ids: list[int]) -> set[tuple[int, int]]:
    """Who is represented where: pairs of the instance and the conseil."""
    query = select(Seat.body_id, Mandate.represents_body_id).join(Seat, Seat.id == Mandate.seat_id)
    rows = db.session.execute(query.where(Mandate.represents_body_id.in_(ids), *_in_force()))
    return {(body_id, council_id) for body_id, council_id in rows if council_id is not None}


def _charters(ids: list[int]) -> set[int]:
    query = select(BodyPaper.body_id).where(
        BodyPaper.body_id.in_(ids), BodyPaper.kind == PaperKind.CHARTER, BodyPaper.withdrawn_at.is_(None)
    )
    return set(db.session.scalars(query))


def _late(ids: list[int]) -> dict[int, list[tuple[int, str, date]]]:
    query = select(Avis).where(Avis.addressed_id.in_(ids), is_late()).order_by(Avis.id)
    found: dict[int, list[tuple[int, str, date]]] = defaultdict(list)
    for avis in db.session.scalars(query):
        if avis.addressed_id is not None and avis.answer_due_on is not None:
            found[avis.addressed_id].append((avis.id, avis.subject, avis.answer_due_on))
    return found

"""What is there: the avis, those of a conseil and those everybody reads."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.councils.models import PUBLIC_AVIS, Avis, AvisState
from app.domain.councils.queries.space import with_everybody
from app.domain.governance.models import Body, BodyRulebook
from app.domain.governance.queries import functionings_of
from app.domain.governance.rules import FunctioningRules
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing
from app.domain.territories.queries import site

WAITING = (AvisState.SENT, AvisState.PARTLY_ANSWERED)
WITH_BODIES = (
    joinedload(Avis.body).options(selectinload(Body.quartiers), joinedload(Body.contract)),
    joinedload(Avis.addressed),
)


class AvisFilter(enum.Enum):
    """Which avis are looked at."""

    ALL = "tous"
    WAITING = "en-attente"
    LATE = "en-retard"
    ANSWERED = "repondus"


def avis_by_id(avis_id: int) -> Avis:
    """One avis with its items, its bodies and who may enter the space of its conseil. Raises ``Missing``."""
    return _whole(select(Avis).where(Avis.id == avis_id), avis_id)


def avis_for_update(avis_id: int) -> Avis:
    """The same, as it is now and held until the commit: two answers at once come one after the other."""
    query = select(Avis).where(Avis.id == avis_id).with_for_update(of=Avis)
    return _whole(query.execution_options(populate_existing=True), avis_id)


def _whole(query: Select[Any], avis_id: int) -> Avis:
    found: Avis | None = db.session.scalar(
        query.options(*WITH_BODIES, joinedload(Avis.seance), joinedload(Avis.answer_rulebook), selectinload(Avis.items))
    )
    if found is None:
        raise Missing(f"avis {avis_id}")
    with_everybody([found.body])
    return found


@dataclass(frozen=True)
class AnswerDelay:
    """In how many days a body answers an avis, and the rulebook that says it."""

    days: int
    rulebook: BodyRulebook | None = None


def answer_delay_of(addressed: Body) -> AnswerDelay:
    """The delay a body answers in; what its rulebook in force does not say, the site proposes."""
    return answer_delays_of([addressed])[addressed.id]


def answer_delays_of(bodies: Sequence[Body]) -> dict[int, AnswerDelay]:
    """The same for several bodies, by id."""
    days = site().avis_answer_days
    held = functionings_of([body.id for body in bodies])
    found = {}
    for body in bodies:
        rulebook = held.get(body.id)
        own = FunctioningRules.of(rulebook.content).answer_days if rulebook else None
        found[body.id] = AnswerDelay(own, rulebook) if own else AnswerDelay(days)
    return found


def public_avis(wanted: AvisFilter, number: int = 1) -> Page[Avis]:
    """A page of the avis everybody reads, the last sent first."""
    condition = _asked(wanted)
    rows = select(Avis).where(condition).options(*WITH_BODIES).order_by(Avis.sent_at.desc(), Avis.id.desc())
    return page_of(rows, select(func.count()).select_from(Avis).where(condition), number)


def avis_addressed_to(body_ids: Sequence[int], size: int = 20) -> Sequence[Avis]:
    """The avis these bodies received, the last sent first."""
    query = select(Avis).where(Avis.addressed_id.in_(body_ids), Avis.state.in_(PUBLIC_AVIS)).options(*WITH_BODIES)
    return db.session.scalars(query.order_by(Avis.sent_at.desc(), Avis.id.desc()).limit(size)).all()


def counts_of_avis() -> dict[AvisFilter, int]:
    """How many there are under each filter."""
    return {
        wanted: db.session.scalar(select(func.count()).select_from(Avis).where(_asked(wanted))) or 0
        for wanted in AvisFilter
    }


def _asked(wanted: AvisFilter) -> ColumnElement[bool]:
    return {
        AvisFilter.ALL: Avis.state.in_(PUBLIC_AVIS),
        AvisFilter.WAITING: Avis.state.in_(WAITING),
        AvisFilter.LATE: is_late(),
        AvisFilter.ANSWERED: Avis.state == AvisState.ANSWERED,
    }[wanted]


def is_late() -> ColumnElement[bool]:
    """Whether an avis still waits after its last day."""
    return and_(Avis.state.in_(WAITING), Avis.answer_due_on < clock.today())


def public_avis_of(body: Body, most: int = 20) -> Sequence[Avis]:
    """What a body said, and what was said to it: the last ones, for its own page."""
    mine = or_(Avis.body_id == body.id, Avis.addressed_id == body.id)
    query = select(Avis).where(mine, Avis.state.in_(PUBLIC_AVIS)).options(*WITH_BODIES)
    return db.session.scalars(query.order_by(Avis.sent_at.desc(), Avis.id.desc()).limit(most)).all()


def avis_in_space(body: Body) -> Sequence[Avis]:
    """What the conseil is writing, and what it has said: everything but what it gave up, the newest first."""
    query = select(Avis).where(Avis.body_id == body.id, Avis.state != AvisState.DROPPED)
    return db.session.scalars(query.options(*WITH_BODIES).order_by(Avis.created_at.desc(), Avis.id.desc())).all()


def addressable_bodies(body: Body) -> Sequence[Body]:
    """The bodies of the contract an avis may be addressed to, by name."""
    query = select(Body).where(Body.contract_id == body.contract_id, Body.id != body.id)
    return [one for one in db.session.scalars(query.order_by(Body.name, Body.id)) if not one.is_over]


def avis_to_answer(contract_ids: set[int] | None) -> Sequence[Avis]:
    """What waits for an answer in these contracts (``None``: all), the most urgent first."""
    query = select(Avis).join(Body, Body.id == Avis.addressed_id).where(Avis.state.in_(WAITING))
    if contract_ids is not None:
        query = query.where(Body.contract_id.in_(contract_ids) if contract_ids else false())
    return db.session.scalars(query.options(*WITH_BODIES).order_by(Avis.answer_due_on, Avis.id)).all()


def late_avis() -> Sequence[Avis]:
    """What should have been answered and is not."""
    return db.session.scalars(select(Avis).where(is_late()).options(*WITH_BODIES).order_by(Avis.id)).all()

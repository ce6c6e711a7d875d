"""What is there: the bodies, and which of them a person works for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.accounts.models import Person, Role, Scope
from app.domain.governance.models import Body, body_quartiers
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing


def bodies(number: int = 1, size: int = 20) -> Page[Body]:
    """A page of the bodies, by name."""
    rows = select(Body).options(selectinload(Body.quartiers), joinedload(Body.contract)).order_by(Body.name, Body.id)
    return page_of(rows, select(func.count()).select_from(Body), number, size)


def body_by_id(body_id: int) -> Body:
    """One body with its quartiers and contract. Raises ``Missing``."""
    query = select(Body).where(Body.id == body_id).options(selectinload(Body.quartiers), joinedload(Body.contract))
    found = db.session.scalar(query)
    if found is None:
        raise Missing(f"body {body_id}")
    return found


def reached_by(person: Person) -> ColumnElement[bool]:
    """The bodies a person works for, in SQL: everywhere, by contract, by quartier, or one by one."""
    reached: list[ColumnElement[bool]] = []
    for grant in person.grants:
        if grant.role is Role.ELU or not grant.holds_on(clock.today()):
            continue
        if grant.scope is Scope.EVERYWHERE:
            return true()
        if grant.scope is Scope.CONTRACT:
            reached.append(Body.contract_id == grant.scope_id)
        elif grant.scope is Scope.BODY:
            reached.append(Body.id == grant.scope_id)
        else:
            reached.append(sits_in(grant.scope_id))
    return or_(*reached) if reached else Body.id.is_(None)


def sits_in(quartier_id: int | None) -> ColumnElement[bool]:
    """Whether a body belongs to a quartier, or (without one) to any at all."""
    query = exists().where(body_quartiers.c.body_id == Body.id)
    return query if quartier_id is None else query.where(body_quartiers.c.quartier_id == quartier_id)


def all_bodies() -> Sequence[Body]:
    """Every body, by name: the places a role may be given for."""
    return db.session.scalars(select(Body).order_by(Body.name, Body.id)).all()

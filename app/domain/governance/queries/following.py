"""What is there after a séance: its minutes, who received the relevé, the actions to follow."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance.models import (
    ActionState,
    AgendaItem,
    AgendaPaper,
    Body,
    CalendarKey,
    Convocation,
    DecidedAction,
    Mandate,
    Member,
    Minutes,
    ReleveSend,
    Seance,
    SeanceState,
    Seat,
    seance_bodies,
)
from app.domain.governance.queries.bodies import led_by, with_insiders
from app.domain.governance.queries.seances import SHOWN, of_body, seance_by_id
from app.domain.governance.queries.sittings import distribution_of, roll_of
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing


def last_minutes(seance_id: int) -> Minutes | None:
    """The last version of the minutes of a séance."""
    query = select(Minutes).where(Minutes.seance_id == seance_id).order_by(Minutes.version.desc()).limit(1)
    return db.session.scalar(query.options(joinedload(Minutes.approved_in)))


def versions_of_minutes(seance: Seance) -> Sequence[Minutes]:
    """Every version, the last first."""
    query = select(Minutes).where(Minutes.seance_id == seance.id).order_by(Minutes.version.desc())
    return db.session.scalars(query.options(joinedload(Minutes.approved_in))).all()


def next_seance_of(seance: Seance) -> Seance | None:
    """The next séance to come of the body that convened this one."""
    coming = Seance.state.in_((SeanceState.PLANNED, SeanceState.CONVENED))
    query = select(Seance).where(of_body(seance.body_id), coming, Seance.starts_at > seance.starts_at)
    return db.session.scalar(query.options(*SHOWN).order_by(Seance.starts_at, Seance.id).limit(1))


def unapproved_before(seance: Seance) -> Sequence[Seance]:
    """The séances this body held whose minutes wait to be approved: they enter the agenda of the next one."""
    approved = select(Minutes.seance_id).where(Minutes.approved_at.is_not(None))
    query = select(Seance).where(
        of_body(seance.body_id), Seance.state == SeanceState.CLOSED, Seance.id.not_in(approved),
        Seance.starts_at < seance.starts_at,
    )  # fmt: skip
    return db.session.scalars(query.options(*SHOWN).order_by(Seance.starts_at, Seance.id)).all()


def readers_of(seance: Seance) -> list[tuple[dict[str, int], str]]:
    """Who receives the relevé: members then those informed, each address once."""
    found: dict[str, dict[str, int]] = {}
    for line in roll_of(seance).lines:
        person = line.member.person
        email = line.member.email or (person.email if person else None)
        if email:
            found.setdefault(email.casefold(), {"mandate_id": line.mandate.id})
    for entry in distribution_of(seance):
        found.setdefault(entry.email.casefold(), {"entry_id": entry.id})
    return [(who, email) for email, who in found.items()]


def releve_sends(seance: Seance) -> Sequence[ReleveSend]:
    """The log of the sendings of a relevé."""
    query = (
        select(ReleveSend)
        .where(ReleveSend.seance_id == seance.id)
        .options(joinedload(ReleveSend.mandate).joinedload(Mandate.member), joinedload(ReleveSend.entry))
        .order_by(ReleveSend.id)
    )
    return db.session.scalars(query).all()


# An action with its séance and body: what a list of them shows and what its policy asks.
WITH_SEANCE = (
    contains_eager(DecidedAction.item).contains_eager(AgendaItem.seance).joinedload(Seance.body),
    contains_eager(DecidedAction.item)
    .contains_eager(AgendaItem.seance)
    .joinedload(Seance.body)
    .selectinload(Body.quartiers),
    contains_eager(DecidedAction.item).contains_eager(AgendaItem.seance).selectinload(Seance.also),
)


def actions_of(body: Body, number: int = 1) -> Page[DecidedAction]:
    """A page of what the séances of a body decided to have done: to do first, the most late first."""
    held = (of_body(body.id), Seance.state == SeanceState.CLOSED)
    rows = (
        select(DecidedAction).join(DecidedAction.item).join(AgendaItem.seance).where(*held).options(*WITH_SEANCE)
        .order_by(
            (DecidedAction.state != ActionState.TO_DO), DecidedAction.due_on.is_(None), DecidedAction.due_on,
            DecidedAction.id,
        )
    )  # fmt: skip
    count = select(func.count(DecidedAction.id)).join(DecidedAction.item).join(AgendaItem.seance).where(*held)
    return page_of(rows, count, number)


def actions_due(person: Person, before: date, size: int = 20) -> Sequence[DecidedAction]:
    """The actions to do before a day, the late ones first, in the bodies a person leads. Needs ``person.grants``."""
    query = (
        select(DecidedAction)
        .join(DecidedAction.item)
        .join(AgendaItem.seance)
        .join(Seance.body)
        .where(DecidedAction.state == ActionState.TO_DO, DecidedAction.due_on < before, led_by(person))
        .where(Seance.state == SeanceState.CLOSED)
        .options(*WITH_SEANCE)
        .order_by(DecidedAction.due_on, DecidedAction.id)
        .limit(size)
    )
    return db.session.scalars(query).all()


def action_by_id(action_id: int) -> DecidedAction:
    """One action with its séance and the insiders of its body. Raises ``Missing``."""
    query = (
        select(DecidedAction).join(DecidedAction.item).join(AgendaItem.seance)
        .where(DecidedAction.id == action_id).options(*WITH_SEANCE)
    )  # fmt: skip
    found = db.session.scalar(query)
    if found is None:
        raise Missing(f"action {action_id}")
    with_insiders([found.item.seance.body])
    return found


def paper_by_id(paper_id: int) -> tuple[AgendaPaper, Seance]:
    """One document and the séance that says who may see it. Raises ``Missing`` when it was withdrawn."""
    query = select(AgendaPaper).where(AgendaPaper.id == paper_id, AgendaPaper.withdrawn_at.is_(None))
    paper = db.session.scalar(query.options(joinedload(AgendaPaper.file)))
    item = db.session.get(AgendaItem, paper.item_id) if paper else None
    if paper is None or item is None:
        raise Missing(f"paper {paper_id}")
    return paper, seance_by_id(item.seance_id)


def convocation_by_id(convocation_id: int) -> Convocation:
    """One convocation with its séance. Raises ``Missing``."""
    query = select(Convocation).where(Convocation.id == convocation_id)
    found = db.session.scalar(query.options(joinedload(Convocation.seance)))
    if found is None:
        raise Missing(f"convocation {convocation_id}")
    # Its séance takes what its policies ask.
    seance_by_id(found.seance_id)
    return found


def public_seances_of(body: Body, size: int = 100) -> Sequence[Seance]:
    """The public séances of a body, the latest first: for calendars."""
    query = select(Seance).where(of_body(body.id), Seance.is_public).options(*SHOWN)
    return db.session.scalars(query.order_by(Seance.starts_at.desc(), Seance.id.desc()).limit(size)).all()


def person_of_calendar(key: str) -> Person:
    """Whose calendar this key opens. Raises ``Missing``."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    query = select(Person).join(CalendarKey, CalendarKey.person_id == Person.id).where(CalendarKey.key_hash == digest)
    found = db.session.scalar(query.where(Person.deactivated_at.is_(None)))
    if found is None:
        raise Missing("calendar")
    return found


def seances_of_member(person: Person, size: int = 100) -> Sequence[Seance]:
    """The séances of the bodies somebody sits in today, alone or with others, the latest first."""
    today = clock.today()
    sits = (
        select(Seat.body_id).join(Mandate, Mandate.seat_id == Seat.id).join(Member, Member.id == Mandate.member_id)
        .where(Member.person_id == person.id, Mandate.starts_on <= today)
        .where(or_(Mandate.ended_on.is_(None), Mandate.ended_on > today))
    )  # fmt: skip
    joined = select(seance_bodies.c.seance_id).where(seance_bodies.c.body_id.in_(sits))
    query = select(Seance).where(or_(Seance.body_id.in_(sits), Seance.id.in_(joined))).options(*SHOWN)
    return db.session.scalars(query.order_by(Seance.starts_at.desc(), Seance.id.desc()).limit(size)).all()

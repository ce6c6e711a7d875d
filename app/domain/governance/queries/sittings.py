"""What is there: who sits at a séance, who came, who is convened, under which rules; and what other features ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.database import db
from app.domain.governance.models import (
    AgendaItem,
    Attendance,
    BodyRulebook,
    College,
    Convocation,
    DistributionEntry,
    Mandate,
    Member,
    Presence,
    RulebookSubject,
    Seance,
    SeanceGuest,
    SeanceState,
    Seat,
    SeatType,
    Signature,
)
from app.domain.governance.queries.seances import of_body, seance_by_id
from app.domain.governance.rules import FunctioningRules, Quorum, Seated, quorum_of
from app.domain.shared import clock
from app.domain.shared.refusals import Missing


def rulebook_of(body_id: int) -> BodyRulebook | None:
    """The rulebook of functioning in force today."""
    query = select(BodyRulebook).where(
        BodyRulebook.body_id == body_id,
        BodyRulebook.subject == RulebookSubject.FUNCTIONING,
        BodyRulebook.in_force_on <= clock.today(),
    )
    return db.session.scalar(query.order_by(BodyRulebook.in_force_on.desc(), BodyRulebook.version.desc()).limit(1))


def functionings_of(body_ids: Sequence[int]) -> dict[int, BodyRulebook]:
    """The rulebooks of functioning in force today, by body; a body that has written none is not there."""
    query = select(BodyRulebook).where(
        BodyRulebook.body_id.in_(body_ids),
        BodyRulebook.subject == RulebookSubject.FUNCTIONING,
        BodyRulebook.in_force_on <= clock.today(),
    )
    ordered = query.order_by(BodyRulebook.in_force_on, BodyRulebook.version)
    return {held.body_id: held for held in db.session.scalars(ordered)}


def functioning_of(body_id: int) -> FunctioningRules | None:
    """How a body meets and decides, as it wrote it; ``None`` as long as it has not."""
    held = rulebook_of(body_id)
    return None if held is None else FunctioningRules.of(held.content)


@dataclass(frozen=True)
class Line:
    """One mandate on the roll of a séance: who, for which seat, where they are."""

    mandate: Mandate
    attendance: Attendance | None

    @property
    def member(self) -> Member:
        return self.mandate.member

    @property
    def presence(self) -> Presence | None:
        return self.attendance.presence if self.attendance else None

    @property
    def college(self) -> str:
        return self.mandate.seat.seat_type.college.name

    def seated(self, recused: frozenset[int] = frozenset()) -> Seated:
        """The same as the rule of the quorum sees it."""
        kind = self.mandate.seat.seat_type
        attendance = self.attendance
        here = None if attendance is None else attendance.presence
        if attendance is not None and attendance.left_at is not None and here is Presence.PRESENT:
            here = Presence.ABSENT
        return Seated(
            self.mandate.id, self.mandate.seat_id, kind.college.code, kind.has_vote, self.mandate.standing, here,
            attendance.proxy_to_id if attendance else None, self.mandate.id in recused,
        )  # fmt: skip


@dataclass(frozen=True)
class Roll:
    """Who sits at a séance, in the order of the colleges, with the rules that count them."""

    seance: Seance
    lines: tuple[Line, ...]
    rules: FunctioningRules | None

    def seated(self, recused: frozenset[int] = frozenset()) -> list[Seated]:
        return [line.seated(recused) for line in self.lines]

    def quorum(self, recused: frozenset[int] = frozenset()) -> Quorum | None:
        """Whether it may decide; nothing as long as the body has no rulebook."""
        if self.rules is None:
            return None
        return quorum_of(self.rules, self.seated(recused), self.seance.call_number)

    def line_of(self, mandate_id: int) -> Line:
        """The line of a mandate. Raises ``Missing``."""
        for line in self.lines:
            if line.mandate.id == mandate_id:
                return line
        raise Missing(f"mandate {mandate_id}")

    def line_of_person(self, person_id: int | None) -> Line | None:
        """The line of somebody who has an account."""
        found = [line for line in self.lines if person_id is not None and line.member.person_id == person_id]
        return found[0] if found else None

    @property
    def colleges(self) -> list[tuple[str, list[Line]]]:
        """The lines under each college."""
        names = list(dict.fromkeys(line.college for line in self.lines))
        return [(name, [line for line in self.lines if line.college == name]) for name in names]


def mandates_on(body_ids: Sequence[int], day: date) -> Sequence[Mandate]:
    """The mandates in force in these bodies on a day, with seat, college and member; titulars first in each seat."""
    query = (
        select(Mandate)
        .join(Mandate.seat)
        .join(Seat.seat_type)
        .join(SeatType.college)
        .join(Mandate.member)
        .where(Seat.body_id.in_(body_ids), Mandate.starts_on <= day)
        .where(or_(Mandate.ended_on.is_(None), Mandate.ended_on > day))
        .options(
            contains_eager(Mandate.seat).contains_eager(Seat.seat_type).contains_eager(SeatType.college),
            contains_eager(Mandate.member).joinedload(Member.person),
        )
        .order_by(College.position, College.id, Member.last_name, Member.first_name, Mandate.id)
    )
    return db.session.scalars(query).unique().all()


def roll_of(seance: Seance) -> Roll:
    """Who sits at a séance and where they are: the members of every body that meets, on its day."""
    day = clock.in_paris(seance.starts_at).date()
    mandates = mandates_on([body.id for body in seance.bodies], day)
    query = select(Attendance).where(Attendance.seance_id == seance.id)
    held = {row.mandate_id: row for row in db.session.scalars(query)}
    lines = tuple(Line(mandate, held.get(mandate.id)) for mandate in mandates)
    return Roll(seance, lines, functioning_of(seance.body_id))


def signatures_of(seance: Seance) -> dict[int, bytes]:
    """What members drew beside their presence, by mandate."""
    query = select(Attendance.mandate_id, Signature.drawing).join(Signature, Signature.attendance_id == Attendance.id)
    return {mandate: drawing for mandate, drawing in db.session.execute(query.where(Attendance.seance_id == seance.id))}


def guests_of(seance: Seance) -> Sequence[SeanceGuest]:
    """The people invited, in the order they were."""
    query = select(SeanceGuest).where(SeanceGuest.seance_id == seance.id).order_by(SeanceGuest.id)
    return db.session.scalars(query).all()


def distribution_of(seance: Seance) -> Sequence[DistributionEntry]:
    """Those the bodies inform besides their members, each address once."""
    ids = [body.id for body in seance.bodies]
    query = select(DistributionEntry).where(DistributionEntry.body_id.in_(ids), DistributionEntry.removed_at.is_(None))
    found = {entry.email.casefold(): entry for entry in db.session.scalars(query.order_by(DistributionEntry.id.desc()))}
    return sorted(found.values(), key=lambda entry: entry.id)


def convocations_of(seance: Seance) -> Sequence[Convocation]:
    """The proofs of sending, the last convocation first, each with its recipient."""
    query = (
        select(Convocation)
        .where(Convocation.seance_id == seance.id)
        .options(
            joinedload(Convocation.mandate).joinedload(Mandate.member),
            joinedload(Convocation.entry),
            joinedload(Convocation.guest),
        )
        .order_by(Convocation.round.desc(), Convocation.id)
    )
    return db.session.scalars(query).all()


def item_by_id(item_id: int) -> AgendaItem:
    """One item with its séance, its papers, recusals and actions. Raises ``Missing``."""
    query = select(AgendaItem).where(AgendaItem.id == item_id)
    found = db.session.scalar(query.options(*WHOLE_ITEM, joinedload(AgendaItem.seance)))
    if found is None:
        raise Missing(f"item {item_id}")
    # Its séance takes what the page and its policies ask.
    seance_by_id(found.seance_id)
    return found


WHOLE_ITEM = (
    selectinload(AgendaItem.papers),
    selectinload(AgendaItem.recusals),
    selectinload(AgendaItem.actions),
    selectinload(AgendaItem.named_votes),
)


def items_of(seance: Seance) -> Sequence[AgendaItem]:
    """Every item of a séance with what is attached to it, in order; those proposed or declined too."""
    query = select(AgendaItem).where(AgendaItem.seance_id == seance.id).options(*WHOLE_ITEM)
    return db.session.scalars(query.order_by(AgendaItem.position, AgendaItem.id)).all()


# --- What other features ask ----------------------------------------------------------------------------------------


def last_seance_held(body_id: int) -> Seance | None:
    """The last séance a body held, alone or with others."""
    query = select(Seance).where(of_body(body_id), Seance.state == SeanceState.CLOSED)
    return db.session.scalar(query.order_by(Seance.starts_at.desc(), Seance.id.desc()).limit(1))


def seances_held_between(body_id: int, start: datetime, end: datetime) -> Sequence[Seance]:
    """The séances a body held from an instant (included) to another (excluded), the first one first."""
    held = and_(of_body(body_id), Seance.state == SeanceState.CLOSED, Seance.starts_at >= start, Seance.starts_at < end)
    return db.session.scalars(select(Seance).where(held).order_by(Seance.starts_at, Seance.id)).all()


def convocations_at_same_moment(seance: Seance) -> bool | None:
    """Whether everybody was called at the same instant by the last convocation; ``None`` when nobody was called."""
    last = select(func.max(Convocation.round)).where(Convocation.seance_id == seance.id).scalar_subquery()
    query = select(func.count(func.distinct(Convocation.written_at))).where(
        Convocation.seance_id == seance.id, Convocation.round == last
    )
    moments = db.session.scalar(query) or 0
    return None if moments == 0 else moments == 1

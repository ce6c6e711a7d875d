"""What is there: draws, their lists and their calls; the people of a draw as the engine knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.database import db
from app.domain.councils.models import Draw, DrawCall, DrawList, DrawRow, DrawSeatType, DrawState
from app.domain.councils.queries.candidacies import open_seats_by, vacant_seats_of
from app.domain.councils.queries.space import with_everybody
from app.domain.councils.rules.draw.pools import Person
from app.domain.councils.rules.drawing import Wish
from app.domain.councils.rules.proposing import FreeSeat, proposed_wish
from app.domain.governance.models import Body, BodyRulebook, Mandate, Recruitment, RulebookSubject, SeatType
from app.domain.governance.queries import rulebook_on
from app.domain.governance.rules import CouncilFacts, read_rule
from app.domain.shared import clock
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing
from app.domain.territories.queries import site


def draw_by_id(draw_id: int) -> Draw:
    """One draw with its seats, lists (without their lines), calls, and its body with everybody. Raises ``Missing``."""
    return _loaded(select(Draw).where(Draw.id == draw_id), draw_id)


def draw_for_update(draw_id: int) -> Draw:
    """The same, held until the commit: two agents never draw or call together."""
    db.session.execute(select(Draw.id).where(Draw.id == draw_id).with_for_update())
    return _loaded(select(Draw).where(Draw.id == draw_id).execution_options(populate_existing=True), draw_id)


def _loaded(query: Select[Draw], draw_id: int) -> Draw:
    found = db.session.scalar(
        query.options(
            joinedload(Draw.body).selectinload(Body.quartiers),
            joinedload(Draw.body).joinedload(Body.contract),
            joinedload(Draw.rulebook),
            selectinload(Draw.seat_types).joinedload(DrawSeatType.seat_type).joinedload(SeatType.college),
            selectinload(Draw.lists),
            selectinload(Draw.calls).joinedload(DrawCall.mandate).joinedload(Mandate.member),
        )
    )
    if found is None:
        raise Missing(f"draw {draw_id}")
    with_everybody([found.body])
    return found


def draws_of(body: Body, number: int = 1) -> Page[Draw]:
    """Every draw of a body, the newest first."""
    return _page(number, Draw.body_id == body.id)


def public_draws_of(body: Body, number: int = 1) -> Page[Draw]:
    """Those everybody reads: announced, done, given up after they were announced."""
    return _page(number, Draw.body_id == body.id, Draw.published_at.is_not(None))


def _page(number: int, *wanted: ColumnElement[bool]) -> Page[Draw]:
    count = select(func.count()).select_from(Draw).where(*wanted)
    return page_of(select(Draw).where(*wanted).order_by(Draw.id.desc()), count, number)


@dataclass(frozen=True)
class DrawTerms:
    """How long the draws of a body may be contested (days), how many witnesses sign, and the rulebook that says it."""

    appeal_days: int
    witnesses: int
    rulebook: BodyRulebook | None = None


def draw_terms_of(body: Body) -> DrawTerms:
    """What the rulebook in force today says of the draws of a body; what it does not say, the site proposes."""
    proposed, held = site(), rulebook_on(body.id, RulebookSubject.COMPOSITION, clock.today())
    if held is None:
        return DrawTerms(proposed.draw_appeal_days, proposed.draw_witnesses)
    rule = read_rule(held.content)
    return DrawTerms(
        rule.appeal_days or proposed.draw_appeal_days, rule.witnesses or proposed.draw_witnesses, rulebook=held
    )


def with_draws(facts: CouncilFacts, body: Body) -> CouncilFacts:
    """What governance knows of a body, with what its last draw says; without a draw, nothing more is known."""
    query = select(Draw).where(Draw.body_id == body.id, Draw.drawn_at.is_not(None))
    last = db.session.scalar(query.options(selectinload(Draw.lists)).order_by(Draw.drawn_at.desc(), Draw.id.desc()))
    if last is None:
        return facts
    return replace(
        facts, source_lists=len(last.lists), draw_used=True, draw_can_be_checked=bool(last.public_list),
        witnesses=len(last.witness_names),
    )  # fmt: skip


def proposed_wish_of(body: Body) -> Wish:
    """What the rulebook in force asks of a draw for the seats of a body that are free today."""
    held = rulebook_on(body.id, RulebookSubject.COMPOSITION, clock.today())
    kinds = [one.seat_type for one in open_seats_by(body, (Recruitment.DRAW,))]
    seats = vacant_seats_of([kind.id for kind in kinds])
    free = [
        FreeSeat(
            seat.seat_type.college.code, seat.seat_type.code, seat.seat_type.min_age, seat.seat_type.max_age,
            seat.quartier.name if seat.quartier else "",
        )
        for seat in seats
    ]  # fmt: skip
    names = [seat.seat_type.college.name for seat in seats]
    rule = read_rule(held.content) if held else None
    return proposed_wish(rule, free, names, [quartier.name for quartier in body.quartiers])


def list_of(draw: Draw, list_id: int) -> DrawList:
    """One list of a draw. Raises ``Missing``."""
    found = next((one for one in draw.lists if one.id == list_id), None)
    if found is None:
        raise Missing(f"list {list_id} of draw {draw.id}")
    return found


def list_in_draw(draw_id: int, list_id: int) -> DrawList:
    """One list with its draw and everybody of its body. Raises ``Missing``."""
    draw = draw_by_id(draw_id)
    found = list_of(draw, list_id)
    # Held by the list itself: the session alone would let it go.
    set_committed_value(found, "draw", draw)
    return found


def call_in_draw(draw_id: int, call_id: int) -> DrawCall:
    """One call with its draw and everybody of its body. Raises ``Missing``."""
    draw = draw_by_id(draw_id)
    found = next((one for one in draw.calls if one.id == call_id), None)
    if found is None:
        raise Missing(f"call {call_id} of draw {draw_id}")
    set_committed_value(found, "draw", draw)
    return found


def people_of(draw: Draw) -> list[Person]:
    """The people of an announced draw, as they are published; none once the lists are destroyed."""
    query = select(DrawRow.row_id, DrawRow.labels, DrawRow.household).where(DrawRow.draw_id == draw.id)
    return [Person(id_, tuple(labels), household) for id_, labels, household in db.session.execute(query)]


def row_of(draw: Draw, row_id: str) -> DrawRow:
    """Somebody on a list of a draw. Raises ``Missing``."""
    found = db.session.scalar(select(DrawRow).where(DrawRow.draw_id == draw.id, DrawRow.row_id == row_id))
    if found is None:
        raise Missing(f"row of draw {draw.id}")
    return found


def rows_called(draw: Draw) -> dict[str, DrawRow]:
    """Those who were called, by their identifier: names and addresses, for whoever calls."""
    called = select(DrawCall.row_id).where(DrawCall.draw_id == draw.id)
    rows = db.session.scalars(select(DrawRow).where(DrawRow.draw_id == draw.id, DrawRow.row_id.in_(called)))
    return {row.row_id: row for row in rows}


def lists_left_behind() -> list[DrawList]:
    """The lists of draws never announced, loaded longer ago than their own appeal period."""
    query = select(DrawList).join(DrawList.draw).where(Draw.state == DrawState.PREPARING)
    query = query.options(contains_eager(DrawList.draw)).order_by(DrawList.id)
    now = clock.now()
    return [one for one in db.session.scalars(query) if one.loaded_at + timedelta(days=one.draw.appeal_days) <= now]


def draws_to_close() -> Sequence[int]:
    """The draws whose appeal period is over and whose lists are still there, by number."""
    query = select(Draw).where(Draw.state == DrawState.DRAWN).order_by(Draw.id)
    now = clock.now()
    return [draw.id for draw in db.session.scalars(query) if draw.appeal_ends_at and draw.appeal_ends_at <= now]

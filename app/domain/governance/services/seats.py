"""Seats are opened and closed as the composition rule says; those who held them stay written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import queries, rules
from app.domain.governance.models import Body, College, Seat, SeatType
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, require

Place = tuple[str, str, int | None]


def open_seats(
    *, body: Body, rule: rules.CompositionRule, total: int, quartiers: Mapping[str, int | None],
    populations: Mapping[str, int], actor: Person | None,
) -> tuple[int, int]:  # fmt: skip
    """Opens the seats a rule gives for a total, and closes those it no longer gives: how many of each.

    A seat somebody holds is never closed: refusal ``held``. ``quartiers`` gives the id behind each key of
    ``populations``. A college or a kind of seat the rule drops is closed, and opened again if it comes back.
    Refusals: those of ``rules.seats_of``, ``state``.
    """
    require(rules.can_be_added_to(body))
    wanted = rules.seats_of(rule, total, populations)
    kinds = _lay_colleges(body, rule)
    opened = closed = 0
    held = queries.open_seats_by_kind(body)
    counts: Counter[tuple[int, int | None]] = Counter()
    for one in wanted:
        counts[kinds[one.college, one.kind].id, quartiers.get(one.place) if one.place else None] += one.count
    for key in {*counts, *held}:
        seats = held.get(key, [])
        opened += _open(body, *key, counts[key] - len(seats))
        closed += _close(seats, len(seats) - counts[key])
    journal.record("opened_seats", body, actor=actor, total=total, opened=opened, closed=closed)
    return opened, closed


def _lay_colleges(body: Body, rule: rules.CompositionRule) -> dict[tuple[str, str], SeatType]:
    """The colleges and kinds of seats of a rule, made if they are new, named as the rule names them."""
    known = {college.code: college for college in queries.colleges_of(body)}
    found = {}
    for position, said in enumerate(rule.colleges):
        college = known.pop(said.code, None) or College(body_id=body.id, code=said.code, opened_on=clock.today())
        college.name, college.position, college.is_residents = said.name, position, said.is_residents
        college.closed_on = None
        db.session.add(college)
        db.session.flush()
        types = {kind.code: kind for kind in queries.seat_types_of(college)}
        for place, kind in enumerate(said.kinds):
            row = types.get(kind.code) or SeatType(college_id=college.id, code=kind.code)
            row.name, row.position, row.recruitment = kind.name, place, kind.recruitment
            row.min_age, row.max_age, row.has_vote = kind.min_age, kind.max_age, kind.has_vote
            db.session.add(row)
            found[said.code, kind.code] = row
    for left in known.values():
        left.closed_on = left.closed_on or clock.today()
    db.session.flush()
    return found


def _open(body: Body, seat_type_id: int, quartier_id: int | None, count: int) -> int:
    first = queries.last_seat_number(seat_type_id) + 1
    for number in range(first, first + max(count, 0)):
        seat = Seat(
            body_id=body.id, seat_type_id=seat_type_id, number=number, quartier_id=quartier_id, opened_on=clock.today()
        )
        db.session.add(seat)
    db.session.flush()
    return max(count, 0)


def _close(seats: list[Seat], count: int) -> int:
    """Closes so many seats nobody holds, the last opened first."""
    if count <= 0:
        return 0
    free = [seat for seat in reversed(seats) if not any(one.holds_on(clock.today()) for one in seat.mandates)]
    if len(free) < count:
        raise Refusal(
            _l(
                "%(count)s sièges à fermer sont occupés. Terminez d’abord ces mandats, ou gardez ces sièges.",
                count=count - len(free),
            ), code="held",
        )  # fmt: skip
    for seat in free[:count]:
        seat.closed_on = clock.today()
    return count


def name_seat(*, seat: Seat, label: str, actor: Person) -> None:
    """Names a seat: "Préfet", "Présidente de la métropole"."""
    seat.label = label
    journal.record("named_seat", seat, actor=actor)

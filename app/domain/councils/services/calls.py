"""After a draw: people are called in the public order, they answer, nobody chooses; then the lists are destroyed."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from app.database import db
from app.domain.accounts.models import Person
from app.domain.councils import queries
from app.domain.councils.models import DRAW_LIFE, CallAnswer, Draw, DrawCall, DrawRow
from app.domain.councils.rules import drawing
from app.domain.councils.rules.candidacies import planned_end
from app.domain.councils.rules.draw.replacement import replace
from app.domain.councils.rules.draw.rule import Rule
from app.domain.councils.rules.draw.rule_reading import rule_of
from app.domain.councils.rules.draw.walk import called_order
from app.domain.governance.models import Gender, Mandate, Recruitment, Seat, Standing
from app.domain.governance.queries import seat_for_update
from app.domain.governance.services import Identity, add_member, give_mandate
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, require

GENDERS = {drawing.WOMAN: Gender.WOMAN, drawing.MAN: Gender.MAN}


def answer_call(*, draw: Draw, call_id: int, answer: CallAnswer, actor: Person) -> DrawCall | None:
    """Notes what somebody who was called answered. Whoever accepts holds a mandate from today.

    A titular who refuses, or cannot be reached, is replaced by the next of the same kind along the public order, else
    by the first who keeps every quota: gives the call that follows, if there is one (``None`` otherwise; when the
    list is used up a new draw is needed, CC-R17). Refusals: ``state``, ``answered``, ``room``.
    """
    draw = queries.draw_for_update(draw.id)
    require(DRAW_LIFE.allows("answer_call", draw.state))
    call = next((one for one in draw.calls if one.id == call_id), None)
    if call is None or call.answer is not None:
        raise Refusal(_l("La réponse de cette personne est déjà notée."), code="answered")
    call.answer, call.answered_at, call.answered_by_id = answer, clock.now(), actor.id
    journal.record("answered_call", draw, actor=actor, rank=call.rank, answer=answer.value)
    if answer is CallAnswer.ACCEPTED:
        call.mandate_id = _seat(draw, call, actor).id
        db.session.flush()
        return None
    return _replace(draw, call, actor) if call.standing is Standing.TITULAR else None


def call_alternate(*, draw: Draw, actor: Person) -> DrawCall:
    """Calls the next of the public order as alternate.

    Refusals: ``state``, ``waiting``, ``seats_first``, ``used_up``.
    """
    draw = queries.draw_for_update(draw.id)
    require(DRAW_LIFE.allows("call", draw.state))
    waiting = sum(1 for call in draw.calls if call.answer is None)
    seated = sum(1 for call in draw.calls if call.standing is Standing.TITULAR and call.mandate_id is not None)
    seats_left = can_still_seat(draw)
    require(drawing.can_call_alternates(waiting, seated, draw.seats if seats_left else seated))
    called = {call.row_id for call in draw.calls}
    next_id = next((id_ for id_ in draw.record["alternates"] if id_ not in called), None)
    if next_id is None:
        raise Refusal(_l("La liste est épuisée : toutes les personnes ont été appelées."), code="used_up")
    return _call(draw, next_id, Standing.ALTERNATE, None, "", actor)


def can_still_seat(draw: Draw) -> bool:
    """Whether a titular who refused still waits for a replacement: false once the list had nobody left for them."""
    replaced = {call.replaces_id for call in draw.calls}
    lost = [call for call in draw.calls if call.standing is Standing.TITULAR and _is_no(call)]
    return not any(call.id not in replaced for call in lost)


def _is_no(call: DrawCall) -> bool:
    return call.answer in {CallAnswer.REFUSED, CallAnswer.UNREACHABLE}


def _call(draw: Draw, row_id: str, standing: Standing, replaced: DrawCall | None, why: str, actor: Person) -> DrawCall:
    call = DrawCall(
        draw_id=draw.id, rank=max(one.rank for one in draw.calls) + 1, row_id=row_id, standing=standing,
        called_at=clock.now(), replaces_id=replaced.id if replaced else None, why=why,
    )  # fmt: skip
    draw.calls.append(call)
    db.session.flush()
    journal.record("called_drawn", draw, actor=actor, rank=call.rank)
    return call


def _replace(draw: Draw, refused: DrawCall, actor: Person) -> DrawCall | None:
    """Who is called instead: the engine decides, from the whole public order."""
    rule, people = _rule(draw), queries.people_of(draw)
    order = called_order(rule, people, draw.seed)
    seated = {call.row_id for call in draw.calls if call.standing is Standing.TITULAR and not _is_no(call)} | {
        refused.row_id
    }
    called = {call.row_id for call in draw.calls}
    found = replace(rule, order, seated, called, refused.row_id)
    return _call(draw, found.person.id, Standing.TITULAR, refused, found.why.value, actor) if found else None


def _rule(draw: Draw) -> Rule:
    rule, faults = rule_of(draw.rule_facts)
    if rule is None:
        raise faults[0]
    return rule


# --- Seats ----------------------------------------------------------------------------------------------------------


def _seat(draw: Draw, call: DrawCall, actor: Person) -> Mandate:
    row = queries.row_of(draw, call.row_id)
    seat = _seat_for(draw, row, call.standing)
    member = add_member(identity=_identity(row, seat), email=row.email, phone=row.phone, actor=actor)
    member.address = row.address
    db.session.flush()
    months = draw.body.mandate_months
    mandate = give_mandate(
        seat=seat_for_update(seat.id), member=member, standing=call.standing, recruitment=Recruitment.DRAW,
        starts_on=clock.today(), ends_on=None if months is None else planned_end(clock.today(), months), actor=actor,
        rank=call.rank if call.standing is Standing.ALTERNATE else None,
        source_kind=Draw.__tablename__, source_id=f"{draw.id}:{call.rank}",
    )  # fmt: skip
    db.session.flush()
    return mandate


def _seat_for(draw: Draw, row: DrawRow, standing: Standing) -> Seat:
    """The seat that suits best: of their quartier and their age if one is kept for these. Refusal ``room``."""
    kinds = [one.seat_type_id for one in draw.seat_types]
    free: Sequence[Seat] = queries.vacant_seats_of(kinds)
    if standing is Standing.ALTERNATE:
        free = queries.open_seats_of(kinds)
    fitting = [seat for seat in free if _suits(seat, row)]
    if not fitting:
        raise Refusal(_l("Aucun siège libre ne convient à cette personne (quartier, âge)."), code="room")
    return min(fitting, key=lambda seat: (seat.quartier_id is None, _width(seat), seat.seat_type_id, seat.number))


def _suits(seat: Seat, row: DrawRow) -> bool:
    if seat.quartier is not None and seat.quartier.name not in row.labels:
        return False
    low, high = seat.seat_type.min_age, seat.seat_type.max_age
    age = None if row.birth_year is None else clock.today().year - row.birth_year
    return age is None or ((low is None or age >= low) and (high is None or age - 1 <= high))


def _width(seat: Seat) -> int:
    """How many ages a seat is open to: the narrowest is filled first."""
    low, high = seat.seat_type.min_age or 0, seat.seat_type.max_age
    return (high if high is not None else 200) - low


def _identity(row: DrawRow, seat: Seat) -> Identity:
    gender = next((GENDERS[label] for label in row.labels if label in GENDERS), Gender.UNDECLARED)
    return Identity(
        first_name=row.first_name or str(_l("Personne")), last_name=row.last_name or str(_l("tirée au sort")),
        gender=gender, birth_year=row.birth_year, quartier_id=seat.quartier_id,
    )  # fmt: skip


# --- Destruction ----------------------------------------------------------------------------------------------------


def destroy_lines(draw: Draw) -> int:
    """Deletes every line of the lists, the files, and the key that blurred the identifiers. Gives how many lines."""
    gone = db.session.execute(delete(DrawRow).where(DrawRow.draw_id == draw.id))
    for loaded in draw.lists:
        loaded.content, loaded.destroyed_at = None, clock.now()
    draw.list_key = ""
    db.session.flush()
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a DELETE has one


def close_draws() -> int:
    """Destroys the lists of the draws whose appeal period is over; digests, published list and result stay.

    Gives how many draws were closed and lists forgotten. Source: the appeal period (days) of each draw.
    """
    closed = _forget_lists_left_behind()
    for draw_id in queries.draws_to_close():
        draw = queries.draw_for_update(draw_id)
        draw.state = DRAW_LIFE.target("close_draw", draw.state)
        draw.closed_at = clock.now()
        lines = destroy_lines(draw)
        journal.record("destroyed_draw_lists", draw, actor=None, people=lines)
        closed += 1
    return closed


def _forget_lists_left_behind() -> int:
    """A list loaded for a draw that was never announced is not kept longer than one of a draw that was."""
    gone = 0
    for loaded in queries.lists_left_behind():
        journal.record("removed_draw_list", loaded.draw, actor=None)
        db.session.delete(loaded)
        gone += 1
    return gone


def people_called(*, draw: Draw, actor: Person) -> dict[str, DrawRow]:
    """Those who were called, with their names and how to reach them: reading them is written in the journal."""
    journal.record("read_draw_calls", draw, actor=actor)
    return queries.rows_called(draw)

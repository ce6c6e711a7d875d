"""The events of the committee: a séance from its date to its minutes, and what it decides on each file."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.fph.rules.budget import totals_of
from app.domain.fph.rules.committee import can_be_heard, can_decide, enough_residents, is_carried
from app.domain.fph.rules.delays import last_day
from app.domain.fph.rules.filing import can_defer, can_refuse
from app.domain.fph.rules.granting import can_grant, room_for
from app.domain.fph.rules.ledger import EntryKind
from app.domain.fph.rules.lives import FILE_LIFE, PV_LIFE, FileState, PvState
from app.domain.fph.rules.play.world import PlayedFile, PlayedSeance, World
from app.domain.governance.models import SEANCE_LIFE, SeanceState
from app.domain.governance.rules import can_count_votes, voices
from app.domain.shared.refusals import Refusal, require


def plan(world: World, on: date, *, seance: str, held_on: date, call_number: int) -> World:
    """A séance is announced. Codes ``twice``, ``past``."""
    if seance in world.seances:
        raise Refusal(_l("Une séance porte déjà ce nom : « %(ref)s ».", ref=seance), "seance", "twice")
    if held_on < on:
        raise Refusal(_l("Cette date est déjà passée. Choisissez un jour à venir."), "held_on", "past")
    return world.with_seance(PlayedSeance(seance, held_on, call_number))


def _moved(world: World, seance: PlayedSeance, verb: str, **changes: Any) -> World:
    return world.with_seance(seance, state=SEANCE_LIFE.target(verb, seance.state), **changes)


def convene(world: World, on: date, *, seance: str) -> World:
    """The members are called."""
    return _moved(world, world.seance(seance), "convene")


def open_seance(world: World, on: date, *, seance: str, present: tuple[int, ...]) -> World:
    """Who came is noted, and the quorum is there. Codes ``early``, ``seat``, ``residents``, ``quorum``."""
    found = world.seance(seance)
    if on < found.on:
        raise Refusal(_l("Cette séance n’a pas encore commencé."), code="early")
    _require_seats(world, present)
    opened = _moved(world, found, "open", present=frozenset(present))
    residents = sum(seat.has_vote and seat.is_resident for seat in world.seats)
    require(
        enough_residents(world.rules, residents),
        can_decide(world.rules, opened.seated(opened.seance(seance)), found.call_number),
    )
    return opened


def note_no_quorum(world: World, on: date, *, seance: str) -> World:
    """Not enough members: the files wait for another séance."""
    found = world.seance(seance)
    _require_decided(world, found)
    return _moved(world, found, "note_no_quorum")


def close_seance(world: World, on: date, *, seance: str) -> World:
    """It is over, and its minutes are to be approved. Code ``undecided``: a file was heard and not decided."""
    found = world.seance(seance)
    _require_decided(world, found)
    return _moved(world, found, "close", pv=PvState.DRAFT)


def _require_decided(world: World, seance: PlayedSeance) -> None:
    if any(one.seance == seance.ref and one.state is FileState.HEARD for one in world.files.values()):
        sentence = _l("Un dossier présenté n’est pas décidé : décidez, ou ajournez-le, avant de lever la séance.")
        raise Refusal(sentence, code="undecided")


def _require_seats(world: World, numbers: tuple[int, ...]) -> None:
    if not {seat.number for seat in world.seats}.issuperset(numbers):
        raise Refusal(_l("Ce siège n’est pas dans le comité."), field="seats", code="seat")


def move_pv(verb: str) -> Any:
    """The event that follows this verb of the minutes."""

    def moved(world: World, on: date, *, seance: str) -> World:
        found = world.seance(seance)
        if found.pv is None:
            raise Refusal(_l("Cette séance n’est pas levée : elle n’a pas encore de procès-verbal."), code="state")
        return world.with_seance(found, pv=PV_LIFE.target(verb, found.pv))

    return moved


# --- One file -------------------------------------------------------------------------------------------------------


def recuse(world: World, on: date, *, file: str, seats: tuple[int, ...]) -> World:
    """Members leave for this file: neither counted nor heard. Codes ``seat``, ``state`` once the file is decided."""
    found, seance = _before_committee(world, file)
    _require_seats(world, seats)
    away = seance.recused.get(found.ref, frozenset()) | frozenset(seats)
    return world.with_seance(seance, recused={**seance.recused, found.ref: away})


def hear(world: World, on: date, *, file: str, presence: str) -> World:
    """T8: the project is presented. Codes ``seance``, ``quorum``, ``absent``."""
    found, seance = _before_committee(world, file)
    require(
        can_decide(world.rules, world.seated(seance, file), seance.call_number), can_be_heard(world.rules, presence)
    )
    return world.moved(found, "hear")


def _before_committee(world: World, ref: str) -> tuple[PlayedFile, PlayedSeance]:
    file = world.file(ref)
    if file.state not in (FileState.SCHEDULED, FileState.HEARD):
        raise Refusal(_l("Ce dossier n’est pas devant le comité."), code="state")
    seance = world.seance(file.seance)
    if seance.state is not SeanceState.OPEN:
        raise Refusal(_l("La séance n’est pas ouverte."), field="seance", code="seance")
    return file, seance


def _require_vote(world: World, ref: str, votes_for: int, votes_against: int, chair_is_for: bool) -> PlayedFile:
    """The vote that decides: quorum of the item, no more voices than there are, more for than against (T11)."""
    file, seance = _before_committee(world, ref)
    seated = world.seated(seance, ref)
    require(
        can_decide(world.rules, seated, seance.call_number), can_count_votes(votes_for + votes_against, voices(seated))
    )
    if not is_carried(world.rules, votes_for, votes_against, chair_is_for):
        raise Refusal(_l("Le vote n’est pas en faveur de cette décision : elle n’est pas prise."), code="not_carried")
    return file


def decide(verb: str) -> Any:
    """The event by which the committee grants, in whole, in part or on a condition (T11)."""

    def granted(
        world: World, on: date, *, file: str, amount_cents: int, votes_for: int, votes_against: int, chair_is_for: bool,
        until: date | None,
    ) -> World:  # fmt: skip
        found = _require_vote(world, file, votes_for, votes_against, chair_is_for)
        FILE_LIFE.target(verb, found.state)
        times = world.times_of(found, on.year)
        # Counted again: another grant of the year may have used up what was still open on the day of the deposit.
        totals = totals_of(world.rules, found.lines, found.kind, found.theme, times)
        found = world.with_file(found, totals=totals).file(file)
        request, left = world.request_of(found, on.year), world.balances(envelope=found.envelope).available
        require(can_grant(world.rules, request, left, amount_cents))
        _require_fit(verb, amount_cents, totals.asked_cents)
        answer_by = until if verb == "grant_conditionally" else last_day(on, world.rules.acceptance_days)
        moved = world.moved(
            found, verb, granted_cents=amount_cents, stands_cents=amount_cents, decided_on=on, answer_by=answer_by,
            cuts=room_for(world.rules, request, left).cuts,
        )  # fmt: skip
        return moved.posted(EntryKind.RESERVE, amount_cents, found.envelope, on, file)

    return granted


def _require_fit(verb: str, amount_cents: int, asked_cents: int) -> None:
    """A whole grant is what was asked, a partial one is less. Code ``part``."""
    if verb == "grant" and amount_cents < asked_cents:
        raise Refusal(_l("C’est moins que ce qui est demandé : accordez une partie."), "amount_cents", "part")
    if verb == "grant_partly" and amount_cents >= asked_cents:
        raise Refusal(_l("C’est tout ce qui est demandé : accordez en entier."), "amount_cents", "part")


def refuse(
    world: World, on: date, *, file: str, reason: str, votes_for: int, votes_against: int, chair_is_for: bool
) -> World:
    """T11: a refusal, with its reason."""
    found = _require_vote(world, file, votes_for, votes_against, chair_is_for)
    require(can_refuse(world.rules, reason))
    return world.moved(found, "refuse", decided_on=on)


def defer(world: World, on: date, *, file: str, votes_for: int, votes_against: int, chair_is_for: bool) -> World:
    """T9: something is missing to decide. Code ``deferrals``."""
    found = _require_vote(world, file, votes_for, votes_against, chair_is_for)
    require(can_defer(world.rules, found.deferrals))
    return world.moved(found, "defer", deferrals=found.deferrals + 1, seance="")


def lift_condition(world: World, on: date, *, file: str) -> World:
    """T13: the condition is met in time. Code ``late``."""
    found = world.file(file)
    moved = world.moved(found, "lift_condition", answer_by=last_day(on, world.rules.acceptance_days))
    if found.answer_by is not None and on > found.answer_by:
        raise Refusal(_l("La condition devait être remplie plus tôt."), code="late")
    return moved


def fail_condition(world: World, on: date, *, file: str) -> World:
    """T13: it is not met, and the money is free again."""
    return _freed(world, on, file, "fail_condition")


def renounce(world: World, on: date, *, file: str) -> World:
    """T12: the person who carries it does without, and the money is free again."""
    return _freed(world, on, file, "renounce")


def _freed(world: World, on: date, ref: str, verb: str) -> World:
    file = world.file(ref)
    moved = world.moved(file, verb, granted_cents=0, stands_cents=0, decided_on=on)
    return moved.posted(EntryKind.FREE, file.granted_cents, file.envelope, on, ref)

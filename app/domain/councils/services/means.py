"""A conseil is given its means: places, equipment, a yearly grant kept line by line, trainings, accompaniment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts.models import Person
from app.domain.councils import queries
from app.domain.councils.models import (
    Accompaniment,
    CouncilEnvelope,
    CouncilGrant,
    CouncilLedgerLine,
    LineCategory,
    LineKind,
    Means,
    MeansKind,
    Training,
    TrainingAttendance,
)
from app.domain.councils.rules import means as rules
from app.domain.governance.models import Body, Member
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, Verdict, require
from app.domain.territories.models import Contract


@dataclass(frozen=True)
class Movement:
    """A movement of money to write: ``cents`` is positive, its kind says in which direction it goes."""

    kind: LineKind
    category: LineCategory | None
    label: str
    cents: int
    happened_on: date


@dataclass(frozen=True)
class Mission:
    """A mission of help, as agreed."""

    mission: str
    provider: str
    starts_on: date
    ends_on: date
    words: str
    is_renewable: bool


def give_means(
    *, body: Body, kind: MeansKind, name: str, conditions: str, provider: str, since: date, actor: Person
) -> Means:
    """Puts a place or equipment at the disposal of a conseil."""
    means = Means(body_id=body.id, kind=kind, name=name, conditions=conditions, provider=provider, since=since)
    db.session.add(means)
    journal.record("gave_means", means, actor=actor, body=body.id)
    return means


def end_means(*, means: Means, actor: Person) -> None:
    """Says that it is no longer at its disposal; it stays written."""
    means.ended_on = max(clock.today(), means.since)
    journal.record("ended_means", means, actor=actor, body=means.body_id)


def set_envelope(
    *, contract: Contract, year: int, cents: int, base_cents: int, per_seat_cents: int, actor: Person
) -> CouncilEnvelope:
    """Writes what a contract sets aside in a year, and how a grant is proposed (all in cents)."""
    envelope = queries.envelope_of(contract.id, year)
    if envelope is None:
        envelope = CouncilEnvelope(contract_id=contract.id, year=year)
        db.session.add(envelope)
    envelope.cents, envelope.base_cents, envelope.per_seat_cents = cents, base_cents, per_seat_cents
    journal.record("set_envelope", envelope, actor=actor, year=year, cents=cents)
    return envelope


def grant(*, body: Body, year: int, cents: int, decided_by: str, actor: Person) -> CouncilGrant:
    """Grants a conseil its operating money for a year, in cents. Refusals: ``amount``, ``taken`` (it has one).

    Past the envelope of the year it warns (``rules.over_envelope``) and goes through: the contract decides.
    """
    if cents <= 0:
        raise Refusal(_l("Écrivez un montant plus grand que zéro."), field="amount", code="amount")
    granted = CouncilGrant(
        body_id=body.id, year=year, cents=cents, decided_by=decided_by, granted_at=clock.now(), granted_by_id=actor.id
    )
    try:
        with db.session.begin_nested():
            db.session.add(granted)
    except IntegrityError:
        sentence = _l("Ce conseil a déjà une subvention pour cette année.")
        raise Refusal(sentence, field="year", code="taken") from None
    journal.record("granted", granted, actor=actor, body=body.id, year=year, cents=cents)
    return granted


def write_line(*, grant: CouncilGrant, movement: Movement, actor: Person) -> CouncilLedgerLine:
    """Writes a payment, a spending or a refund. Refusals: ``category``, ``amount``, ``future``, ``over_granted``,
    ``overdrawn``.
    """
    held = queries.grant_for_update(grant.id)
    cents = -movement.cents if movement.kind is LineKind.SPENDING else movement.cents
    require(
        rules.category_fits(movement.kind, movement.category),
        _allowed(held, movement.kind, cents, movement.happened_on),
    )
    line = CouncilLedgerLine(
        grant=held, kind=movement.kind, category=movement.category, label=movement.label, cents=cents,
        happened_on=movement.happened_on, written_at=clock.now(), written_by_id=actor.id,
    )  # fmt: skip
    held.balance_cents += cents
    if movement.kind is LineKind.RECEIVED:
        held.received_cents += cents
    db.session.add(line)
    journal.record("wrote_line", line, actor=actor, grant=held.id, cents=cents)
    return line


def correct_line(*, line: CouncilLedgerLine, reason: str, actor: Person) -> CouncilLedgerLine:
    """Undoes a wrong line by another that names it and says why. Refusals: ``corrected``, ``overdrawn``."""
    held = queries.grant_for_update(line.grant_id)
    require(
        rules.can_be_corrected(line, [one.corrects_id for one in held.lines]),
        _allowed(held, LineKind.CORRECTION, -line.cents, clock.today()),
    )
    correction = CouncilLedgerLine(
        grant=held, kind=LineKind.CORRECTION, category=line.category, label=reason, cents=-line.cents,
        happened_on=clock.today(), corrects_id=line.id, written_at=clock.now(), written_by_id=actor.id,
    )  # fmt: skip
    held.balance_cents -= line.cents
    if line.kind is LineKind.RECEIVED:
        held.received_cents -= line.cents
    db.session.add(correction)
    journal.record("corrected_line", correction, actor=actor, grant=held.id, cents=-line.cents)
    return correction


def note_training(
    *, body: Body, title: str, held_on: date, provider: str, words: str, members: Sequence[Member], actor: Person
) -> Training:
    """Notes a training and who came."""
    training = Training(
        body_id=body.id, title=title, held_on=held_on, provider=provider, words=words,
        attendances=[TrainingAttendance(member=member) for member in members],
    )  # fmt: skip
    db.session.add(training)
    journal.record("noted_training", training, actor=actor, body=body.id, came=len(members))
    return training


def accompany(*, body: Body, mission: Mission, actor: Person) -> Accompaniment:
    """Notes a mission of help. Refusal ``dates``."""
    require(rules.dates_in_order(mission.starts_on, mission.ends_on))
    accompaniment = Accompaniment(body_id=body.id, **asdict(mission))
    db.session.add(accompaniment)
    journal.record("accompanied", accompaniment, actor=actor, body=body.id)
    return accompaniment


def _allowed(held: CouncilGrant, kind: LineKind, cents: int, happened_on: date) -> Verdict:
    return rules.can_be_written(
        kind=kind, cents=cents, balance_cents=held.balance_cents,
        left_to_receive_cents=held.cents - held.received_cents, happened_on=happened_on, today=clock.today(),
    )  # fmt: skip

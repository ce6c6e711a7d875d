"""Bodies are created, changed, put to sleep, merged and closed; their past stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import queries, rules
from app.domain.governance.models import BODY_LIFE, Body, BodyKind, BodyState, EndReason
from app.domain.governance.services.rulebooks import write_composition
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, require
from app.domain.territories.models import Quartier

# What an agent may change of a body; its state changes by the acts of its life only.
CHANGEABLE = frozenset(
    {
        "name", "kind", "purpose", "perimeter", "quartiers", "power", "is_independent", "regime", "yearly_seances",
        "mandate_months", "parent_id", "host_organisation_id", "is_association", "created_on",
    }
)  # fmt: skip


def create_body(
    *,
    contract_id: int,
    kind: BodyKind,
    name: str,
    quartiers: Iterable[Quartier],
    actor: Person | None,
    preset: rules.BodyPreset | None = None,
    parent: Body | None = None,
) -> Body:
    """Creates an instance of a contract; from a preset, in preparation, with all the preset proposes.

    Refusals: ``taken`` on ``name`` when the contract has one of that name; those of ``rules.can_hang_under``.
    """
    body = Body(contract_id=contract_id, kind=kind, name=name, quartiers=list(quartiers))
    require(rules.can_hang_under(body, parent, ()))
    body.parent_id = parent.id if parent else None
    if preset is not None:
        body.state, body.power, body.purpose = BodyState.PREPARATION, preset.power, preset.purpose
        body.is_independent, body.regime = preset.is_independent, preset.regime_on(clock.today())
        body.yearly_seances, body.mandate_months = preset.yearly_seances, preset.mandate_months
    _flush_named(body)
    journal.record("created", body, actor=actor, kind=kind.value, preset=preset.code if preset else "")
    if preset is not None:
        source = str(_l("Modèle de la plateforme : une proposition, à changer selon votre contrat"))
        write_composition(body=body, rule=preset.composition, in_force_on=clock.today(), source=source, actor=actor)
    return body


def change_body(*, body: Body, actor: Person, **values: Any) -> None:
    """Changes what is said of a body. Refusals: ``state`` (ended), ``taken``, those of ``rules.can_hang_under``."""
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise ValueError(f"not to be changed this way: {unknown}")
    require(rules.can_be_added_to(body))
    if values.get("parent_id") is not None:
        parent = queries.body_by_id(values["parent_id"])
        require(rules.can_hang_under(body, parent, queries.ids_above(parent)))
    changed = sorted(name for name, value in values.items() if getattr(body, name) != value)
    for name, value in values.items():
        setattr(body, name, value)
    _flush_named(body)
    journal.record("changed", body, actor=actor, changed=changed)


def install(*, body: Body, actor: Person) -> None:
    """The body begins its life: today is the day it was installed, unless another was written."""
    body.state = BODY_LIFE.target("install", body.state)
    body.created_on = body.created_on or clock.today()
    journal.record("installed", body, actor=actor, on=body.created_on.isoformat())


def put_to_sleep(*, body: Body, actor: Person) -> None:
    """The body no longer meets; its members keep their mandates. Refusal ``state``."""
    body.state = BODY_LIFE.target("put_to_sleep", body.state)
    journal.record("put_to_sleep", body, actor=actor)


def wake(*, body: Body, actor: Person) -> None:
    """The body meets again. Refusal ``state``."""
    body.state = BODY_LIFE.target("wake", body.state)
    journal.record("woke", body, actor=actor)


def close(*, body: Body, actor: Person) -> None:
    """Ends a body: its mandates end, its children hang under its parent, its past is read. Refusal ``state``."""
    body.state = BODY_LIFE.target("close", body.state)
    ended = _end_with(body, body.parent_id)
    journal.record("ended_body", body, actor=actor, mandates=ended)


def merge(*, body: Body, into: Body, actor: Person) -> None:
    """Brings a body into another: its mandates end, its children hang under the other, its past stays its own.

    Refusals of ``rules.can_merge_into``.
    """
    require(rules.can_merge_into(body, into))
    body.state = BODY_LIFE.target("merge", body.state)
    body.merged_into_id = into.id
    if into.parent_id == body.id:
        into.parent_id = body.parent_id
    ended = _end_with(body, into.id)
    journal.record("merged_body", body, actor=actor, body=into.id, mandates=ended)


def _end_with(body: Body, new_parent_id: int | None) -> int:
    """What ends when a body does: mandates, offices and seats. Its children go elsewhere."""
    today = clock.today()
    body.ended_on = today
    for child in queries.children_of(body):
        if child.id != new_parent_id:
            child.parent_id = new_parent_id
    mandates = queries.mandates_in_force(body)
    for mandate in mandates:
        mandate.ended_on, mandate.end_reason = today, EndReason.BODY_ENDED
    for office in queries.offices_in_force(body):
        office.ended_on = today
    for seat in queries.open_seats(body):
        seat.closed_on = today
    db.session.flush()
    return len(mandates)


def _flush_named(body: Body) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(body)
    except IntegrityError:
        sentence = _l("Ce contrat a déjà une instance de ce nom. Choisissez-en un autre.")
        raise Refusal(sentence, field="name", code="taken") from None

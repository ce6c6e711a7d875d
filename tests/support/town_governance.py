"""Small pieces of governance: records of the register, bodies, séances."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from app.database import change_refusals, db
from app.domain.accounts.models import Person
from app.domain.governance import services
from app.domain.governance.models import Body, BodyKind, GovernanceRecord, RecordKind, Seance
from app.domain.shared import clock
from app.domain.territories.models import Contract, Quartier
from tests.support.town import make_contract

_number = itertools.count(1)


def make_record(actor: Person | None = None, **values: Any) -> GovernanceRecord:
    """A record filed as features file them."""
    number = next(_number)
    filled = {
        "kind": RecordKind.REGLEMENT,
        "title": f"Règlement du budget participatif {number}",
        "facts": {"envelope_cents": 10_000_00, "opens_at": "2026-03-02T08:00:00+00:00", "version": 1},
        "source_kind": "editions",
        "source_id": str(number),
        **values,
    }
    return services.file_record(actor=actor, **filled)


def make_body(contract: Contract | None = None, quartiers: list[Quartier] | None = None, **values: Any) -> Body:
    """An instance, of the quartiers given."""
    contract = contract or make_contract()
    filled = {"kind": BodyKind.CONSEIL_CITOYEN, "name": f"Conseil citoyen {next(_number)}", **values}
    body = Body(contract_id=contract.id, quartiers=quartiers or [], **filled)
    db.session.add(body)
    db.session.flush()
    return body


def make_seance(body: Body | None = None, in_days: float = 10, **values: Any) -> Seance:
    """A séance, some days from now."""
    body = body or make_body()
    filled = {"title": f"Séance {next(_number)}", "starts_at": clock.now() + timedelta(days=in_days), **values}
    seance = Seance(body_id=body.id, **filled)
    db.session.add(seance)
    db.session.flush()
    return seance


def open_to_forgery(table: str) -> None:
    """Drops the triggers that refuse changes, as somebody with the keys of the machine could on a copy."""
    dialect = db.session.get_bind().dialect.name
    statements = change_refusals(table)[dialect]
    for name in [statement.split()[2] for statement in statements if statement.startswith("CREATE TRIGGER")]:
        place = f" ON {table}" if dialect == "postgresql" else ""
        db.session.execute(db.text(f"DROP TRIGGER {name}{place}"))

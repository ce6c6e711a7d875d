"""Small pieces of governance: records of the register, bodies, séances."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from app.database import change_refusals, db
from app.domain.accounts.models import Person
from app.domain.governance import services
from app.domain.governance.models import (
    AgendaItem,
    Body,
    BodyKind,
    College,
    GovernanceRecord,
    Mandate,
    Member,
    Office,
    OfficeKind,
    RecordKind,
    Recruitment,
    Seance,
    Seat,
    SeatType,
    Standing,
)
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


def make_mandate(body: Body, person: Person | None = None, office: OfficeKind | None = None, **values: Any) -> Mandate:
    """Somebody who sits in a body since yesterday, with an account and an office if they are given."""
    number, yesterday = next(_number), clock.today() - timedelta(days=1)
    college = College(body_id=body.id, code=f"c{number}", name="Collège des habitants", opened_on=yesterday)
    db.session.add(college)
    db.session.flush()
    kind = SeatType(college_id=college.id, code="habitants", name="Habitantes", recruitment=Recruitment.DRAW)
    member = Member(
        first_name="Fatou", last_name=f"Ndiaye {number}", person_id=person.id if person else None,
        created_at=clock.now(),
    )  # fmt: skip
    db.session.add_all([kind, member])
    db.session.flush()
    seat = Seat(body_id=body.id, seat_type_id=kind.id, number=1, opened_on=yesterday)
    db.session.add(seat)
    db.session.flush()
    filled = {"standing": Standing.TITULAR, "recruitment": Recruitment.DRAW, "starts_on": yesterday, **values}
    mandate = Mandate(seat_id=seat.id, member_id=member.id, **filled)
    db.session.add(mandate)
    db.session.flush()
    if office is not None:
        db.session.add(Office(mandate_id=mandate.id, kind=office, starts_on=yesterday))
        db.session.flush()
    return mandate


def make_seance(body: Body | None = None, in_days: float = 10, agenda: str = "", **values: Any) -> Seance:
    """A séance, some days from now; each line of ``agenda`` is an item."""
    body = body or make_body()
    filled = {"title": f"Séance {next(_number)}", "starts_at": clock.now() + timedelta(days=in_days), **values}
    seance = Seance(body_id=body.id, **filled)
    seance.body, seance.also = body, []
    seance.items = [AgendaItem(position=rank, title=line) for rank, line in enumerate(agenda.splitlines(), start=1)]
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
    if table == "governance_records":
        # The words that point to records would go first.
        db.session.execute(db.text("DELETE FROM record_words"))

"""A body with its colleges, members and rulebook, ready to meet."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import queries, rules, services
from app.domain.governance.models import (
    Body,
    College,
    Mandate,
    Member,
    Recruitment,
    Seance,
    Seat,
    SeatType,
    Standing,
)
from app.domain.shared import clock
from tests.support.town_governance import make_body, make_seance

_number = itertools.count(1)
FIRST_NAMES = ("Fatou", "Bruno", "Chantal", "Driss", "Elif", "Farid", "Gaëlle", "Hawa", "Inès", "Joseph")


def make_college(body: Body, name: str = "Collège des habitants", code: str = "habitants") -> SeatType:
    """A college and its only kind of seat."""
    since = clock.today() - timedelta(days=400)
    college = College(body_id=body.id, code=code, name=name, opened_on=since, position=next(_number))
    db.session.add(college)
    db.session.flush()
    kind = SeatType(college_id=college.id, code=code, name=name, recruitment=Recruitment.DRAW)
    db.session.add(kind)
    db.session.flush()
    return kind


def make_seated(body: Body, kind: SeatType, person: Person | None = None, **values: Any) -> Mandate:
    """Somebody who holds a seat since long."""
    number, since = next(_number), clock.today() - timedelta(days=400)
    filled = {
        "first_name": FIRST_NAMES[number % len(FIRST_NAMES)], "last_name": f"Nom{number}", "created_at": clock.now(),
        "email": f"membre{number}@exemple.test", "person_id": person.id if person else None, **values,
    }  # fmt: skip
    member, seat = Member(**filled), Seat(body_id=body.id, seat_type_id=kind.id, number=number, opened_on=since)
    db.session.add_all([member, seat])
    db.session.flush()
    mandate = Mandate(
        seat_id=seat.id, member_id=member.id, standing=Standing.TITULAR, recruitment=Recruitment.DRAW, starts_on=since
    )
    db.session.add(mandate)
    db.session.flush()
    return mandate


def make_council(members: int = 6, people: tuple[Person, ...] = (), **rulebook: Any) -> Body:
    """A body of two colleges with so many members, the first ones with these accounts, and its rulebook."""
    body = make_body()
    kinds = [make_college(body), make_college(body, "Collège des associations", "associations")]
    for rank in range(members):
        make_seated(body, kinds[rank % 2], people[rank] if rank < len(people) else None)
    content = replace(rules.PROPOSAL, **rulebook)
    services.write_functioning(
        body=body, content=content, in_force_on=clock.today() - timedelta(days=300), source="Charte", actor=None
    )
    return queries.body_by_id(body.id)


def make_meeting(body: Body | None = None, in_days: float = 10, **values: Any) -> Seance:
    """A séance with a place and two items, loaded as pages load it."""
    body = body or make_council()
    filled = {"place": "Maison des Genêts", "agenda": "Le budget\nLa fête du quartier", **values}
    seance = make_seance(body, in_days=in_days, **filled)
    db.session.expire(seance)
    return queries.seance_by_id(seance.id)

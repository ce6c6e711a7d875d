"""Conseils of the invented town with free seats: people ask for some, others are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.database import db
from app.domain.councils import queries, services
from app.domain.councils.models import Candidacy
from app.domain.councils.services import Application
from app.domain.governance.models import Body, College, Recruitment, Seat, SeatType
from app.domain.shared import clock
from tests.support.town_councils import Council, make_council


@dataclass(frozen=True)
class Installing:
    """A conseil being composed, and its kinds of seats."""

    council: Council
    volunteers: SeatType
    associations: SeatType
    drawn: SeatType

    @property
    def body(self) -> Body:
        return self.council.body


def make_installing(volunteers: int = 2, associations: int = 1, drawn: int = 4, **values: Any) -> Installing:
    """A conseil with free seats of three kinds."""
    council = make_council(**values)
    college = College(body_id=council.body.id, code="habitants", name="Habitants", opened_on=clock.today())
    db.session.add(college)
    db.session.flush()
    kinds = [
        _seats(council.body, college, code, name, recruitment, count)
        for code, name, recruitment, count in (
            ("volontaires", "Habitantes et habitants volontaires", Recruitment.VOLUNTEER, volunteers),
            ("acteurs", "Associations", Recruitment.APPLICATION, associations),
            ("tires", "Habitantes et habitants tirés au sort", Recruitment.DRAW, drawn),
        )
    ]
    return Installing(council, *kinds)


def _seats(body: Body, college: College, code: str, name: str, recruitment: Recruitment, count: int) -> SeatType:
    kind = SeatType(college_id=college.id, code=code, name=name, recruitment=recruitment)
    kind.college = college
    db.session.add(kind)
    db.session.flush()
    db.session.add_all(
        Seat(body_id=body.id, seat_type_id=kind.id, number=number, opened_on=clock.today())
        for number in range(1, count + 1)
    )
    db.session.flush()
    return kind


def make_candidacy(installing: Installing, **values: Any) -> Candidacy:
    """A resident asks for a seat of volunteers."""
    filled = {"first_name": "Aminata", "last_name": "Sow", "motivation": "Pour les enfants du square.", **values}
    candidacy = services.apply(
        body=installing.body, seat_type=installing.volunteers, application=Application(**filled),
        actor=installing.council.resident,
    )  # fmt: skip
    return queries.candidacy_by_id(candidacy.id)

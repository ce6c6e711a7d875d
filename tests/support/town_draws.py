"""Conseils of the invented town with free seats: people ask for some, others are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.database import db
from app.domain.councils import queries, services
from app.domain.councils.models import Candidacy, Draw
from app.domain.councils.rules.drawing import Share, Wish, facts_of
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


VALUE = "4 8 15 16 23 42"
COLUMNS = {
    "id": "Numéro", "sexe": "Civilité", "âge": "Né en", "last_name": "Nom", "first_name": "Prénom",
    "address": "Adresse", "phone": "Tél", "birth": "Né en",
}  # fmt: skip


def a_list(people: int = 40, prefix: str = "e") -> bytes:
    """A list as a town hall exports it: one woman, one man, two ages in turn."""
    lines = ["Numéro;Civilité;Né en;Nom;Prénom;Adresse;Tél"]
    for number in range(people):
        born = 2006 if number % 4 < 2 else 1970
        title = ("Mme", "M.")[number % 2]
        lines.append(f"{prefix}{number};{title};{born};Nom{number};Prénom{number};{number} rue du Port;06{number:08}")
    return ("\n".join(lines) + "\n").encode()


def a_wish(**values: Any) -> Wish:
    """Four seats, parity, at least one under twenty-six, two lists."""
    filled = {
        "title": "Habitants des Genêts", "seats": 4, "sources": (Share("électeurs"), Share("volontaires", least=1)),
        "bands": (Share("moins de 26 ans", least=1, high=25), Share("26 ans et plus", low=26)),
        "on": clock.today(), **values,
    }  # fmt: skip
    return Wish(**filled)


def make_draw(installing: Installing, **values: Any) -> Draw:
    """A draw whose two lists were read."""
    agent = installing.council.agent
    wish = a_wish(**values)
    draw = services.begin_draw(
        body=installing.body, title=wish.title, facts=facts_of(wish), actor=agent,
        seat_types={installing.drawn.id: wish.seats},
    )  # fmt: skip
    for source, prefix in (("électeurs", "e"), ("volontaires", "v")):
        loaded = services.load_list(
            draw=draw, source=source, name=f"{prefix}.csv", content=a_list(prefix=prefix), encoding="utf-8", actor=agent
        )
        services.map_list(draw=queries.draw_by_id(draw.id), loaded=loaded, columns=COLUMNS, actor=agent)
    return queries.draw_by_id(draw.id)


def make_announced(installing: Installing, **values: Any) -> Draw:
    """A draw announced for tomorrow."""
    draw = make_draw(installing, **values)
    services.publish_draw(
        draw=draw, event_words="Loto du lendemain", event_at=clock.now() + timedelta(days=1), people_told=False,
        actor=installing.council.agent,
    )  # fmt: skip
    return queries.draw_by_id(draw.id)


def make_drawn(installing: Installing, **values: Any) -> Draw:
    """A draw done two days later: the clock is left there by the caller who shifts it."""
    draw = make_announced(installing, **values)
    with clock.shifted(timedelta(days=2)):
        services.draw_lots(
            draw=draw, event_value=VALUE, witnesses=["Rosa Lopez", "Karim Benali"], actor=installing.council.agent
        )
    return queries.draw_by_id(draw.id)

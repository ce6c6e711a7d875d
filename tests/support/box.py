"""Really casting votes, each in its own transaction, and reading a database the way somebody curious would."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from app.database import db
from app.domain.accounts.queries import person_by_id
from app.domain.ballots import queries, services
from app.domain.ballots.rules.receipt import receipt_hash
from app.domain.shared import clock
from app.web.application import Agora
from tests.support.town import make_person, make_quartier
from tests.support.town_ballots import make_scrutin


def committed(app: Agora, act: Callable[..., Any], *args: Any, **values: Any) -> Any:
    """Runs an act in a context of its own and commits it."""
    with app.test_request_context():
        result = act(*args, **values)
        db.session.commit()
        return result


def people_and_vote(app: Agora, number: int, **values: Any) -> tuple[int, list[int]]:
    """An open vote and as many people, by id, in an order that is not that of their numbers."""

    def prepare() -> tuple[int, list[int]]:
        quartier = make_quartier()
        people = [make_person(quartier=quartier).id for _ in range(number)]
        random.Random(7).shuffle(people)
        return make_scrutin(**values).id, people

    return committed(app, prepare)


def vote(scrutin_id: int, person_id: int, choices: dict[str, int] | None = None, code: str | None = None) -> str:
    """The vote of one person; gives the receipt's digest."""
    choices = {"12": 1} if choices is None else choices
    scrutin, person = queries.scrutin_by_id(scrutin_id), person_by_id(person_id)
    return receipt_hash(scrutin_id, services.cast(scrutin=scrutin, choices=choices, actor=person, code=code))


def all_vote(app: Agora, scrutin_id: int, people: list[int]) -> dict[int, str]:
    """Everybody votes, one after the other. Gives the truth an attack looks for: person → receipt."""
    return {person: committed(app, vote, scrutin_id, person) for person in people}


def after_closing() -> Any:
    """The clock, after the closing of the votes of these tests."""
    return clock.shifted(timedelta(days=8))


def rows(app: Agora, statement: str) -> list[tuple[Any, ...]]:
    """What a statement gives, as text."""
    with app.app_context():
        return [tuple(map(str, row)) for row in db.session.execute(text(statement))]


def bytes_of_database(app: Agora) -> bytes:
    """The SQLite file followed by its log, as somebody who copies the disk has them."""
    path = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    log = path.with_name(path.name + "-wal")
    return path.read_bytes() + (log.read_bytes() if log.exists() else b"")

"""What a vote is compared with: a bare Flask view that inserts and commits the same two rows, and answers two letters.

No session, no token, no person, no rule, no page: what Flask and the database alone cost, on the same server and with
the same settings of the database.
"""

from __future__ import annotations

import os
import secrets
from datetime import date

from flask import Flask, request
from sqlalchemy import create_engine, insert

from app.database import tables_of
from app.domain.ballots.models import BallotArrival, Channel, Emargement

CONTENT = '{"12":1,"7":2}'


def create() -> Flask:
    """The application; its address is that of the environment."""
    app = Flask("bare")
    engine = create_engine(os.environ["DATABASE_URL"])
    emargements, arrivals = tables_of(Emargement, BallotArrival)
    scrutin_id = int(os.environ["SCRUTIN"])

    @app.get("/sante")
    def alive() -> str:
        return "ok"

    @app.post("/voter")
    def vote() -> str:
        person_id = int(request.form["person"])
        with engine.begin() as connection:
            connection.execute(
                insert(emargements).values(
                    scrutin_id=scrutin_id,
                    person_id=person_id,
                    channel=Channel.ONLINE,
                    day=date.today(),  # noqa: DTZ011
                )
            )
            connection.execute(
                insert(arrivals).values(scrutin_id=scrutin_id, receipt_hash=secrets.token_hex(32), content=CONTENT)
            )
        return "ok"

    return app

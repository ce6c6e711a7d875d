"""Whether the process lives, and whether it is ready: for the machines that watch over it."""

from __future__ import annotations

import structlog
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app, jsonify, make_response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.database import db
from app.domain.accounts.policies import anyone
from app.web.access import access

bp = Blueprint("health", __name__)
log = structlog.get_logger()


@bp.get("/sante")
@access(anyone)
def alive() -> Response:
    """The process answers; the database is not asked."""
    return _unkept(jsonify(status="ok"))


@bp.get("/sante/prete")
@access(anyone)
def ready() -> Response:
    """The database answers and its migrations are at head; 503 says which of the two is not."""
    try:
        applied = set(db.session.scalars(text("SELECT version_num FROM alembic_version")))
        database = True
    except SQLAlchemyError as error:
        db.session.rollback()
        applied, database = set(), _answers()
        log.warning("not ready", kind=type(error).__name__)
    migrations = applied != set() and applied == heads()
    told = {"database": _word(database), "migrations": _word(migrations)}
    ready = database and migrations
    return _unkept(make_response(jsonify(status="ok" if ready else "not ready", **told), 200 if ready else 503))


def heads() -> set[str]:
    """The last migrations that the code knows."""
    return set(ScriptDirectory(current_app.extensions["migrate"].directory).get_heads())


def _answers() -> bool:
    """Whether the database answers at all: it may only lack the table of migrations."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True


def _word(well: bool) -> str:
    return "ok" if well else "no"


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response

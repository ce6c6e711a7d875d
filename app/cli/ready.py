"""A command on an empty database builds it first, so that the environment alone is enough to begin."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import flask_migrate
from sqlalchemy import inspect

from app.database import db


def on_ready_database(command: Callable[..., Any]) -> Callable[..., Any]:
    """Runs the migrations when there is no table at all; a database that is merely late is left to ``flask db``."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        if not inspect(db.engine).get_table_names():
            flask_migrate.upgrade()
        return command(*args, **kwargs)

    return run

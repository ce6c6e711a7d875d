"""A command on an empty database builds it first, so that the environment alone is enough to begin."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pkgutil import resolve_name
from typing import Any

from sqlalchemy import inspect

from app.database import db


def on_ready_database(command: Callable[..., Any]) -> Callable[..., Any]:
    """Runs the migrations when there is no table at all; a database that is merely late is left to ``flask db``."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        if not inspect(db.engine).get_table_names():
            # By its name: nearly every command finds its tables, and need not load what makes them.
            resolve_name("app.cli.schema:build")()
        return command(*args, **kwargs)

    return run

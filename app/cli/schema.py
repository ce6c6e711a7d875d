"""``flask db``: the migrations. Alembic is long to load: only who changes a database waits for it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate.cli import db as of_the_extension

from app import domain
from app.database import db

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
migrate = flask_migrate.Migrate(db=db, directory=FOLDER, render_as_batch=True)


def prepare() -> None:
    """Gives the application its migrations, which are compared with the tables of all features."""
    load_tables()
    if "migrate" not in current_app.extensions:
        migrate.init_app(current_app)


def load_tables() -> None:
    """Imports every module that may hold a table."""
    for module in walk_packages(domain.__path__, f"{domain.__name__}."):
        import_module(module.name)


def build() -> None:
    """Runs all the migrations."""
    prepare()
    flask_migrate.upgrade()


@with_appcontext
def _begin(**options: Any) -> Any:
    prepare()
    return of_the_extension.callback(**options)


group = click.Group(
    "db",
    params=of_the_extension.params,
    callback=_begin,
    commands=of_the_extension.commands,
    help=of_the_extension.help,
)

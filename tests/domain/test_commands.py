"""The commands: each is loaded when it is named, and an application that is asked for none of its pages has none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from flask.cli import FlaskGroup
from sqlalchemy import inspect

from app import cli
from app.database import Base, db
from tests.support import database

ROOT = Path(__file__).resolve().parents[2]
# What a count has no use for, and which is long to load; every table it knows must still find those it points to.
ALONE = """
import sys
import app
from app.cli import ballot
from app.database import Base
from sqlalchemy.orm import configure_mappers

configure_mappers()
assert Base.metadata.sorted_tables
print(*sorted({"alembic", "app.blueprints", "app.cli.demo", "psycopg", "segno"} & set(sys.modules)))

from app.cli import schema

schema.load_tables()
print(*Base.metadata.tables)
"""


@pytest.fixture
def flask(all_databases, tmp_path):
    """Runs ``flask`` as a terminal does; gives what it printed and the application it built."""
    built = []

    def run(*arguments, url=all_databases.url):
        def build():
            built.append(database.application(url, tmp_path))
            return built[-1]

        with pytest.raises(SystemExit) as left:
            FlaskGroup(create_app=build).main(list(arguments), prog_name="flask")
        assert left.value.code == 0
        return built[-1]

    yield run
    for app in built:
        database.close(app)


@pytest.mark.parametrize("command", sorted(cli.COMMANDS))
def test_each_command_is_found_under_its_name_and_opens_no_page(flask, capsys, command):
    app = flask(command, "--help")
    assert capsys.readouterr().out.startswith(f"Usage: flask {command} ")
    assert not app.blueprints


def test_all_are_listed_beside_those_of_flask(flask, capsys):
    flask("--help")
    told = capsys.readouterr().out
    for command in (*cli.COMMANDS, "routes", "run", "shell"):
        assert f"\n  {command} " in told


def test_the_commands_of_flask_see_every_page(flask, capsys, shared_app):
    app = flask("routes")
    assert set(app.view_functions) == set(shared_app.view_functions)
    assert "ballots.booth" in capsys.readouterr().out


def test_the_migrations_run_without_pages(flask, tmp_path):
    app = flask("db", "upgrade", "0001", url=f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert not app.blueprints
    with app.app_context():
        assert "ballots" in inspect(db.engine).get_table_names()


def test_a_count_loads_neither_pages_nor_what_they_need_and_migrations_load_all_tables(shared_app):
    command = [sys.executable, "-c", ALONE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded, tables = done.stdout.splitlines()
    assert loaded == ""
    assert set(tables.split()) >= set(Base.metadata.tables)

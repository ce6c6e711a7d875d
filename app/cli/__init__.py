"""The commands: what machines and people ask from a terminal. Each is loaded when it is asked for, and alone."""

from __future__ import annotations

from pkgutil import resolve_name

import click
from flask import Flask
from flask.cli import AppGroup, FlaskGroup

# The word typed after ``flask``, and where the command is written.
COMMANDS = {
    "admin": "app.cli.admin:group",
    "ballot": "app.cli.ballot:group",
    "council": "app.cli.council:group",
    "db": "app.cli.schema:group",
    "demo": "app.cli.demo:demo",
    "draw": "app.cli.draw:group",
    "fph": "app.cli.fph:group",
    "register": "app.cli.register:group",
    "worker": "app.cli.worker:worker",
}


class Commands(AppGroup):
    """The commands of the application, none of which is imported before it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        if found is None and cmd_name in COMMANDS:
            found = resolve_name(COMMANDS[cmd_name])
        return found


def is_looked_up() -> bool:
    """Whether ``flask`` builds the application to look for one of these commands in it, none of which shows a page.

    For its own commands that need pages (``run``, ``routes``, ``shell``), Flask builds it inside the command.
    """
    context = click.get_current_context(silent=True)
    return context is not None and isinstance(context.command, FlaskGroup)


def prepare(app: Flask) -> None:
    """Plugs the commands in."""
    app.cli = Commands(app.name)

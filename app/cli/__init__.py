"""The commands: what machines and people ask from a terminal."""

from __future__ import annotations

from flask import Flask

from app.cli import admin, ballot, council
from app.cli import demo as demo_command
from app.cli import draw as draw_command
from app.cli import register as register_commands
from app.cli import worker as worker_command


def register(app: Flask) -> None:
    """Plugs the commands in."""
    app.cli.add_command(admin.group)
    app.cli.add_command(demo_command.demo)
    app.cli.add_command(register_commands.group)
    app.cli.add_command(worker_command.worker)
    app.cli.add_command(ballot.group)
    app.cli.add_command(draw_command.group)
    app.cli.add_command(council.group)

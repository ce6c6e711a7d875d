"""The commands: what machines and people ask from a terminal."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Plugs the commands in."""

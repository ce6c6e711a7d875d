"""The demonstration town: Valombre, invented, lived day after day through the services until this morning."""

from __future__ import annotations

from app.cli.demo.command import demo

__all__ = ["demo"]

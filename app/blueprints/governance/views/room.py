"""The blueprint shared by the pages of governance."""

from __future__ import annotations

from flask import Blueprint, request

bp = Blueprint("governance", __name__)


def page_number() -> int:
    """The page asked for."""
    return request.args.get("page", 1, type=int)

"""The room of ideas: its blueprint, which every file of views shares."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("ideas", __name__)

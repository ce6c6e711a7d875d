"""The blueprint shared by the pages of governance."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("governance", __name__)

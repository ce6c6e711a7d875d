"""The room of councils: what their pages are plugged into."""

from __future__ import annotations

from flask import Blueprint

from app.domain.councils import models as models  # every table is known as soon as the room is

bp = Blueprint("councils", __name__)

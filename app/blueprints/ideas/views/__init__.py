"""The pages of ideas, by what people come for."""

from __future__ import annotations

from app.blueprints.ideas.views import (
    acting,
    answering,
    assisted,
    finding,
    merging,
    moderating,
    places,
    reading,
    writing,
)
from app.blueprints.ideas.views.room import bp

__all__ = ["acting", "answering", "assisted", "bp", "finding", "merging", "moderating", "places", "reading", "writing"]

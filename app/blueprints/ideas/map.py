"""The little map of an idea: the quartiers drawn from their own outlines, and the point if there is one."""

from __future__ import annotations

from dataclasses import dataclass

from app.adapters.geography import contains, frame_of
from app.domain.ideas.models import Idea
from app.domain.territories.models import Quartier
from app.domain.territories.queries import quartiers

MILLIONTHS = 1_000_000


@dataclass(frozen=True)
class Shape:
    """One quartier of the drawing; the idea's own are filled."""

    name: str
    path: str
    is_concerned: bool


@dataclass(frozen=True)
class LittleMap:
    """A drawing in its own units, and the words that say what it shows."""

    width: float
    height: float
    shapes: list[Shape]
    point: tuple[float, float] | None
    point_in: str | None


def map_of(idea: Idea) -> LittleMap | None:
    """The drawing of where an idea is, when the quartiers have outlines."""
    everywhere = quartiers()
    frame = frame_of(quartier.outline for quartier in everywhere)
    if frame is None:
        return None
    concerned = {quartier.id for quartier in idea.quartiers}
    shapes = [
        Shape(q.name, frame.path(q.outline), idea.all_quartiers or q.id in concerned) for q in everywhere if q.outline
    ]
    found = quartier_at(*idea.point) if idea.point else None
    return LittleMap(
        frame.width,
        frame.height,
        shapes,
        frame.place(*idea.point) if idea.point else None,
        found.name if found else None,
    )


def quartier_at(latitude: float, longitude: float) -> Quartier | None:
    """The quartier that holds a point, in degrees."""
    return next((q for q in quartiers() if contains(q.outline, latitude, longitude)), None)

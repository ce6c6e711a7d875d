"""Places on the ground: which outline holds a point, outlines as pictures; no library, no map service.

Outlines are GeoJSON as tools give them: a Polygon, a MultiPolygon, a GeometryCollection, a Feature or several.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# A position of GeoJSON: longitude first, then latitude, in degrees.
Position = Sequence[float]
Ring = Sequence[Position]


def polygons(outline: dict[str, Any] | None) -> Iterator[Sequence[Ring]]:
    """The polygons of an outline, each as its outer ring followed by its holes."""
    if not outline:
        return
    kind = outline.get("type")
    if kind == "Polygon":
        yield outline.get("coordinates") or []
    elif kind == "MultiPolygon":
        yield from outline.get("coordinates") or []
    elif kind == "Feature":
        yield from polygons(outline.get("geometry"))
    else:
        for inside in (*outline.get("features", ()), *outline.get("geometries", ())):
            yield from polygons(inside)


def geometry(outline: dict[str, Any] | None) -> dict[str, Any]:
    """The same outline in one form, whatever it came in: a GeoJSON MultiPolygon."""
    return {"type": "MultiPolygon", "coordinates": list(polygons(outline))}


def contains(outline: dict[str, Any] | None, latitude: float, longitude: float) -> bool:
    """Whether the point is inside the outline, outside its holes. On a border either answer is right."""
    return any(
        bool(rings) and _in_ring(rings[0], latitude, longitude)
        and not any(_in_ring(hole, latitude, longitude) for hole in rings[1:])
        for rings in polygons(outline)
    )  # fmt: skip


def _in_ring(ring: Ring, latitude: float, longitude: float) -> bool:
    """Counts how many sides a line drawn eastwards from the point crosses: odd means inside."""
    inside = False
    for here, there in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        (x1, y1), (x2, y2) = here[:2], there[:2]
        if (y1 > latitude) != (y2 > latitude):
            crossing = x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
            if longitude < crossing:
                inside = not inside
    return inside


@dataclass(frozen=True)
class Frame:
    """The rectangle of ground a picture shows, in degrees, and the width of the picture."""

    west: float
    south: float
    east: float
    north: float
    width: float = 320.0

    @property
    def _scale(self) -> float:
        return self.width / (self._shrink * (self.east - self.west) or 1e-9)

    @property
    def _shrink(self) -> float:
        """A degree of longitude is shorter than one of latitude, by the cosine of the latitude."""
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def height(self) -> float:
        return round((self.north - self.south) * self._scale, 1)

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point falls on the picture, from its top left corner."""
        x = (longitude - self.west) * self._shrink * self._scale
        return round(x, 1), round((self.north - latitude) * self._scale, 1)

    def path(self, outline: dict[str, Any] | None) -> str:
        """The outline as the ``d`` of an SVG path."""
        return " ".join(
            "M" + " L".join(f"{x} {y}" for x, y in (self.place(p[1], p[0]) for p in ring)) + " Z"
            for rings in polygons(outline)
            for ring in rings
        )


def frame_of(outlines: Iterable[dict[str, Any] | None], width: float = 320.0, margin: float = 0.06) -> Frame | None:
    """The rectangle that holds all these outlines, with a margin; ``None`` when none is drawn."""
    points = [point for outline in outlines for rings in polygons(outline) for ring in rings for point in ring]
    if not points:
        return None
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    wide, high = (max(lons) - min(lons)) * margin, (max(lats) - min(lats)) * margin
    return Frame(min(lons) - wide, min(lats) - high, max(lons) + wide, max(lats) + high, width)

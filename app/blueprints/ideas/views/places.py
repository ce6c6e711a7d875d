"""Places for the map of the form: the outlines it draws, and the quartier of a point, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.adapters.geography import geometry
from app.blueprints.ideas.forms import PlaceForm
from app.blueprints.ideas.map import MILLIONTHS, quartier_at
from app.blueprints.ideas.views.room import bp
from app.domain.accounts.policies import anyone
from app.domain.territories.models import Quartier
from app.domain.territories.queries import quartiers
from app.web.access import access
from app.web.addresses import asked_number
from app.web.pages import respond


def place_values(form: PlaceForm, everywhere: Sequence[Quartier]) -> dict[str, Any]:
    """What the fields of a place need besides their form: whether there is a map, and the point told in words."""
    point = point_of(*form.point)
    found = quartier_at(*point) if point else None
    return {"outlined": any(quartier.outline for quartier in everywhere), "asked": point is not None, "quartier": found}


@bp.get("/idees/contours.json")
@access(anyone)
def outlines() -> Response:
    """The outlines of the quartiers as GeoJSON, each with its number and name."""
    features = [
        {
            "type": "Feature",
            "properties": {"id": quartier.id, "name": quartier.name},
            "geometry": geometry(quartier.outline),
        }
        for quartier in quartiers()
        if quartier.outline
    ]
    return jsonify({"type": "FeatureCollection", "features": features})


@bp.get("/idees/ou")
@access(anyone)
def where() -> ResponseReturnValue:
    """Says in words in which quartier a point is (``latitude`` and ``longitude`` in millionths of a degree)."""
    point = point_of(asked_number("latitude"), asked_number("longitude"))
    found = quartier_at(*point) if point else None
    return respond("ideas/where.html", fragment="ideas/_where.html", asked=point is not None, quartier=found)


def point_of(latitude: int | None, longitude: int | None) -> tuple[float, float] | None:
    """Millionths as degrees, when both are there."""
    if latitude is None or longitude is None:
        return None
    return latitude / MILLIONTHS, longitude / MILLIONTHS

"""Which outline holds a point, and how outlines are drawn, with no library and no map service."""

from __future__ import annotations

import pytest
from hypothesis import assume
from hypothesis import given as draw
from hypothesis import strategies as st

from app.adapters.geography import contains, frame_of, geometry, polygons

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
POLYGON = {"type": "Polygon", "coordinates": [SQUARE]}
PIERCED = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
TWO = {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[10, 0], [14, 0], [14, 4], [10, 4], [10, 0]]]]}
L_SHAPE = {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 1], [1, 1], [1, 4], [0, 4], [0, 0]]]}


@pytest.mark.parametrize(
    ("outline", "latitude", "longitude", "expected"),
    [
        (POLYGON, 2, 2, True),
        (POLYGON, 5, 2, False),
        (POLYGON, 2, -1, False),
        (PIERCED, 1.5, 1.5, False),
        (PIERCED, 3, 3, True),
        (TWO, 2, 12, True),
        (TWO, 2, 7, False),
        (L_SHAPE, 0.5, 3, True),
        (L_SHAPE, 3, 0.5, True),
        (L_SHAPE, 3, 3, False),
        ({"type": "Feature", "geometry": POLYGON, "properties": {}}, 2, 2, True),
        ({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": TWO}]}, 2, 12, True),
        ({"type": "GeometryCollection", "geometries": [POLYGON]}, 2, 2, True),
        (None, 2, 2, False),
        ({}, 2, 2, False),
        ({"type": "Polygon", "coordinates": []}, 2, 2, False),
        ({"type": "Point", "coordinates": [2, 2]}, 2, 2, False),
    ],
)
def test_a_point_is_inside_or_not(outline, latitude, longitude, expected):
    assert contains(outline, latitude, longitude) is expected


def test_an_outline_left_open_is_closed_by_the_reader():
    assert contains({"type": "Polygon", "coordinates": [SQUARE[:-1]]}, 2, 2)


@draw(st.floats(-10, 10), st.floats(-10, 10))
def test_inside_a_rectangle_is_between_its_sides(latitude, longitude):
    assume(not {latitude, longitude} & {0.0, 4.0})
    assert contains(POLYGON, latitude, longitude) == (0 < latitude < 4 and 0 < longitude < 4)


@draw(st.floats(-3, 3), st.floats(-3, 3), st.integers(0, 3))
def test_turning_the_ring_round_changes_nothing(latitude, longitude, turn):
    ring = SQUARE[:-1]
    turned = {"type": "Polygon", "coordinates": [[*ring[turn:], *ring[:turn]][::-1]]}
    assume(not {latitude, longitude} & {0.0, 4.0})
    assert contains(turned, latitude, longitude) == contains(POLYGON, latitude, longitude)


def test_every_form_becomes_the_same_geometry():
    assert geometry(POLYGON) == {"type": "MultiPolygon", "coordinates": [[SQUARE]]}
    assert len(list(polygons(TWO))) == 2


def test_the_frame_holds_every_point_of_every_outline():
    frame = frame_of([POLYGON, TWO], width=300)
    assert frame is not None
    for latitude, longitude in ((0, 0), (4, 14), (2, 7)):
        x, y = frame.place(latitude, longitude)
        assert 0 <= x <= 300
        assert 0 <= y <= frame.height


def test_north_is_up_and_east_is_right():
    frame = frame_of([POLYGON])
    assert frame is not None
    (west_x, south_y), (east_x, north_y) = frame.place(1, 1), frame.place(3, 3)
    assert west_x < east_x
    assert north_y < south_y


def test_a_path_draws_each_ring_and_closes_it():
    frame = frame_of([PIERCED])
    assert frame is not None
    path = frame.path(PIERCED)
    assert path.count("M") == path.count("Z") == 2


def test_nothing_to_draw_has_no_frame():
    assert frame_of([None, {}]) is None


def test_one_point_alone_does_not_break_the_drawing():
    frame = frame_of([{"type": "Polygon", "coordinates": [[[3, 43], [3, 43]]]}])
    assert frame is not None
    assert frame.path(POLYGON).startswith("M")

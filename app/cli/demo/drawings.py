"""Pictures for the town, drawn here: no photo of anybody's street is needed for pictures to show."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 640
GROUND = 430
Colour = tuple[int, int, int]
SKY: tuple[Colour, Colour] = ((143, 188, 219), (246, 232, 205))
WALL: tuple[Colour, ...] = ((201, 138, 108), (221, 190, 150), (176, 150, 134), (212, 169, 121))
GLASS: Colour = (92, 108, 128)
STONE: Colour = (189, 180, 166)
GRASS: Colour = (139, 160, 92)
WATER: Colour = (96, 138, 160)
BARK: Colour = (110, 78, 54)
LEAVES: Colour = (74, 116, 74)
WOOD: Colour = (150, 98, 60)
SIGN: Colour = (168, 67, 42)


def draw(name: str) -> bytes:
    """One of the pictures, as a PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(picture)
    _sky(pen)
    SCENES[name](pen)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _school(pen: ImageDraw.ImageDraw) -> None:
    _houses(pen, (60, 260, 560))
    _ground(pen, STONE)
    pen.rectangle((380, 250, 560, GROUND), fill=SIGN)
    pen.rectangle((430, 320, 510, GROUND), fill=GLASS)


def _with_benches(pen: ImageDraw.ImageDraw) -> None:
    _school(pen)
    for left in (90, 620):
        _tree(pen, left + 70, 170)
        _bench(pen, left)


def _canal(pen: ImageDraw.ImageDraw) -> None:
    _houses(pen, (640, 800))
    _ground(pen, GRASS)
    pen.polygon([(0, 640), (330, GROUND), (420, GROUND), (420, 640)], fill=WATER)
    pen.polygon([(440, 640), (430, GROUND), (470, GROUND), (760, 640)], fill=STONE)
    for left in (40, 130, 220):
        _tree(pen, left, 200)


def _garden(pen: ImageDraw.ImageDraw) -> None:
    _houses(pen, (0, 700))
    _ground(pen, GRASS)
    for left in range(190, 680, 120):
        pen.rectangle((left, 340, left + 108, GROUND), fill=WALL[2])
        pen.rectangle((left + 14, 360, left + 94, GROUND), fill=GLASS)
    for left in range(30, 940, 65):
        pen.ellipse((left, 520 + left % 90, left + 46, 545 + left % 90), fill=LEAVES)


def _square(pen: ImageDraw.ImageDraw) -> None:
    _houses(pen, (0, 170, 560, 760))
    _ground(pen, STONE)
    for left in range(0, WIDTH, 80):
        pen.line((left, GROUND, left * 2 - 480, HEIGHT), fill=WALL[2], width=2)
    pen.ellipse((740, 70, 830, 160), fill=(255, 224, 130))


def _orchard(pen: ImageDraw.ImageDraw) -> None:
    _houses(pen, (0, 150, 660, 810))
    _ground(pen, GRASS)
    pen.polygon([(250, HEIGHT), (430, GROUND), (530, GROUND), (710, HEIGHT)], fill=GLASS)


SCENES: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "bench": _school,
    "ribbon": _with_benches,
    "canal": _canal,
    "garden": _garden,
    "square": _square,
    "orchard": _orchard,
}


def _sky(pen: ImageDraw.ImageDraw) -> None:
    high, low = SKY
    for y in range(GROUND):
        mixed = tuple(high[part] + (low[part] - high[part]) * y // GROUND for part in range(3))
        pen.line((0, y, WIDTH, y), fill=mixed)


def _ground(pen: ImageDraw.ImageDraw, colour: Colour) -> None:
    pen.rectangle((0, GROUND, WIDTH, HEIGHT), fill=colour)


def _houses(pen: ImageDraw.ImageDraw, lefts: tuple[int, ...]) -> None:
    for rank, left in enumerate(lefts):
        top = 130 + 45 * (rank * 2 % 3)
        pen.rectangle((left, top, left + 150, GROUND), fill=WALL[rank % len(WALL)])
        for x in range(left + 18, left + 130, 42):
            for y in range(top + 22, GROUND - 40, 56):
                pen.rectangle((x, y, x + 24, y + 34), fill=GLASS)


def _tree(pen: ImageDraw.ImageDraw, left: int, size: int) -> None:
    pen.rectangle((left - 9, GROUND - size // 2, left + 9, GROUND + 30), fill=BARK)
    pen.ellipse((left - size // 2, GROUND - size - 40, left + size // 2, GROUND - size // 3), fill=LEAVES)


def _bench(pen: ImageDraw.ImageDraw, left: int) -> None:
    for top in (GROUND + 20, GROUND + 45, GROUND + 78):
        pen.rectangle((left, top, left + 190, top + 14), fill=WOOD)
    for x in (left + 16, left + 160):
        pen.rectangle((x, GROUND + 20, x + 12, GROUND + 130), fill=GLASS)

"""Photos made for tests: as telephones give them, with where and when they were taken, or hostile."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

MAKE, ORIENTATION, GPS = 0x010F, 0x0112, 0x8825


def a_photo(
    format: str = "JPEG", size: tuple[int, int] = (640, 480), gps: bool = False, orientation: int = 1, **save: object
) -> bytes:
    """A picture in a format, with the metadata of a telephone when asked."""
    mode = str(save.pop("mode", "RGB"))
    picture = Image.new(mode, size, (168, 67, 42, 0)[: len(mode)] if mode in {"RGB", "RGBA"} else 1)
    exif = Image.Exif()
    exif[MAKE] = "Téléphone de Nour"
    exif[ORIENTATION] = orientation
    if gps:
        exif[GPS] = {1: "N", 2: (43.0, 36.0, 0.0), 3: "E", 4: (3.0, 52.0, 0.0)}
    out = io.BytesIO()
    picture.save(out, format, exif=exif, **save)
    return out.getvalue()


def a_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of a few hundred bytes whose header claims billions of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )

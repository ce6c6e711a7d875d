"""A signature drawn on a screen: read with suspicion, written again as a small picture in two colours."""

from __future__ import annotations

import io

from PIL import Image

from app.adapters.files import NotAPhoto

# What a canvas of a page gives; a larger one was not drawn on ours.
MOST_BYTES = 100_000
MOST_PIXELS = 2_000_000
SIZE = (480, 160)
# Between white and ink: what a finger draws on a screen is one or the other.
MIDDLE = 160


def clean_signature(upload: bytes) -> bytes:
    """Reads a PNG and writes it again, black on white, 480 by 160 points at most, with nothing but its points.

    Raises ``NotAPhoto``: ``empty`` (nothing is drawn), ``size``, ``unreadable``.
    """
    if not upload:
        raise NotAPhoto("empty")
    if len(upload) > MOST_BYTES:
        raise NotAPhoto("size")
    try:
        with Image.open(io.BytesIO(upload), formats=("PNG",)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAPhoto("size")
            layered = picture.convert("RGBA")
    except NotAPhoto:
        raise
    except Exception:
        # Decoders of hostile files fail in every way: one answer.
        raise NotAPhoto("unreadable") from None
    flat = Image.new("L", layered.size, 255)
    flat.paste(layered.convert("L"), mask=layered.getchannel("A"))
    flat.thumbnail(SIZE, Image.Resampling.LANCZOS)
    ink = flat.point(lambda value: 255 if value > MIDDLE else 0).convert("1")
    if ink.getextrema() == (255, 255):
        raise NotAPhoto("empty")
    bare = Image.new("1", ink.size, 255)
    bare.paste(ink)
    out = io.BytesIO()
    bare.save(out, "PNG", optimize=True)
    return out.getvalue()

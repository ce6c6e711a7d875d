"""Photos as files: read with suspicion, written again from their pixels alone, kept under a random name.

What comes out is a JPEG made here: no place, date, telephone model or hidden file of the original survives.
"""

from __future__ import annotations

import io
import os
import re
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

# What telephones and computers give (a telephone’s MPO is read as a JPEG); anything else is not a photo.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# A small file may claim an immense picture: it is refused on its header, before a pixel is decoded.
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1600
QUALITY = 82
MEDIA_TYPE = "image/jpeg"
_NAME = re.compile(r"[0-9a-f]{32}")


class NotAPhoto(ValueError):
    """The bytes cannot become a photo. ``code`` says why: ``empty``, ``unreadable``, ``pixels``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class CleanPhoto:
    """A photo written again: its bytes and its size in pixels."""

    content: bytes
    width: int
    height: int
    media_type: str = MEDIA_TYPE


def clean_photo(upload: bytes) -> CleanPhoto:
    """Reads a photo and writes it again, upright, 1 600 pixels at most, without any of its metadata.

    Raises ``NotAPhoto``.
    """
    if not upload:
        raise NotAPhoto("empty")
    try:
        with Image.open(io.BytesIO(upload), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAPhoto("pixels")
            # A JPEG is decoded at about the size needed: a large one takes no more memory than a small one.
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            return _written(_on_white(upright))
    except NotAPhoto:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPhoto("pixels") from None
    except Exception:
        # Decoders of hostile files fail in every way (OSError, SyntaxError, struct.error, IndexError…): one answer.
        raise NotAPhoto("unreadable") from None


def _on_white(picture: Image.Image) -> Image.Image:
    """The colours alone: what was transparent becomes white."""
    if picture.mode in {"RGBA", "LA", "PA", "P"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        flat = Image.new("RGB", layered.size, "white")
        flat.paste(layered, mask=layered.getchannel("A"))
        return flat
    return picture.convert("RGB")


def _written(picture: Image.Image) -> CleanPhoto:
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # A new image holds pixels and nothing else: what the decoder left in ``info`` stays behind.
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return CleanPhoto(out.getvalue(), bare.width, bare.height)


@dataclass(frozen=True)
class Document:
    """A paper kept as it is: its bytes, what it is, the end of its name."""

    content: bytes
    media_type: str
    suffix: str


# What a paper may be, by its first bytes: what a browser calls it, or what its name says, proves nothing.
MAGIC = ((b"%PDF-", "application/pdf", "pdf"),)


def clean_document(upload: bytes, most_bytes: int) -> Document:
    """A PDF as it is, or a photo written again. Raises ``NotAPhoto`` (``empty``, ``unreadable``, ``pixels``, ``size``).

    A PDF is never opened here: it is given back as a file to download, in a page that lets nothing run.
    """
    if not upload:
        raise NotAPhoto("empty")
    if len(upload) > most_bytes:
        raise NotAPhoto("size")
    for start, media_type, suffix in MAGIC:
        if upload.startswith(start):
            return Document(upload, media_type, suffix)
    photo = clean_photo(upload)
    return Document(photo.content, photo.media_type, "jpg")


@dataclass(frozen=True)
class Store:
    """The folder where files are kept, spread over 256 folders so that none grows too large."""

    folder: Path

    def path(self, name: str) -> Path:
        """Where a file is. Raises ``ValueError`` on a name that is not ours: no path is made of anything else."""
        if not _NAME.fullmatch(name):
            raise ValueError("not the name of a file kept here")
        return self.folder / name[:2] / name

    def keep(self, name: str, content: bytes) -> None:
        """Writes a file at once or not at all: a cut in the middle leaves no half of a photo."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(content)
        os.replace(part, path)

    def forget(self, name: str) -> None:
        """Removes a file; says nothing when it has gone already."""
        self.path(name).unlink(missing_ok=True)

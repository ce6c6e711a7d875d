"""Photos are read in every format people have, and written again without what they carried."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from app.adapters.files import FORMATS, LONGEST_SIDE, NotAPhoto, clean_photo


def picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (168, 67, 42)).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_a_photo_is_read_in_each_format_and_becomes_a_jpeg(form: str) -> None:
    cleaned = clean_photo(picture(form))
    assert (cleaned.width, cleaned.height) == (40, 30)
    with Image.open(io.BytesIO(cleaned.content)) as read:
        assert read.format == "JPEG"


def test_a_large_photo_is_reduced() -> None:
    out = io.BytesIO()
    Image.new("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE)).save(out, "PNG")
    assert clean_photo(out.getvalue()).width == LONGEST_SIDE


def test_what_is_not_a_photo_is_told_apart_from_nothing() -> None:
    with pytest.raises(NotAPhoto) as nothing:
        clean_photo(b"")
    with pytest.raises(NotAPhoto) as text:
        clean_photo(b"bonjour")
    assert (nothing.value.code, text.value.code) == ("empty", "unreadable")

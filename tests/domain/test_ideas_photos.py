"""Photos give away nothing: no place, no date, no telephone; and hostile files cost nothing."""

from __future__ import annotations

import io

import pytest
from hypothesis import given as draw
from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.adapters.files import LONGEST_SIDE, NotAPhoto, Store, clean_photo
from app.domain.shared.files import keep_photo
from tests.support.photos import a_bomb, a_photo
from tests.support.refusals import assert_refused


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_the_place_the_date_and_the_telephone_are_gone():
    given = a_photo(gps=True, comment=b"chez Nour")
    assert b"Exif" in given
    cleaned = clean_photo(given)
    picture = opened(cleaned.content)
    assert not picture.getexif()
    assert "exif" not in picture.info
    assert "comment" not in picture.info
    for secret in (b"Exif", "Téléphone".encode(), b"chez Nour", b"GPS"):
        assert secret not in cleaned.content


def test_the_hidden_texts_of_a_png_are_gone_too():
    info = PngInfo()
    info.add_text("Comment", "12 rue des Lilas")
    assert b"Lilas" not in clean_photo(a_photo("PNG", pnginfo=info)).content


def test_a_photo_taken_on_its_side_stands_upright():
    cleaned = clean_photo(a_photo(size=(640, 480), orientation=6))
    assert (cleaned.width, cleaned.height) == (480, 640)


@pytest.mark.parametrize(
    ("mode", "form"), [("RGBA", "PNG"), ("L", "PNG"), ("1", "PNG"), ("CMYK", "JPEG"), ("P", "GIF")]
)
def test_every_way_of_writing_colours_is_read(mode, form):
    out = io.BytesIO()
    Image.new(mode, (30, 20)).save(out, form)
    assert opened(clean_photo(out.getvalue()).content).mode == "RGB"


def test_what_was_transparent_is_white():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(clean_photo(out.getvalue()).content).getpixel((5, 5)) == (255, 255, 255)


def test_a_panorama_is_reduced_in_proportion():
    cleaned = clean_photo(a_photo(size=(4000, 1000)))
    assert (cleaned.width, cleaned.height) == (LONGEST_SIDE, LONGEST_SIDE // 4)


@pytest.mark.parametrize("side", [7_800, 10_000, 30_000])
def test_a_picture_that_claims_too_many_points_is_refused_unread(side):
    with pytest.raises(NotAPhoto) as caught:
        clean_photo(a_bomb(side, side))
    assert caught.value.code == "pixels"


@pytest.mark.parametrize("keep", [0.02, 0.5, 0.9])
def test_a_photo_cut_in_the_middle_is_refused(keep):
    whole = a_photo("PNG")
    with pytest.raises(NotAPhoto):
        clean_photo(whole[: int(len(whole) * keep)])


@settings(max_examples=60)
@draw(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF0000WEBP"]),
)
def test_no_file_does_anything_else_than_be_refused(rest, head):
    with pytest.raises(NotAPhoto):
        clean_photo(head + rest)


@pytest.mark.usefixtures("in_app")
def test_a_file_kept_is_read_back_and_forgotten(tmp_path):
    store = Store(tmp_path)
    file = keep_photo(upload=a_photo(), description="Un trottoir", store=store, actor=None)
    content = store.path(file.id).read_bytes()
    assert len(content) == file.size
    assert not file.is_public
    store.forget(file.id)
    store.forget(file.id)
    assert not store.path(file.id).exists()


@pytest.mark.usefixtures("in_app")
def test_each_refusal_is_a_sentence_on_the_field(tmp_path):
    store = Store(tmp_path)
    for upload in (b"", b"bonjour", a_bomb()):
        with assert_refused("photo", "photo"):
            keep_photo(upload=upload, description="", store=store, actor=None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../secret", "a" * 31, "A" * 32, "", "0" * 32 + "/.."])
def test_no_path_is_made_of_another_name(tmp_path, name):
    with pytest.raises(ValueError, match="name"):
        Store(tmp_path).path(name)

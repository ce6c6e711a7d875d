"""The settings: a wrong one stops the start, and every error is told at once."""

from __future__ import annotations

import pytest

from config import WrongSettings, read_settings


def test_every_wrong_setting_is_told_at_once() -> None:
    wrong = {
        "DATABASE_URL": "mysql://x",
        "SECRET_KEY": "court",
        "PUBLIC_URL": "agora",
        "LANGUAGES": "en",
        "PROXIES": "un",
    }
    with pytest.raises(WrongSettings) as caught:
        read_settings(wrong)
    assert len(str(caught.value).splitlines()) == len(wrong)


def test_short_addresses_of_postgresql_name_the_driver() -> None:
    for short in ("postgres://u@h/b", "postgresql://u@h/b", "postgresql+psycopg://u@h/b"):
        assert read_settings({"DATABASE_URL": short}).database_url == "postgresql+psycopg://u@h/b"


def test_without_a_key_a_random_one_is_kept_on_the_machine() -> None:
    assert read_settings({}).secret_key == read_settings({}).secret_key
    assert len(read_settings({}).secret_key) >= 32


def test_cookies_are_secure_as_soon_as_the_public_address_is() -> None:
    assert read_settings({"PUBLIC_URL": "https://agora.exemple.fr"}).for_flask()["SESSION_COOKIE_SECURE"] is True


def test_the_code_of_the_room_and_documents_have_their_settings():
    usual = read_settings({}).for_flask()
    assert (usual["ROOM_CODE_MINUTES"], usual["DOCUMENT_BYTES"]) == (30, 8 * 1024 * 1024)
    chosen = read_settings({"ROOM_CODE_MINUTES": "5", "DOCUMENT_BYTES": "1000"}).for_flask()
    assert (chosen["ROOM_CODE_MINUTES"], chosen["DOCUMENT_BYTES"]) == (5, 1000)
    for wrong in ("0", "-5", "cinq", "1.5", "²"):
        with pytest.raises(WrongSettings) as caught:
            read_settings({"ROOM_CODE_MINUTES": wrong, "DOCUMENT_BYTES": wrong})
        assert [line.split()[0] for line in str(caught.value).splitlines()] == ["DOCUMENT_BYTES", "ROOM_CODE_MINUTES"]
    with pytest.raises(WrongSettings, match="ne peut pas dépasser"):
        read_settings({"DOCUMENT_BYTES": str(100 * 1024 * 1024)})

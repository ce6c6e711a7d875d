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

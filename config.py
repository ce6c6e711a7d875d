"""The settings, read once from the environment. A wrong one stops the start with every error listed."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent


class WrongSettings(ValueError):
    """The environment holds values the application cannot start with; the message lists them all."""


@dataclass(frozen=True)
class Settings:
    """What an installation chooses. Rules of participation are not here: they are versioned règlements."""

    database_url: str
    secret_key: str
    public_url: str = "http://127.0.0.1:8000"
    files_dir: Path = ROOT / "instance" / "files"
    mail_url: str = "console:"
    messages_url: str = "none:"
    document_bytes: int = 8 * 1024 * 1024
    room_code_minutes: int = 30
    mail_from: str = "ne-pas-repondre@agora.invalid"
    limiter_url: str = f"counters://{ROOT / 'instance' / 'limits.sqlite3'}"
    languages: tuple[str, ...] = ("fr", "en")
    demo: bool = False
    proxies: int = 0
    upload_bytes: int = 12 * 1024 * 1024
    extra: dict[str, Any] = field(default_factory=dict)

    def for_flask(self) -> dict[str, Any]:
        """The same settings under the names Flask and its extensions read."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            # An error of the database must not write a ballot, nor anybody's text, in a log.
            "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
            "SESSION_COOKIE_NAME": "agora",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.public_url.startswith("https://"),
            "MAX_CONTENT_LENGTH": self.upload_bytes,
            "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
            # The token lives as long as the session: a form left open for an hour is still accepted.
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": False,
            "RATELIMIT_STORAGE_URI": self.limiter_url,
            "RATELIMIT_HEADERS_ENABLED": False,
            "BABEL_DEFAULT_LOCALE": "fr",
            "BABEL_DEFAULT_TIMEZONE": "Europe/Paris",
            "PUBLIC_URL": self.public_url.rstrip("/"),
            "FILES_DIR": self.files_dir,
            "MAIL_URL": self.mail_url,
            "MESSAGES_URL": self.messages_url,
            "DOCUMENT_BYTES": self.document_bytes,
            "ROOM_CODE_MINUTES": self.room_code_minutes,
            "MAIL_FROM": self.mail_from,
            "LANGUAGES": self.languages,
            "DEMO": self.demo,
            "PROXIES": self.proxies,
        }


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Reads the environment. Raises ``WrongSettings`` with one line per error."""
    source = os.environ if environ is None else environ
    errors: list[str] = []
    database_url = _database_url(source.get("DATABASE_URL", ""), errors)
    secret_key = source.get("SECRET_KEY", "") or _kept_secret()
    if len(secret_key) < 32:
        errors.append("SECRET_KEY doit compter au moins 32 caractères tirés au hasard.")
    public_url = source.get("PUBLIC_URL", "http://127.0.0.1:" + source.get("PORT", "8000"))
    if not public_url.startswith(("http://", "https://")):
        errors.append("PUBLIC_URL doit commencer par https:// (ou http:// sur votre machine).")
    languages = tuple(code.strip() for code in source.get("LANGUAGES", "fr,en").split(",") if code.strip())
    if "fr" not in languages:
        errors.append("LANGUAGES doit contenir fr, la langue de départ.")
    proxies = source.get("PROXIES", "0")
    if not proxies.isdigit():
        errors.append("PROXIES est le nombre de serveurs mandataires devant l’application : un entier.")
    document_bytes = _positive(source, "DOCUMENT_BYTES", Settings.document_bytes, errors)
    room_code_minutes = _positive(source, "ROOM_CODE_MINUTES", Settings.room_code_minutes, errors)
    if document_bytes > Settings.upload_bytes:
        errors.append(f"DOCUMENT_BYTES ne peut pas dépasser {Settings.upload_bytes} octets, la taille d’un envoi.")
    if errors:
        raise WrongSettings("\n".join(errors))
    return Settings(
        database_url=database_url,
        secret_key=secret_key,
        public_url=public_url,
        files_dir=Path(source.get("FILES_DIR", "") or ROOT / "instance" / "files"),
        mail_url=source.get("MAIL_URL", "console:"),
        messages_url=source.get("MESSAGES_URL", "none:"),
        document_bytes=document_bytes,
        room_code_minutes=room_code_minutes,
        mail_from=source.get("MAIL_FROM", "ne-pas-repondre@agora.invalid"),
        limiter_url=source.get("LIMITER_URL", "") or Settings.limiter_url,
        languages=languages,
        demo=source.get("DEMO", "") == "1",
        proxies=int(proxies),
    )


def _positive(source: Mapping[str, str], name: str, usual: int, errors: list[str]) -> int:
    """A whole number from 1 up; the usual one when nothing is set."""
    written = source.get(name, "") or str(usual)
    if not written.isdecimal() or int(written) == 0:
        errors.append(f"{name} doit être un entier positif.")
        return usual
    return int(written)


def _database_url(url: str, errors: list[str]) -> str:
    if not url:
        folder = ROOT / "instance"
        folder.mkdir(exist_ok=True)
        return f"sqlite:///{folder / 'agora.sqlite3'}"
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        errors.append("DATABASE_URL doit commencer par postgresql:// ou sqlite:///.")
    return url


def _kept_secret() -> str:
    """A random key kept beside the database of this machine, so that no default key ever exists."""
    path = ROOT / "instance" / "secret_key"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        # A link appears whole or not at all: of two workers that start together, one wins and both read the same key.
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
        os.unlink(name)
    return path.read_text(encoding="ascii").strip()

"""Letters leave by here; one address of the settings says how: ``console:``, ``memory:``, ``file:/folder``, ``smtp://…``.

Only the standard library. What somebody typed becomes one line before it enters a header.
"""

from __future__ import annotations

import os
import smtplib
import ssl
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

# Two servers may answer slowly one after the other; the worker's lease on a letter is much longer.
PATIENCE_SECONDS = 20


class MailFailed(Exception):
    """A letter that did not leave. The text names the kind of failure, never an address: it goes to logs and tables."""


@dataclass(frozen=True)
class Letter:
    """A letter ready to leave. ``key`` makes its Message-ID: the same letter sent twice is recognised as one."""

    recipient: str
    subject: str
    body: str
    sender: str
    key: str
    at: datetime
    # A text message: its recipient is a telephone.
    is_text: bool = False


class Post(Protocol):
    """A way for letters to leave."""

    def send(self, letter: Letter) -> None:
        """Sends one letter, or raises ``MailFailed``."""


def open_post(url: str) -> Post:
    """The way the settings name. Raises ``ValueError`` with a sentence when the address is none of the known ones."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return Console()
    if parts.scheme == "memory":
        return Memory()
    if parts.scheme == "file" and parts.path:
        return Folder(Path(unquote(parts.path)))
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        return Server.of(parts)
    raise ValueError("MAIL_URL doit être console:, memory:, file:/dossier ou smtp://utilisateur:secret@hote:587?tls=1.")


def one_line(text: str) -> str:
    """The text as one line without control characters: nothing typed can begin another header."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def compose(letter: Letter) -> EmailMessage:
    """The message as it travels. Raises ``MailFailed`` when the recipient is not one address."""
    message = EmailMessage(policy=SMTP)
    name, address = parseaddr(letter.sender)
    try:
        message["To"] = Address(addr_spec=letter.recipient)
        message["From"] = Address(one_line(name), addr_spec=address)
    except (ValueError, IndexError) as error:
        # The parser's own words quote the address: only their kind is kept.
        raise MailFailed(f"address {type(error).__name__}") from None
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.key}@{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body, cte="quoted-printable")
    return message


class Console:
    """Prints letters, for those who build."""

    def send(self, letter: Letter) -> None:
        sys.stderr.write(f"--- {letter.recipient} : {one_line(letter.subject)}\n{letter.body}\n")


class Memory:
    """Keeps letters for the tests of this process."""

    letters: list[EmailMessage] = []  # noqa: RUF012 - shared on purpose: every worker of a test posts in the same box

    def send(self, letter: Letter) -> None:
        self.letters.append(compose(letter))


@dataclass(frozen=True)
class Folder:
    """Writes each letter as a file of its own; a rename makes it appear whole."""

    path: Path

    def send(self, letter: Letter) -> None:
        message = compose(letter)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path, prefix=f"{letter.key}-", suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(message.as_bytes())
            Path(name).rename(Path(name).with_suffix(".eml"))
        except OSError as error:
            raise MailFailed(f"file {type(error).__name__}") from None


@dataclass(frozen=True)
class Server:
    """An SMTP server; ``tls=1`` asks for STARTTLS, ``smtps://`` is encrypted from the first byte."""

    host: str
    port: int
    user: str
    secret: str
    encrypted: bool
    start_tls: bool

    @classmethod
    def of(cls, parts: SplitResult) -> Server:
        encrypted = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "",
            port=parts.port or (465 if encrypted else 25),
            user=unquote(parts.username or ""),
            secret=unquote(parts.password or ""),
            encrypted=encrypted,
            start_tls=parse_qs(parts.query).get("tls", ["0"])[-1] == "1",
        )

    def send(self, letter: Letter) -> None:
        message = compose(letter)
        try:
            with self._connect() as server:
                if self.start_tls:
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.secret)
                server.send_message(message)
        except smtplib.SMTPResponseException as error:
            raise MailFailed(f"smtp {error.smtp_code}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise MailFailed(f"smtp {type(error).__name__}") from None

    def _connect(self) -> smtplib.SMTP:
        if self.encrypted:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE_SECONDS, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=PATIENCE_SECONDS)

"""Text messages leave by here; one address of the settings says how: none, console, memory, a folder or a gateway."""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from app.adapters.mail import MailFailed, one_line

PATIENCE_SECONDS = 20


@dataclass(frozen=True)
class TextMessage:
    """A text message ready to leave; ``key`` tells the gateway that a second sending is the same one."""

    number: str
    body: str
    key: str


class Gateway(Protocol):
    """A way for text messages to leave."""

    def send(self, message: TextMessage) -> None:
        """Sends one message, or raises ``MailFailed``."""


def is_set(url: str) -> bool:
    """Whether the settings name a way at all."""
    return bool(url) and urlsplit(url).scheme != "none"


def open_gateway(url: str) -> Gateway:
    """The way the settings name. Raises ``ValueError`` with a sentence when the address is none of the known ones."""
    parts = urlsplit(url)
    if parts.scheme in {"none", ""}:
        return Nobody()
    if parts.scheme == "console":
        return Console()
    if parts.scheme == "memory":
        return Memory()
    if parts.scheme == "file" and parts.path:
        return Folder(Path(unquote(parts.path)))
    if parts.scheme in {"http", "https"} and parts.hostname:
        return Web(url)
    raise ValueError(
        "MESSAGES_URL doit être none:, console:, memory:, file:/dossier ou l’adresse https de la passerelle."
    )


def plain_number(number: str) -> str:
    """A telephone number as gateways take it: its digits, with a plus for a country."""
    return re.sub(r"[^\d+]", "", number)


class Nobody:
    """No gateway: nothing leaves, and the page says so."""

    def send(self, message: TextMessage) -> None:
        raise MailFailed("no gateway")


class Console:
    """Prints messages, for those who build."""

    def send(self, message: TextMessage) -> None:
        sys.stderr.write(f"--- {message.number} : {one_line(message.body)}\n")


class Memory:
    """Keeps messages for the tests of this process."""

    messages: list[TextMessage] = []  # noqa: RUF012 - shared on purpose, like the letters

    def send(self, message: TextMessage) -> None:
        self.messages.append(message)


@dataclass(frozen=True)
class Folder:
    """Writes each message as a file of its own."""

    path: Path

    def send(self, message: TextMessage) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            (self.path / f"{message.key}.txt").write_text(f"{message.number}\n{message.body}\n", encoding="utf-8")
        except OSError as error:
            raise MailFailed(f"file {type(error).__name__}") from None


@dataclass(frozen=True)
class Web:
    """A gateway that takes ``{"to", "body", "key"}`` as JSON by POST."""

    url: str

    def send(self, message: TextMessage) -> None:
        content = json.dumps({"to": message.number, "body": message.body, "key": message.key}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url, content, headers)  # noqa: S310 - http or https, checked above
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS):  # noqa: S310
                return
        except OSError as error:
            raise MailFailed(f"gateway {type(error).__name__}") from None

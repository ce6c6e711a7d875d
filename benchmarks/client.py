"""A small browser for measuring: one kept connection, cookies, forms. It does little, so that the server has the cores.

It writes and reads the socket itself: ``http.client`` would spend as long reading headers as a light view answering.
"""

from __future__ import annotations

import html
import re
import socket
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlencode

Result = TypeVar("Result")
PATIENCE = 60.0
# The server closes a connection that stays silent for two seconds: a new one is opened before.
IDLE = 1.0
_TAG = re.compile(rb"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: *([^=;\s]+)=([^;\r]*)", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation: *([^\r]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """What the server answered, and in how many seconds."""

    status: int
    head: bytes
    body: bytes
    seconds: float

    @property
    def location(self) -> str:
        """Where it sends the browser, as a path of the site."""
        found = _LOCATION.search(self.head)
        address = found[1].decode() if found else ""
        return address if address.startswith("/") else "/" + address.split("/", 3)[-1]

    def form(self, action: str) -> list[tuple[str, str]]:
        """The hidden fields of the first form of the page sent to this path, its token included."""
        _, _, rest = self.body.partition(b'action="' + action.encode() + b'"')
        fields = []
        for tag in _TAG.findall(rest.partition(b"</form>")[0]):
            held = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag.decode())}
            if held.get("type") == "hidden":
                fields.append((held.get("name", ""), held.get("value", "")))
        return fields


class Visitor:
    """One browser: its connection, its cookies, its address."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None, number: int = 0) -> None:
        self.cookies = dict(cookies or {})
        self._address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self._port = port
        self._connect()

    def __enter__(self) -> Visitor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def _connect(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._used = time.monotonic()

    def get(self, path: str) -> Answer:
        """Opens a page."""
        return self._ask("GET", path, b"")

    def post(self, path: str, fields: Sequence[tuple[str, str]]) -> Answer:
        """Sends a form; redirections are not followed."""
        return self._ask("POST", path, urlencode(fields).encode())

    def _ask(self, method: str, path: str, body: bytes) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Accept-Language: fr",
            f"X-Forwarded-For: {self._address}",
            f"Cookie: {cookies}" if cookies else "",
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}"
            if method == "POST"
            else "",
        ]
        request = "\r\n".join(filter(None, lines)).encode() + b"\r\n\r\n" + body
        if time.monotonic() - self._used > IDLE:
            self._socket.close()
            self._connect()
        began = time.perf_counter()
        self._socket.sendall(request)
        head, body = self._read()
        seconds = time.perf_counter() - began
        self._used = time.monotonic()
        for name, value in _COOKIE.findall(head):
            self.cookies[name.decode()] = value.decode()
        return Answer(int(head[9:12]), head, body, seconds)

    def _read(self) -> tuple[bytes, bytes]:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        found = _LENGTH.search(head)
        length = int(found[1]) if found else 0
        pieces = [body]
        missing = length - len(body)
        while missing > 0:
            pieces.append(self._more())
            missing -= len(pieces[-1])
        return head, b"".join(pieces)

    def _more(self) -> bytes:
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data


@dataclass(frozen=True)
class Run:
    """What many clients did at once: the results, the seconds it took, and the share of one core the client used."""

    results: list[Any]
    seconds: float
    client: float


def at_once(act: Callable[[Any], Result], things: Iterable[Any], clients: int) -> Run:
    """Does the same act on many things, so many at a time, in threads of this process."""
    began, used = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(max_workers=clients) as pool:
        results = list(pool.map(act, things))
    seconds = time.perf_counter() - began
    return Run(results, seconds, (time.process_time() - used) / seconds)

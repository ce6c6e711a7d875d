"""What was typed is never lost: a form refused because its session ended is kept, signed, and offered again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

# A secret is never written back into a page: any field whose name says password, and these.
SECRETS = frozenset({"code", "receipt_code", "csrf_token", "typed"})
DAY = 24 * 3600
# What a form sends for a choice, a number of row or a key of its own.
CODE = re.compile(r"[a-z0-9_:-]+")


@dataclass(frozen=True)
class Typed:
    """A form as it was sent: where to, and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The texts worth showing again to the person: neither short answers nor codes, which only machines read."""
        return tuple(value for _, value in self.fields if len(value) > 3 and not CODE.fullmatch(value))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="typed")


def from_request() -> Typed:
    """The form of the present request, without its secrets nor its files."""
    fields = tuple(
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in SECRETS and "password" not in name
    )
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return Typed(request.path + query, fields)


def seal(typed: Typed) -> str:
    """The form as one signed text, for a hidden field."""
    return _signer().dumps({"path": typed.path, "fields": [list(pair) for pair in typed.fields]})


def unseal(text: str) -> Typed | None:
    """The form back from its signed text, or ``None`` when it is not ours or is older than a day."""
    try:
        held: dict[str, Any] = _signer().loads(text, max_age=DAY)
    except BadSignature:
        return None
    return Typed(str(held["path"]), tuple((str(name), str(value)) for name, value in held["fields"]))

"""What addresses hold: numbers a database can look for, and ways back that stay on this site."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request, url_for
from werkzeug import routing

# The largest integer both databases keep; asking them for a larger one is an error, not an empty answer.
LARGEST = 2**31 - 1


class IntegerConverter(routing.IntegerConverter):
    """A number in a path: one no row can have leads nowhere (404)."""

    def __init__(
        self,
        map: routing.Map,
        fixed_digits: int = 0,
        min: int | None = None,
        max: int | None = LARGEST,
        signed: bool = False,
    ) -> None:
        super().__init__(map, fixed_digits, min, max, signed)


def asked_number(name: str) -> int | None:
    """A number asked after the question mark, or ``None`` when it is not one that a row can have."""
    number = request.args.get(name, type=int)
    return number if number is not None and abs(number) <= LARGEST else None


def safe_address(wanted: str | None) -> str:
    """The wanted address when it is a path of this site, otherwise the home page."""
    if wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\")):
        parts = urlsplit(wanted)
        if not parts.scheme and not parts.netloc and "\\" not in wanted and "\n" not in wanted:
            return wanted
    return url_for("home.index")


def public_address(endpoint: str, **values: object) -> str:
    """The whole address of a page, for a letter: built from the settings, never from what a request claims to be."""
    return str(current_app.config["PUBLIC_URL"]) + url_for(endpoint, **values)  # type: ignore[arg-type]

"""Where to go back: only ever to an address of this site."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import url_for


def safe_address(wanted: str | None) -> str:
    """The wanted address when it is a path of this site, otherwise the home page."""
    if wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\")):
        parts = urlsplit(wanted)
        if not parts.scheme and not parts.netloc and "\\" not in wanted and "\n" not in wanted:
            return wanted
    return url_for("home.index")

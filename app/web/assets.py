"""Static files: ours, and those shipped inside installed wheels (htmx, Leaflet), served under one address.

Texts are also offered compressed, so that a first visit stays light on an old telephone. Pages are not: what they
hold that is secret could then be guessed from their size.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile

OURS = Path(__file__).resolve().parents[1] / "static"
TEXTS = {".css", ".js", ".svg"}


class LightFiles(WhiteNoise):
    """WhiteNoise, which looks for compressed copies beside each file; ours stand in a folder the application writes."""

    def __init__(self, application: Any, copies: Path) -> None:
        self.copies = copies
        super().__init__(application, max_age=31536000)

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        """A file with its headers and, for a text, its compressed copy."""
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        return StaticFile(path, headers.items(), encodings=compressed(Path(path), self.copies))


def compressed(file: Path, copies: Path) -> dict[str, str]:
    """The compressed copy of a text, made once; none where the application may not write."""
    if file.suffix not in TEXTS:
        return {}
    content = file.read_bytes()
    copy = copies / f"{hashlib.sha256(content).hexdigest()[:24]}.gz"
    try:
        if not copy.exists():
            copies.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=copies)
            with os.fdopen(handle, "wb") as target:
                target.write(gzip.compress(content, mtime=0))
            # A rename makes it safe when two workers start together.
            os.replace(part, copy)
    except OSError:
        return {}
    return {"gzip": str(copy)}


def _wheel(package: str, inside: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"{package} is missing: run make setup")
    return Path(next(iter(spec.submodule_search_locations))) / inside


@cache
def vendored() -> dict[str, Path]:
    """Address under ``/static/`` → file inside an installed wheel."""
    leaflet = _wheel("xstatic", "pkg/leaflet/data")
    files = {"vendor/htmx.min.js": _wheel("django_htmx", "static/django_htmx/htmx-2.min.js")}
    for path in leaflet.rglob("*"):
        if path.is_file() and path.suffix in {".js", ".css", ".png"}:
            files[f"vendor/leaflet/{path.relative_to(leaflet).as_posix()}"] = path
    return files


@cache
def _version(path: str) -> str:
    file = vendored().get(path) or OURS / path
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


def static_url(path: str) -> str:
    """The address of a static file, with its digest so that browsers keep it for long and never too long."""
    return f"/static/{path}?v={_version(path)}"


def prepare(app: Flask) -> None:
    """Serves the static files before Flask, and gives templates their addresses."""
    server = LightFiles(app.wsgi_app, Path(app.instance_path) / "static")
    server.add_files(str(OURS), prefix="static/")
    for address, path in vendored().items():
        server.add_file_to_dictionary(f"/static/{address}", str(path))
    app.wsgi_app = server  # type: ignore[method-assign]
    app.jinja_env.globals["static_url"] = static_url

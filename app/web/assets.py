"""Static files: ours, and those shipped inside installed wheels (htmx, Leaflet), served under one address."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

OURS = Path(__file__).resolve().parents[1] / "static"


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
    server = WhiteNoise(app.wsgi_app, max_age=31536000)
    server.add_files(str(OURS), prefix="static/")
    for address, path in vendored().items():
        server.add_file_to_dictionary(f"/static/{address}", str(path))
    app.wsgi_app = server  # type: ignore[method-assign]
    app.jinja_env.globals["static_url"] = static_url

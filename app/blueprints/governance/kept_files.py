"""A document kept on the shelf, handed over: to keep, and nothing in it runs here."""

from __future__ import annotations

from flask import Response, current_app

from app.adapters.files import Store
from app.domain.shared.files import StoredFile
from app.domain.shared.refusals import Missing


def shelf() -> Store:
    """Where the bytes of documents are."""
    return Store(current_app.config["FILES_DIR"])


def handed(file: StoredFile, name: str) -> Response:
    """The document under a plain name. Raises ``Missing`` when its bytes are no longer there."""
    path = shelf().path(file.id)
    if not path.is_file():
        raise Missing("file")
    response = Response(path.read_bytes(), mimetype=file.media_type)
    suffix = "pdf" if file.media_type == "application/pdf" else "jpg"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

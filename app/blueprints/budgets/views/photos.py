"""A photo an agent gives, kept for the public."""

from __future__ import annotations

from flask import current_app
from werkzeug.datastructures import FileStorage
from wtforms import Field

from app.adapters.files import Store
from app.domain.shared.files import keep_photo
from app.web.access import current_person


def keep(photo: Field, words: Field) -> str | None:
    """The id of the photo just given, cleaned and kept; ``None`` when there is none. Raises its ``Refusal``."""
    upload = photo.data
    if not isinstance(upload, FileStorage) or not upload.filename:
        return None
    file = keep_photo(
        upload=upload.read(),
        description=str(words.data or ""),
        store=Store(current_app.config["FILES_DIR"]),
        actor=current_person(),
        field=photo.name,
        public=True,
    )
    return file.id

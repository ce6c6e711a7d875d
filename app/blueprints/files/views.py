"""The pages of files: a photo, to whoever may see it."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from app.adapters.files import Store
from app.domain.ideas.policies import ShownFile, can_see_file
from app.domain.ideas.queries import idea_of_photo
from app.domain.shared.files import file_by_id
from app.domain.shared.refusals import Missing
from app.web.access import access

bp = Blueprint("files", __name__)


def shown_file(file_id: str) -> ShownFile:
    """The file and, while it is not public, the idea whose rules it follows. Raises ``Missing``."""
    file = file_by_id(file_id)
    return ShownFile(file, None if file.is_public else idea_of_photo(file.id))


@bp.get("/fichiers/<file_id>")
@access(can_see_file, subject=shown_file)
def show(shown: ShownFile) -> Response:
    """The bytes of a photo. Its address never holds anything else: a browser may keep it."""
    file = shown.file
    path = Store(current_app.config["FILES_DIR"]).path(file.id)
    if not path.is_file():
        raise Missing("file")
    response = Response(path.read_bytes(), mimetype=file.media_type)
    response.set_etag(file.id)
    response.headers["Cache-Control"] = "public, max-age=86400" if file.is_public else "private, no-cache"
    response.make_conditional(request)
    return response

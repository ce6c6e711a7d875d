"""The room of votes: its name, and what its views share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from flask import Blueprint, current_app, url_for

from app.domain.ballots.models import Scrutin, ScrutinProject
from app.extensions import line_of_request, unnamed
from app.web.access import current_person

bp = Blueprint("ballots", __name__)


def limit_key() -> str:
    """Whose pace is watched: the voter, not the address, for a whole community centre may vote behind one.

    A keyed digest: the store of the limiter must not name who has just voted.
    """
    person = current_person()
    who = f"person:{person.id}" if person is not None else line_of_request()
    return unnamed(who)


def picture_of(project: ScrutinProject) -> str | None:
    """The address of a project's picture."""
    if project.picture_id is None or "files.show" not in current_app.view_functions:
        return None
    return url_for("files.show", file_id=project.picture_id)


def shuffled(scrutin: Scrutin) -> list[ScrutinProject]:
    """The projects in an order drawn once for everybody (a digest): neither of deposit nor of alphabet."""

    def place(project: ScrutinProject) -> str:
        return hashlib.sha256(f"{scrutin.id}|{project.ref}".encode()).hexdigest()

    return sorted(scrutin.projects, key=place)


def titles_of(projects: Iterable[ScrutinProject]) -> dict[str, str]:
    """Ref → title."""
    return {project.ref: project.title for project in projects}

"""The room of councils: what their pages are plugged into, and how their papers are answered."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request

bp = Blueprint("councils", __name__)


def page_number() -> int:
    """The page asked for."""
    return request.args.get("page", 1, type=int)


def pdf_response(content: bytes, name: str) -> Response:
    """A paper, shown in the browser and kept under a name."""
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response

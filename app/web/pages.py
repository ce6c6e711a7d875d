"""The two ways a view answers: ``respond`` shows a page or its moving part, ``done`` closes an act.

Both choose by themselves what to send, so that no view asks whether htmx is there.
"""

from __future__ import annotations

from typing import Any

from flask import Response, flash, make_response, redirect, render_template

from app.extensions import htmx


def wants_fragment() -> bool:
    """Whether the answer will be swapped into a page that is already there."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def respond(template: str, *, fragment: str | None = None, status: int = 200, **values: Any) -> Response:
    """Renders a page, or only its fragment when htmx asked and the view names one (a file the page includes)."""
    chosen = fragment if fragment is not None and wants_fragment() else template
    return make_response(render_template(chosen, **values), status)


def done(
    address: str, message: object = None, *, fragment: str | None = None, tone: str = "done", **values: Any
) -> Response:
    """Closes an act: the fragment when htmx asked for it, otherwise a 303 to ``address`` with its message."""
    if wants_fragment():
        if fragment is not None:
            return make_response(render_template(fragment, **values))
        if message is not None:
            flash(str(message), tone)
        response = make_response("", 204)
        response.headers["HX-Redirect"] = address
        return response
    if message is not None:
        flash(str(message), tone)
    return redirect(address, 303)  # type: ignore[return-value]

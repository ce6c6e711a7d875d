"""The log: one JSON object per line on the standard output. No e-mail, no IP, no query, no ballot.

A request is told by its route, never by its address, which may hold a token or a search.
"""

from __future__ import annotations

import re
import secrets
import sys
import time
import traceback
from contextlib import suppress
from typing import Any

import structlog
from flask import Flask, Response, g, request
from structlog.typing import EventDict, WrappedLogger

log = structlog.get_logger()
GIVEN_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")
SILENT = "silent_rooms"


class Output:
    """Writes on the standard output of the moment, which tests and workers replace."""

    def msg(self, line: str) -> None:
        # A closed pipe, a full disk, or a sign the terminal cannot write: a line is lost, never somebody's request.
        with suppress(OSError, ValueError, AttributeError):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    debug = info = warning = error = critical = msg


def tell_where(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """An exception becomes its kind and its places: its words may quote an address, a statement or a form."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["kind"] = type(error).__name__
        event["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    return event


def configure() -> None:
    """Sets structlog for the whole process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            tell_where,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=repr),
        ],
        logger_factory=lambda *_names: Output(),
        cache_logger_on_first_use=False,
    )


def keep_silent_about(app: Flask, room: str) -> None:
    """Leaves a room out of the log: the hour of a vote beside another log would tell who gave which ballot."""
    app.extensions.setdefault(SILENT, set()).add(room)


def begin_request() -> None:
    """Names the request; a proxy that we believe may have named it already."""
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if GIVEN_ID.match(given) else secrets.token_hex(8)
    g.request_began = time.perf_counter()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def end_request(app: Flask, response: Response) -> Response:
    """Writes the line of the request."""
    identifier = g.get("request_id")
    if identifier is None:
        return response
    response.headers["X-Request-Id"] = identifier
    if app.config["LOG_REQUESTS"] and request.blueprint not in app.extensions.get(SILENT, ()):
        log.info("request", **_told(response))
    return response


def forget_request(_error: BaseException | None) -> None:
    """The next request of this thread has its own name."""
    structlog.contextvars.unbind_contextvars("request_id")


def _told(response: Response) -> dict[str, Any]:
    return {
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else "?",
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.request_began) * 1000),
    }


def prepare(app: Flask) -> None:
    """Plugs the log in. Tests keep it quiet unless they ask."""
    configure()
    app.config.setdefault("LOG_REQUESTS", not app.testing)
    app.before_request(begin_request)
    app.after_request(lambda response: end_request(app, response))
    app.teardown_request(forget_request)

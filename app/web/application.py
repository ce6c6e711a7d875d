"""The Flask subclass in which a request is one transaction, committed in one place."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

from app.database import db, forget_writes, has_written, writing
from app.web.addresses import IntegerConverter

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class WroteOnGet(AssertionError):
    """A request that only reads changed the database: a link prefetched by a mail scanner would do the same."""


class Agora(Flask):
    """Commits a successful writing request, rolls back everything else, and refuses a GET that writes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.url_map.converters["int"] = IntegerConverter

    def full_dispatch_request(self) -> Response:
        token = writing.set(not self._only_reads())
        try:
            return super().full_dispatch_request()
        finally:
            writing.reset(token)

    def dispatch_request(self) -> ResponseReturnValue:
        """Answers, then commits. A failing commit is rolled back here, before any error page asks who is signed in."""
        try:
            response = self.make_response(super().dispatch_request())
            self._end_transaction(response)
        except BaseException:
            db.session.rollback()
            raise
        finally:
            forget_writes(db.session())
        return response

    def _only_reads(self) -> bool:
        """Whether this request stores nothing: by its method, or because the door of its view says so."""
        door = getattr(self.view_functions.get(request.endpoint or ""), "__door__", None)
        return request.method in READING or (door is not None and door.only_reads)

    def _end_transaction(self, response: Response) -> None:
        if not writing.get():
            if has_written(db.session()) and (self.debug or self.testing):
                raise WroteOnGet(f"{request.method} {request.path} wrote to the database")
            db.session.rollback()
        elif response.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()

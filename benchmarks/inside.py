"""What only the house itself can do: fill its database, and open a session without the form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from app.database import db
from tests.support.database import application


@contextmanager
def opened(url: str, folder: Path) -> Iterator[None]:
    """The application on a database, for the length of a block; its connections are given back."""
    app = application(url, folder)
    with app.test_request_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def session_cookie(secret: str, token: str) -> str:
    """The cookie of somebody who has signed in, as the server with this key would have written it."""
    app = Flask("cookie")
    app.secret_key = secret
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    if serializer is None:
        raise RuntimeError("the server has no key")
    return str(serializer.dumps({"_user_id": token, "_fresh": True}))

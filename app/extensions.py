"""The Flask extensions, made once and tied to the application in ``create_app``."""

from __future__ import annotations

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address, ip_network

from flask import current_app
from flask_babel import Babel
from flask_htmx import HTMX
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from app.adapters.counters import FileCounters

# Known to the limiter by its scheme, as soon as it is imported.
__all__ = ["FileCounters", "babel", "csrf", "htmx", "limiter", "line_of_request", "login", "unnamed"]


def line_of_request() -> str:
    """Where a request comes from, as limits count it: an IPv4 address, or the /64 network an IPv6 line is given whole.

    Counted one by one, the addresses of one line would never run out.
    """
    given = get_remote_address()
    try:
        address = ip_address(given)
    except ValueError:
        return given
    if not isinstance(address, IPv6Address):
        return given
    return str(address.ipv4_mapped or ip_network((int(address), 64), strict=False))


def unnamed(who: str) -> str:
    """A keyed digest of who is counted: the store of the limiter names nobody, and no line."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(key, f"limit|{who}".encode(), hashlib.sha256).hex()


def _unnamed_line() -> str:
    return unnamed(line_of_request())


login = LoginManager()
csrf = CSRFProtect()
babel = Babel()
htmx = HTMX()
limiter = Limiter(key_func=_unnamed_line)

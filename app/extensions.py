"""The Flask extensions, made once and tied to the application in ``create_app``."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from flask_babel import Babel
from flask_htmx import HTMX
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect


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


login = LoginManager()
csrf = CSRFProtect()
babel = Babel()
htmx = HTMX()
migrate = Migrate()
limiter = Limiter(key_func=line_of_request)

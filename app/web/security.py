"""The headers of every answer, and the check that a repeated form really comes from our own pages."""

from __future__ import annotations

from flask import Flask, Response, request, session
from werkzeug.exceptions import NotFound
from werkzeug.middleware.proxy_fix import ProxyFix

from app.web.application import READING

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


def add_headers(response: Response) -> Response:
    """Writes the security headers; what is for one person, or answers a form, is kept by no cache."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(self), payment=()")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    response.vary.update(("Cookie", "HX-Request", "Accept-Language"))
    if "Cache-Control" not in headers:
        # The answer to a form may say again what was typed, a ballot included, though its session has ended.
        personal = request.method not in READING or session.get("_user_id")
        headers["Cache-Control"] = "no-store" if personal else "private, no-cache"
    return response


def refuse_what_no_database_holds() -> None:
    """An address with a NUL, in its path or after its question mark, leads nowhere: PostgreSQL cannot look for one."""
    if "\x00" in request.path or b"%00" in request.query_string or b"\x00" in request.query_string:
        raise NotFound


def comes_from_elsewhere() -> bool:
    """Whether the browser says that another site sent this request."""
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told in {"cross-site", "same-site"}
    # An older browser. Our own forms never say "null": a page that hides where it comes from does.
    origin = request.headers.get("Origin")
    return origin is not None and origin != request.host_url.rstrip("/")


def prepare(app: Flask) -> None:
    """Plugs the headers in, and believes as many proxies as the settings name."""
    app.before_request(refuse_what_no_database_holds)
    app.after_request(add_headers)
    if app.config["PROXIES"]:
        count = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]

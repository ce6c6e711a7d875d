"""The headers and cookies of every page: nothing foreign runs, nothing leaks, nothing private is kept."""

from __future__ import annotations

import pytest

from app.domain.accounts.models import Role
from tests.support import database
from tests.support.town import make_person

PAGES = [
    "/",
    "/connexion",
    "/inscription",
    "/carte",
    "/mon-compte",
    "/administration",
    "/rien-ici",
    "/style/accent.css",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(web, given, path):
    web.sign_in(given(make_person, Role.ADMIN))
    headers = web.client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Cookie" in headers["Vary"]


@pytest.mark.parametrize("path", ["/", "/mon-compte", "/administration"])
def test_a_page_seen_by_somebody_signed_in_is_kept_by_no_cache(web, given, path):
    web.sign_in(given(make_person, Role.ADMIN))
    assert web.client.get(path).headers["Cache-Control"] == "no-store"


def test_the_cookie_is_read_by_no_script_and_sent_to_no_other_site(web):
    cookie = web.client.get("/connexion").headers["Set-Cookie"]
    assert cookie.startswith("agora=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_travels_encrypted_only_and_the_browser_is_told_to_stay(all_databases, tmp_path):
    app = database.application(all_databases.url, tmp_path, SESSION_COOKIE_SECURE=True, PUBLIC_URL="https://agora.test")
    answer = app.test_client().get("/connexion", base_url="https://agora.test")
    database.close(app)
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age=" in answer.headers["Strict-Transport-Security"]

"""Every view says who may use it, the table knows them all, and nobody else gets in."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from flask import url_for

import tests.web.access as table
from app.domain.accounts import policies
from app.web.access import access, doors, refuse_silent_views
from app.web.application import Agora
from tests.support.town import make_person

TABLE: dict[str, str] = {}
for _module in pkgutil.iter_modules(table.__path__):
    TABLE.update(importlib.import_module(f"{table.__name__}.{_module.name}").DOORS)


def test_the_table_and_the_application_know_the_same_views(app: Agora) -> None:
    real = {endpoint: door.policy.__name__ for endpoint, door in doors(app).items() if door}
    assert real == TABLE


def test_an_application_with_a_silent_view_does_not_start() -> None:
    silent = Agora("silent")
    silent.add_url_rule("/rien", "nothing", lambda: "")
    with pytest.raises(RuntimeError, match="nothing"):
        refuse_silent_views(silent)


def test_a_guarded_view_lets_the_application_start() -> None:
    guarded = Agora("guarded")
    guarded.add_url_rule("/rien", "nothing", access(policies.anyone)(lambda: ""))
    refuse_silent_views(guarded)
    assert doors(guarded)["nothing"] is not None


PLAIN = sorted(endpoint for endpoint, policy in TABLE.items() if policy != "anyone")


@pytest.mark.parametrize("endpoint", PLAIN)
def test_somebody_not_signed_in_is_asked_to_sign_in(endpoint: str, app: Agora, web) -> None:
    path, methods = _address(app, endpoint)
    if "GET" in methods:
        page = web.get(path)
        assert page.status == 404 or page.heading == "Me connecter"
    else:
        page = web.post(path, {"csrf_token": web.token()})
        assert page.status in {403, 404}


@pytest.mark.parametrize(
    "endpoint", sorted(e for e, policy in TABLE.items() if policy in {"is_staff", "is_agent", "is_admin"})
)
def test_a_resident_is_refused_with_a_sentence(endpoint: str, app: Agora, web, given) -> None:
    path, methods = _address(app, endpoint)
    web.sign_in(given(make_person))
    page = web.get(path) if "GET" in methods else web.post(path, {"csrf_token": web.token()})
    assert page.status in {403, 404}
    assert page.text


def _address(app: Agora, endpoint: str) -> tuple[str, set[str]]:
    """An address of the view, with an identifier nobody has."""
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    values = {
        name: 999_999 if type(rule._converters[name]).__name__ == "IntegerConverter" else "inconnu"
        for name in rule.arguments
    }
    with app.test_request_context():
        return url_for(endpoint, **values), set(rule.methods or ())

"""Every act asks for the token of its form: a POST without it does nothing, whoever is signed in."""

from __future__ import annotations

import pytest
from flask import url_for

from app.domain.accounts.models import Role
from app.extensions import csrf
from app.web.application import READING
from tests.consistency.test_access import TABLE
from tests.support.town import make_person


def acts(app):
    """The endpoints that write, with an address each."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and set(rule.methods or ()) - READING:
            values = {
                name: 999_999 if type(rule._converters[name]).__name__ == "IntegerConverter" else "inconnu"
                for name in rule.arguments
            }
            with app.test_request_context():
                yield rule.endpoint, url_for(rule.endpoint, **values)


def test_no_view_is_exempt(app):
    assert not csrf._exempt_views
    assert not csrf._exempt_blueprints


def test_every_act_without_its_token_is_refused(app, web, given):
    web.sign_in(given(make_person, Role.ADMIN))
    found = dict(acts(app))
    assert set(found) <= set(TABLE)
    let_through = [endpoint for endpoint, path in found.items() if web.client.post(path, data={}).status_code != 400]
    assert let_through == []


def test_a_token_of_another_session_is_refused(app, web, given):
    token = web.token()
    web.client.delete_cookie("agora")
    web.sign_in(given(make_person))
    assert web.post("/mon-compte/deconnexion-partout", {"csrf_token": token}).status == 400
    assert web.get("/mon-compte").status == 200


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://pirate.test"}])
def test_a_form_sent_by_another_site_is_refused_without_being_offered_again(web, headers):
    answer = web.client.post("/connexion", data={"identifier": "texte du pirate"}, headers=headers)
    assert answer.status_code == 400
    assert "texte du pirate" not in answer.text
    assert "autre site" in answer.text

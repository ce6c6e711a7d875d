"""The log: one JSON line per request, and nothing in it that says who."""

from __future__ import annotations

import io
import json
import sys

import pytest
from flask import Blueprint

from app.domain.accounts.policies import anyone
from app.web.access import access
from app.web.logs import keep_silent_about
from tests.support import database
from tests.support.town import make_person


@pytest.fixture
def logged(all_databases, tmp_path):
    app = database.application(all_databases.fresh(), tmp_path, LOG_REQUESTS=True)
    yield app
    with app.app_context():
        database.db.engine.dispose()


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_request_is_one_line_by_its_route(logged, capsys):
    answer = logged.test_client().get("/registre?q=nour@exemple.test")
    (line,) = lines(capsys)
    assert {name: line[name] for name in ("event", "method", "route", "status")} == {
        "event": "request", "method": "GET", "route": "/registre", "status": 200,
    }  # fmt: skip
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert line["ms"] >= 0
    assert set(line) == {"event", "method", "route", "status", "ms", "request_id", "level", "at"}


def test_no_line_holds_an_address_a_query_or_what_was_typed(logged, capsys):
    client = logged.test_client()
    client.get("/registre/2026-secret?jeton=abc")
    client.post("/connexion", data={"identifier": "nour@exemple.test", "password": "quatre mots à moi"})
    told = json.dumps(lines(capsys), ensure_ascii=False)
    for secret in ("nour", "quatre", "127.0.0.1", "jeton", "2026-secret"):
        assert secret not in told, told


def test_a_name_given_by_the_proxy_is_kept_when_it_is_one(logged):
    client = logged.test_client()
    assert client.get("/", headers={"X-Request-Id": "abc-12345678"}).headers["X-Request-Id"] == "abc-12345678"
    assert client.get("/", headers={"X-Request-Id": "a b<script>"}).headers["X-Request-Id"] != "a b<script>"


class FullDisk(io.StringIO):
    def write(self, _text):
        raise OSError(28, "No space left on device")


def closed():
    output = io.StringIO()
    output.close()
    return output


@pytest.mark.parametrize("output", [closed, FullDisk, lambda: None], ids=["closed", "full", "absent"])
def test_a_request_is_answered_when_the_log_cannot_be_written(logged, monkeypatch, output):
    monkeypatch.setattr(sys, "stdout", output())
    assert logged.test_client().get("/registre").status_code == 200


def test_each_request_has_its_own_name(logged):
    client = logged.test_client()
    assert client.get("/").headers["X-Request-Id"] != client.get("/").headers["X-Request-Id"]


def test_a_silent_room_leaves_no_line(logged, capsys):
    room = Blueprint("secret_room", __name__)
    room.add_url_rule("/essai", "essai", access(anyone)(lambda: "ok"))
    logged.register_blueprint(room)
    keep_silent_about(logged, "secret_room")
    assert logged.test_client().get("/essai").status_code == 200
    assert lines(capsys) == []


def test_the_voting_booth_is_a_silent_room(app):
    assert "ballots" in app.extensions["silent_rooms"]


def test_a_crash_is_told_by_its_place_without_its_words(all_databases, tmp_path, capsys):
    calm = database.application(all_databases.fresh(), tmp_path, TESTING=False, PROPAGATE_EXCEPTIONS=False)

    def crash():
        raise ValueError(make_person.__name__ + " nour@exemple.test")

    calm.add_url_rule("/essai", "essai", access(anyone)(crash))
    assert calm.test_client().get("/essai").status_code == 500
    line = next(line for line in lines(capsys) if line["event"] == "crash")
    assert (line["kind"], line["path"]) == ("ValueError", "/essai")
    assert any("crash" in place for place in line["trace"])
    assert "nour" not in json.dumps(line)
    with calm.app_context():
        database.db.engine.dispose()

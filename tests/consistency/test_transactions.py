"""One request, one commit: writing on GET fails, an error undoes everything, a refusal in a form keeps nothing."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.database import db
from app.domain.accounts.policies import anyone
from app.domain.shared.refusals import Refusal
from app.domain.territories.models import Site
from app.web.access import access
from app.web.application import WroteOnGet
from tests.support import database


def with_view(real_app: Flask, view: object, methods: list[str], **door: bool) -> None:
    real_app.add_url_rule("/essai", "essai", access(anyone, **door)(view), methods=methods)  # type: ignore[type-var]
    real_app.config["WTF_CSRF_ENABLED"] = False


def add_site(name: str = "Agora") -> str:
    db.session.add(Site(id=1, name=name))
    db.session.flush()
    return "fait"


def names(real_app: Flask) -> list[str]:
    with real_app.app_context():
        return list(db.session.scalars(db.select(Site.name)))


def test_a_successful_post_is_committed_once(real_app):
    with_view(real_app, add_site, ["POST"])
    assert real_app.test_client().post("/essai").status_code == 200
    assert names(real_app) == ["Agora"]


def test_a_get_that_writes_fails_and_writes_nothing(real_app):
    with_view(real_app, add_site, ["GET"])
    with pytest.raises(WroteOnGet):
        real_app.test_client().get("/essai")
    assert names(real_app) == []


def test_a_form_that_is_never_stored_fails_if_it_writes(real_app):
    with_view(real_app, add_site, ["POST"], only_reads=True)
    with pytest.raises(WroteOnGet):
        real_app.test_client().post("/essai")
    assert names(real_app) == []


def test_a_form_that_is_never_stored_does_not_wait_for_those_who_write(real_app):
    def read() -> str:
        return str(db.session.scalar(db.select(db.func.count()).select_from(Site)))

    with_view(real_app, read, ["POST"], only_reads=True)
    with real_app.test_request_context():
        add_site()
        began = time.monotonic()
        with ThreadPoolExecutor(max_workers=1) as pool:
            answer = pool.submit(lambda: real_app.test_client().post("/essai")).result(timeout=30)
        db.session.rollback()
    assert (answer.status_code, answer.text) == (200, "0")
    assert time.monotonic() - began < 5


def test_an_answer_in_the_400s_undoes_everything(real_app):
    with_view(real_app, lambda: (add_site(), 422), ["POST"])
    assert real_app.test_client().post("/essai").status_code == 422
    assert names(real_app) == []


def test_a_refusal_raised_by_a_service_is_a_409_with_its_sentence_and_undoes_everything(real_app):
    def late() -> str:
        add_site()
        raise Refusal("Le vote est clos depuis le 3 juin.")

    with_view(real_app, late, ["POST"])
    answer = real_app.test_client().post("/essai")
    assert answer.status_code == 409
    assert "Le vote est clos depuis le 3 juin." in answer.text
    assert names(real_app) == []


def test_a_commit_that_fails_shows_an_error_page_even_to_somebody_signed_in(real_app, tmp_path):
    def twice() -> str:
        db.session.add(Site(id=1, name="Une"))
        db.session.add(Site(id=1, name="Deux"))
        return "fait"

    with_view(real_app, twice, ["POST"])
    with pytest.raises(Exception, match=r"UNIQUE|unique|conflict"):
        real_app.test_client().post("/essai")
    assert names(real_app) == []


def test_the_last_resort_page_needs_nothing(all_databases, tmp_path):
    calm = database.application(all_databases.fresh(), tmp_path, TESTING=False, PROPAGATE_EXCEPTIONS=False)
    calm.add_url_rule("/essai", "essai", access(anyone)(lambda: 1 / 0))
    answer = calm.test_client().get("/essai")
    database.close(calm)
    assert answer.status_code == 500
    assert "<h1" in answer.text

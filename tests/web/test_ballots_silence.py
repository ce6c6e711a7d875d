"""Nothing about a vote is kept anywhere but in the box: no log, journal, mail, cache, nor a session after leaving."""

from __future__ import annotations

import base64
import json
import re
import zlib
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.cli.sealing import seal_and_wipe
from app.database import db
from app.domain.accounts.models import Role
from app.domain.accounts.queries import person_by_id
from app.domain.accounts.rules import hash_password
from app.domain.ballots.models import BallotArrival
from app.domain.shared import clock
from app.domain.shared.journal import JournalEntry
from app.domain.shared.outbox import OutboxMessage
from app.extensions import limiter
from app.web import errors
from tests.support.box import all_vote, committed, people_and_vote
from tests.support.database import application
from tests.support.town import make_person
from tests.support.town_ballots import UP_TO_TWO, make_scrutin
from tests.support.web import Web

SIGN = "Déposer mon bulletin"


def vote_with(web: Web, scrutin_id: int, chosen: str = "7"):
    return web.get(f"/scrutins/{scrutin_id}/voter").submit("Relire mon bulletin", choices=[chosen]).submit(SIGN)


def session_of(web: Web) -> str:
    """What the signed cookie holds, readable by whoever has the browser."""
    cookie = web.client.get_cookie("agora")
    if cookie is None:
        return ""
    payload = cookie.value.removeprefix(".").split(".")[0]
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return (zlib.decompress(raw) if cookie.value.startswith(".") else raw).decode()


def test_every_page_of_a_voter_is_kept_by_no_cache(web, given):
    scrutin = given(make_scrutin, UP_TO_TWO)
    web.sign_in(given(make_person))
    booth = web.get(f"/scrutins/{scrutin.id}/voter")
    recap = booth.submit("Relire mon bulletin", choices=["7"])
    receipt = recap.submit(SIGN)
    for page in (booth, recap, receipt):
        assert page.response.headers["Cache-Control"] == "no-store"


def test_the_session_holds_the_code_and_never_a_choice_and_forgets_at_the_door(web, given):
    scrutin = given(make_scrutin, UP_TO_TWO)
    web.sign_in(given(make_person))
    receipt = vote_with(web, scrutin.id)
    code = receipt.soup.select_one(".receipt-code").get_text().replace(" ", "").strip()
    held = json.loads(session_of(web))
    assert held["receipts"] == {str(scrutin.id): code}
    assert "choices" not in session_of(web)
    receipt.submit("Me déconnecter")
    assert code not in session_of(web)


def test_nothing_of_a_vote_is_written_in_the_log_the_journal_or_the_mail(web, given, app, capfd, monkeypatch):
    monkeypatch.setitem(app.config, "LOG_REQUESTS", True)
    scrutin = given(make_scrutin, UP_TO_TWO)
    voter = given(make_person)
    web.sign_in(voter)
    capfd.readouterr()
    receipt = vote_with(web, scrutin.id)
    receipt.follow("Vérifier mon bulletin").submit(
        "Vérifier", code=receipt.soup.select_one(".receipt-code").get_text()
    )  # fmt: skip
    log = "".join(capfd.readouterr())
    assert "scrutins" not in log
    entries = given(lambda: db.session.scalars(select(JournalEntry)).all())
    assert not [entry for entry in entries if entry.actor_id == voter.id and entry.subject_kind == "scrutins"]
    assert given(lambda: db.session.scalars(select(OutboxMessage)).all()) == []


def test_an_error_of_the_database_carries_no_ballot_to_the_log(given, app, capfd):
    """The last resort logs an exception: its words must not hold the row."""

    def fail() -> None:
        scrutin = make_scrutin()
        row = {"scrutin_id": scrutin.id, "receipt_hash": "h", "content": '{"secret":1}'}
        db.session.execute(BallotArrival.__table__.insert().values(**row))
        db.session.execute(BallotArrival.__table__.insert().values(**row))

    capfd.readouterr()
    with app.test_request_context("/scrutins/1/deposer", method="POST"):
        with pytest.raises(IntegrityError) as caught:
            fail()
        db.session.rollback()
        errors.on_crash(caught.value)
    assert "secret" not in str(caught.value) + "".join(capfd.readouterr())


def test_a_session_that_ended_gives_the_ballot_back_to_its_page_and_to_nothing_else(
    web, given, app, capfd, monkeypatch
):
    monkeypatch.setitem(app.config, "LOG_REQUESTS", True)
    scrutin = given(make_scrutin, UP_TO_TWO)
    web.sign_in(given(make_person, email="nour@exemple.test", password_hash=hash_password("quatre mots à moi")))
    recap = web.get(f"/scrutins/{scrutin.id}/voter").submit("Relire mon bulletin", choices=["7"])
    web.client.delete_cookie("agora")
    capfd.readouterr()
    ended = recap.submit(SIGN)
    assert ended.status in {400, 403}
    assert "Votre session a pris fin" in ended.text
    assert "choices" not in session_of(web)
    assert "7" not in "".join(capfd.readouterr())
    assert given(lambda: db.session.scalars(select(BallotArrival)).all()) == []
    resumed = ended.submit("Me connecter", identifier="nour@exemple.test", password="quatre mots à moi")
    assert not resumed.soup.select("blockquote")
    assert resumed.submit("Envoyer").heading == "Votre bulletin est déposé"
    assert given(lambda: list(db.session.scalars(select(BallotArrival.content)))) == ['{"7":1}']


PUBLIC = ("", "/resultats", "/bulletins", "/bulletins.pb", "/proces-verbal", "/proces-verbal.pdf", "/verifier")


@pytest.mark.parametrize("days", [0, 8])
@pytest.mark.parametrize("roles", [(), (Role.AGENT,), (Role.ADMIN,)])
def test_no_page_and_no_file_tells_anything_before_the_count(real_app, days, roles):
    """The same pages when eleven have voted and when thirty-three have, before the closing and after."""
    scrutin_id, people = people_and_vote(real_app, 33, form=UP_TO_TWO)
    web = Web(real_app).sign_in(committed(real_app, lambda: make_person(*roles)))
    seen = []
    for group in (people[:11], people[11:]):
        all_vote(real_app, scrutin_id, group)
        with real_app.app_context():
            seal_and_wipe()
        with clock.shifted(timedelta(days=days)):
            seen.append({path: shown(web, scrutin_id, path) for path in (*PUBLIC, "/depouillement")})
    assert seen[0] == seen[1]
    for path in ("/bulletins", "/bulletins.pb", "/proces-verbal", "/proces-verbal.pdf"):
        assert seen[0][path][0] == 409
    assert "aucun chiffre" in seen[0]["/resultats"][1]


def shown(web: Web, scrutin_id: int, path: str) -> tuple[int, str]:
    """A page, without the reference that changes at each error."""
    page = web.get(f"/scrutins/{scrutin_id}{path}")
    return page.status, re.sub(r"référence : \w+", "", page.text)


def test_the_paper_trail_of_the_database_names_no_hour(real_app):
    scrutin_id, people = people_and_vote(real_app, 3)
    all_vote(real_app, scrutin_id, people)
    with real_app.app_context():
        days = {str(row[0]) for row in db.session.execute(text("SELECT day FROM emargements"))}
    assert days == {str(clock.today())}


@pytest.mark.parametrize(("path", "field"), [("verifier", "code"), ("voter", "choices"), ("deposer", "choices")])
def test_asking_without_end_is_slowed_down(all_databases, tmp_path, path, field):
    slow = application(all_databases.fresh(), tmp_path, RATELIMIT_ENABLED=True, WTF_CSRF_ENABLED=False)
    scrutin_id, people = people_and_vote(slow, 1)
    web = Web(slow).sign_in(committed(slow, person_by_id, people[0]))
    try:
        answers = [web.client.post(f"/scrutins/{scrutin_id}/{path}", data={field: "x"}).status_code for _ in range(31)]
    finally:
        limiter.reset()
        limiter.enabled = False
        with slow.app_context():
            db.engine.dispose()
    assert answers[-1] == 429
    assert 429 not in answers[:30]

"""Whatever a robot, a slip or an attacker sends, no page answers with an error of ours: at worst with a sentence.

The draw is the same at each run; ``FUZZ_SEED=2 FUZZ_TIMES=10`` looks further.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule

from app.blueprints.budgets.views.tasks import PARTS
from app.blueprints.territories.kinds import KINDS
from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance.models import GovernanceRecord
from app.domain.ideas.models import Idea
from app.domain.shared.files import StoredFile
from app.web.application import Agora
from tests.support.web import Web

SEED = int(os.environ.get("FUZZ_SEED", "1"))
TIMES = int(os.environ.get("FUZZ_TIMES", "1"))

# What a number and a word of an address may be instead of what we expect.
NUMBERS = ("0", "2147483647", "2147483648", "99999999999999999999", "-1", "1.5", "%D9%A1", "%C2%B2")
WORDS = ("x", "%00", "..%2f..%2fetc%2fpasswd", "%E2%80%AE", "%ED%A0%80", "%FF", "a" * 3000, "9" * 25)
# What a field may hold instead of what we expect.
VALUES = (
    "", "-1", "0", "1", "2", "10", "1,5", "2147483648", "99999999999999999999", "1\x00", "\u202etxt", "x" * 3000,
    "1e309", "nan", "inf", "²", "١", "0001-01-01", "9999-12-31", "0001-01-01T00:00", "9999-12-31T23:59", "2026-12-01",
    "31/02/2026", "<script>", "{{7*7}}", "'\"%()s;", "[]", "{}", "everywhere:1", "quartier:99999999999999999999",
    "48.8,1e400", "on", "http://[", "//pirate.test", "%s%n", "0,001", "-0", "99999999999,99", "a@b", "Un texte.",
)  # fmt: skip
# What pages ask after the question mark, and what only an attacker would write there.
ASKED = (
    "page", "q", "quartier", "theme", "etat", "tri", "next", "demarche", "nature", "annee", "lesquelles", "title",
    "apres", "avant", "latitude", "longitude", "ecartes", "identifiant", "verb", "kind", "actor", "day", "v",
    "endpoint", "_method", "_scheme", "_external", "_anchor", "self",
)  # fmt: skip
FIELD = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')
OPTION = re.compile(r'<option value="([^"]+)"')
RAW_TOKEN = "0123456789abcdef" * 2
# One hostile header each, on a page in two.
HEADERS: tuple[dict[str, str], ...] = (
    {}, {"HX-Request": "true"}, {"Accept-Language": "xx;q=zz,\xff"}, {"Referer": "http://[", "Origin": "http://["},
    {"X-Request-Id": "\xff" * 30, "X-Forwarded-For": "1,2,3"}, {"If-None-Match": '"x'}, {"Range": "bytes=9-1"},
    {"HX-Request": "true", "HX-Boosted": "true", "HX-Current-URL": "http://["},
)  # fmt: skip


class Fuzzer:
    """Somebody who sends anything anywhere, and notes what broke."""

    def __init__(self, app: Agora, who: str | None) -> None:
        self.app, self.web, self.draw = app, Web(app), random.Random(f"{SEED}{who}")
        self.token = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(RAW_TOKEN)
        self.broken: dict[str, str] = {}
        with app.test_request_context():
            self.person = db.session.scalar(select(Person).where(Person.email == who)) if who else None
            self.known = self._known()

    def _known(self) -> dict[str, list[str]]:
        """Words of addresses that lead somewhere, so that the pages behind are reached too."""
        mine = select(Idea.key).where(Idea.author_id == (self.person.id if self.person else 0))
        return {
            "key": [*db.session.scalars(mine), *db.session.scalars(select(Idea.key).limit(2))],
            "number": [record.number for record in db.session.scalars(select(GovernanceRecord).limit(3))],
            "file_id": list(db.session.scalars(select(StoredFile.id).limit(1))),
            "kind": list(KINDS),
            "part": list(PARTS),
        }

    def address(self, rule: Rule, odd: bool) -> str:
        """An address of a rule: one that may exist, or an odd one."""

        def part(found: re.Match[str]) -> str:
            if found[1]:
                return self.draw.choice(NUMBERS) if odd else str(self.draw.randint(1, 4))
            return self.draw.choice(WORDS if odd else (self.known.get(found[2]) or WORDS))

        return re.sub(r"<(?:(\w+):)?(\w+)>", part, rule.rule)

    def enter(self) -> None:
        """Comes in (again), with a token the forms accept."""
        if self.person is not None:
            self.web.sign_in(self.person)
        with self.web.client.session_transaction() as session:
            session["csrf_token"] = RAW_TOKEN

    def send(self, method: str, path: str, **values: Any) -> str:
        """Sends a request; gives the page, and notes an error."""
        try:
            with self.web.client.open(path, method=method, **values) as answer:
                if answer.status_code >= 500:
                    self.broken[f"{method} {path[:80]}"] = str(answer.status_code)
                return answer.text if answer.mimetype == "text/html" and answer.status_code < 400 else ""
        except Exception as error:  # the test applications let errors through
            self.broken[f"{method} {path[:80]} {type(error).__name__}"] = f"{error} {values}"[:600]
            return ""

    def form(self, page: str) -> MultiDict[str, str]:
        """The fields of a page, each left out, filled with anything, or given twice."""
        data = MultiDict({"csrf_token": self.token})
        options = OPTION.findall(page) or ["1"]
        for name in sorted({*FIELD.findall(page), "page"} - {"csrf_token"}):
            for _time in range(self.draw.choice((0, 1, 1, 1, 1, 2))):
                data.add(name, self.draw.choice((*VALUES, *self.draw.choices(options, k=20))))
        return data

    def try_everything(self, rule: Rule) -> None:
        """Reads odd addresses of a rule and sends odd forms there."""
        page = ""
        self.enter()
        if "GET" in (rule.methods or ()):
            page = self.send("GET", self.address(rule, odd=False), headers=self.draw.choice(HEADERS))
            asked = {name: self.draw.choice(VALUES) for name in self.draw.sample(ASKED, 14)}
            self.send("GET", self.address(rule, odd=False), query_string=asked)
        if rule.arguments:
            self.send(self.draw.choice(("GET", "POST", "PUT")), self.address(rule, odd=True), data=self.form(page))
        if "POST" in (rule.methods or ()):
            path = self.address(rule, odd=False)
            for _time in range(2):
                self.enter()
                self.send("POST", path, data=self.form(page), headers=self.draw.choice(HEADERS))
            self.send(
                "POST", path, data=b'{"a": [', content_type="application/json", headers={"X-CSRFToken": self.token}
            )


def rules_of(app: Agora) -> Iterator[Rule]:
    """What may be asked, but the page that answers 503 on purpose: these databases were made without migrations."""
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint not in {"static", "health.ready"})


@pytest.mark.parametrize("who", [None, "habitante@demo.test", "admin@demo.test"])
def test_nothing_one_sends_breaks_a_page(town_app: Agora, who: str | None) -> None:
    fuzzer = Fuzzer(town_app, who)
    for _time in range(TIMES):
        for rule in rules_of(town_app):
            fuzzer.try_everything(rule)
    assert not fuzzer.broken, "\n".join(f"{where}: {how}" for where, how in fuzzer.broken.items())

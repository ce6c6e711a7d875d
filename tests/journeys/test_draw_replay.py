"""The draw done again in a real browser, under the site's own security policy, finds what the server found."""

from __future__ import annotations

import json
import random

import pytest
from playwright.sync_api import Browser, Route, expect

from app.domain.councils.rules.draw.pools import published_list
from app.domain.councils.rules.draw.record import record_of
from app.web.security import POLICY
from tests.support.draws import a_rule, people_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = """<!doctype html><html lang="fr"><title>Rejouer</title>
<script type="module" src="/static/js/draw_replay.js"></script>
<form data-draw-replay hidden data-working="…" data-done="fait" data-same="pareil" data-different="autre"
      data-impossible="impossible" data-wrong="faux">
  <textarea name="rule"></textarea><textarea name="list"></textarea><input type="file" name="file">
  <input name="event"><textarea name="record"></textarea><button>Rejouer</button>
  <p data-draw-status role="status"></p><code data-draw-fact="list_sha256"></code>
  <ol data-draw-panel></ol><ol data-draw-alternates></ol>
</form></html>"""
QUARTIERS = ["Été", "Plaine", "Gare 😀"]


def invented(size: int) -> str:
    draw = random.Random(7)
    rows = (f"p{n};{draw.choice('FH')};{draw.choice(['-26', '26+'])};{draw.choice(QUARTIERS)};{draw.randrange(size)}\n"
            for n in range(size))  # fmt: skip
    return "id;sexe;age;quartier;household\n" + "".join(rows)


def test_the_browser_draws_the_same_people(browser: Browser, site_address: str):
    rule = a_rule(
        title="Conseil « 😀 » ﬁ",
        seats=8,
        alternates=1,
        one_per_household=True,
        criteria={"sexe": ["F", "H"], "age": ["-26", "26+"], "quartier": QUARTIERS},
        quotas=[
            {"of": {"sexe": "F"}, "min": 4, "max": 4},
            {"of": {"age": "-26", "sexe": "H"}, "min": 1},
            *({"of": {"quartier": name}, "min": 2, "max": 3} for name in QUARTIERS),
        ],
    )
    people = people_of(rule, invented(60))
    record = record_of(rule, people, "4 8 15")
    assert record is not None
    page = browser.new_page()

    def give(route: Route) -> None:
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(body=PAGE, headers=headers)

    page.route("**/essai-de-tirage", give)
    page.goto(f"{site_address}/essai-de-tirage")
    page.locator("[name=rule]").fill(json.dumps(dict(rule.facts)))
    page.locator("[name=list]").fill(published_list(rule, people))
    page.locator("[name=event]").fill(" 4 8  15")
    page.locator("[name=record]").fill(json.dumps(record))
    page.get_by_role("button", name="Rejouer").click()
    expect(page.get_by_role("status")).to_have_text("pareil")
    assert page.locator("[data-draw-panel] li").all_text_contents() == record["panel"]
    assert page.locator("[data-draw-alternates] li").all_text_contents() == record["alternates"]
    assert page.locator("[data-draw-fact]").text_content() == record["list_sha256"]
    page.locator("[name=event]").fill("4 8 16")
    page.get_by_role("button", name="Rejouer").click()
    expect(page.get_by_role("status")).to_have_text("autre")
    page.locator("[name=rule]").fill("{")
    page.get_by_role("button", name="Rejouer").click()
    expect(page.get_by_role("status")).to_have_text("faux")
    page.close()

"""The supports themselves: a strict reader that lets a fault pass would make every page test lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser
from sqlalchemy import create_engine, text

from tests.support import html, postgres, vnu
from tests.support.browser import assert_accessible, live_server
from tests.support.looked import Looked, Sight
from tests.support.shapes import shapes_of

PAGE = (
    '<!doctype html>\n<html lang="fr" dir="ltr"><head><meta charset="utf-8"><title>Idées</title></head>\n'
    "<body><main><h1>Idées</h1>\n{}\n</main></body></html>"
)
FORM = '<form method="post" action="/x">{}<button type="submit">Déposer</button></form>'
TOKEN = '<input type="hidden" name="csrf_token" value="x">'


def test_a_right_page_is_given_back() -> None:
    field = '<label for="q">Quoi ?</label><input id="q" name="q" aria-describedby="h"><p id="h">En bref.</p>'
    page = html.parse(PAGE.format(FORM.format(TOKEN + field) + '<img src="/i.webp" alt="">'))
    assert [label.get_text() for label in page.select("label")] == ["Quoi ?"]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>Bonjour</div>", "line 4: End tag (div) seen too early"),
        ("<p><em>Bonjour</p>", "line 4"),
        ('<p id="a">1</p><p id="a">2</p>', "the id “a” is used 2 times"),
        ("<h1>Encore</h1>", "2 h1 instead of one"),
        ("<script>alert(1)</script>", "inline script"),
        ('<p style="color:red">x</p>', "inline style"),
        ('<a href="/x" onclick="f()">x</a>', "inline code in onclick"),
        ('<input name="q">', "no label for line 4"),
        (FORM.format(""), "no csrf_token"),
        ('<a href="#">x</a>', "leads nowhere"),
        ('<a href="#fin">x</a>', "leads to “#fin”"),
        ('<img src="/i.webp">', "no alt"),
        ('<a href="/x"><svg aria-hidden="true"></svg></a>', "nothing to read aloud"),
        ('<p aria-describedby="z">x</p>', "aria-describedby names ['z']"),
    ],
)
def test_a_fault_is_told_with_its_reason(body: str, fault: str) -> None:
    with pytest.raises(AssertionError) as failure:
        html.parse(PAGE.format(body))
    assert fault in str(failure.value)


def test_a_page_without_language_or_title_is_refused() -> None:
    with pytest.raises(AssertionError, match="<html> has no lang") as failure:
        html.parse("<!doctype html><html><head><title> </title></head><body><h1>x</h1></body></html>")
    assert "the title is empty" in str(failure.value)


@pytest.mark.parametrize("part", ["<li>un</li><li>deux</li>", "<tr><td>1</td></tr>", '<p id="a">x</p>', "texte"])
def test_a_fragment_needs_neither_title_nor_heading(part: str) -> None:
    assert html.parse_fragment(part).body is not None


def test_a_fragment_keeps_the_other_rules() -> None:
    with pytest.raises(AssertionError, match="no csrf_token"):
        html.parse_fragment(FORM.format(""))


@pytest.mark.slow
def test_the_checker_names_the_page_and_keeps_silent_on_htmx() -> None:
    if vnu.find_java() is None:
        pytest.skip(vnu.NOT_FOUND)
    right = PAGE.format('<form action="/x" hx-get="/x"><button type="submit">Voir</button></form>')
    wrong = PAGE.format("<ul><p>x</p></ul>")
    said = vnu.check_pages({"/juste": right, "/faux": wrong})
    assert {message.page for message in said} == {"/faux"}
    assert "“p” not allowed as child of element “ul”" in said[0].text


@pytest.mark.slow
def test_a_worker_gets_its_own_copy_of_the_template() -> None:
    prepared = []

    def prepare(address: str) -> None:
        prepared.append(address)
        _run(address, "CREATE TABLE seats (name text)")

    with postgres.running_server() as server:
        first, second = (postgres.database_for_worker(server, worker, "support", prepare) for worker in ("gw0", "gw1"))
        _run(first, "INSERT INTO seats VALUES ('A')")
        counts = [_run(address, "SELECT count(*) FROM seats") for address in (first, second)]
        postgres.drop_databases(server, "support")
    assert (counts, len(prepared)) == ([1, 0], 1)


def test_a_missing_server_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setenv("PG_BINDIR", "/nowhere")
    with pytest.raises(postgres.ServerNotFound, match="Install it"), postgres.running_server():
        pass


@pytest.mark.browser
def test_the_browser_reads_the_live_server_and_axe_tells_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    with _served(PAGE.format('<img src="data:,">')) as address:
        page.goto(address)
        with pytest.raises(AssertionError, match="image-alt"):
            assert_accessible(page)
    with _served(PAGE.format("<p>Bonjour</p>")) as address:
        page.goto(address)
        assert_accessible(page)
    page.close()


def _served(body: str) -> AbstractContextManager[str]:
    def application(environ: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
        # The policy of the real pages: axe must work under it.
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:"
        start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", policy)])
        return [body.encode()]

    return live_server(application)


def _run(address: str, statement: str) -> object:
    engine = create_engine(address)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        value = result.scalar() if result.returns_rows else None
    engine.dispose()
    return value


def test_pages_have_the_same_shapes_whatever_their_words_and_addresses() -> None:
    def shapes(body: str) -> frozenset[str]:
        return shapes_of(BeautifulSoup(f"<html lang=fr><body>{body}</body></html>", "html.parser"))

    page = '<main><p class="lede">Bonjour</p><a href="/un">Lire</a></main>'
    assert shapes(page) == shapes('<main><p class="lede">Salut</p><a href="/deux">Voir</a></main>')
    for other in (
        page.replace("lede", "small"),
        page.replace("<a ", '<a aria-current="page" '),
        page.replace(">Lire<", "><"),
        page.replace("Lire", "anticonstitutionnellement"),
        page.replace("main", "nav"),
    ):
        assert shapes(other) - shapes(page), other


def test_what_was_looked_at_is_known_in_the_same_light_and_by_those_who_follow(tmp_path: Path) -> None:
    first = Looked(tmp_path)
    sight = Sight("wcag", "narrow light", frozenset({"a", "b"}))
    assert not first.has(sight)
    first.keep(sight)
    for later in (first, Looked(tmp_path)):
        assert later.has(replace(sight, shapes=frozenset({"a"})))
        assert not later.has(replace(sight, shapes=frozenset({"a", "c"})))
        assert not later.has(replace(sight, view="narrow dark"))
        assert not later.has(replace(sight, rules="color-contrast"))
    assert not Looked(None).has(sight)

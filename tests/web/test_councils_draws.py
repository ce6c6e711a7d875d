"""The pages of a draw: two lists, a rule, an event, a result anybody checks; nobody else reads a name."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest

from app.cli import draw as command
from app.domain.shared import clock
from tests.support.pdf import read
from tests.support.town import make_site
from tests.support.town_draws import VALUE, a_list, make_draw, make_drawn, make_installing
from tests.support.web import Web


@pytest.fixture
def installing(given):
    given(make_site, small_cell_threshold=5)
    return given(make_installing)


def load(page, source, name, content):
    form = page.follow("Charger une liste")
    return form.submit("Charger ce fichier", source=source, file=(io.BytesIO(content), name))


def test_an_agent_draws_from_two_lists_without_a_script(web, app, installing):
    web.sign_in(installing.council.agent)
    page = web.get(f"/conseils/{installing.body.id}/sieger").follow("Préparer un tirage au sort").follow("Préparer un")
    wrong = page.submit("Enregistrer", title="Habitants", sources="électeurs\nvolontaires : 1", bands="jeunes")
    assert (wrong.status, "16-25 : 2" in " ".join(wrong.errors[0].split())) == (422, True)
    page = wrong.submit("Enregistrer", bands="-25 : 1\n26+", ages_from="birth_year")
    path = page.path
    faulty = a_list(6).replace(b"e2;Mme", b"e2;Dr")
    mapping = load(page, "électeurs", "roll.csv", faulty)
    assert "Prénom0" in mapping.text
    refused = mapping.submit("Lire la liste")
    assert refused.status == 422
    assert "roll.csv, ligne 4, champ « Civilité »" in " ".join(refused.text.split())
    load(web.get(path), "électeurs", "roll.csv", a_list()).submit("Lire la liste")
    page = load(web.get(path), "volontaires", "volunteers.csv", a_list(prefix="v")).submit("Lire la liste")
    assert "80" in page.text
    assert "Les quotas peuvent être tenus" in page.text
    assert Web(app).get(path).heading == "Me connecter"
    when = clock.in_paris(clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    page = page.follow("Annoncer le tirage").submit("Annoncer", event_words="Le Loto de demain", event_at=when)
    assert "Tout le monde peut le lire" in page.flashes
    assert not page.has_link("Faire le tirage")
    assert web.get(f"{path}/tirer").submit("Tirer", event_value=VALUE, witnesses="A\nB").status == 422
    with clock.shifted(timedelta(days=2)):
        form = web.get(path).follow("Faire le tirage")
        alone = form.submit("Tirer au sort", event_value=VALUE, witnesses="Rosa Lopez")
        assert alone.errors == ["Écrivez le nom d’au moins 2 témoins différents, un par ligne."]
        page = alone.submit("Tirer au sort", witnesses="Rosa Lopez\nKarim Benali")
        assert "Le tirage est fait" in page.flashes
        calls = page.follow("Les appels")
        assert "Prénom" not in calls.text
        named = calls.submit("Voir les noms et les coordonnées")
        assert "Prénom" in named.text
        said = named.follow("Noter la réponse").submit("Noter cette réponse", answer="refused")
        assert "La personne suivante est appelée : rang 5" in said.flashes
        for _person in range(4):
            said = said.follow("Noter la réponse").submit("Noter cette réponse", answer="accepted")
        said = said.submit("Appeler le suppléant suivant")
        assert "Rang 6" in said.flashes
    public = Web(app).get(path)
    assert "Le Loto de demain" in public.text
    assert "Rosa Lopez" in public.text
    assert "Prénom" not in public.text
    assert "Titulaires" in public.follow("Au registre").text


def test_what_anybody_takes_away_verifies_without_the_site(web, app, installing, given, tmp_path):
    draw = given(make_drawn, installing)
    for name in ("pv.json", "liste.csv"):
        response = web.client.get(f"/tirages/{draw.id}/{name}")
        (tmp_path / name).write_bytes(response.data)
    runner = app.test_cli_runner()
    done = runner.invoke(command.group, ["verify", str(tmp_path / "pv.json"), str(tmp_path / "liste.csv"), "--json"])
    assert json.loads(done.output) == {"verified": True}
    replay = web.get(f"/tirages/{draw.id}").follow("Refaire ce tirage")
    assert draw.rule in replay.soup.find("textarea", attrs={"name": "rule"}).get_text()
    assert "import csv, hashlib, json, sys" in replay.text
    paper = read(web.client.get(f"/tirages/{draw.id}/pv.pdf").data)
    words = " ".join(paper.text.split())
    assert "Procès-verbal de tirage au sort" in words
    assert "Rosa Lopez" in words
    assert "Nom1" not in words


def test_a_draw_in_preparation_is_read_by_agents_alone(app, installing, given):
    draw = given(make_draw, installing)
    ends = (
        "",
        "/regle.json",
        "/liste.csv",
        "/pv.json",
        "/pv.pdf",
        "/refaire",
        "/appels",
        "/listes",
        "/annoncer",
        "/tirer",
    )
    for who in ("animator", "chair", "member", "elected", "resident"):
        visitor = Web(app).sign_in(getattr(installing.council, who))
        for end in (*ends, f"/listes/{draw.lists[0].id}"):
            assert visitor.client.get(f"/tirages/{draw.id}{end}").status_code == 403, (who, end)

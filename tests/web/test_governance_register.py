"""The pages of the register: what is shown, who corrects, and what anybody can check."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from datetime import timedelta

import pytest

from app.blueprints.governance.facts import label_of, readable, told
from app.domain.accounts.models import Role, Scope
from app.domain.accounts.queries import person_by_id
from app.domain.ballots.services import open_count
from app.domain.governance.models import RecordKind
from app.domain.governance.queries import record_of_source
from app.domain.shared import clock
from tests.support.town import grant_role, make_contract, make_person
from tests.support.town_ballots import cast_all, make_scrutin
from tests.support.town_councils import make_council
from tests.support.town_governance import make_record
from tests.support.web import Web, count_queries

FACTS = {
    "title": "Budget participatif 2026",
    "envelope_cents": 1_000_000_00,
    "opens_at": "2026-06-03T16:00:00+00:00",
    "date": "2026-06-03",
    "secret": True,
    "winners": [
        {"title": "Un banc à l’ombre", "cost_cents": 12_000_50, "votes": 1494},
        {"title": "Des jeux", "cost_cents": 8_000_00, "votes": 10},
    ],
    "criteria": ["Intérêt général", "Coût"],
    "turnout": {"Les Genêts": 120, "Bellevue-Moulins": 80},
    "something_new": "valeur",
}


def test_the_empty_register_says_what_will_be_there(web):
    page = web.get("/registre")
    assert page.heading == "Registre"
    assert "Le registre est vide pour le moment" in page.text


def test_the_list_shows_the_newest_first_and_leads_to_each_record(web, given):
    given(lambda: [make_record(title=f"Pièce {rank}") for rank in range(1, 4)])
    page = web.get("/registre")
    assert [link.get_text() for link in page.soup.select("article h2 a")] == ["Pièce 3", "Pièce 2", "Pièce 1"]
    assert page.follow("Pièce 2").heading == "Pièce 2"


def test_filters_and_search_are_addresses_and_keep_each_other(web, given):
    given(lambda: (make_record(title="Règlement d’été"), make_record(title="Liste", kind=RecordKind.CATALOGUE)))
    page = web.get("/registre").submit("Chercher", q="ETE")
    assert "Règlement d’été" in page.text
    assert "Liste" not in [link.get_text() for link in page.soup.select("article a")]
    narrowed = page.follow("Règlement (1)") if page.has_link("Règlement (1)") else page.follow("Règlement 1")
    assert "q=ETE" in narrowed.path
    assert "nature=reglement" in narrowed.path
    nothing = web.get("/registre?q=introuvable")
    assert "Aucune pièce ne correspond" in nothing.text
    assert nothing.follow("Voir tout le registre").path == "/registre"


@pytest.mark.parametrize(
    "query", ["nature=inconnue", "annee=abc", "page=abc", "page=0", "page=99999999999", "annee=-1"]
)
def test_a_strange_address_shows_a_page_all_the_same(web, given, query):
    given(make_record)
    assert web.get(f"/registre?{query}").status == 200


def test_twice_the_records_cost_no_more_queries(web, given):
    given(lambda: [make_record() for _ in range(5)])
    with count_queries() as few:
        web.get("/registre")
    given(lambda: [make_record() for _ in range(15)])
    with count_queries() as many:
        web.get("/registre")
    assert len(few) == len(many) <= 5


def test_long_lists_have_pages(web, given):
    given(lambda: [make_record() for _ in range(25)])
    first = web.get("/registre")
    assert len(first.soup.select("article")) == 20
    assert len(first.follow("Page suivante").soup.select("article")) == 5


def test_a_record_is_told_in_words_and_money(web, given):
    number = given(lambda: make_record(actor=make_person(Role.AGENT, pseudonym="Camille"), facts=FACTS).number)
    text = web.get(f"/registre/{number}").text.replace("\xa0", " ").replace("\u202f", " ")
    for words in (
        "Enveloppe 1 000 000 €",
        "mercredi 3 juin 2026 à 18 h",
        "mercredi 3 juin 2026",
        "12 000,50 €",
        "1 494",
        "Intérêt général",
        "Les Genêts 120",
        "Something new valeur",
        "Agente ou agent de la collectivité",
    ):
        assert words in text, words
    assert "Camille" not in text


def test_a_record_shows_its_place_its_digest_and_its_neighbours(web, given):
    records = given(lambda: [make_record(title=f"Pièce {rank}") for rank in range(1, 4)])
    page = web.get(f"/registre/{records[1].number}")
    for seal in (records[1].facts_sha256, records[1].chain_sha256, records[0].chain_sha256):
        assert seal in page.text
    assert page.follow(f"{records[0].number} – Pièce 1").heading == "Pièce 1"
    assert page.follow(f"{records[2].number} – Pièce 3").heading == "Pièce 3"


def test_both_files_are_downloaded_byte_for_byte_and_their_digests_are_those_of_the_page(web, given):
    record = given(make_record, facts=FACTS)
    page = web.get(f"/registre/{record.number}")
    facts, seal = page.follow("Télécharger les faits").response, page.follow("Télécharger le sceau").response
    assert facts.mimetype == "application/json"
    assert hashlib.sha256(facts.data).hexdigest() == record.facts_sha256
    assert hashlib.sha256(seal.data).hexdigest() == record.chain_sha256
    assert json.loads(seal.data)["facts_sha256"] == record.facts_sha256


def test_the_program_shown_on_the_page_really_checks_the_record(web, given, tmp_path):
    record = given(make_record, facts=FACTS)
    page = web.get(f"/registre/{record.number}")
    program = page.soup.select_one("pre code").get_text()
    for words, name in (("Télécharger les faits", ""), ("Télécharger le sceau", "-sceau")):
        (tmp_path / f"registre-{record.number}{name}.json").write_bytes(page.follow(words).response.data)
    run = [sys.executable, "-c", program]
    sound = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONUTF8": "1"})
    assert sound.stdout.strip() == f"La pièce {record.number} n'a pas changé.", sound.stderr
    (tmp_path / f"registre-{record.number}.json").write_bytes(b"{}")
    assert subprocess.run(run, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_an_agent_corrects_a_record_and_both_pages_lead_to_each_other(web, given):
    record = given(make_record)
    web.sign_in(given(make_person, Role.AGENT))
    form = web.get(f"/registre/{record.number}").follow("Corriger cette pièce")
    correction = form.submit("Inscrire la correction", reason="Le montant était faux.", corrected="12 000 €")
    assert correction.heading.startswith(f"Correction de la pièce {record.number}")
    assert "Le montant était faux." in correction.text
    assert "est inscrite sous le numéro" in correction.flashes
    corrected = correction.follow("Lire la pièce corrigée")
    assert "Cette pièce a été corrigée" in corrected.text
    assert not corrected.has_link("Corriger cette pièce")
    assert corrected.follow("Lire la correction").heading == correction.heading


def test_a_second_correction_is_refused_and_the_typed_text_is_kept(web, given):
    record = given(make_record)
    web.sign_in(given(make_person, Role.AGENT))
    form = web.get(f"/registre/{record.number}/corriger")
    form.submit("Inscrire la correction", reason="Un.", corrected="Un.")
    again = form.submit("Inscrire la correction", reason="Deux, tapé longtemps.", corrected="Deux.")
    assert again.status == 422
    assert "Cette pièce a déjà été corrigée." in again.text
    assert "Deux, tapé longtemps." in again.soup.select_one("textarea").get_text()


def test_a_correction_without_its_reason_is_asked_again(web, given):
    record = given(make_record)
    web.sign_in(given(make_person, Role.AGENT))
    page = web.get(f"/registre/{record.number}/corriger").submit("Inscrire la correction", reason=" ", corrected="x")
    assert page.status == 422
    assert page.errors == ["Écrivez la raison de la correction : elle sera publique."]


def test_nobody_else_may_correct_a_record(web, given):
    contract = given(make_contract)
    record = given(make_record, contract_id=contract.id)
    assert not web.get(f"/registre/{record.number}").has_link("Corriger cette pièce")

    def elsewhere():
        person = make_person()
        grant_role(person, Role.AGENT, Scope.CONTRACT, make_contract().id)
        return person

    for person in (make_person, lambda: make_person(Role.ANIMATEUR), elsewhere):
        web.sign_in(given(person))
        page = web.get(f"/registre/{record.number}/corriger")
        assert page.status == 403, page.text


def test_the_source_of_a_record_is_a_link_when_its_page_exists(web, given):
    record = given(make_record)
    number = given(lambda: make_record(source_kind="governance_records", source_id=record.number).number)
    assert web.get(f"/registre/{number}").follow("La pièce corrigée").path == f"/registre/{record.number}"
    unknown = given(lambda: make_record(source_kind="autre_chose").number)
    assert "Une démarche de la plateforme" in web.get(f"/registre/{unknown}").text


def test_an_unknown_number_is_a_page_that_does_not_exist(web):
    assert web.get("/registre/2026-999").status == 404
    assert web.get("/registre/rien.json").status == 404


def test_facts_are_told_whatever_their_shape(in_app):
    assert label_of("spent_cents") == "Dépensé"
    assert label_of("brand_new_key") == "Brand new key"
    assert told("year", 2026) == "2026"
    assert told("when", "2026-02-31") == "2026-02-31"
    assert told("x", None) == "non précisé"
    assert told("x", []) == "aucun"
    assert re.sub(r"\s", " ", told("by_envelope_cents", {"Genêts": 10_00})) == "Genêts : 10 €"
    nested = readable({"a": {"b": {"c": {"d": [1, 2, {"e": 1}]}}}, "empty": {}})
    assert [fact.label for fact in nested] == ["Empty", "A"]


def test_the_minutes_of_a_real_count_are_told_by_the_names_of_the_projects(web, given):
    def counted():
        scrutin = make_scrutin()
        cast_all(scrutin, [{"12": 3, "31": 3, "7": 1}] * 12)
        openers = [person_by_id(make_person(Role.AGENT).id) for _ in range(2)]
        with clock.shifted(timedelta(days=8)):
            for opener in openers:
                open_count(scrutin_id=scrutin.id, actor=opener)
        return record_of_source("scrutins", str(scrutin.id)).number

    page = web.get(f"/registre/{given(counted)}")
    tables = {table.caption.get_text(): table.get_text(" ", strip=True) for table in page.soup.select("table")}
    assert "Bancs à l’ombre" in tables["Projets retenus"]
    assert "Jeux pour les petits" in tables["Résultat de chaque projet"]
    labels = [term.get_text(" ", strip=True) for term in page.soup.select("main dt, main th[scope=col]")]
    assert [label for label in labels if "_" in label or label != label.strip()] == []
    english = [label for label in labels if re.search(r"\b(the|of|rank|tier|left|spent|blanks|cents)\b", label, re.I)]
    assert english == []
    assert page.follow("Le scrutin et ses résultats").status == 200


def test_digests_come_last_and_never_widen_a_table(in_app):
    digest = "a" * 64
    facts = readable(
        {"code_sha256": digest, "seals": [{"num": 1, "root": digest}], "title": "T", "voters": {"min_age": 11}}
    )
    assert [fact.label for fact in facts] == ["Titre", "Sceaux des lots", "Qui peut voter", "Empreintes"]
    assert facts[1].headers == ["Lot"]


def test_numbers_take_the_names_the_record_froze_and_older_ones_stay_numbers(in_app):
    content = {"voters": {"quartier_ids": [3, 9]}, "reserves": [{"label": "Jeunes", "quartier_id": 3}]}
    facts = {"edition": 4, "content": content, "names": {"edition": "Budget 2028", "quartiers": {"3": "Les Genêts"}}}
    told = str(readable(facts))
    assert "Budget 2028" in told
    assert "'Les Genêts', '9'" in told, "a number without a name is shown as it is"
    assert "names" not in told
    older = readable({"edition": 4})
    assert [(fact.label, fact.text) for fact in older] == [("Édition", "4")]


def test_what_an_independent_conseil_wrote_is_corrected_by_those_who_lead_it(web, app, given):
    council = given(make_council)
    written = {
        kind: given(lambda kind=kind: make_record(kind=kind, body_id=council.body.id, contract_id=council.contract.id))
        for kind in (RecordKind.AVIS, RecordKind.INTERPELLATION, RecordKind.PV_SEANCE, RecordKind.PV_TIRAGE)
    }
    web.sign_in(council.agent)
    for kind, record in written.items():
        own = kind is not RecordKind.PV_TIRAGE
        address = f"/registre/{record.number}"
        assert web.get(f"{address}/corriger").status == (403 if own else 200)
        assert web.get(address).has_link("Corriger cette pièce") is not own
    chair = Web(app).sign_in(council.chair)
    page = chair.get(f"/registre/{written[RecordKind.AVIS].number}/corriger")
    correction = page.submit("Inscrire la correction", reason="Une faute de date.", corrected="Le 3 juin.")
    assert "Correction de la pièce" in correction.heading
    number = correction.path.rsplit("/", 1)[-1]
    assert web.get(f"/registre/{number}/corriger").status == 403

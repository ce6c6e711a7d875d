"""The count through the pages, and what it publishes: results, minutes, ballots, for everybody and the same for all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.database import db
from app.domain.accounts.models import Role, Scope
from app.domain.ballots import queries, services
from app.domain.ballots.rules.pabulib import read_pabulib
from app.domain.ballots.rules.terms import Overflow, SubEnvelope
from app.domain.shared import clock
from app.domain.territories.models import Site
from tests.support import pdf
from tests.support.town import grant_role, make_contract, make_person, make_quartier, make_site
from tests.support.town_ballots import PROJECTS, UP_TO_TWO, cast_all, make_rules, make_scrutin, project
from tests.support.web import count_queries

VOTES = [{"12": 1, "31": 1}, {"31": 1}, {"7": 1, "31": 1}, {"7": 1}, {}] * 3


def prepared(votes=VOTES, **values):
    """A vote with these ballots, in a contract with two agents: (scrutin, agents)."""
    db.session.get(Site, 1) or make_site()
    contract = make_contract()
    quartier = make_quartier(contract, name="Les Genêts")
    scrutin = make_scrutin(**{"form": UP_TO_TWO, "contract_id": contract.id, **values})
    cast_all(scrutin, votes, [make_person(quartier=quartier) for _ in votes])
    agents = [make_person(pseudonym=f"{name} {contract.id}") for name in ("Ana", "Béa")]
    for agent in agents:
        grant_role(agent, Role.AGENT, Scope.CONTRACT, contract.id)
    return scrutin, agents


def counted(**values):
    scrutin, agents = prepared(**values)
    with clock.shifted(timedelta(days=8)):
        for agent in agents:
            services.open_count(scrutin_id=scrutin.id, actor=agent)
    return scrutin


@pytest.fixture
def closed():
    """Another week: the votes are closed."""
    with clock.shifted(timedelta(days=8)):
        yield


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_two_agents_open_the_count_from_their_pages(web, given, closed):
    with clock.shifted(timedelta(days=-8)):
        scrutin, (ana, bea) = given(prepared)
    page = web.sign_in(ana).get(f"/scrutins/{scrutin.id}").follow("Ouvrir le dépouillement")
    assert "l’accord de 2 personnes" in page.text
    asked = page.submit("Ouvrir le dépouillement", seed="4 8 15 16 23 42")
    assert "Votre demande est notée" in asked.flashes
    assert not asked.has_button("Ouvrir le dépouillement")
    assert asked.web.get(f"/scrutins/{scrutin.id}/resultats").text.count("deux personnes") == 1
    web.client.delete_cookie("agora")
    page = web.sign_in(bea).get(f"/scrutins/{scrutin.id}/depouillement")
    assert "Ana" in page.text
    assert "4 8 15 16 23 42" in page.text
    results = page.submit("Ouvrir le dépouillement")
    assert results.path == f"/scrutins/{scrutin.id}/resultats"
    assert "dépouillé" in results.flashes
    assert "déjà dépouillé" in page.submit("Ouvrir le dépouillement").text


def test_so_few_ballots_are_told_before_the_opening_and_after(web, given, closed):
    with clock.shifted(timedelta(days=-8)):
        scrutin, (ana, bea) = given(prepared, votes=[{"12": 1}])
        whole, _agents = given(prepared, votes=VOTES * 4)
    assert "très peu de bulletins" in web.sign_in(ana).get(f"/scrutins/{scrutin.id}/depouillement").text
    web.get(f"/scrutins/{scrutin.id}/depouillement").submit("Ouvrir le dépouillement")
    web.client.delete_cookie("agora")
    results = web.sign_in(bea).get(f"/scrutins/{scrutin.id}/depouillement").submit("Ouvrir le dépouillement")
    assert "peuvent laisser deviner des votes" in results.text
    minutes = results.follow("Lire le procès-verbal")
    assert "peuvent laisser deviner des votes" in minutes.text
    assert "Agente ou agent de la collectivité" in minutes.text
    web.client.delete_cookie("agora")
    web.sign_in(given(make_person, Role.ADMIN))
    assert "très peu de bulletins" not in web.get(f"/scrutins/{whole.id}/depouillement").text


def test_the_count_page_says_when_the_vote_is_still_open(web, given):
    scrutin, (ana, _) = given(prepared)
    page = web.sign_in(ana).get(f"/scrutins/{scrutin.id}/depouillement")
    assert "Le vote est encore ouvert" in page.text
    late = web.post(f"/scrutins/{scrutin.id}/depouillement", {"csrf_token": web.token()})
    assert (late.status, late.errors) == (
        422, ["Le vote est encore ouvert. Le dépouillement commence après la clôture."],
    )  # fmt: skip


def test_an_agent_of_another_contract_does_not_open_this_box(web, given):
    scrutin, _ = given(prepared)

    def stranger():
        person = make_person()
        grant_role(person, Role.AGENT, Scope.CONTRACT, make_contract().id)
        return person

    for who in (make_person, stranger):
        web.client.delete_cookie("agora")
        web.sign_in(given(who))
        assert web.get(f"/scrutins/{scrutin.id}/depouillement").status == 403


def test_results_say_what_each_project_got_and_why_the_others_were_not_retained(web, given):
    scrutin = given(counted)
    page = web.get(f"/scrutins/{scrutin.id}").follow("Voir les résultats")
    text = spaced(page.text)
    assert "2 projets retenus, pour 48 000 €." in text
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in page.soup.select("tbody tr")
    ]
    assert rows[0][:5] == ["Jeux pour les petits", "1", "La Roseraie", "9 voix", "9"]
    assert [row[0] for row in rows[:4]] == ["Jeux pour les petits", "Bancs à l’ombre", "Jardin partagé", "Atelier vélo"]
    assert spaced(rows[2][-1]) == "Il coûte 25 000 € et il ne restait que 20 000 €."
    assert rows[3][-1] == "Personne ne l’a choisi."
    assert page.soup.select_one("svg.chart-svg title").get_text() == "Ce que chaque projet a obtenu"
    assert queries.result_of(scrutin)["rules_sha256"] in text


SUB = SubEnvelope("genets", "Les Genêts", 10_000_00)


@pytest.mark.parametrize(
    ("values", "ref", "reason"),
    [
        ({"rules": make_rules(UP_TO_TWO, 40_000, overflow=Overflow.STOP)}, "12", "« Jardin partagé »"),
        ({"rules": make_rules(UP_TO_TWO, threshold=4)}, "12", "Son total est de 3 ; il fallait au moins 4."),
        ({"rules": make_rules(UP_TO_TWO, threshold_percent_of_voters=50)}, "7", "6 personnes sur 15 ; il en fallait"),
        ({"rules": make_rules(UP_TO_TWO, max_winners=1)}, "7", "Le nombre de projets à retenir (1) était atteint."),
        (
            {
                "rules": make_rules(UP_TO_TWO, sub_envelopes=(SUB,)),
                "projects": [*PROJECTS[1:], project("12", "Bancs", 12_000, sub_envelope="genets")],
            },
            "12",
            "il ne restait que 10 000 € dans la part « Les Genêts »",
        ),
        ({"votes": [{"7": 1, "44": 1}] * 10, "rules": make_rules(UP_TO_TWO, 26_000)}, "7", "départagé par : le coût"),
    ],
)  # fmt: skip
def test_each_reason_is_a_sentence(web, given, values, ref, reason):
    scrutin = given(counted, **values)
    title = next(project.title for project in scrutin.projects if project.ref == ref)
    page = web.get(f"/scrutins/{scrutin.id}/resultats")
    row = next(row for row in page.soup.select("tbody tr") if row.find("th").get_text().strip() == title)
    assert reason in spaced(" ".join(row.get_text(" ").split()))


def test_small_quartiers_are_not_published(web, given):
    scrutin = given(counted, votes=VOTES[:6])
    page = web.get(f"/scrutins/{scrutin.id}/resultats")
    assert "non publié" in page.text
    assert "trop peu de bulletins" in page.text
    assert not page.has_link("Lire tous les bulletins")
    assert web.get(f"/scrutins/{scrutin.id}/bulletins").status == 409


def test_anybody_reads_the_ballots_and_takes_them_away_to_count_again(web, given):
    scrutin = given(counted)
    page = web.get(f"/scrutins/{scrutin.id}/resultats").follow("Lire tous les bulletins")
    assert "15 bulletins" in page.text
    assert "Jeux pour les petits ; Jardin partagé" in page.text
    assert page.text.count("Vote blanc") == 3
    answer = web.client.get(f"/scrutins/{scrutin.id}/bulletins.pb")
    election = read_pabulib(answer.data)
    assert sum(election.ballots.values()) == 15
    assert election.rules.rules_sha256 == queries.result_of(scrutin)["rules_sha256"]


def test_the_list_of_ballots_is_read_page_by_page_at_the_same_cost(web, given):
    small, large = given(counted), given(counted, votes=VOTES * 8)
    with count_queries() as few:
        web.get(f"/scrutins/{small.id}/bulletins")
    with count_queries() as many:
        page = web.get(f"/scrutins/{large.id}/bulletins")
    assert len(few) == len(many)
    assert page.follow("Page suivante").status == 200


def test_a_receipt_shows_after_the_count_what_the_ballot_says(web, given):
    def voted():
        scrutin, agents = prepared()
        code = services.cast(scrutin=scrutin, choices={"44": 1}, actor=make_person())
        with clock.shifted(timedelta(days=8)):
            for agent in agents:
                services.open_count(scrutin_id=scrutin.id, actor=agent)
        return scrutin, code

    scrutin, code = given(voted)
    page = web.get(f"/scrutins/{scrutin.id}/verifier").submit("Vérifier", code=code)
    assert "Il a été compté ainsi : Atelier vélo" in page.text


def test_the_minutes_say_the_same_on_the_page_and_on_the_paper(web, given):
    scrutin = given(counted)
    page = web.get(f"/scrutins/{scrutin.id}/resultats").follow("Lire le procès-verbal")
    answer = web.client.get(f"/scrutins/{scrutin.id}/proces-verbal.pdf")
    assert answer.mimetype == "application/pdf"
    paper = pdf.read(answer.data)
    assert paper.tagged
    assert paper.universal
    assert (paper.language, paper.title) == ("fr", f"Procès-verbal de dépouillement – {scrutin.title}")
    facts = queries.result_of(scrutin)
    on_paper = " ".join(spaced(paper.text).split())
    for words in (
        "Jeux pour les petits",
        "Bancs à l’ombre",
        "Ana ",
        "48 000 €",
        "Personne ne l’a choisi.",
        "En ligne",
    ):
        assert words in on_paper
        assert words in spaced(page.text)
    for digest in (facts["rules_sha256"], facts["code_sha256"], scrutin.result_sha256, facts["seals"][0]["digest"]):
        assert digest in page.text
        assert digest in on_paper.replace("\u200b", "").replace(" ", "")


def test_the_same_minutes_are_the_same_bytes(web, given):
    scrutin = given(counted)
    address = f"/scrutins/{scrutin.id}/proces-verbal.pdf"
    assert web.client.get(address).data == web.client.get(address, headers={"Accept-Language": "en"}).data


def test_a_title_full_of_signs_does_not_break_the_paper(web, given):
    title = 'Vote #1 *gras* _souligné_ $x$ "guillemets" <b> \\ @ref'
    scrutin = given(counted, title=title)
    assert title in pdf.read(web.client.get(f"/scrutins/{scrutin.id}/proces-verbal.pdf").data).text


def test_the_record_of_the_register_leads_back_to_the_results(web, given):
    scrutin = given(counted)
    page = web.get("/registre").follow("Dépouillement")
    assert "Projets retenus : 2 sur 4. Bulletins dépouillés : 15." in page.text
    assert page.follow("Le scrutin et ses résultats").path == f"/scrutins/{scrutin.id}/resultats"


def test_results_of_an_imported_election_have_neither_turnout_nor_seals(web, given, tmp_path):
    from_file = given(counted)
    exported = tmp_path / "valombre.pb"
    exported.write_bytes(given(lambda: services.export_pabulib(scrutin=queries.scrutin_by_id(from_file.id))))

    def imported():
        with exported.open("rb") as source:
            scrutin = services.import_pabulib(source=source, name="valombre.pb")
        return services.count_imported(scrutin_id=scrutin.id).id

    scrutin_id = given(imported)
    page = web.get(f"/scrutins/{scrutin_id}/resultats")
    assert "2 projets retenus" in page.text
    assert "valombre.pb" in web.get(f"/scrutins/{scrutin_id}/proces-verbal").text
    assert web.client.get(f"/scrutins/{scrutin_id}/proces-verbal.pdf").status_code == 200
    voter = given(make_person)
    assert web.sign_in(voter).get(f"/scrutins/{scrutin_id}/voter").status == 403


def test_the_part_that_pays_first_is_told_before_the_vote_and_beside_each_winner(web, given):
    projects = [*PROJECTS[:3], project("44", "Atelier vélo", 9_000, sub_envelope="genets")]
    votes = [{"31": 1, "44": 1}] * 5 + [{"31": 1}] * 5
    scrutin = given(counted, votes=votes, projects=projects, rules=make_rules(UP_TO_TWO, sub_envelopes=(SUB,)))
    assert "La part « Les Genêts » (10 000 €) est attribuée d’abord" in spaced(web.get(f"/scrutins/{scrutin.id}").text)
    rows = web.get(f"/scrutins/{scrutin.id}/resultats").soup.find("table").find_all("tr")
    told = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in rows]
    assert told[0][3] == "Enveloppe"
    paid = [[row[0], row[3]] for row in told[1:]]
    assert paid == [["Atelier vélo", "Les Genêts"], ["Jeux pour les petits", "Enveloppe commune"]]
    paper = pdf.read(web.client.get(f"/scrutins/{scrutin.id}/proces-verbal.pdf").data)
    assert "– Les Genêts" in " ".join(paper.text.split())

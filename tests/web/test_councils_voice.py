"""The pages of avis and interpellations, and the space of a conseil."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import db
from app.domain.accounts.models import Notice
from app.domain.councils import queries, services
from app.domain.councils.models import ItemAnswer
from app.domain.councils.rules.advice import Answered
from app.domain.governance.models import SpaceAccess
from app.domain.shared import clock
from app.domain.shared.journal import JournalEntry
from tests.support.pdf import read
from tests.support.town import make_site
from tests.support.town_councils import (
    make_avis,
    make_council,
    make_interpellation,
    make_sent_avis,
    make_sent_interpellation,
)
from tests.support.town_governance import make_seance
from tests.support.web import Web, count_queries

WHO = ("animator", "chair", "member", "agent", "elected", "admin", "resident")


@pytest.fixture
def council(given):
    given(make_site, avis_answer_days=30)
    return given(make_council)


def today():
    return clock.today().isoformat()


def adopt(page, button):
    return page.submit(
        button, adopted_on=today(), votes_for="9", votes_against="2", votes_abstained="1",
        quorum="12 présents, 10 nécessaires", minority_view="Deux membres préfèrent une place.",
    )  # fmt: skip


def test_a_conseil_writes_adopts_and_sends_an_avis_and_the_agent_answers_item_by_item(web, app, council):
    web.sign_in(council.chair)
    space = web.get(f"/conseils/{council.body.id}").follow("Entrer dans l’espace")
    draft = space.follow("Écrire un avis").submit(
        "Enregistrer", subject="Les bancs", context="Il fait chaud.", demands="Un banc\n\nUne fontaine"
    )
    assert "Le conseil seul le lit" in draft.flashes
    assert draft.heading == "Les bancs"
    adopted = adopt(draft.follow("Adopter cet avis"), "Adopter l’avis")
    assert "9 pour, 2 contre, 1 abstention" in adopted.text
    assert not adopted.has_link("Modifier le brouillon")
    sent = adopted.follow("Envoyer cet avis").submit("Envoyer l’avis", addressed=str(council.copil.id))
    assert "Tout le monde peut le lire" in sent.flashes
    path = sent.path
    agent = Web(app).sign_in(council.agent)
    form = agent.get(path).follow("Répondre à cet avis")
    refused = form.submit("Publier", answer_1="not_retained")
    assert refused.status == 422
    assert refused.errors == ["Dites pourquoi : ce qui n’est pas retenu, ou pas tout à fait, a toujours sa raison."]
    part = form.submit("Publier", answer_1="retained")
    assert "Réponse incomplète" in part.text
    whole = part.follow("Répondre à cet avis").submit("Publier", answer_2="partly", reason_2="Une fontaine en 2028.")
    assert "Une fontaine en 2028." in whole.text
    assert whole.has_link("Réponse à un avis")
    assert not whole.has_link("Répondre à cet avis")
    record = Web(app).get(path).follow("Réponse à un avis")
    assert record.follow("L’avis").path == path


def test_nothing_typed_is_lost_and_each_refusal_says_what_to_do(web, council, given):
    web.sign_in(council.chair)
    page = web.get(f"/conseils/{council.body.id}/avis/nouveau").submit("Enregistrer", subject="Sujet", demands="")
    assert page.status == 422
    assert page.soup.find("input", attrs={"name": "subject"})["value"] == "Sujet"
    avis = given(make_avis, council)
    lost = web.get(f"/avis/{avis.id}/adopter").submit(
        "Adopter", adopted_on=today(), votes_for="1", votes_against="4", quorum="Q"
    )
    assert lost.errors == ["Ce texte n’a pas plus de voix pour que de voix contre : il n’est pas adopté."]


def test_a_draft_is_nowhere_for_institutions(app, council, given):
    avis, interpellation = given(make_avis, council), given(make_interpellation, council)
    paths = [
        *(f"/avis/{avis.id}{end}" for end in ("", "/avis.pdf", "/ecrire", "/adopter", "/envoyer", "/repondre")),
        *(
            f"/interpellations/{interpellation.id}{end}"
            for end in ("", "/lettre.pdf", "/ecrire", "/adopter", "/accuser-reception", "/reponse", "/ordre-du-jour")
        ),
        *(f"/conseils/{council.body.id}/{end}" for end in ("espace", "avis/nouveau", "interpellations/nouvelle")),
    ]
    for name in ("agent", "elected", "admin", "resident"):
        visitor = Web(app).sign_in(getattr(council, name))
        for path in paths:
            page = visitor.get(path)
            assert page.status == 403, (name, path)
            assert "Les espaces publics" not in page.text
            assert "bureau de poste" not in page.text
        for path in ("/avis", "/interpellations", f"/conseils/{council.body.id}"):
            page = visitor.get(path)
            assert "Les espaces publics" not in page.text
            assert "bureau de poste" not in page.text
    for path in paths:
        assert Web(app).get(path).heading == "Me connecter", path


@pytest.mark.parametrize("who", WHO)
def test_the_space_opens_to_the_conseil_alone(app, council, who):
    page = Web(app).sign_in(getattr(council, who)).get(f"/conseils/{council.body.id}/espace")
    inside = who in {"animator", "chair", "member"}
    assert page.status == (200 if inside else 403)
    if inside:
        assert page.has_link("Écrire un avis") is (who != "member")
        assert "Fatou Ndiaye" in page.text
    else:
        assert "réservé aux membres" in page.text


def test_what_only_the_conseil_may_do_is_refused_to_its_members_and_to_everybody_else(app, council, given):
    avis = given(make_sent_avis, council)
    interpellation = given(make_sent_interpellation, council)
    for name in ("member", "agent", "elected", "admin", "resident"):
        visitor = Web(app).sign_in(getattr(council, name))
        token = {"csrf_token": visitor.token()}
        for path in (
            f"/avis/{avis.id}/ecrire", f"/avis/{avis.id}/adopter", f"/avis/{avis.id}/envoyer",
            f"/avis/{avis.id}/abandonner", f"/interpellations/{interpellation.id}/ecrire",
            f"/interpellations/{interpellation.id}/clore", f"/interpellations/{interpellation.id}/abandonner",
        ):  # fmt: skip
            assert visitor.post(path, token).status == 403, (name, path)


def test_an_administrator_enters_for_a_reason_and_a_time_and_the_conseil_reads_it(app, council, given):
    given(lambda: db.session.execute(db.text("UPDATE site SET space_access_minutes = 20")))
    admin = Web(app).sign_in(council.admin)
    form = admin.get(f"/conseils/{council.body.id}").follow("Entrer pour l’administration")
    assert "20 minutes" in form.text
    assert form.submit("Entrer", reason="").status == 422
    inside = form.submit("Entrer", reason="Un membre ne retrouve pas son brouillon.")
    assert inside.heading.startswith("Espace du conseil")
    assert not inside.has_link("Écrire un avis")
    assert "le temps de votre visite" in inside.text
    assert "Cet espace est à vous" not in inside.text
    chair = Web(app).sign_in(council.chair).get(f"/conseils/{council.body.id}/espace")
    assert "Un membre ne retrouve pas son brouillon." in chair.text
    assert "Administratrice ou administrateur" in chair.text
    assert council.admin.pseudonym not in chair.text

    def traces():
        verbs = db.session.scalars(select(JournalEntry.verb)).all()
        told = db.session.scalars(select(Notice.subject).where(Notice.person_id == council.chair.id)).all()
        return "entered_space" in verbs, any("L’administration du site est entrée" in one for one in told)

    assert given(traces) == (True, True)
    with clock.shifted(timedelta(minutes=21)):
        assert admin.get(f"/conseils/{council.body.id}/espace").status == 403
    assert given(lambda: db.session.query(SpaceAccess).count()) == 1


def test_only_an_administrator_may_ask_to_enter(app, council):
    for name in ("agent", "elected", "resident", "chair"):
        assert Web(app).sign_in(getattr(council, name)).get(f"/conseils/{council.body.id}/espace/entrer").status == 403


def test_late_answers_are_public_and_stay_marked(web, council, given):
    avis = given(make_sent_avis, council)
    with clock.shifted(timedelta(days=40)):
        page = web.get("/avis?etat=en-retard")
        assert "En retard depuis le" in page.follow("Les espaces publics").text
        answers = {1: Answered(ItemAnswer.RETAINED), 2: Answered(ItemAnswer.RETAINED)}
        given(lambda: services.answer_avis(avis=queries.avis_by_id(avis.id), answers=answers, actor=council.agent))
        assert "Aucun avis ici" in web.get("/avis?etat=en-retard").text
        assert "Répondu avec 10 jours de retard" in web.get(f"/avis/{avis.id}").text
    for place in (council.body, council.copil):
        assert "Les espaces publics" in web.get(f"/conseils/{place.id}").text


def test_an_interpellation_lives_by_the_pages_from_the_draft_to_its_closing(web, app, council, given):
    given(make_seance, council.copil, title="Comité de juin")
    web.sign_in(council.animator)
    draft = (
        web.get(f"/conseils/{council.body.id}/espace")
        .follow("Écrire au préfet")
        .submit("Enregistrer", subject="La poste ferme", difficulty="Deux bus.", wish="Un point de service.")
    )
    adopted = adopt(draft.follow("Adopter cette interpellation"), "Adopter l’interpellation")
    sent = adopted.follow("Noter l’envoi").submit("Noter l’envoi", happened_on=today(), words="En main propre")
    assert "Tout le monde peut lire" in sent.flashes
    agent = Web(app).sign_in(council.agent)
    letter = {"happened_on": today(), "letter_reference": "PREF-12", "words": "Bien reçu."}
    received = agent.get(sent.path).follow("Noter l’accusé").submit("Noter l’accusé", **letter)
    assert "Lettre PREF-12. Bien reçu." in received.text
    missing = received.follow("Noter la réponse").submit("Noter la réponse", happened_on=today(), words="Non.")
    assert missing.errors == ["Recopiez la référence de la lettre du préfet."]
    answered = received.follow("Noter la réponse").submit("Noter la réponse", **letter)
    on_agenda = answered.follow("Inscrire au comité").submit("Inscrire", words="Point 4")
    assert not on_agenda.has_link("Clore")
    closed = web.get(sent.path).follow("Clore").submit("Clore", words="Un point de service ouvre.")
    assert "Close par le conseil" in closed.text
    public = Web(app).get("/interpellations").follow("La poste ferme")
    assert "Un point de service ouvre." in public.text


def test_the_papers_are_tagged_and_say_it_all(web, council, given):
    avis, interpellation = given(make_sent_avis, council), given(make_sent_interpellation, council)
    paper = read(web.client.get(f"/avis/{avis.id}/avis.pdf").data)
    assert paper.tagged
    assert paper.universal
    for words in ("Conseil citoyen des Genêts", "Une boîte à livres", "9 pour, 2 contre", "est attendue pour le"):
        assert words in paper.text
    letter = read(web.client.get(f"/interpellations/{interpellation.id}/lettre.pdf").data)
    for words in (
        "À l’attention de Madame ou Monsieur le préfet",
        "Il faut deux bus",
        "140 signatures",
        "nom et",
    ):
        assert words in letter.text


def test_twice_the_rows_cost_no_more_queries(web, council, given):
    web.sign_in(council.chair)
    addresses = (
        "/avis", "/interpellations", f"/conseils/{council.body.id}", f"/conseils/{council.body.id}/espace",
    )  # fmt: skip

    def cost():
        costs = []
        for address in addresses:
            with count_queries() as seen:
                web.get(address)
            costs.append(len(seen))
        return costs

    def more(count):
        for _ in range(count):
            make_sent_avis(council)
            make_avis(council)
            make_sent_interpellation(council)

    given(more, 2)
    few = cost()
    given(more, 4)
    assert cost() == few
    # Four counts for the filters of avis; six lists in the space of a conseil.
    assert max(few) <= 14

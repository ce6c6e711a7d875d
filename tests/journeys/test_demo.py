"""The demonstration town: it loads once, on an empty base only, and its accounts always work."""

from __future__ import annotations

import json

from click.testing import Result
from sqlalchemy import func, select

from app.blueprints.accounts.journal_words import KINDS, VERBS
from app.database import Base, db
from app.domain.accounts.queries import journal_words, person_by_identifier
from app.domain.ballots import queries as ballots
from app.domain.ballots.models import Scrutin
from app.domain.budgets import queries as budgets
from app.domain.budgets.models import Edition, EditionState, WorksState
from app.domain.councils.models import Avis, Draw, DrawState
from app.domain.governance.models import (
    Body,
    BodyKind,
    EndReason,
    Mandate,
    Minutes,
    MinutesState,
    Seance,
    SeanceState,
)
from app.domain.ideas.models import Idea, IdeaState
from app.domain.shared.outbox import OutboxMessage
from app.web.application import Agora
from tests.support.database import PASSWORD
from tests.support.town import make_person
from tests.support.visitors import person
from tests.support.web import Web

ADDRESSES = ("habitante", "animateur", "agente", "agent2", "admin", "animateur2", "conseillere")


def run(app: Agora, *args: str, password: str = PASSWORD) -> Result:
    return app.test_cli_runner().invoke(args=list(args), env={"DEMO_PASSWORD": password}, catch_exceptions=False)


def rows(app: Agora) -> dict[str, int]:
    """How many rows each table holds."""
    with app.app_context():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def sign_in(app: Agora, identifier: str, password: str) -> str:
    """The heading of the page after the form of connexion."""
    page = Web(app).get("/connexion").submit("Me connecter", identifier=identifier, password=password)
    return page.heading if not page.errors else page.errors[0]


def test_the_town_is_not_loaded_without_demo(real_app: Agora) -> None:
    refused = run(real_app, "demo")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "DEMO=1" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_the_town_is_not_loaded_over_the_people_of_a_real_place(real_app: Agora) -> None:
    with real_app.app_context():
        make_person()
        db.session.commit()
    real_app.config["DEMO"] = True
    refused = run(real_app, "demo")
    assert refused.exit_code == 2
    assert "base vide" in refused.stderr


def test_a_second_run_changes_nothing_but_the_passwords(town_app: Agora) -> None:
    before = rows(town_app)
    again = run(town_app, "demo", "--json", password="un tout autre mot de passe")
    told = json.loads(again.stdout)
    assert (again.exit_code, told["loaded"]) == (0, False)
    assert rows(town_app) == before
    assert [one["email"] for one in told["accounts"]] == [f"{name}@demo.test" for name in ADDRESSES]
    assert "Connexion" not in sign_in(town_app, "habitante@demo.test", "un tout autre mot de passe")


def test_without_a_chosen_password_a_random_one_is_printed(town_app: Agora) -> None:
    first, second = (json.loads(run(town_app, "demo", "--json", password="").stdout)["password"] for _ in range(2))
    assert len(first) >= 12
    assert first != second


def test_every_printed_account_signs_in(town_app: Agora) -> None:
    printed = run(town_app, "demo").stdout
    for name in ADDRESSES:
        assert f"{name}@demo.test" in printed
        assert sign_in(town_app, f"{name}@demo.test", PASSWORD) != "Se connecter"
    card = json.loads(run(town_app, "demo", "--json").stdout)["card"]
    assert "ne correspondent pas" in sign_in(town_app, card["identifier"], "K7MQ3-RT9CF")
    assert "ne correspondent pas" not in sign_in(town_app, card["identifier"], card["code"])


def test_the_register_of_the_town_holds(town_app: Agora) -> None:
    verified = run(town_app, "register", "verify", "--json")
    told = json.loads(verified.stdout)
    assert (verified.exit_code, told["sound"]) == (0, True)
    assert told["checked"] >= 7


def test_the_closed_edition_has_results_a_ribbon_and_a_late_project(town_app: Agora) -> None:
    with town_app.app_context():
        edition = budgets.edition_by_id(1)
        won = {project.title: project for project in budgets.winners(edition)}
        assert edition.state is EditionState.REALISATION
        assert sum(project.cost_cents for project in won.values()) == 100_000_00
        assert won["Des bancs à l’ombre devant l’école"].works is WorksState.DELIVERED
        late = budgets.late_milestones(None, db.session.scalar(select(func.current_date())))
        assert [one.project.title for one in late] == ["Réparer l’éclairage du passage des Tisserands"]


def test_a_few_voters_of_the_closed_edition_voted_blank(town_app: Agora) -> None:
    with town_app.app_context():
        counted = db.session.scalars(select(Scrutin).where(Scrutin.result_text.is_not(None))).one()
        assert counted.result is not None
        assert 1 <= counted.result["result"]["blanks"] <= 5


def test_one_edition_is_in_the_vote_and_one_in_the_call(town_app: Agora) -> None:
    with town_app.app_context():
        states = db.session.execute(select(Edition.state).order_by(Edition.id)).scalars().all()
        assert states == [EditionState.REALISATION, EditionState.VOTE, EditionState.CALL]
        [scrutin] = ballots.open_scrutins()
        habitante = person_by_identifier("habitante@demo.test")
        assert habitante is not None
        assert not ballots.has_voted(scrutin.id, habitante.id)
        assert ballots.count_ballots(scrutin.id) >= 20
        assert ballots.count_emargements(scrutin.id) == ballots.count_ballots(scrutin.id) + ballots.count_arrivals(
            scrutin.id
        )
        [called] = budgets.editions_open_for_ideas()
        ideas = db.session.scalars(select(Idea.state).where(Idea.process_id == called.process_id)).all()
        assert ideas.count(IdeaState.SUBMITTED) == 2
        assert ideas.count(IdeaState.MERGED) == 1


def test_no_letter_of_the_past_waits_to_be_sent(town_app: Agora) -> None:
    with town_app.app_context():
        waiting = select(func.count(OutboxMessage.id)).where(OutboxMessage.delivered_at.is_(None))
        assert db.session.scalar(waiting) == 0


def test_the_journal_of_the_town_names_what_each_act_is_about(town_app: Agora) -> None:
    with town_app.test_request_context():
        verbs, kinds = journal_words()
    assert set(verbs) <= set(VERBS)
    assert set(kinds) <= set(KINDS)


def test_one_conseil_lived_its_year_and_another_awaits_its_draw(town_app: Agora) -> None:
    with town_app.app_context():
        states = db.session.scalars(select(Minutes.state).order_by(Minutes.id)).all()
        assert states.count(MinutesState.APPROVED) == 3, "two of the conseil, one of the steering committee"
        reasons = db.session.scalars(select(Mandate.end_reason).where(Mandate.end_reason.is_not(None))).all()
        assert set(reasons) == {EndReason.RESIGNED, EndReason.BECAME_TITULAR}
        draws = db.session.scalars(select(Draw.state).order_by(Draw.id)).all()
        states = [DrawState.CLOSED, DrawState.DRAWN, DrawState.PREPARING, DrawState.PUBLISHED]
        assert draws == states, "the lists of the first are destroyed"
        [answered] = db.session.scalars(select(Avis).where(Avis.answered_at.is_not(None)))
        assert answered.days_late > 0
        assert db.session.scalars(select(Seance.state)).all().count(SeanceState.CLOSED) == 5


def test_the_animators_of_two_conseils_enter_their_own(town_app: Agora) -> None:
    def enters(name: str, body_id: int) -> int:
        return Web(town_app).sign_in(person(town_app, f"{name}@demo.test")).get(f"/conseils/{body_id}/espace").status

    with town_app.app_context():
        kind = Body.kind == BodyKind.CONSEIL_CITOYEN
        first, second, _third = db.session.scalars(select(Body.id).where(kind).order_by(Body.id)).all()
    assert [enters(name, first) for name in ("animateur", "conseillere", "animateur2", "agente")] == [
        200,
        200,
        403,
        403,
    ]
    assert enters("animateur2", second) == 200

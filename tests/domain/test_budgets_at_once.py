"""Several people at once, on real commits: money never passes the cost, an act happens once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from app.database import db
from app.domain.accounts.models import Person
from app.domain.budgets import queries, services
from app.domain.governance.models import GovernanceRecord
from app.domain.shared import clock
from app.domain.shared.refusals import Refusal
from app.web.application import Agora
from tests.support.town_budgets import make_agent, make_edition, make_realised_edition


def at_once(app: Agora, times: int, act: Callable[[], Any]) -> list[str]:
    """Runs an act in as many threads, each in its own transaction; gives what each met."""

    def once(_: int) -> str:
        with app.test_request_context():
            try:
                act()
                db.session.commit()
            except Refusal as refusal:
                db.session.rollback()
                return refusal.code
            finally:
                db.session.remove()
            return "done"

    with ThreadPoolExecutor(times) as threads:
        return sorted(threads.map(once, range(times)))


def test_eight_invoices_at_once_never_pass_the_cost(real_app):
    with real_app.test_request_context():
        agent = make_agent()
        edition = make_realised_edition(agent)
        project = queries.winners(edition)[0]
        services.start_works(project=project, began_on=clock.today(), actor=agent)
        db.session.commit()
        agent_id, project_id = agent.id, project.id

    def pay() -> None:
        actor = db.session.get(Person, agent_id)
        services.spend(
            project=queries.project_by_id(project_id), label="Arbres", amount_cents=6_000_00, spent_on=clock.today(),
            actor=actor,
        )  # fmt: skip

    assert at_once(real_app, 8, pay) == ["done"] * 3 + ["overspent"] * 5
    with real_app.test_request_context():
        project = queries.project_by_id(project_id)
        assert project.spent_cents == sum(line.amount_cents for line in project.spendings) == 18_000_00


def test_six_agents_who_open_the_call_at_once_open_it_once(real_app):
    with real_app.test_request_context():
        agent = make_agent()
        edition = make_edition(agent)
        db.session.commit()
        agent_id, edition_id = agent.id, edition.id

    def open_it() -> None:
        actor = db.session.get(Person, agent_id)
        services.open_call(edition=queries.edition_by_id(edition_id), actor=actor)

    assert at_once(real_app, 6, open_it) == ["done"] + ["state"] * 5
    with real_app.test_request_context():
        assert db.session.query(GovernanceRecord).count() == 1

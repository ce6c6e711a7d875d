"""Budgets participatifs of the invented town, at the step a test needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.database import db
from app.domain.accounts.models import Person, Role
from app.domain.ballots.rules.terms import BallotForm, BallotType, Overflow, Score
from app.domain.budgets import queries, services
from app.domain.budgets.models import Edition
from app.domain.budgets.rules.reglement import Criterion, ReglementContent, Section
from app.domain.processes.models import Degree
from app.domain.processes.rules import ORDER, Span
from app.domain.processes.services import Description
from app.domain.shared import clock
from app.domain.territories.models import Contract
from tests.support.town import make_contract, make_person

DAYS = 10
CRITERIA = (
    Criterion("interet_general", "Le projet sert l’intérêt de toutes et tous."),
    Criterion("localisation", "Le projet se réalise sur le territoire."),
)
WHOLE = ReglementContent(
    envelope_cents=100_000_00,
    section=Section.INVESTISSEMENT,
    max_project_cents=60_000_00,
    criteria=CRITERIA,
    ballot=BallotForm(BallotType.POINTS, points_total=7, points_max=3, blank_allowed=True),
    score=Score.POINTS,
    overflow=Overflow.SKIP,
)
DESCRIPTION = Description(
    title="Budget participatif 2027",
    object="Choisir ensemble des projets.",
    degree=Degree.CODECISION,
    stakes="Cent mille euros.",
    decided_by="Le conseil municipal confirme le vote",
)


def calendar(starts_in: int = -DAYS) -> dict[Any, Span]:
    """Six phases of ten days each, the first starting ``starts_in`` days from now: by default the call starts now."""
    first = clock.start_of(clock.today() + timedelta(days=starts_in))
    return {
        code: Span(first + timedelta(days=DAYS * rank), first + timedelta(days=DAYS * (rank + 1)))
        for rank, code in enumerate(ORDER)
    }


def make_agent(**values: Any) -> Person:
    """An agent whose role holds everywhere."""
    return make_person(Role.AGENT, **values)


def make_edition(
    agent: Person | None = None,
    contract: Contract | None = None,
    content: ReglementContent | None = WHOLE,
    **values: Any,
) -> Edition:
    """An edition in preparation, dated, with a whole règlement unless told otherwise."""
    agent = agent or make_agent()
    contract = contract or make_contract()
    edition = services.create_edition(
        contract_id=contract.id, description=replace(DESCRIPTION, **values), quartiers=(), actor=agent
    )
    services.schedule(edition=edition, calendar=calendar(), actor=agent)
    if content is not None:
        services.amend(edition=edition, change=lambda _: content, actor=agent)
    db.session.flush()
    return queries.edition_by_id(edition.id)


def make_called_edition(agent: Person | None = None, **values: Any) -> Edition:
    """An edition whose call is open now."""
    agent = agent or make_agent()
    edition = make_edition(agent, **values)
    services.open_call(edition=edition, actor=agent)
    return queries.edition_by_id(edition.id)

"""Budgets participatifs of the invented town, at the step a test needs."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.database import db
from app.domain.accounts.models import Person, Role
from app.domain.ballots import queries as ballots
from app.domain.ballots.rules.counting import count
from app.domain.ballots.rules.tally import tally
from app.domain.ballots.rules.terms import BallotForm, BallotType, Overflow, Score
from app.domain.ballots.rules.terms import Project as Counted
from app.domain.budgets import queries, services
from app.domain.budgets.models import CriterionVerdict, Edition, Feasibility, Study
from app.domain.budgets.rules.reglement import ReglementContent, Section
from app.domain.budgets.rules.studies import Found, StudyDraft
from app.domain.ideas.models import LISTED, AuthorType, Channel, Idea, IdeaState
from app.domain.processes.models import Degree
from app.domain.processes.rules import ORDER, Span
from app.domain.processes.services import Description
from app.domain.shared import clock
from app.domain.shared.canonical import canonical, digest
from app.domain.shared.criteria import Criterion
from app.domain.territories.models import Contract, Organisation, OrganisationKind
from tests.support.town import make_contract, make_person

_idea_number = itertools.count(1000)
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


# --- Ideas of the call, their studies, the vote ---


def make_called_idea(edition: Edition, author: Person | None = None, **values: Any) -> Idea:
    """A public idea given to the call of an edition."""
    number = next(_idea_number)
    author = author or make_person()
    now = clock.now()
    filled = {
        "key": uuid.uuid4().hex,
        "number": number,
        "state": IdeaState.PUBLISHED,
        "title": f"Une idée {number}",
        "need": "Il fait trop chaud sur la place.",
        "solution": "Planter des arbres.",
        "process_id": edition.process_id,
        "author_id": author.id,
        "author_name": author.pseudonym,
        "author_type": AuthorType.RESIDENT,
        "channel": Channel.ONLINE,
        "created_at": now,
        "edited_at": now,
        "submitted_at": now,
        "published_at": now,
        "listed_at": now,
        "support_count": 0,
        **values,
    }
    if filled["state"] not in LISTED:
        filled["listed_at"] = None
    idea = Idea(**filled)
    db.session.add(idea)
    db.session.flush()
    return idea


def make_service(name: str = "Espaces verts") -> Organisation:
    """A service of the collectivité, the same one when asked twice."""
    found = db.session.query(Organisation).filter_by(name=name).one_or_none()
    if found is None:
        found = Organisation(name=name, kind=OrganisationKind.SERVICE)
        db.session.add(found)
        db.session.flush()
    return found


def yes(cost_cents: int = 20_000_00, **values: Any) -> StudyDraft:
    """A study that admits: every criterion met, and a price."""
    filled: dict[str, Any] = {
        "findings": {criterion.code: Found(CriterionVerdict.MET) for criterion in CRITERIA},
        "feasibility": Feasibility.YES,
        "investment_cents": cost_cents,
        "running_cents": 200_00,
        "delay_months": 6,
        "responsible_id": make_service().id,
        **values,
    }
    return StudyDraft(**filled)


def no(reason: str = "Le terrain est privé.") -> StudyDraft:
    """A study that excludes: one criterion is not met."""
    findings = {criterion.code: Found(CriterionVerdict.MET) for criterion in CRITERIA}
    findings["localisation"] = Found(CriterionVerdict.NOT_MET, reason)
    return StudyDraft(findings=findings)


def close_the_call(edition: Edition, agent: Person) -> Edition:
    """The call closes as if its dates were past: the calendar itself is moved back."""
    shift_calendar(edition, -DAYS)
    services.close_call(edition=edition, actor=agent)
    return queries.edition_by_id(edition.id)


def shift_calendar(edition: Edition, days: int) -> None:
    """Moves every phase, as time would."""
    for phase in edition.process.phases:
        phase.starts_at += timedelta(days=days)
        phase.ends_at += timedelta(days=days)
    db.session.flush()


def make_study(edition: Edition, agent: Person, idea: Idea | None = None) -> Study:
    """A study in progress."""
    idea = idea or make_called_idea(edition)
    return services.assign_study(edition=edition, idea=idea, service=make_service(), agent=agent, actor=agent)


def conclude(edition: Edition, agent: Person, draft: StudyDraft, idea: Idea | None = None) -> Study:
    """A study concluded at once."""
    study = make_study(edition, agent, idea)
    return services.conclude_study(study=study, version=study.version, draft=draft, actor=agent)


def make_studied_edition(agent: Person, costs: Sequence[int] = (20_000_00, 30_000_00), **values: Any) -> Edition:
    """An edition in study: one admitted project per cost, and one excluded."""
    edition = make_called_edition(agent, **values)
    ideas = [make_called_idea(edition) for _ in (*costs, None)]
    edition = close_the_call(edition, agent)
    for idea, cost in zip(ideas, costs, strict=False):
        conclude(edition, agent, yes(cost), idea)
    conclude(edition, agent, no(), ideas[-1])
    return edition


def make_announced_edition(agent: Person, costs: Sequence[int] = (20_000_00, 30_000_00), **values: Any) -> Edition:
    """An edition whose list is published."""
    edition = make_studied_edition(agent, costs, **values)
    shift_calendar(edition, -DAYS)
    services.publish_list(edition=edition, actor=agent)
    return queries.edition_by_id(edition.id)


def make_voting_edition(agent: Person, costs: Sequence[int] = (20_000_00, 30_000_00), **values: Any) -> Edition:
    """An edition whose vote is open now."""
    edition = make_announced_edition(agent, costs, **values)
    shift_calendar(edition, -DAYS)
    services.open_vote(edition=edition, actor=agent)
    return queries.edition_by_id(edition.id)


def count_the_vote(edition: Edition, points: Sequence[int]) -> None:
    """Counts as if the ballots gave these points to the projects in order, and freezes the result on the vote."""
    scrutin = ballots.scrutin_of_process(edition.process_id)
    assert scrutin is not None
    projects = [Counted(one.ref, one.cost_cents, one.title, one.sub_envelope) for one in scrutin.projects]
    refs = [project.ref for project in queries.all_projects(edition.id)]
    given = [({ref: 1}, most) for ref, most in zip(refs, points, strict=True) if most]
    result = count(replace(scrutin.rules, seed="graine"), projects, tally([one.id for one in projects], given))
    facts = {"result": result.to_facts()}
    scrutin.result_text, scrutin.result_sha256, scrutin.counted_at = canonical(facts), digest(facts), clock.now()
    db.session.flush()


def make_counted_edition(agent: Person, points: Sequence[int] = (9, 4), **values: Any) -> Edition:
    """An edition whose results are announced."""
    edition = make_voting_edition(agent, **values)
    shift_calendar(edition, -DAYS)
    count_the_vote(edition, points)
    services.announce_results(edition=edition, actor=agent)
    return queries.edition_by_id(edition.id)


def make_realised_edition(agent: Person, points: Sequence[int] = (9, 4), **values: Any) -> Edition:
    """An edition whose works have begun to be followed."""
    edition = make_counted_edition(agent, points, **values)
    services.begin_realisation(
        edition=edition, confirmed_by="Délibération 2027-12", confirmed_on=clock.today(), actor=agent
    )
    return queries.edition_by_id(edition.id)

"""Putting projects to the vote: the rules are frozen and hashed here, before anybody votes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.ballots.models import Scrutin, ScrutinProject
from app.domain.ballots.rules.consistency import check_rules
from app.domain.ballots.rules.counting import check_projects
from app.domain.ballots.rules.terms import CountingRules, Project
from app.domain.processes.rules import Eligibility
from app.domain.shared import journal
from app.domain.shared.canonical import canonical
from app.domain.shared.refusals import YES, Refusal, Verdict, require

LEAST_OPENERS = 2
LEAST_BATCH = 10


@dataclass(frozen=True)
class ProjectOnBallot:
    """A project as voters will read it. ``cost_cents`` is in cents; ``ref`` names it in the count and in files."""

    ref: str
    title: str
    summary: str
    cost_cents: int
    sub_envelope: str | None
    quartier: str
    pictogram: str
    picture_id: str | None
    category: str = ""

    def to_project(self) -> Project:
        """What the count needs of it."""
        return Project(self.ref, self.cost_cents, self.title, self.sub_envelope, self.category or None)


def prepare_scrutin(
    *,
    process_id: int | None,
    contract_id: int | None,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    rules: CountingRules,
    eligibility: Eligibility,
    projects: Sequence[ProjectOnBallot],
    openers_needed: int,
    minimum_batch: int,
    actor: Person | None,
) -> Scrutin:
    """Prepares a vote between two instants (UTC) on these projects; it opens by itself at its hour.

    ``openers_needed`` people (two or more) will open the count; ballots are moved by batches of ``minimum_batch`` (ten
    or more). Refusals: those of ``check_rules`` and ``check_projects``, ``dates``, ``no_project``, ``openers``,
    ``batch``. Source: votes-tirage-questionnaires §3 (rules frozen and hashed at the opening) and §6.2.
    """
    require(
        check_setting(opens_at, closes_at, openers_needed, minimum_batch, len(projects)),
        check_rules(rules, len(projects)),
        check_projects(rules, [project.to_project() for project in projects]),
    )
    scrutin = Scrutin(
        process_id=process_id,
        contract_id=contract_id,
        title=title,
        opens_at=opens_at,
        closes_at=closes_at,
        rules_text=canonical(rules.to_facts()),
        rules_sha256=rules.rules_sha256,
        eligibility_text=canonical(eligibility.to_facts()),
        openers_needed=openers_needed,
        minimum_batch=minimum_batch,
        projects_listed=len(projects),
        projects=[ScrutinProject(**asdict(project)) for project in projects],
    )
    db.session.add(scrutin)
    db.session.flush()
    journal.record("prepared", scrutin, actor=actor, projects=len(projects), rules_sha256=rules.rules_sha256)
    return scrutin


def check_setting(
    opens_at: datetime, closes_at: datetime, openers_needed: int, minimum_batch: int, projects: int
) -> Verdict:
    """``YES``, or what is missing around the rules. Refusals: ``dates``, ``openers``, ``batch``, ``no_project``.

    Source: votes-tirage-questionnaires §6.2; a batch under ten would point at those who cast it.
    """
    if closes_at <= opens_at:
        return Refusal(_l("La clôture du vote doit venir après son ouverture."), field="closes_at", code="dates")
    if openers_needed < LEAST_OPENERS:
        sentence = _l("Il faut au moins deux personnes pour ouvrir le dépouillement.")
        return Refusal(sentence, field="openers_needed", code="openers")
    if minimum_batch < LEAST_BATCH:
        sentence = _l("Les bulletins sont mélangés par lots de dix au moins : augmentez ce nombre.")
        return Refusal(sentence, field="minimum_batch", code="batch")
    if projects == 0:
        return Refusal(_l("Il n’y a aucun projet à soumettre au vote."), field="projects", code="no_project")
    return YES


def on_ballot(project: ScrutinProject) -> ProjectOnBallot:
    """The project as it was put to the vote."""
    return ProjectOnBallot(**{name: getattr(project, name) for name in ProjectOnBallot.__dataclass_fields__})

"""What happens after the vote: works begin, pass their milestones, spend their money, end with a ribbon or a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.budgets import queries
from app.domain.budgets.models import (
    EDITION_LIFE,
    WORKS_LIFE,
    CostRevision,
    Edition,
    Milestone,
    Project,
    Spending,
    WorksState,
)
from app.domain.budgets.rules import phases
from app.domain.budgets.rules import works as rules
from app.domain.governance.models import RecordKind
from app.domain.governance.services import file_record
from app.domain.ideas.services.keeping import tell_every_author
from app.domain.shared import clock, journal
from app.domain.shared.money import format_euros
from app.domain.shared.refusals import Refusal, require


def begin_realisation(*, edition: Edition, confirmed_by: str, confirmed_on: date, actor: Person) -> None:
    """Begins the realisation of the winners, named by the act that confirms them (``may_begin_realisation``)."""
    edition = queries.edition_for_update(edition.id)
    require(
        phases.may_begin_realisation(edition, confirmed_by=confirmed_by, confirmed_on=confirmed_on, today=clock.today())
    )
    edition.state = EDITION_LIFE.target("begin_realisation", edition.state)
    edition.confirmed_by, edition.confirmed_on = confirmed_by, confirmed_on
    edition.realisation_began_at = clock.now()
    for project in queries.winners(edition):
        body = _l("« %(title)s » sera réalisé. Vous pourrez suivre chaque étape sur sa page.", title=project.title)
        _tell(project, _l("La réalisation de votre projet n° %(number)s commence", number=project.number), body)
    journal.record("began_realisation", edition, actor=actor)


def start_works(*, project: Project, began_on: date, actor: Person) -> None:
    """Says that the works have begun. Refusals: ``not_begun``, ``not_won``, ``future``, ``state``."""
    project = _in_realisation(project)
    require(rules.check_past_day(began_on, clock.today(), "began_on"))
    project.works = WORKS_LIFE.target("start_works", project.works)
    project.works_began_on = began_on
    _tell(
        project,
        _l("Les travaux de votre projet n° %(number)s ont commencé", number=project.number),
        _l("Les travaux de « %(title)s » ont commencé.", title=project.title),
    )
    journal.record("started_works", project, actor=actor)


def plan_milestone(*, project: Project, label: str, planned_on: date, actor: Person) -> Milestone:
    """Plans a step of the works. Refusals: ``not_begun``, ``not_won``, ``state``."""
    project = _in_realisation(project)
    require(WORKS_LIFE.allows("follow", project.works))
    milestone = Milestone(project=project, label=label, planned_on=planned_on)
    db.session.add(milestone)
    journal.record("planned_milestone", milestone, actor=actor, project=project.number)
    return milestone


def complete_milestone(*, milestone: Milestone, done_on: date, note: str, photo_id: str | None, actor: Person) -> None:
    """Says that a step is done, with a note and a photo; authors are told.

    Refusals: ``future``, ``done``, ``state``, ``not_begun``, ``not_won``.
    """
    project = _in_realisation(milestone.project)
    require(
        WORKS_LIFE.allows("follow", project.works),
        rules.check_undone(milestone),
        rules.check_past_day(done_on, clock.today(), "done_on"),
    )
    milestone.done_on, milestone.note, milestone.photo_id = done_on, note, photo_id
    _tell(
        project,
        _l("Une étape de votre projet n° %(number)s est faite", number=project.number),
        _l("« %(title)s » : %(step)s, c’est fait. %(note)s", title=project.title, step=milestone.label, note=note),
    )
    journal.record("completed_milestone", milestone, actor=actor, project=project.number)


def spend(*, project: Project, label: str, amount_cents: int, spent_on: date, actor: Person) -> Spending:
    """Writes a line of spending, in cents. Refusals: ``amount``, ``overspent``, ``future``, ``state``.

    The last invoices come after the ribbon: spending goes on until the edition closes.
    """
    project = _in_realisation(project)
    require(
        WORKS_LIFE.allows("spend", project.works),
        rules.check_past_day(spent_on, clock.today(), "spent_on"),
        rules.check_spending(
            amount_cents=amount_cents, cost_cents=project.present_cost_cents, spent_cents=project.spent_cents
        ),
    )
    line = Spending(
        project=project, label=label, amount_cents=amount_cents, spent_on=spent_on, written_at=clock.now(),
        written_by_id=actor.id,
    )  # fmt: skip
    db.session.add(line)
    project.spent_cents += amount_cents
    journal.record("spent", line, actor=actor, project=project.number, cents=amount_cents)
    return line


def cancel_spending(*, spending: Spending, reason: str, actor: Person) -> None:
    """Cancels a wrong line, which stays written. Refusals: ``reason``, ``cancelled``, ``not_begun``."""
    project = _in_realisation(spending.project)
    if spending.cancelled_at is not None:
        raise Refusal(_l("Cette dépense est déjà annulée."), code="cancelled")
    if not reason:
        raise Refusal(_l("Dites pourquoi cette dépense est annulée."), field="reason", code="reason")
    spending.cancelled_at, spending.cancel_reason = clock.now(), reason
    project.spent_cents -= spending.amount_cents
    journal.record("cancelled_spending", spending, actor=actor, project=project.number, cents=spending.amount_cents)


def revise_cost(*, project: Project, after_cents: int, reason: str, actor: Person) -> CostRevision:
    """Decides the cost anew, in cents, with a public reason; authors are told.

    Refusals: ``amount``, ``same``, ``under_spent``, ``reason``, ``not_begun``, ``not_won``.
    """
    project = _in_realisation(project)
    require(
        rules.check_revision(
            after_cents=after_cents, before_cents=project.present_cost_cents, spent_cents=project.spent_cents,
            reason=reason,
        )
    )  # fmt: skip
    revision = CostRevision(
        project=project, before_cents=project.present_cost_cents, after_cents=after_cents, reason=reason,
        revised_at=clock.now(), revised_by_id=actor.id,
    )  # fmt: skip
    db.session.add(revision)
    project.present_cost_cents = after_cents
    _tell(
        project,
        _l("Le coût de votre projet n° %(number)s change", number=project.number),
        _l("« %(title)s » coûtera %(cost)s. %(reason)s", title=project.title, cost=format_euros(after_cents),
           reason=reason),
    )  # fmt: skip
    journal.record(
        "revised_cost", revision, actor=actor, project=project.number,
        before=revision.before_cents, after=revision.after_cents,
    )  # fmt: skip
    return revision


def deliver(*, project: Project, delivered_on: date, note: str, actor: Person) -> None:
    """Cuts the ribbon. Refusals: ``milestones`` (some are not done), ``future``, ``state``."""
    project = _in_realisation(project)
    state = WORKS_LIFE.target("deliver", project.works)
    require(rules.check_delivery(project), rules.check_past_day(delivered_on, clock.today(), "delivered_on"))
    project.works, project.delivered_on, project.delivery_note = state, delivered_on, note
    _tell(
        project,
        _l("Votre projet n° %(number)s est livré", number=project.number),
        _l("« %(title)s » est terminé. Venez le voir ! %(note)s", title=project.title, note=note),
    )
    journal.record("delivered", project, actor=actor, project=project.number)


def abandon(*, project: Project, reason: str, actor: Person) -> None:
    """Abandons a winning project, with a public reason; authors are told. Refusals: ``reason``, ``state``."""
    project = _in_realisation(project)
    state = WORKS_LIFE.target("abandon", project.works)
    if not reason:
        sentence = _l("Dites pourquoi le projet est abandonné : les auteurs et le public le liront.")
        raise Refusal(sentence, field="reason", code="reason")
    project.works, project.abandoned_on, project.abandon_reason = state, clock.today(), reason
    _tell(
        project,
        _l("Votre projet n° %(number)s est abandonné", number=project.number),
        _l("« %(title)s » ne sera pas réalisé. %(reason)s", title=project.title, reason=reason),
    )
    journal.record("abandoned", project, actor=actor, project=project.number)


def close(*, edition: Edition, actor: Person) -> None:
    """Closes an edition whose winners are all delivered or abandoned, and files its account in the register.

    Refusals: ``state``, ``unfinished``.
    """
    edition = queries.edition_for_update(edition.id)
    projects = queries.winners(edition)
    require(phases.may_close(edition, unfinished=sum(1 for project in projects if not project.is_over)))
    record = file_record(
        kind=RecordKind.REALISATION,
        title=f"{edition.process.title} : bilan de réalisation",
        facts={
            "edition": edition.id, "projects": [_closing_facts(project) for project in projects],
            "names": {"edition": edition.process.title},
        },
        source_kind=Edition.__tablename__,
        source_id=str(edition.id),
        contract_id=edition.process.contract_id,
        actor=actor,
    )  # fmt: skip
    edition.state = EDITION_LIFE.target("close", edition.state)
    edition.closed_at = clock.now()
    edition.closing_record_position = record.position
    journal.record("closed", edition, actor=actor, projects=len(projects))


def _closing_facts(project: Project) -> dict[str, Any]:
    return {
        "number": project.number,
        "title": project.title,
        "works": project.works.value,
        "voted_cents": project.cost_cents,
        "cost_cents": project.present_cost_cents,
        "spent_cents": project.spent_cents,
        "delivered_on": project.delivered_on.isoformat() if project.delivered_on else None,
        "reason": project.abandon_reason if project.works is WorksState.ABANDONED else "",
    }


def _in_realisation(project: Project) -> Project:
    """The project locked, once the edition and the count allow its works (``may_work``)."""
    project = queries.project_for_update(project.id)
    outcome = queries.outcomes(project.edition, [project])[project.id]
    require(rules.may_work(project.edition, won=outcome.status.has_won))
    return project


def _tell(project: Project, subject: object, body: object) -> None:
    tell_every_author(project.idea, subject, body)

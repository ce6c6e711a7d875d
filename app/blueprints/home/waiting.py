"""What waits for staff: late, today, soon. Each line is a sentence and the page where it is handled."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.domain.accounts.models import Person, Role, Scope
from app.domain.accounts.policies import agent_of_contract, is_admin
from app.domain.ballots import queries as ballots
from app.domain.budgets import queries as budgets
from app.domain.councils.queries import warnings_in
from app.domain.governance.models import Lack, Seance
from app.domain.governance.queries import actions_due, seances_to_prepare
from app.domain.governance.rules import lacks
from app.domain.ideas import policies as ideas_policies
from app.domain.ideas import queries as ideas
from app.domain.shared import clock, outbox
from app.domain.territories.queries import site
from app.web.i18n import day, moment

# What comes later than a month does not help a Monday morning.
SOON_DAYS = 31


class Urgency(enum.Enum):
    """When something should be handled."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"

    @property
    def label(self) -> Any:
        return {"late": _l("En retard"), "today": _l("À traiter aujourd’hui"), "soon": _l("Bientôt")}[self.value]

    @property
    def tone(self) -> str:
        return {"late": "late", "today": "waiting", "soon": "info"}[self.value]


@dataclass(frozen=True)
class Task:
    """One thing that waits."""

    urgency: Urgency
    text: str
    href: str
    note: str = ""


def tasks_of_agent(person: Person) -> list[Task]:
    """What waits for an agent, within what their roles reach."""
    settings = site()
    return [
        *tasks_of_moderation(person),
        *_unanswered(person, settings.idea_answer_days),
        *_counts(person),
        *_editions(person),
        *_milestones(person),
        *tasks_of_seances(seances_to_prepare(person), settings.reminder_days),
        *_warnings(person),
        *tasks_of_actions(person),
        *_letters(person),
    ]


def by_urgency(tasks: list[Task]) -> list[tuple[Urgency, list[Task]]]:
    """The tasks under each urgency, the late ones first; an urgency without tasks is left out."""
    groups = [(urgency, [task for task in tasks if task.urgency is urgency]) for urgency in Urgency]
    return [(urgency, held) for urgency, held in groups if held]


def urgency_of(due: datetime) -> Urgency:
    """Late after the hour, today on its day, soon before."""
    if due <= clock.now():
        return Urgency.LATE
    return Urgency.TODAY if clock.in_paris(due).date() <= clock.today() else Urgency.SOON


def tasks_of_moderation(person: Person) -> list[Task]:
    """The ideas to read before publication and the reports to look at: people wait, so it is for today."""
    reach = ideas_policies.reach_of(person)
    waiting, reports = ideas.count_waiting(reach), ideas.count_reports_waiting(reach)
    found = []
    if waiting:
        text = ngettext("%(num)s idée à relire", "%(num)s idées à relire", waiting)
        found.append(Task(Urgency.TODAY, text, url_for("ideas.moderation")))
    if reports:
        text = ngettext("%(num)s signalement à regarder", "%(num)s signalements à regarder", reports)
        found.append(Task(Urgency.TODAY, text, url_for("ideas.reports")))
    return found


def tasks_of_seances(seances: Iterable[Seance], days: int) -> list[Task]:
    """What these séances lack; nothing for those that are ready. Under so many days, it is for today."""
    return [_of_seance(seance, missing, days) for seance in seances if (missing := lacks(seance))]


def tasks_of_actions(person: Person) -> list[Task]:
    """What séances decided to have done: what is late, then what is due soon."""
    today = clock.today()
    return [
        Task(
            Urgency.LATE if action.is_late(today) else _before(action.due_on),
            _action_words(action.what, action.is_late(today)),
            url_for("governance.settle_action", action_id=action.id),
            _("%(body)s, prévue le %(day)s.", body=action.item.seance.body.name, day=day(action.due_on)),
        )
        for action in actions_due(person, today + timedelta(days=SOON_DAYS))
    ]


def _action_words(what: str, late: bool) -> str:
    return _("Action en retard : %(what)s", what=what) if late else _("Action à faire : %(what)s", what=what)


def _of_seance(seance: Seance, missing: Sequence[Lack], days: int) -> Task:
    soon = seance.starts_at > clock.now() + timedelta(days=days)
    text = _("Préparer : %(title)s, %(when)s", title=seance.title, when=moment(seance.starts_at))
    note = ". ".join(str(lack.label) for lack in missing) + "."
    href = url_for("governance.seance", seance_id=seance.id)
    return Task(Urgency.SOON if soon else Urgency.TODAY, text, href, note)


def _unanswered(person: Person, answer_days: int) -> list[Task]:
    """The ideas whose official answer is overdue."""
    late = ideas.unanswered(ideas_policies.agent_reach(person), answer_days, ideas.Lateness.LATE).total
    if not late:
        return []
    text = ngettext("%(num)s idée attend sa réponse", "%(num)s idées attendent leur réponse", late)
    return [Task(Urgency.LATE, text, url_for("ideas.unanswered"), _("Le délai annoncé est passé."))]


def _counts(person: Person) -> list[Task]:
    """The votes that are closed and not counted: the day after, they are late."""
    return [
        Task(
            urgency_of(scrutin.closes_at + timedelta(days=1)),
            _("Ouvrir le dépouillement : %(title)s", title=scrutin.title),
            url_for("ballots.show", scrutin_id=scrutin.id),
        )
        for scrutin in ballots.scrutins_to_count()
        if scrutin.contract_id is None or agent_of_contract(person, scrutin.contract_id)
    ]


def _editions(person: Person) -> list[Task]:
    """The next act of each edition, when its day has come or comes soon."""
    return [
        Task(
            Urgency.LATE if act.late else _before(act.due),
            _("%(name)s : %(value)s", name=act.what, value=act.title),
            url_for("budgets.manage", edition_id=act.edition_id),
            _("Prévu le %(day)s.", day=day(act.due)) if act.due else "",
        )
        for act in budgets.waiting_for_agents(contracts_of(person))
        if act.due is None or act.due <= clock.today() + timedelta(days=SOON_DAYS)
    ]


def _before(due: date | None) -> Urgency:
    return Urgency.TODAY if due is not None and due <= clock.today() else Urgency.SOON


def _milestones(person: Person) -> list[Task]:
    """The steps of the works whose day is past."""
    return [
        Task(
            Urgency.LATE,
            _("Étape en retard : %(label)s", label=milestone.label),
            url_for("budgets.follow", project_id=milestone.project_id),
            _("%(project)s, prévue le %(day)s.", project=milestone.project.title, day=day(milestone.planned_on)),
        )
        for milestone in budgets.late_milestones(contracts_of(person), clock.today())
    ]


def _warnings(person: Person) -> list[Task]:
    """What is not as the contract foresees in the bodies, in one line that leads to its page."""
    found = len(warnings_in(contracts_of(person)))
    if not found:
        return []
    text = ngettext("%(num)s alerte sur les instances", "%(num)s alertes sur les instances", found)
    return [Task(Urgency.SOON, text, url_for("councils.warnings"))]


def _letters(person: Person) -> list[Task]:
    """The letters that no worker will try again."""
    stuck = outbox.count_stuck() if is_admin(person) else 0
    if not stuck:
        return []
    text = ngettext("%(num)s courriel n’est pas parti", "%(num)s courriels ne sont pas partis", stuck)
    return [Task(Urgency.LATE, text, url_for("accounts.administration"), _("Vérifiez le réglage MAIL_URL."))]


def contracts_of(person: Person) -> set[int] | None:
    """The contracts an agent works for; ``None`` for all of them."""
    held = [
        grant for grant in person.grants if grant.role in (Role.AGENT, Role.ADMIN) and grant.holds_on(clock.today())
    ]
    if any(grant.scope is Scope.EVERYWHERE for grant in held):
        return None
    return {grant.scope_id for grant in held if grant.scope is Scope.CONTRACT and grant.scope_id is not None}

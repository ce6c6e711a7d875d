"""What waits for staff: late, today, soon. Each line is a number, a sentence and the page where it is handled."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.blueprints.home.doors import way
from app.domain.accounts.models import Person
from app.domain.accounts.policies import agent_of_contract, is_admin
from app.domain.ballots import queries as ballots
from app.domain.governance.models import Lack, Seance
from app.domain.governance.queries import seances_to_prepare
from app.domain.governance.rules import lacks
from app.domain.processes.queries import phases_ending_within
from app.domain.shared import clock, outbox
from app.domain.territories.queries import site
from app.web.i18n import moment


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
    days = site().reminder_days
    return [
        *_counts(person),
        *tasks_of_seances(seances_to_prepare(person), days),
        *_phases(person, days),
        *_letters(person),
    ]


def by_urgency(tasks: list[Task]) -> list[tuple[Urgency, list[Task]]]:
    """The tasks under each urgency, the late ones first; an urgency without tasks is left out."""
    groups = [(urgency, [task for task in tasks if task.urgency is urgency]) for urgency in Urgency]
    return [(urgency, held) for urgency, held in groups if held]


def _counts(person: Person) -> list[Task]:
    """The votes that are closed and not counted: since yesterday they are late."""
    found = []
    for scrutin in ballots.scrutins_to_count():
        if scrutin.contract_id is not None and not agent_of_contract(person, scrutin.contract_id):
            continue
        urgency = urgency_of(scrutin.closes_at + timedelta(days=1))
        text = _("Ouvrir le dépouillement : %(title)s", title=scrutin.title)
        found.append(Task(urgency, text, way("ballots.show", scrutin_id=scrutin.id)))
    return found


def tasks_of_seances(seances: Iterable[Seance], days: int) -> list[Task]:
    """What these séances lack; nothing for those that are ready. Under so many days, it is for today."""
    return [_of_seance(seance, missing, days) for seance in seances if (missing := lacks(seance))]


def _of_seance(seance: Seance, missing: Sequence[Lack], days: int) -> Task:
    soon = seance.starts_at > clock.now() + timedelta(days=days)
    text = _("Préparer : %(title)s, %(when)s", title=seance.title, when=moment(seance.starts_at))
    note = ". ".join(str(lack.label) for lack in missing) + "."
    href = url_for("governance.seance", seance_id=seance.id)
    return Task(Urgency.SOON if soon else Urgency.TODAY, text, href, note)


def _phases(person: Person, days: int) -> list[Task]:
    """The phases that end soon."""
    return [
        Task(
            Urgency.SOON,
            _("%(phase)s : dernière ligne droite", phase=phase.code.label),
            url_for("budgets.index"),
            _("%(title)s, jusqu’au %(when)s.", title=phase.process.title, when=moment(phase.ends_at)),
        )
        for phase in phases_ending_within(days)
        if agent_of_contract(person, phase.process.contract_id)
    ]


def _letters(person: Person) -> list[Task]:
    """The letters that no worker will try again."""
    stuck = outbox.count_stuck() if is_admin(person) else 0
    if not stuck:
        return []
    text = ngettext("%(num)s courriel n’est pas parti", "%(num)s courriels ne sont pas partis", stuck)
    return [Task(Urgency.LATE, text, url_for("accounts.administration"), _("Vérifiez le réglage MAIL_URL."))]


def urgency_of(due: datetime) -> Urgency:
    """Late after the hour, today on its day, soon before."""
    if due <= clock.now():
        return Urgency.LATE
    return Urgency.TODAY if clock.in_paris(due).date() <= clock.today() else Urgency.SOON

"""What the pages of budgets show, in words: phases, règlement, task list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain.ballots import queries as ballots
from app.domain.ballots.policies import can_vote
from app.domain.budgets import queries
from app.domain.budgets.models import Edition, EditionState, Reglement, Study
from app.domain.budgets.queries import StudyFilter
from app.domain.budgets.rules.line import PhaseLine, phase_lines
from app.domain.budgets.rules.plain_words import plain_words
from app.domain.processes.models import PhaseCode
from app.domain.shared import clock
from app.domain.shared.life import Step
from app.domain.territories import queries as territories
from app.web.access import current_person
from app.web.i18n import day, euros, moment, short_day, time_left

TONES = {
    EditionState.PREPARATION: "quiet",
    EditionState.CALL: "info",
    EditionState.STUDY: "waiting",
    EditionState.ANNOUNCED: "info",
    EditionState.VOTE: "info",
    EditionState.COUNTED: "done",
    EditionState.REALISATION: "waiting",
    EditionState.CLOSED: "done",
}


def pages_of(endpoint: str, **values: Any) -> Callable[[int], str]:
    """How to address the pages of a list."""
    return lambda number: url_for(endpoint, page=number, **values)


def last_day(ends_at: datetime) -> datetime:
    """The last day of a phase: its end is the midnight after it."""
    return ends_at - timedelta(seconds=1)


def phase_steps(edition: Edition) -> list[dict[str, Any]]:
    """The six phases for the line of life, dates in words and how long is left."""
    return [_phase_step(line) for line in phase_lines(edition, clock.now())]


def _phase_step(line: PhaseLine) -> dict[str, Any]:
    when = None
    if line.starts_at is not None and line.ends_at is not None:
        when = _("du %(first)s au %(last)s", first=short_day(line.starts_at), last=short_day(last_day(line.ends_at)))
    note = None
    if line.state == "now" and line.ends_at is not None and line.ends_at > clock.now():
        note = time_left(line.ends_at).capitalize() + "."
    if line.state == "late":
        note = _("Cette étape a pris du retard : elle se termine dès que possible.")
    return {"label": line.code.label, "state": line.state, "when": when, "note": note}


def life_steps(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Steps of a line of life with their dates in words."""
    return [
        {
            "label": step.label, "state": step.state, "who": step.who, "note": step.note, "href": step.href,
            "when": moment(step.when) if isinstance(step.when, datetime) else day(step.when),
        }
        for step in steps
    ]  # fmt: skip


def present_line(edition: Edition) -> str:
    """Where an edition stands, in one line with how long is left."""
    running = next((one for one in phase_lines(edition, clock.now()) if one.state == "now"), None)
    if running is None or running.ends_at is None or running.ends_at <= clock.now():
        return str(edition.state.label)
    return _(
        "%(phase)s jusqu’au %(last)s, %(left)s",
        phase=running.code.label, last=short_day(last_day(running.ends_at)), left=time_left(running.ends_at),
    )  # fmt: skip


def reglement_words(reglement: Reglement) -> list[tuple[Any, list[Any]]]:
    """The règlement as questions and answers."""
    names = {quartier.id: quartier.name for quartier in territories.quartiers()}
    return plain_words(reglement.rules, euros, names)


def reglement_versions(edition: Edition) -> list[tuple[str, str, str]]:
    """The frozen versions: name, address, date."""
    return [
        (
            _("Version %(number)d", number=one.version),
            url_for("budgets.reglement_version", edition_id=edition.id, version=one.version),
            short_day(one.frozen_at),
        )
        for one in edition.reglements
        if one.frozen_at is not None
    ]


def doors(edition: Edition) -> list[dict[str, Any]]:
    """What one can do now: give an idea, vote, read the list, the results, the works."""
    found = []
    phase = edition.process.phase(PhaseCode.CALL)
    if phase is not None and edition.process.accepts_ideas:
        text = _("Dites ce qui manque, ou ce que vous feriez.")
        address = url_for("ideas.submit", demarche=edition.process_id)
        found.append(_door(address, _("Donner une idée"), text, "idea", time_left(phase.ends_at)))
    if edition.vote_opened_at is not None:
        found += _vote_doors(edition)
    if edition.list_published_at is not None:
        text = _("Les projets admis, ceux qui sont écartés, et pourquoi.")
        found.append(_door(url_for("budgets.projects", edition_id=edition.id), _("Voir les projets"), text, "list"))
    if edition.realisation_began_at is not None:
        text = _("Où en sont les travaux, et ce qu’ils ont coûté.")
        found.append(_door(url_for("budgets.works", edition_id=edition.id), _("Suivre les travaux"), text, "flag"))
    return found


def _vote_doors(edition: Edition) -> list[dict[str, Any]]:
    scrutin = ballots.scrutin_of_process(edition.process_id)
    if scrutin is None:
        return []
    if scrutin.is_open:
        text = _("Choisissez les projets. Personne ne saura ce que vous avez choisi.")
        person = current_person()
        called = person is None or can_vote(person, scrutin)
        address = url_for("ballots.booth" if called else "ballots.show", scrutin_id=scrutin.id)
        return [_door(address, _("Voter"), text, "ballot", time_left(scrutin.closes_at))]
    if ballots.result_of(scrutin) is not None:
        text = _("Les lauréats, ce que chacun a obtenu, et pourquoi les autres ne sont pas retenus.")
        return [_door(url_for("ballots.results", scrutin_id=scrutin.id), _("Voir les résultats"), text, "chart")]
    return []


def _door(href: str, title: str, text: str, icon: str, count: str | None = None) -> dict[str, Any]:
    return {"href": href, "title": title, "text": text, "icon": icon, "count": count}


def study_filters(edition: Edition, present: StudyFilter) -> list[dict[str, Any]]:
    """The cases an idea of the call may be in, as links with their counts."""
    return [
        {
            "label": which.label, "count": number, "current": which is present,
            "href": url_for("budgets.studies", edition_id=edition.id, etat=which.value),
        }
        for which, number in queries.count_call(edition).items()
    ]  # fmt: skip


def study_words(study: Study) -> list[tuple[str, Any, None]]:
    """What is recorded of a study, for whoever has just written something else."""
    content = study.reglement.rules
    rows: list[tuple[str, Any, None]] = []
    for finding in study.findings:
        criterion = content.criterion(finding.code)
        said = f"{finding.verdict.label}. {finding.reason}".strip()
        rows.append((criterion.wording if criterion else finding.code, said, None))
    rows += [
        (_("Réalisable"), study.feasibility.label if study.feasibility else "", None),
        (_("Adaptation"), study.adaptation, None),
        (_("Coût"), euros(study.investment_cents), None),
        (_("Coût de chaque année"), euros(study.running_cents), None),
        (_("Délai en mois"), study.delay_months, None),
        (_("Service"), study.responsible.name if study.responsible else "", None),
        (_("Raison"), study.reason, None),
    ]
    return [row for row in rows if row[1] not in ("", None)]

"""What the pages of budgets show, in words: phases, règlement, task list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain.budgets.models import Edition, EditionState, Reglement
from app.domain.budgets.rules.line import PhaseLine, phase_lines
from app.domain.budgets.rules.plain_words import plain_words
from app.domain.processes.models import PhaseCode
from app.domain.shared import clock
from app.domain.shared.life import Step
from app.domain.territories import queries as territories
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
        note = _("Cette étape a pris du retard : elle se termine dès que possible.")
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
    """What one can do now."""
    phase = edition.process.phase(PhaseCode.CALL)
    if phase is None or not edition.process.accepts_ideas:
        return []
    text = _("Dites ce qui manque, ou ce que vous feriez.")
    return [_door(url_for("ideas.index"), _("Donner une idée"), text, "idea", time_left(phase.ends_at))]


def _door(href: str, title: str, text: str, icon: str, count: str | None = None) -> dict[str, Any]:
    return {"href": href, "title": title, "text": text, "icon": icon, "count": count}

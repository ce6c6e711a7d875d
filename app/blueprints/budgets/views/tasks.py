"""The task list of an edition in preparation: what is said, what is missing, where to say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.blueprints.budgets import forms
from app.domain.budgets.models import Edition
from app.domain.budgets.rules import checks, phases
from app.domain.budgets.rules.reglement import ReglementContent
from app.domain.processes.rules import calendar_of, check_calendar
from app.domain.shared import clock


@dataclass(frozen=True)
class Part:
    """A part of the règlement: its form, its title, one sentence of help, its key in the rules."""

    form: type[forms.PartForm]
    title: Any
    lead: Any
    key: str


PARTS = {
    "enveloppe": Part(
        forms.EnvelopeForm, _l("L’enveloppe"), _l("L’argent à partager, et combien peut coûter un projet."), "envelope"
    ),
    "criteres": Part(
        forms.CriteriaForm, _l("Les critères de recevabilité"),
        _l("Chaque idée sera étudiée critère par critère, et chaque refus dira lequel n’est pas respecté."),
        "criteria",
    ),
    "proposer": Part(
        forms.EligibilityForm, _l("Qui peut proposer"), _l("Les conditions pour déposer une idée."), "proposers"
    ),
    "voter": Part(forms.VotersForm, _l("Qui peut voter"), _l("Les conditions pour prendre part au vote."), "voters"),
    "bulletin": Part(
        forms.BallotPartForm, _l("Le bulletin"), _l("Ce que fait la personne qui vote, et les nombres."), "ballot"
    ),
    "depouillement": Part(
        forms.CountForm, _l("Le dépouillement"),
        _l("Comment le classement se fait, et ce qui se passe quand un projet ne rentre pas."), "count",
    ),
}  # fmt: skip


def part_address(edition: Edition, key: str) -> str:
    """Where to say what a refusal or a missing piece names."""
    if key == "description":
        return url_for("budgets.describe", edition_id=edition.id)
    if key == "calendar":
        return url_for("budgets.schedule", edition_id=edition.id)
    slug = next((slug for slug, part in PARTS.items() if part.key == key), "enveloppe")
    return url_for("budgets.write_part", edition_id=edition.id, part=slug)


def obstacles(edition: Edition) -> list[tuple[str, str]]:
    """What keeps the call from opening: each sentence with the address where to mend it."""
    found = phases.obstacles_to_call(edition, clock.now())
    return [(str(one), part_address(edition, one.field or "envelope")) for one in found]


def task_list(edition: Edition) -> list[dict[str, Any]]:
    """The parts with their state. ``key`` marks the present one."""
    content = edition.reglement.rules
    missing = {one.part for one in checks.missing_for_vote(content)}
    dated = bool(check_calendar(calendar_of(edition.process)))
    tasks = [
        _task("description", _("La présentation"), "description" not in missing, part_address(edition, "description")),
        _task("calendar", _("Le calendrier des six phases"), dated, part_address(edition, "calendar")),
    ]
    for slug, part in PARTS.items():
        done = part.key not in missing and _is_said(content, part.key)
        address = url_for("budgets.write_part", edition_id=edition.id, part=slug)
        tasks.append(_task(part.key, str(part.title), done, address, optional=part.key in {"proposers", "voters"}))
    reserves = _task(
        "reserves", _("Les sous-enveloppes"), bool(content.reserves),
        url_for("budgets.reserves", edition_id=edition.id), optional=True,
    )  # fmt: skip
    tasks.insert(3, reserves)
    return tasks


def _is_said(content: ReglementContent, key: str) -> bool:
    """Whether an optional part says something of its own."""
    if key in {"proposers", "voters"}:
        return any(bool(value) for value in getattr(content, key).to_facts().values())
    return True


def _task(key: str, label: str, done: bool, href: str, optional: bool = False) -> dict[str, Any]:
    status, tone = (_("Fait"), "done") if done else (_("À faire"), "waiting")
    if optional and not done:
        status, tone = _("Facultatif"), "quiet"
    return {"key": key, "label": label, "href": href, "status": status, "tone": tone}

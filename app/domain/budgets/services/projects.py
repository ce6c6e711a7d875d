"""What happens to the sheet of a project: what voters will read of it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person
from app.domain.budgets import queries
from app.domain.budgets.models import EditionState, Project
from app.domain.shared import journal
from app.domain.shared.refusals import Refusal


@dataclass(frozen=True)
class Sheet:
    """What voters read of a project; ``reserve_id`` is the sub-envelope it competes for first."""

    title: str
    summary: str
    reserve_id: str | None = None
    quartier_id: int | None = None
    photo_id: str | None = None


def describe_project(*, project: Project, sheet: Sheet, actor: Person) -> None:
    """Writes the sheet of a project, until the vote opens; its title stays once the list is published.

    Refusals: ``rules_frozen``, ``promised`` (title), ``reserves`` (unknown sub-envelope).
    """
    edition = queries.edition_for_update(project.edition_id)
    project = queries.project_for_update(project.id)
    if edition.vote_opened_at is not None:
        raise Refusal(_l("Le vote est ouvert : ce que les gens lisent ne change plus."), code="rules_frozen")
    if edition.state is not EditionState.STUDY and sheet.title != project.title:
        sentence = _l("Ce titre est publié dans la liste des projets : il ne change plus.")
        raise Refusal(sentence, field="title", code="promised")
    if sheet.reserve_id is not None and edition.reglement.rules.reserve(sheet.reserve_id) is None:
        sentence = _l("Cette sous-enveloppe n’est pas dans le règlement. Choisissez-en une autre.")
        raise Refusal(sentence, field="reserve_id", code="reserves")
    project.title, project.summary = sheet.title, sheet.summary
    project.reserve_id, project.quartier_id = sheet.reserve_id, sheet.quartier_id
    project.photo_id = sheet.photo_id or project.photo_id
    journal.record("described", project, actor=actor, project=project.number)

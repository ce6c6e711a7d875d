"""The line of life of an idea, from its submission to the ribbon: its own steps, then those of the workflows above it.

The page knows every feature, so the line is composed here and nowhere else.
"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain.budgets.queries import steps_of_idea
from app.domain.ideas import queries, rules
from app.domain.ideas.models import Idea, IdeaState
from app.domain.shared.life import Step
from app.domain.territories.queries import site
from app.web.i18n import short_day


def life_of(idea: Idea) -> list[dict[str, Any]]:
    """Every step of an idea as the component shows them, dates in words."""
    return [{**vars(step), "when": short_day(step.when)} for step in steps_of(idea)]


def steps_of(idea: Idea) -> list[Step]:
    """The steps, the first one first. Once an edition studies the idea, the edition tells the rest."""
    studied = steps_of_idea(idea.id)
    if studied:
        return [*_begun(idea), *studied]
    return [*_begun(idea), *_study(idea), *_answered(idea), *_expected(idea)]


def _begun(idea: Idea) -> list[Step]:
    steps = [Step(_("Idée déposée"), "done", idea.submitted_at, str(idea.shown_author))]
    if idea.published_at is not None:
        steps.append(Step(_("Idée publiée"), "done", idea.published_at))
    if idea.state is IdeaState.SUBMITTED:
        steps.append(Step(_("Relecture par l’équipe"), "now", note=_("L’équipe lit l’idée avant de la publier.")))
    if idea.state is IdeaState.RETURNED:
        steps.append(Step(_("Renvoyée à son auteur"), "now", idea.returned_at, note=_("Elle attend d’être corrigée.")))
    if idea.state is IdeaState.WITHDRAWN:
        steps.append(Step(_("Retirée par son auteur"), "stopped", idea.withdrawn_at))
    if idea.merged_into is not None:
        target = idea.merged_into
        label = _("Regroupée avec l’idée n° %(number)s", number=target.number)
        note = _("La suite se passe sur cette idée.")
        steps.append(Step(label, "done", idea.merged_at, note=note, href=url_for("ideas.show", number=target.number)))
    return steps


def _study(idea: Idea) -> list[Step]:
    if idea.study_began_at is None:
        return []
    state = "now" if idea.state is IdeaState.IN_STUDY else "done"
    return [Step(_("Étude par les services"), state, idea.study_began_at)]


def _answered(idea: Idea) -> list[Step]:
    return [
        Step(_("Réponse de la collectivité : %(outcome)s", outcome=answer.outcome.label), "done", answer.at)
        for answer in queries.answers_of(idea.id)
    ]


def _expected(idea: Idea) -> list[Step]:
    """The answer that is still due, late when its day has passed."""
    days = site().idea_answer_days
    due = rules.answer_due(idea, days)
    if due is None:
        return []
    if rules.is_late(idea, days):
        note = _("La réponse aurait dû être publiée à cette date.")
        return [Step(_("Réponse de la collectivité"), "late", due, note=note)]
    return [Step(_("Réponse de la collectivité, au plus tard"), "next", due)]

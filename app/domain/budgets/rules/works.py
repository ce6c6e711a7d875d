"""What the works of a winning project ask: dates that make sense, and money that is never spent over its cost."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from app.domain.budgets.models.editions import Edition, EditionState
from app.domain.budgets.models.projects import Milestone, Project
from app.domain.shared.money import MOST_CENTS, format_euros
from app.domain.shared.refusals import YES, Refusal, Verdict


def may_work(edition: Edition, *, won: bool) -> Verdict:
    """Works are followed for winners, while the edition is being realised (codes ``not_begun``, ``not_won``)."""
    if edition.state is not EditionState.REALISATION:
        sentence = _l("Le suivi des travaux se fait pendant la réalisation, jusqu’à la clôture de l’édition.")
        return Refusal(sentence, code="not_begun")
    if not won:
        return Refusal(_l("Ce projet n’est pas lauréat : il n’y a pas de travaux à suivre."), code="not_won")
    return YES


def check_spending(*, amount_cents: int, cost_cents: int, spent_cents: int) -> Verdict:
    """Whether a line fits in what is left, in cents (codes ``amount``, ``overspent``).

    More than the cost needs a revision of the cost first, with its reason. Source: choix de conception (choice of the
    issue: "money spent against cost").
    """
    if not 0 < amount_cents <= MOST_CENTS:
        return Refusal(_l("Indiquez un montant supérieur à zéro."), field="amount_cents", code="amount")
    if spent_cents + amount_cents > cost_cents:
        sentence = _l(
            "Cette dépense dépasse le coût du projet : il reste %(left)s. "
            "Révisez d’abord le coût, en disant pourquoi.",
            left=format_euros(cost_cents - spent_cents),
        )  # fmt: skip
        return Refusal(sentence, field="amount_cents", code="overspent")
    return YES


def check_revision(*, after_cents: int, before_cents: int, spent_cents: int, reason: str) -> Verdict:
    """Whether the cost may become ``after_cents`` (codes ``amount``, ``same``, ``under_spent``, ``reason``)."""
    if not 0 < after_cents <= MOST_CENTS:
        return Refusal(_l("Indiquez un coût supérieur à zéro."), field="after_cents", code="amount")
    if after_cents == before_cents:
        return Refusal(_l("C’est déjà le coût du projet."), field="after_cents", code="same")
    if after_cents < spent_cents:
        sentence = _l("Le coût ne peut pas être inférieur à ce qui est déjà dépensé.")
        return Refusal(sentence, field="after_cents", code="under_spent")
    if not reason:
        sentence = _l("Dites pourquoi le coût change : le public le lira.")
        return Refusal(sentence, field="reason", code="reason")
    return YES


def check_past_day(day: date, today: date, field: str) -> Verdict:
    """Something done is done today or before (code ``future``)."""
    if day > today:
        return Refusal(_l("Cette date est à venir. Indiquez le jour où cela a été fait."), field=field, code="future")
    return YES


def check_undone(milestone: Milestone) -> Verdict:
    """A milestone is done once (code ``done``)."""
    if milestone.done_on is not None:
        return Refusal(_l("Cette étape est déjà faite."), code="done")
    return YES


def check_delivery(project: Project) -> Verdict:
    """A project is delivered when its milestones are done (code ``milestones``). Needs ``milestones`` loaded."""
    if any(milestone.done_on is None for milestone in project.milestones):
        sentence = _l("Des étapes ne sont pas faites. Notez leur date, puis livrez le projet.")
        return Refusal(sentence, code="milestones")
    return YES

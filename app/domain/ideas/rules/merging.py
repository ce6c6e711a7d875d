"""When two ideas say the same thing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.ideas.models import LIFECYCLE, Idea, IdeaState
from app.domain.shared.refusals import YES, Refusal, Verdict

_TAKING = (IdeaState.PUBLISHED, IdeaState.IN_STUDY)


def can_take_another_over(target: Idea) -> bool:
    """Whether an idea may still take another one over: public, and not answered."""
    return target.state in _TAKING


def can_merge(idea: Idea, target: Idea, has_originals: bool) -> Verdict:
    """Whether ``idea`` may be taken over by ``target``: two public ideas, not answered yet.

    An idea that already takes others over is not merged further, so that every author is one step away. Refusals have
    code ``merge`` or ``state``. Source: droit-et-pratique §3.2 (all authors are kept), and choix de conception.
    """
    allowed = LIFECYCLE.allows("merge", idea.state)
    if isinstance(allowed, Refusal):
        return allowed
    if idea.id == target.id:
        return Refusal(_l("Choisissez une autre idée : celle-ci ne peut pas se reprendre elle-même."), code="merge")
    if not can_take_another_over(target):
        return Refusal(
            _l("L’idée n° %(number)s ne peut pas en reprendre une autre : elle doit être publiée et sans réponse.",
               number=target.number),
            code="merge",
        )  # fmt: skip
    if has_originals:
        return Refusal(
            _l("Cette idée en regroupe déjà d’autres : regroupez plutôt l’autre idée dans celle-ci."), code="merge"
        )
    return YES

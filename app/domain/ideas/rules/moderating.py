"""What may be supported, reported, sent back, and taken over."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.ideas.models import LIFECYCLE, AbuseReason, Idea, IdeaState
from app.domain.shared.refusals import YES, Refusal, Verdict


def can_be_supported(idea: Idea) -> Verdict:
    """Whether the idea may receive supports: it is public, and neither merged nor answered. Refusals: ``support``."""
    if idea.state in {IdeaState.PUBLISHED, IdeaState.IN_STUDY}:
        return YES
    if idea.state is IdeaState.ANSWERED:
        return Refusal(_l("Cette idée a reçu sa réponse : les soutiens sont clos."), code="support")
    return Refusal(LIFECYCLE.sentences.get(idea.state), code="support")


def can_be_reported(idea: Idea, reason: AbuseReason, words: str) -> Verdict:
    """Whether one may report it: the idea is public, and "other" is explained. Refusals: ``report``, ``words``."""
    if not idea.is_listed:
        return Refusal(_l("Cette idée n’est plus publiée : il n’y a plus rien à signaler."), code="report")
    if reason is AbuseReason.OTHER and not words.strip():
        return Refusal(_l("Dites en quelques mots ce qui ne va pas dans cette idée."), field="words", code="words")
    return YES


def is_reasoned(reason: str) -> Verdict:
    """Nothing is sent back or hidden without a reason its author reads. Refusals: ``reason``."""
    if reason.strip():
        return YES
    return Refusal(_l("Écrivez la raison : l’auteur la lira pour corriger son idée."), field="reason", code="reason")


def has_agreed(agreement: bool) -> Verdict:
    """Nobody writes in somebody's name without their agreement (droit-et-pratique §5.3 R3). Refusals: ``agreement``."""
    if agreement:
        return YES
    return Refusal(
        _l("Demandez son accord à la personne avant de déposer l’idée pour elle, puis cochez la case."),
        field="agreement",
        code="agreement",
    )


def can_be_taken_over(idea: Idea) -> Verdict:
    """Whether an idea entered for somebody still has no account as its author. Refusals: ``taken``."""
    if idea.author_id is None and idea.entered_by_id is not None:
        return YES
    return Refusal(_l("Cette idée a déjà été reprise par son auteur."), code="taken")

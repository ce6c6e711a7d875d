"""When the life of a body allows an act: it is added to while it lives, and hangs under no body that hangs under it."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _l

from app.domain.governance.models import BODY_LIFE, Body
from app.domain.shared.refusals import YES, Refusal, Verdict


def can_be_added_to(body: Body) -> Verdict:
    """A body whose life has ended is read only. Refusal code ``state``."""
    return Refusal(BODY_LIFE.sentences[body.state], code="state") if body.is_over else YES


def can_hang_under(body: Body, parent: Body | None, above: Collection[int]) -> Verdict:
    """A body hangs under another of its contract, never under itself. ``above`` are the ids over the parent.

    Refusals on ``parent_id``: ``contract``, ``loop``, ``state`` (the parent has ended).
    """
    if parent is None:
        return YES
    if parent.contract_id != body.contract_id:
        sentence = _l("Choisissez une instance du même contrat de ville.")
        return Refusal(sentence, field="parent_id", code="contract")
    if body.id is not None and (parent.id == body.id or body.id in above):
        sentence = _l("Une instance n’est rattachée ni à elle-même, ni à l’une de celles qui dépendent d’elle.")
        return Refusal(sentence, field="parent_id", code="loop")
    if parent.is_over:
        sentence = _l("L’instance choisie est terminée : rattachez celle-ci à une autre.")
        return Refusal(sentence, field="parent_id", code="state")
    return YES


def can_merge_into(body: Body, into: Body) -> Verdict:
    """A body goes into another, alive, of its contract. Refusals ``self``, ``contract``, ``state`` on ``into_id``."""
    verdict = BODY_LIFE.allows("merge", body.state)
    if not verdict:
        return verdict
    if body.id == into.id:
        return Refusal(
            _l("Choisissez une autre instance : celle-ci ne se réunit pas à elle-même."), field="into_id", code="self"
        )
    if body.contract_id != into.contract_id:
        return Refusal(_l("Choisissez une instance du même contrat de ville."), field="into_id", code="contract")
    if into.is_over:
        return Refusal(_l("Cette instance est terminée : choisissez-en une qui vit."), field="into_id", code="state")
    return YES

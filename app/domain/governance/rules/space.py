"""How an administrator enters the space of an independent conseil."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.governance.models import Body
from app.domain.shared.refusals import YES, Refusal, Verdict


def can_be_visited(body: Body, reason: str) -> Verdict:
    """Whether the administration may enter: the space is independent, and there is a reason the conseil will read.

    Refusals: ``open`` (its pages are not closed to institutions), ``reason``. Source: droit-et-pratique §2.2, CC-R29.
    """
    if not body.is_independent:
        return Refusal(_l("Cette instance n’est pas indépendante : son espace se lit sans cela."), code="open")
    if not reason:
        return Refusal(_l("Dites pourquoi vous entrez : le conseil le lira."), field="reason", code="reason")
    return YES

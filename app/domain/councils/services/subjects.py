"""What a subject of an agenda is about, when a conseil has something to do with it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person
from app.domain.councils.models import Interpellation
from app.domain.governance import services as governance
from app.domain.governance.models import AgendaItem
from app.domain.shared.refusals import Refusal


def tie_subject(*, item: AgendaItem, kind: str, number: str, digest: str, actor: Person) -> None:
    """Says what a subject is about (``kind`` and ``number``; empty unties it), with the seal of what is read that day.

    Refusals: ``interpellation`` (the conseil brought it: nobody takes it away from the agenda), ``past``, ``minutes``.
    Source: droit-et-pratique §2.2, the interpellation du préfet is the conseil’s own act.
    """
    if item.source_kind == Interpellation.__tablename__:
        sentence = _l("Ce sujet porte une interpellation du préfet : il ne peut pas porter sur autre chose.")
        raise Refusal(sentence, code="interpellation")
    governance.tie_item(
        item=item, seance=item.seance, source_kind=kind, source_id=number, source_digest=digest, actor=actor
    )

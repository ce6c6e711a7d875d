"""Signatures drawn on the tablet: never required, kept for a time the body wrote, then erased."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.adapters.files import NotAPhoto
from app.adapters.signatures import clean_signature
from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import rules
from app.domain.governance.models import Attendance, Signature
from app.domain.governance.queries import Roll
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, require

_SENTENCES = {
    "empty": _l("Rien n’est dessiné. Signez dans le cadre, ou revenez à la liste : votre présence est déjà notée."),
    "size": _l("Ce dessin est trop grand. Effacez-le et signez de nouveau."),
    "unreadable": _l("Ce dessin ne se lit pas. Effacez-le et signez de nouveau."),
}


def sign_presence(*, roll: Roll, mandate_id: int, drawing: bytes, actor: Person) -> Signature:
    """Keeps the signature of somebody who is there (PNG), until the day the rulebook in force says (days).

    Refusals: ``past``, ``rules``, ``here``, ``drawing``. The journal says that it was drawn, never what.
    """
    row = roll.line_of(mandate_id).attendance
    require(rules.can_prepare(roll.seance), rules.can_be_signed(roll.rules, row.presence if row is not None else None))
    days = roll.rules.signature_days if roll.rules else None
    # Both were required above; said again for whoever reads the types.
    if row is None or days is None:
        raise Refusal(_SENTENCES["empty"], field="drawing", code="drawing")
    try:
        content = clean_signature(drawing)
    except NotAPhoto as error:
        raise Refusal(_SENTENCES[error.code], field="drawing", code="drawing") from None
    signature = db.session.get(Signature, row.id) or Signature(attendance_id=row.id)
    signature.drawing, signature.drawn_at = content, clock.now()
    signature.erase_on = clock.in_paris(roll.seance.starts_at).date() + timedelta(days=days)
    db.session.add(signature)
    journal.record("signed_presence", row, actor=actor, seance=roll.seance.id)
    return signature


def take_back_signature(*, roll: Roll, mandate_id: int, actor: Person) -> None:
    """Erases a signature at once, whenever it is asked: the presence stays noted."""
    row = roll.line_of(mandate_id).attendance
    if row is not None and forget_signature(row):
        journal.record("took_back_signature", row, actor=actor, seance=roll.seance.id)


def forget_signature(row: Attendance) -> bool:
    """Erases what was drawn beside a presence; whether there was something."""
    signature = db.session.get(Signature, row.id) if row.id else None
    if signature is not None:
        db.session.delete(signature)
    return signature is not None


def erase_signatures() -> int:
    """Erases the signatures whose day has come; how many."""
    due = db.session.scalars(select(Signature).where(Signature.erase_on <= clock.today())).all()
    for signature in due:
        db.session.delete(signature)
    if due:
        journal.record("erased_signatures", Signature.__tablename__, actor=None, count=len(due))
    return len(due)

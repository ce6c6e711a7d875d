"""Telling people what concerns them."""

from __future__ import annotations

from app.database import db
from app.domain.accounts.models import Notice, Person
from app.domain.shared import clock, outbox

# Where a person reads what they were told.
OWN_PAGE = "/mon-compte"


def tell(person: Person, subject: object, body: object, path: str = "") -> None:
    """Tells a person something, on their own page and, if they gave one, at their e-mail address.

    ``path`` is a path of this site where to see more; the letter ends with its whole address, or with that of the
    person's own page. Never used for a vote's content.
    """
    notice = Notice(person_id=person.id, at=clock.now(), subject=str(subject), body=str(body), path=path)
    db.session.add(notice)
    outbox.post(person.email, str(subject), str(body), path or OWN_PAGE)

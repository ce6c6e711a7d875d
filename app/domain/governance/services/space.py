"""What is opened in a conseil to those who are not of it: for a reason, for a time, and the conseil reads it."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person, Role
from app.domain.accounts.services import tell
from app.domain.governance import queries, rules
from app.domain.governance.models import Body, Opened, SpaceAccess
from app.domain.shared import clock, journal
from app.domain.shared.refusals import require
from app.domain.territories.queries import site


def enter_space(*, body: Body, reason: str, actor: Person) -> SpaceAccess:
    """Lets an administrator in for the minutes the site sets; the conseil is told at once.

    Refusals: ``open`` (the body is not independent), ``reason``. Source: droit-et-pratique §2.2, CC-R29.
    """
    access = _open(body, reason, actor, Opened.SPACE)
    subject = _l("L’administration du site est entrée dans votre espace : %(body)s", body=body.name)
    for person in queries.people_inside(body):
        tell(person, subject, _l("Sa raison : %(reason)s", reason=reason), f"/conseils/{body.id}/espace")
    journal.record("entered_space", access, actor=actor, body=body.id)
    return access


def open_names(*, body: Body, reason: str, actor: Person) -> SpaceAccess:
    """Lets whoever composes an independent body read its members’ names for the minutes the site sets.

    The conseil reads it on its page, and is not disturbed each time: this is the agent’s everyday work.
    Refusals: ``open``, ``reason``. Source: droit-et-pratique §2.2, CC-R29.
    """
    access = _open(body, reason, actor, Opened.NAMES)
    journal.record("opened_names", access, actor=actor, body=body.id)
    return access


def _open(body: Body, reason: str, actor: Person, opened: Opened) -> SpaceAccess:
    require(rules.can_be_visited(body, reason))
    now = clock.now()
    access = SpaceAccess(
        body_id=body.id, person_id=actor.id, opened=opened, reason=reason, entered_at=now,
        entered_as=Role.ADMIN if opened is Opened.SPACE else queries.function_of(actor) or Role.AGENT,
        ends_at=now + timedelta(minutes=site().space_access_minutes),
    )  # fmt: skip
    db.session.add(access)
    return access

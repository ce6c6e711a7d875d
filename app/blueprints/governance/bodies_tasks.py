"""What is left to do to install a body: each part with its state and where to do it."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.governance import queries
from app.domain.governance.models import Body, RulebookSubject


def task_list(body: Body) -> list[dict[str, Any]]:
    """The parts of a body, in the order in which one prepares it."""
    seats, rulebook = queries.open_seats(body), queries.last_rulebook(body.id, RulebookSubject.COMPOSITION)
    opened = ngettext("%(num)s ouvert", "%(num)s ouverts", len(seats))
    members, papers = len(queries.mandates_in_force(body)), len(queries.papers_of(body))
    seated = ngettext("%(num)s membre", "%(num)s membres", members)

    def part(name: str) -> str:
        return url_for("governance.change_body", body_id=body.id, part=name)

    def page(endpoint: str) -> str:
        return url_for(endpoint, body_id=body.id)

    return [
        _task(_("Ce qu’elle est"), part("identite"), bool(body.purpose)),
        _task(_("Son périmètre"), part("perimetre"), bool(body.quartiers or body.perimeter), optional=True),
        _task(_("Ce qu’elle peut faire"), part("pouvoirs"), body.yearly_seances is not None),
        _task(_("De quoi elle dépend, et qui la porte"), part("rattachement"), True),
        _task(_("La règle : qui siège"), page("governance.rules_of_body"), rulebook is not None),
        _task(
            _("Les sièges"),
            page("governance.open_seats"),
            bool(seats),
            words=opened,
        ),
        _task(
            _("Les membres"),
            page("governance.members"),
            members > 0,
            words=seated,
        ),
        _task(_("Les documents"), page("governance.body_papers"), papers > 0, optional=True),
        _task(
            _("La liste de diffusion"), page("governance.distribution"), bool(queries.entries_of(body)), optional=True
        ),
    ]


def _task(label: str, href: str, done: bool, optional: bool = False, words: str = "") -> dict[str, Any]:
    status, tone = (_("Fait"), "done") if done else (_("À faire"), "waiting")
    if done and words:
        status = words
    elif optional and not done:
        status, tone = _("Facultatif"), "quiet"
    return {"label": label, "href": href, "status": status, "tone": tone}

"""The page of what an agent should be warned of."""

from __future__ import annotations

from flask import Response

from app.blueprints.councils.views.room import bp
from app.blueprints.home.waiting import contracts_of
from app.domain.accounts.policies import is_agent
from app.domain.councils import queries
from app.domain.councils.rules.warnings import WarningKind
from app.web.access import access, current_person
from app.web.pages import respond


@bp.get("/alertes")
@access(is_agent)
def warnings() -> Response:
    """What is not as it should be in the bodies of my contracts, kind by kind."""
    found = queries.warnings_in(contracts_of(current_person()))
    groups = [(kind, [one for one in found if one.kind is kind]) for kind in WarningKind]
    return respond("councils/warnings.html", groups=[(kind, held) for kind, held in groups if held], total=len(found))

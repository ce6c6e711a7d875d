"""Where a record comes from: the page knows the addresses, the register does not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.domain.governance.models import AgendaItem, GovernanceRecord

# Table of the source → its name, the endpoint of its page, and the part of the address its id fills.
SOURCES = {
    "scrutins": (_l("Le scrutin et ses résultats"), "ballots.results", "scrutin_id"),
    "editions": (_l("L’édition du budget participatif"), "budgets.show", "edition_id"),
    "reglements": (_l("Le règlement, sur la page de l’édition"), "budgets.show", "edition_id"),
    "ideas": (_l("L’idée"), "ideas.show", "number"),
    "governance_records": (_l("La pièce corrigée"), "governance.record", "number"),
    "avis": (_l("L’avis"), "councils.avis", "avis_id"),
    "interpellations": (_l("L’interpellation"), "councils.interpellation", "interpellation_id"),
    "draws": (_l("Le tirage au sort"), "councils.draw", "draw_id"),
    "seances": (_l("La séance"), "governance.seance", "seance_id"),
}
SINGULAR = {"scrutin": "scrutins", "edition": "editions", "idea": "ideas", "seance": "seances"}


@dataclass(frozen=True)
class Source:
    """What a record was made from, with a link when it has a page."""

    name: str
    href: str | None


def source_of(record: GovernanceRecord) -> Source:
    """The source of a record, as its page shows it; of a séance, the minutes that everybody reads once approved."""
    if record.source_kind == "seances":
        return Source(_("Le compte rendu de la séance"), url_for("governance.minutes", seance_id=_part(record)))
    return _found(record.source_kind, _part(record))


def source_of_item(item: AgendaItem, inside: bool = True) -> Source | None:
    """What a subject of an agenda is about; nothing when it was not said. Minutes not approved are read inside only."""
    if not item.source_kind:
        return None
    if item.source_kind == "minutes":
        address = url_for("governance.minutes", seance_id=int(item.source_id))
        return Source(_("Le compte rendu à approuver"), address if inside else None)
    if item.source_kind == GovernanceRecord.__tablename__:
        name = _("Pièce n° %(number)s du registre", number=item.source_id)
        return Source(name, url_for("governance.record", number=item.source_id))
    return _found(item.source_kind, int(item.source_id) if item.source_id.isdigit() else item.source_id)


def _found(kind: str, part: Any) -> Source:
    known = SOURCES.get(SINGULAR.get(kind, kind))
    if known is None:
        return Source(_("Une démarche de la plateforme"), None)
    name, endpoint, asked = known
    return Source(str(name), url_for(endpoint, **{asked: part}))


def _part(record: GovernanceRecord) -> Any:
    """What the address needs: the id of the source, or the edition that a règlement names in its facts."""
    if record.source_kind == "reglements":
        return json.loads(record.facts).get("edition", 0)
    return int(record.source_id) if record.source_id.isdigit() else record.source_id

"""Where a role may hold: the whole site, or one of the contracts, quartiers and bodies, each by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.domain.accounts.models import RoleGrant, Scope
from app.domain.governance.queries import all_bodies
from app.domain.territories.queries import contracts, quartiers


@dataclass(frozen=True)
class Places:
    """The names of the places of each scope, by number."""

    names: dict[Scope, dict[int, str]]

    def choices(self) -> dict[str, list[tuple[str, Any]]]:
        """The places as one list in groups, in the form ``quartier:3``."""
        everywhere = (Scope.EVERYWHERE.value, Scope.EVERYWHERE.label)
        groups: dict[str, list[tuple[str, Any]]] = {_("Tout le site"): [everywhere]}
        titles = {Scope.CONTRACT: _("Contrats de ville"), Scope.QUARTIER: _("Quartiers"), Scope.BODY: _("Instances")}
        for scope, named in self.names.items():
            if named:
                groups[titles[scope]] = [(f"{scope.value}:{number}", name) for number, name in named.items()]
        return groups

    def name_of(self, grant: RoleGrant) -> str:
        """Where a role holds, in words."""
        if grant.scope_id is None:
            return str(Scope.EVERYWHERE.label)
        return self.names[grant.scope].get(grant.scope_id, str(grant.scope.label))


def all_places() -> Places:
    """Every place a role may be given for."""
    return Places(
        {
            Scope.CONTRACT: {one.id: one.name for one in contracts()},
            Scope.QUARTIER: {one.id: one.name for one in quartiers()},
            Scope.BODY: {one.id: one.name for one in all_bodies()},
        }
    )

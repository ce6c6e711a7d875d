"""Agents are told once of what they should be warned of; the page goes on showing it."""

from __future__ import annotations

from collections import defaultdict

from flask_babel import lazy_ngettext

from app.domain.accounts.models import Role, Scope
from app.domain.accounts.queries import people_holding
from app.domain.accounts.services import tell
from app.domain.councils import queries
from app.domain.councils.rules.warnings import Warned
from app.domain.shared import reminders
from app.domain.territories.queries import contracts


def warn_agents() -> int:
    """Tells the agents of each contract, in one letter, what they were not told yet. Gives the number of warnings."""
    told = 0
    for contract in contracts():
        new = [one for one in queries.warnings_in({contract.id}) if reminders.first_time(f"alerte:{one.key}")]
        if not new:
            continue
        subject = lazy_ngettext(
            "Instances : %(num)d point à regarder", "Instances : %(num)d points à regarder", len(new)
        )
        for person in people_holding((Role.AGENT,), [(Scope.CONTRACT, contract.id)]):
            tell(person, subject, _words(new), "/alertes")
        told += len(new)
    return told


def _words(found: list[Warned]) -> str:
    by_body: dict[str, list[str]] = defaultdict(list)
    for one in found:
        by_body[one.body_name].append(f"{one.kind.label}. {one.sentence}")
    return "\n".join(f"{name} : {' '.join(lines)}" for name, lines in by_body.items())

"""Who may: vote, open the count."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person, Role, RoleGrant, Scope
from app.domain.accounts.policies import agent_of_contract, is_agent, signed_in
from app.domain.ballots.models import Scrutin
from app.domain.processes.rules import can_take_part
from app.domain.shared.refusals import Refusal, Verdict


def can_vote(person: Person | None, scrutin: Scrutin) -> Verdict:
    """Somebody the règlement calls to vote. The hour and a vote already cast are asked inside."""
    if person is None:
        return signed_in(person)
    if scrutin.imported:
        return Refusal(_l("Ce vote vient d’un fichier : personne n’y vote ici."), code="imported")
    return can_take_part(scrutin.eligibility, person)


def can_open_count(person: Person | None, scrutin: Scrutin) -> Verdict:
    """An agent or an administrator whose role reaches the contract of the vote."""
    if scrutin.contract_id is None:
        return is_agent(person)
    return agent_of_contract(person, scrutin.contract_id)


def count_opener_since(person: Person, scrutin: Scrutin) -> datetime | None:
    """When the oldest of the roles by which this person may open the count today was given. Needs ``grants`` loaded."""
    return min((grant.granted_at for grant in _count_grants(person, scrutin)), default=None)


def count_roles(person: Person, scrutin: Scrutin) -> list[Role]:
    """The roles by which this person may open the count today, the first given first. Needs ``grants`` loaded."""
    return [grant.role for grant in sorted(_count_grants(person, scrutin), key=lambda grant: grant.granted_at)]


def _count_grants(person: Person, scrutin: Scrutin) -> list[RoleGrant]:
    scope = None if scrutin.contract_id is None else Scope.CONTRACT
    return [
        grant
        for grant in person.grants_in_force
        if grant.role in (Role.AGENT, Role.ADMIN) and grant.covers(scope, scrutin.contract_id)
    ]

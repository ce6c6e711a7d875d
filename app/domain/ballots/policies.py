"""Who may: vote, open the count."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person
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

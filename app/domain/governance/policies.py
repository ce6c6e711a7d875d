"""Who may write in the register, and who prepares the séances of a body."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person, Role, Scope
from app.domain.accounts.policies import agent_of_contract, is_agent, is_staff
from app.domain.governance.models import Body, GovernanceRecord, Seance
from app.domain.shared.refusals import YES, Refusal, Verdict


def can_correct(person: Person | None, record: GovernanceRecord) -> Verdict:
    """An agent whose role reaches the contract of the record; for a record of no contract, any agent."""
    return is_agent(person) if record.contract_id is None else agent_of_contract(person, record.contract_id)


def can_manage_body(person: Person | None, body: Body) -> Verdict:
    """An agent of its contract, or an animator of the body, of one of its quartiers or of its contract."""
    staff = is_staff(person)
    if not staff or person is None:
        return staff
    if agent_of_contract(person, body.contract_id):
        return YES
    places = [(Scope.BODY, body.id), (Scope.CONTRACT, body.contract_id)]
    places += [(Scope.QUARTIER, quartier.id) for quartier in body.quartiers]
    if any(person.holds(Role.ANIMATEUR, scope, place) for scope, place in places):
        return YES
    return Refusal(
        _l("Votre rôle ne couvre pas cette instance. Demandez l’accès à l’administration du site."), code="role"
    )


def can_manage_seance(person: Person | None, seance: Seance) -> Verdict:
    """Whoever manages its body."""
    return can_manage_body(person, seance.body)


def can_see_seance(person: Person | None, seance: Seance) -> Verdict:
    """Anybody when the séance is public, otherwise whoever manages its body."""
    return YES if seance.is_public else can_manage_body(person, seance.body)

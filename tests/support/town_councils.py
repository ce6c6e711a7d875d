"""Conseils of the invented town: who is of them, what they say, at the step a test needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.database import db
from app.domain.accounts.models import Person, Role, Scope
from app.domain.accounts.queries import person_by_id
from app.domain.councils import queries, services
from app.domain.councils.models import Avis, Interpellation
from app.domain.councils.rules.voting import Vote
from app.domain.councils.services import InterpellationText
from app.domain.governance.models import Body, BodyKind, OfficeKind
from app.domain.shared import clock
from app.domain.territories.models import Contract
from tests.support.town import grant_role, make_contract, make_person, make_quartier
from tests.support.town_governance import make_body, make_mandate

ITEMS = ("Un banc à l’ombre devant l’école", "Une boîte à livres")


@dataclass(frozen=True)
class Council:
    """An independent conseil, the steering committee it speaks to, and people of each side."""

    contract: Contract
    body: Body
    copil: Body
    animator: Person
    chair: Person
    member: Person
    agent: Person
    elected: Person
    admin: Person
    resident: Person


def make_council(**values: Any) -> Council:
    """A conseil with a chair, a member, an animator; an agent and an élu of the contract; an administrator."""
    contract = make_contract()
    quartier = make_quartier(contract)
    body = make_body(contract, [quartier], is_independent=True, **{"name": "Conseil citoyen des Genêts", **values})
    copil = make_body(contract, kind=BodyKind.COPIL, name="Comité de pilotage")
    chair, member, animator, agent, elected = (make_person() for _ in range(5))
    make_mandate(body, chair, OfficeKind.CHAIR)
    make_mandate(body, member)
    grant_role(animator, Role.ANIMATEUR, Scope.BODY, body.id)
    grant_role(agent, Role.AGENT, Scope.CONTRACT, contract.id)
    grant_role(elected, Role.ELU)
    people = [animator, chair, member, agent, elected, make_person(Role.ADMIN), make_person()]
    db.session.expire_all()
    loaded = [person_by_id(person.id) for person in people]
    for thing in (contract, copil):
        db.session.refresh(thing)
    return Council(contract, queries.body_in_its_space(body.id), copil, *loaded)


def a_vote(**values: Any) -> Vote:
    """Nine for, two against, one abstention, today."""
    filled = {
        "votes_for": 9, "votes_against": 2, "votes_abstained": 1, "adopted_on": clock.today(),
        "quorum": "12 présents, 10 nécessaires", **values,
    }  # fmt: skip
    return Vote(**filled)


def make_avis(council: Council, **values: Any) -> Avis:
    """A draft of two items."""
    filled = {"subject": "Les espaces publics", "context": "Il fait trop chaud.", "items": ITEMS, **values}
    return services.begin_avis(body=council.body, actor=council.chair, **filled)


def make_sent_avis(council: Council, **values: Any) -> Avis:
    """An avis adopted today and sent to the steering committee."""
    avis = make_avis(council, **values)
    services.adopt_avis(avis=avis, vote=a_vote(), actor=council.chair)
    services.send_avis(avis=avis, addressed=council.copil, actor=council.chair)
    return queries.avis_by_id(avis.id)


def make_interpellation(council: Council) -> Interpellation:
    """A draft."""
    text = InterpellationText(
        subject="Le bureau de poste ferme", difficulty="Il faut deux bus pour retirer un colis.",
        evidence="140 signatures", wish="Un point de service.", quartier_id=council.body.quartiers[0].id,
    )  # fmt: skip
    return services.begin_interpellation(body=council.body, text=text, actor=council.chair)


def make_sent_interpellation(council: Council) -> Interpellation:
    """An interpellation adopted and sent today."""
    interpellation = make_interpellation(council)
    services.adopt_interpellation(interpellation=interpellation, vote=a_vote(), actor=council.chair)
    services.send_interpellation(
        interpellation=interpellation, sent_on=clock.today(), words="Par lettre recommandée.", actor=council.chair
    )
    return queries.interpellation_by_id(interpellation.id)

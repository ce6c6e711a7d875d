"""Who may: a conseil writes in its own name; institutions read and answer what it sends them, and nothing before."""

from __future__ import annotations

from typing import Protocol

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person
from app.domain.accounts.policies import agent_of_contract, is_admin, signed_in
from app.domain.councils.models import Avis, Candidacy, Draw, Interpellation
from app.domain.governance.models import Body
from app.domain.governance.policies import can_compose_body, can_enter_space, can_lead_body
from app.domain.shared.refusals import YES, Refusal, Verdict
from app.domain.territories.models import Contract


class OfABody(Protocol):
    """Anything that belongs to one body. Needs it loaded with its insiders."""

    @property
    def body(self) -> Body: ...


class OfADraw(Protocol):
    """Anything that belongs to one draw."""

    @property
    def draw(self) -> Draw: ...


def can_write_for_body(person: Person | None, subject: OfABody) -> Verdict:
    """Whoever leads the conseil: writes, adopts, sends and closes in its name."""
    return can_lead_body(person, subject.body)


def can_read_voice(person: Person | None, subject: Avis | Interpellation) -> Verdict:
    """Everybody once it is sent; before, those who may enter the space of the conseil (CC-R29)."""
    return YES if subject.is_public else can_enter_space(person, subject.body)


def can_answer_avis(person: Person | None, avis: Avis) -> Verdict:
    """An agent of the contract of the body it is addressed to, once it is sent."""
    if not avis.is_public or avis.addressed is None:
        return can_enter_space(person, avis.body) and _not_sent()
    return agent_of_contract(person, avis.addressed.contract_id)


def can_transcribe(person: Person | None, interpellation: Interpellation) -> Verdict:
    """An agent of the contract, once it is sent: notes what the préfet wrote, changes nothing else."""
    if not interpellation.is_public:
        return can_enter_space(person, interpellation.body) and _not_sent()
    return agent_of_contract(person, interpellation.body.contract_id)


def can_visit_space(person: Person | None, body: Body) -> Verdict:
    """An administrator: they enter for a reason that the conseil reads."""
    return is_admin(person)


def can_see_means(person: Person | None, body: Body) -> Verdict:
    """The agents of the contract, who give the means, and those of the conseil, who use them."""
    if can_compose_body(person, body) or can_enter_space(person, body):
        return YES
    verdict = signed_in(person)
    sentence = _l("Cette page est réservée au conseil et aux agentes et agents de son contrat.")
    return verdict if not verdict else Refusal(sentence, code="role")


def can_give_means(person: Person | None, body: Body) -> Verdict:
    """The agents of the contract of the body."""
    return can_compose_body(person, body)


def can_end_means(person: Person | None, subject: OfABody) -> Verdict:
    """The agents of the contract of the body."""
    return can_compose_body(person, subject.body)


def can_keep_means(person: Person | None, body: Body) -> Verdict:
    """Those who lead the conseil, and the agents of its contract: each notes what they know."""
    return YES if can_compose_body(person, body) else can_lead_body(person, body)


def can_keep_ledger(person: Person | None, subject: OfABody) -> Verdict:
    """Those who lead the conseil spend; the agents of the contract note what is paid to it."""
    return can_keep_means(person, subject.body)


def can_read_ledger(person: Person | None, subject: OfABody) -> Verdict:
    """Line by line: the conseil and the agents of its contract. Everybody reads the summary."""
    return can_see_means(person, subject.body)


def can_set_envelope(person: Person | None, contract: Contract) -> Verdict:
    """An agent of the contract."""
    return agent_of_contract(person, contract.id)


def can_apply(person: Person | None, body: Body) -> Verdict:
    """Anybody with an account asks for a seat for themselves."""
    return signed_in(person)


def can_receive_candidacies(person: Person | None, body: Body) -> Verdict:
    """Those who lead the conseil, and the agents who compose it."""
    return YES if can_compose_body(person, body) else can_lead_body(person, body)


def can_decide_candidacy(person: Person | None, candidacy: Candidacy) -> Verdict:
    """Those who receive the candidacies of its body."""
    return can_receive_candidacies(person, candidacy.body)


def can_see_candidacy(person: Person | None, candidacy: Candidacy) -> Verdict:
    """The person it is of, and those who decide."""
    if person is not None and candidacy.person_id == person.id:
        return YES
    return can_decide_candidacy(person, candidacy)


def is_candidate(person: Person | None, candidacy: Candidacy) -> Verdict:
    """The person it is of, and nobody else: they answer for themselves."""
    verdict = signed_in(person)
    if person is None or candidacy.person_id == person.id:
        return verdict
    return Refusal(_l("Cette candidature est celle d’une autre personne."), code="theirs")


def can_run_draw(person: Person | None, draw: Draw) -> Verdict:
    """An agent who composes its body."""
    return can_compose_body(person, draw.body)


def can_run_its_draw(person: Person | None, subject: OfADraw) -> Verdict:
    """The same, for a list or a call of a draw."""
    return can_run_draw(person, subject.draw)


def can_read_draw(person: Person | None, draw: Draw) -> Verdict:
    """Everybody once it is announced; before, the agents who prepare it."""
    return YES if draw.is_public else can_run_draw(person, draw)


def _not_sent() -> Refusal:
    return Refusal(_l("Le conseil ne l’a pas encore envoyé."), code="not_sent")

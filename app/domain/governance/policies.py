"""Who may write in the register, compose a body, lead it, and enter its space."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.domain.accounts.models import Person, Role, Scope
from app.domain.accounts.policies import agent_of_contract, is_agent, signed_in
from app.domain.governance.models import (
    AgendaItem,
    AgendaPaper,
    Body,
    BodyState,
    Convocation,
    DecidedAction,
    GovernanceRecord,
    Mandate,
    Minutes,
    MinutesState,
    RecordKind,
    Seance,
    Seat,
)
from app.domain.shared.refusals import YES, Refusal, Verdict

# What a body says itself; the other records say what was done about it, or for it.
OWN_WORDS = frozenset(
    {
        RecordKind.AVIS,
        RecordKind.INTERPELLATION,
        RecordKind.PV_SEANCE,
        RecordKind.RELEVE_DECISIONS,
        RecordKind.CORRECTION,
    }
)


def can_correct(person: Person | None, record: GovernanceRecord) -> Verdict:
    """An agent whose role reaches the contract of the record; for a record of no contract, any agent.

    What an independent conseil wrote itself is corrected by those who lead it: no institution writes in its name.
    Needs the body loaded with its insiders. Source: loi du 21 février 2014, article 7.
    """
    written = record.corrects.kind if record.corrects else record.kind
    if record.body is not None and record.body.is_independent and written in OWN_WORDS:
        return can_lead_body(person, record.body)
    return is_agent(person) if record.contract_id is None else agent_of_contract(person, record.contract_id)


def can_compose_body(person: Person | None, body: Body) -> Verdict:
    """An agent of its contract: creates it, writes who sits, opens seats, gives mandates, keeps its papers."""
    return agent_of_contract(person, body.contract_id)


def can_lead_body(person: Person | None, body: Body) -> Verdict:
    """Whoever animates it or holds an office of it; for a body that is not independent, an agent of its contract too.

    Source: loi du 21 février 2014, article 7: conseils citoyens act in full independence.
    """
    verdict = signed_in(person)
    if person is None:
        return verdict
    if _animates(person, body) or person.id in body.insiders.officers:
        return YES
    if not body.is_independent:
        return agent_of_contract(person, body.contract_id)
    return Refusal(
        _l(
            "Cette instance est indépendante : seules les personnes qui l’animent ou qui y ont une charge "
            "préparent ses séances et écrivent en son nom."
        ),
        code="independent",
    )


def can_enter_space(person: Person | None, body: Body) -> Verdict:
    """Who reads the inside of a body (drafts, private séances, whole names): its members and those who lead it."""
    verdict = can_lead_body(person, body)
    if verdict or person is None:
        return verdict
    if person.id in body.insiders.members or person.id in body.insiders.visitors:
        return YES
    sentence = _l("Cet espace est réservé aux membres de l’instance et aux personnes qui l’animent.")
    return Refusal(sentence, code="members")


def can_lead_seance(person: Person | None, seance: Seance) -> Verdict:
    """Whoever leads its body."""
    return can_lead_body(person, seance.body)


def can_see_seance(person: Person | None, seance: Seance) -> Verdict:
    """Anybody when the séance is public, otherwise whoever may enter the space of a body that meets."""
    return YES if seance.is_public else can_follow_seance(person, seance)


def can_follow_seance(person: Person | None, seance: Seance) -> Verdict:
    """Whoever may enter the space of one of the bodies that meet: members, and those who lead."""
    verdicts = [can_enter_space(person, body) for body in seance.bodies]
    return next((verdict for verdict in verdicts if verdict), verdicts[0])


def can_take_part(person: Person | None, seance: Seance) -> Verdict:
    """Members of one of the bodies that meet, and those who lead: a visitor reads, and writes nothing (CC-R29)."""
    verdict = can_follow_seance(person, seance)
    if not verdict or person is None:
        return verdict
    if any(person.id in body.insiders.members or can_lead_body(person, body) for body in seance.bodies):
        return YES
    return Refusal(_l("Vous lisez cet espace le temps de votre visite : seul le conseil y écrit."), code="visitor")


def can_lead_item(person: Person | None, item: AgendaItem) -> Verdict:
    """Whoever leads the body that convenes its séance."""
    return can_lead_seance(person, item.seance)


@dataclass(frozen=True)
class ShownPaper:
    """A document with the séance whose rules it follows."""

    paper: AgendaPaper
    seance: Seance


def can_see_paper(person: Person | None, shown: ShownPaper) -> Verdict:
    """Whoever sees the séance."""
    return can_see_seance(person, shown.seance)


def can_read_minutes(person: Person | None, kept: KeptMinutes) -> Verdict:
    """Anybody once the minutes are approved; before, whoever may enter the space of a body that met.

    Source: CGCT L.2121-15, minutes are published once approved.
    """
    approved = kept.last is not None and kept.last.state is MinutesState.APPROVED
    return YES if approved else can_follow_seance(person, kept.seance)


@dataclass(frozen=True)
class KeptMinutes:
    """A séance and the last version of its minutes."""

    seance: Seance
    last: Minutes | None


def can_write_functioning(person: Person | None, body: Body) -> Verdict:
    """Whoever leads the body, or composes it. An independent body that is installed writes alone how it meets."""
    verdict = can_lead_body(person, body)
    if verdict or (body.is_independent and body.state is not BodyState.PREPARATION):
        return verdict
    return can_compose_body(person, body)


def can_settle_action(person: Person | None, action: DecidedAction) -> Verdict:
    """Whoever leads the body that decided it."""
    return can_lead_body(person, action.item.seance.body)


def can_note_letter(person: Person | None, convocation: Convocation) -> Verdict:
    """Whoever leads the body that calls."""
    return can_lead_seance(person, convocation.seance)


def _animates(person: Person, body: Body) -> bool:
    """Whether a role of animator reaches the body: itself, one of its quartiers, or its contract."""
    places = [(Scope.BODY, body.id), (Scope.CONTRACT, body.contract_id)]
    places += [(Scope.QUARTIER, quartier.id) for quartier in body.quartiers]
    return any(person.holds(Role.ANIMATEUR, scope, place) for scope, place in places)


def can_compose_seat(person: Person | None, seat: Seat) -> Verdict:
    """Whoever composes its body."""
    return can_compose_body(person, seat.body)


def can_compose_mandate(person: Person | None, mandate: Mandate) -> Verdict:
    """Whoever composes the body it is held in."""
    return can_compose_body(person, mandate.seat.body)


def can_read_members(person: Person | None, body: Body) -> Verdict:
    """Whole names and vacancies: those inside the body, and the agents who give its mandates."""
    return YES if can_compose_body(person, body) else can_enter_space(person, body)


def reads_names(person: Person | None, body: Body) -> Verdict:
    """Whole names: those inside; of an independent body, an agent who composes it once they said why (code ``names``).

    Mandates need names, and the conseil must know who reads them; before it is installed there is nobody to tell, and
    the agent writes the names. Source: droit-et-pratique §2.2, CC-R29; RGPD art. 5.
    """
    verdict = can_enter_space(person, body)
    if verdict or person is None or not can_compose_body(person, body):
        return verdict
    if body.state is BodyState.PREPARATION or person.id in body.insiders.readers:
        return YES
    sentence = _l("Dites d’abord pourquoi vous lisez les noms de ce conseil : il le lira sur sa page.")
    return Refusal(sentence, code="names")


def holds_mandate(person: Person | None, mandate: Mandate) -> Verdict:
    """The member whose mandate it is, from their own account."""
    verdict = signed_in(person)
    if person is None or mandate.member.person_id == person.id:
        return verdict
    return Refusal(_l("Ce mandat n’est pas le vôtre."), code="own")

"""Members take seats, leave them, hold offices; a vacant seat is offered to the next alternate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.accounts.services import tell
from app.domain.governance import queries, rules
from app.domain.governance.models import (
    Body,
    EndReason,
    Gender,
    Mandate,
    Member,
    Office,
    OfficeKind,
    Recruitment,
    RulebookSubject,
    Seat,
    SeatOffer,
    Standing,
)
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, require


@dataclass(frozen=True)
class Identity:
    """What a body keeps of somebody who sits."""

    first_name: str
    last_name: str
    gender: Gender = Gender.UNDECLARED
    birth_year: int | None = None
    quartier_id: int | None = None
    organisation_id: int | None = None
    quality: str = ""
    declared_free: bool | None = None
    guardian_agreed: bool | None = None


def add_member(*, identity: Identity, actor: Person | None, email: str | None = None, phone: str = "") -> Member:
    """Writes somebody who sits, or may."""
    member = Member(created_at=clock.now(), email=email or None, phone=phone, **vars(identity))
    db.session.add(member)
    journal.record("added", member, actor=actor)
    return member


def change_member(*, member: Member, identity: Identity, actor: Person) -> None:
    """Changes what is known of a member; whether their name is public is theirs to say."""
    for name, value in vars(identity).items():
        setattr(member, name, value)
    journal.record("changed", member, actor=actor)


def change_contact(*, member: Member, email: str, phone: str, address: str, actor: Person) -> None:
    """Changes how a member is reached."""
    member.email, member.phone, member.address = email or None, phone, address
    journal.record("changed", member, actor=actor, contact=True)


def give_mandate(
    *,
    seat: Seat,
    member: Member,
    standing: Standing,
    recruitment: Recruitment,
    starts_on: date,
    ends_on: date | None,
    actor: Person | None,
    rank: int | None = None,
    represents: Body | None = None,
    source_kind: str = "",
    source_id: str = "",
) -> Mandate:
    """Gives a seat to a member. ``rank`` is the place of an alternate in the one list of the kind of seat.

    Refusals: ``state`` (the body ended), ``closed``, ``held``, ``ages``, ``contract``, ``ends_on``.
    """
    require(rules.can_be_added_to(seat.body), rules.can_take(seat, member, standing, starts_on))
    require(rules.can_represent(seat.body, represents))
    if ends_on is not None and ends_on < starts_on:
        raise Refusal(_l("La fin du mandat est avant son début."), field="ends_on", code="ends_on")
    mandate = Mandate(
        seat_id=seat.id, member_id=member.id, standing=standing, recruitment=recruitment, starts_on=starts_on,
        ends_on=ends_on, rank=rank, represents_body_id=represents.id if represents else None,
        source_kind=source_kind, source_id=source_id,
    )  # fmt: skip
    db.session.add(mandate)
    journal.record("gave_mandate", mandate, actor=actor, body=seat.body_id, standing=standing.value)
    return mandate


def end_mandate(*, mandate: Mandate, reason: EndReason, words: str, on: date, actor: Person | None) -> None:
    """Ends a mandate for a reason, and the offices it gave. Refusals ``ended``, ``ended_on``.

    A resignation is written: its words are asked for. Refusal ``words``. Source: CC-R18, CC-R19.
    """
    require(rules.can_end(mandate, on))
    if reason in {EndReason.RESIGNED, EndReason.EXCLUDED} and not words:
        sentence = _l("Notez ce qui a été écrit : la lettre de démission, ou la procédure et le vote d’exclusion.")
        raise Refusal(sentence, field="words", code="words")
    mandate.ended_on, mandate.end_reason, mandate.end_words = on, reason, words
    for office in queries.offices_of(mandate):
        office.ended_on = max(on, office.starts_on)
    journal.record("ended_mandate", mandate, actor=actor, reason=reason.value)


def end_mandates_at_term(*, body: Body, actor: Person) -> int:
    """Ends today, by their term, every mandate of a body whose planned end has come; gives how many.

    Their seats are free for another draw, candidacies, nominations. Refusal ``none``.
    """
    ended = queries.mandates_at_term(body)
    if not ended:
        raise Refusal(_l("Aucun mandat de cette instance n’est arrivé à son terme."), code="none")
    for mandate in ended:
        end_mandate(mandate=mandate, reason=EndReason.TERM, words="", on=clock.today(), actor=actor)
    journal.record("ended_terms", body, actor=actor, mandates=len(ended))
    return len(ended)


def give_office(*, mandate: Mandate, kind: OfficeKind, starts_on: date, actor: Person) -> Office:
    """Gives a charge to a member in force. Refusals ``ended``, ``already``."""
    if not mandate.holds_on(clock.today()):
        raise Refusal(_l("Ce mandat n’est pas en cours : choisissez un autre membre."), code="ended")
    if any(office.kind is kind and office.ended_on is None for office in queries.offices_of(mandate)):
        raise Refusal(_l("Cette personne a déjà cette charge."), code="already")
    office = Office(mandate_id=mandate.id, kind=kind, starts_on=starts_on)
    db.session.add(office)
    journal.record("gave_office", mandate, actor=actor, office=kind.value)
    return office


def end_office(*, office: Office, actor: Person) -> None:
    """Ends a charge today; the member goes on sitting."""
    if office.ended_on is None:
        office.ended_on = max(clock.today(), office.starts_on)
    journal.record("ended_office", office, actor=actor)


# --- Vacancies ----------------------------------------------------------------------------------------------------


def vacancy_of(seat: Seat) -> rules.Vacancy:
    """What the rule asks of whoever fills a seat. Needs the seat's kind and college."""
    kind = seat.seat_type
    rulebook = queries.rulebook_on(seat.body_id, RulebookSubject.COMPOSITION, clock.today())
    colleges = rules.read_rule(rulebook.content).colleges if rulebook else ()
    parity = any(one.parity for one in colleges if one.code == kind.college.code)
    genders = [
        one.member.gender
        for one in queries.mandates_in_force(seat.body)
        if one.standing is Standing.TITULAR and one.seat.seat_type.college_id == kind.college_id
    ]
    return rules.Vacancy(
        seat.quartier_id, kind.min_age, kind.max_age, clock.today().year, parity,
        genders.count(Gender.WOMAN), genders.count(Gender.MAN),
    )  # fmt: skip


def next_for(seat: Seat) -> Mandate | None:
    """The alternate whose turn it is for a vacant seat; ``None`` when the list is used up (CC-R17)."""
    refused = {offer.mandate_id for offer in queries.offers_of(seat) if offer.accepted is False}
    alternates = {
        one.id: (one, rules.Alternate(
            one.id, rank, one.member.gender, one.member.birth_year, one.member.quartier_id, one.id in refused,
        ))
        for rank, one in enumerate(queries.alternates_for(seat))
    }  # fmt: skip
    found = rules.next_alternate(vacancy_of(seat), [said for _, said in alternates.values()])
    return alternates[found.mandate_id][0] if found else None


def offer_seat(*, seat: Seat, actor: Person) -> SeatOffer:
    """Offers a vacant seat to the alternate whose turn it is: nobody chooses.

    Refusals ``held``, ``waiting``, ``used_up``. The seat is held until the commit (``queries.seat_for_update``).
    """
    require(rules.can_be_added_to(seat.body))
    if any(one.standing is Standing.TITULAR and one.ended_on is None for one in seat.mandates):
        raise Refusal(_l("Ce siège n’est pas vacant."), code="held")
    if any(offer.accepted is None for offer in queries.offers_of(seat)):
        raise Refusal(_l("Ce siège est déjà proposé : notez d’abord la réponse."), code="waiting")
    alternate = next_for(seat)
    if alternate is None:
        sentence = _l("La liste de suppléance est épuisée pour ce siège : un nouveau tirage est à prévoir.")
        raise Refusal(sentence, code="used_up")
    offer = SeatOffer(seat_id=seat.id, mandate_id=alternate.id, offered_at=clock.now())
    db.session.add(offer)
    journal.record("offered_seat", seat, actor=actor, mandate=alternate.id)
    _tell(alternate, _l("Un siège vous est proposé : l’équipe attend votre réponse."))
    return offer


def answer_offer(*, offer: SeatOffer, accepted: bool, actor: Person) -> Mandate | None:
    """Notes the answer. Accepted, the alternate becomes titular of the seat. Refusals ``answered``, ``held``."""
    if offer.accepted is not None:
        raise Refusal(_l("La réponse à cette proposition est déjà notée."), code="answered")
    offer.accepted, offer.answered_at = accepted, clock.now()
    journal.record("answered_offer", "seats", actor=actor, seat=offer.seat_id, accepted=accepted)
    if not accepted:
        return None
    alternate, seat = queries.mandate_by_id(offer.mandate_id), queries.seat_by_id(offer.seat_id)
    end_mandate(mandate=alternate, reason=EndReason.BECAME_TITULAR, words="", on=clock.today(), actor=actor)
    return give_mandate(
        seat=seat, member=alternate.member, standing=Standing.TITULAR, recruitment=alternate.recruitment,
        starts_on=clock.today(), ends_on=alternate.ends_on, actor=actor, source_kind="seat_offers",
        source_id=str(offer.id),
    )  # fmt: skip


# --- The member’s own account -------------------------------------------------------------------------------------


def link_account(*, member: Member, person: Person, actor: Person) -> None:
    """Ties a member to their account, who is told of it. Refusal ``pseudonym``: the member has another account."""
    if member.person_id not in (None, person.id):
        sentence = _l("Ce membre a déjà un compte : retirez-le d’abord.")
        raise Refusal(sentence, field="pseudonym", code="linked")
    member.person_id = person.id
    journal.record("linked_account", member, actor=actor, person=person.id)
    subject = _l("Votre compte est relié à vos mandats")
    tell(person, subject, _l("Vous les retrouvez sur votre page, avec votre attestation."), "/mes-mandats")


def unlink_account(*, member: Member, actor: Person) -> None:
    """Unties a member from their account: what was opened to them closes."""
    member.person_id = None
    journal.record("unlinked_account", member, actor=actor)


def agree_to_public_name(*, member: Member, agreed: bool, actor: Person) -> None:
    """The member says whether their whole name may be public (CC-R32); nobody says it for them."""
    member.name_is_public = agreed
    journal.record("agreed_public_name", member, actor=actor, agreed=agreed)


def _tell(mandate: Mandate, sentence: object) -> None:
    person = queries.account_of(mandate.member)
    if person is not None:
        tell(person, _l("Un siège à prendre"), sentence, "/mes-mandats")

"""Somebody asks to sit, is accepted or not with a reason, is invited, answers, and sits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts.models import Person
from app.domain.accounts.services import tell
from app.domain.councils import queries
from app.domain.councils.models import CANDIDACY_LIFE, Candidacy, CandidacyChannel, CandidacyState, CandidacyStep
from app.domain.councils.rules import candidacies as rules
from app.domain.governance.models import Body, Gender, Mandate, SeatType, Standing
from app.domain.governance.queries import seat_for_update
from app.domain.governance.services import Identity, add_member, give_mandate
from app.domain.shared import clock, journal, outbox
from app.domain.shared.refusals import Refusal, require


@dataclass(frozen=True)
class Application:
    """What somebody says of themselves; ``organisation_name`` is empty when they come for themselves."""

    first_name: str
    last_name: str
    motivation: str
    email: str = ""
    phone: str = ""
    gender: Gender = Gender.UNDECLARED
    birth_year: int | None = None
    quartier_id: int | None = None
    organisation_name: str = ""
    quality: str = ""


def apply(*, body: Body, seat_type: SeatType | None, application: Application, actor: Person) -> Candidacy:
    """Somebody asks to sit, from their own account.

    Refusals: ``over``, ``seat``, ``organisation_name``, ``birth_year``, ``already`` (one is under way).
    """
    return _submit(body, seat_type, application, actor, CandidacyChannel.ONLINE, None)


def enter_candidacy(
    *, body: Body, seat_type: SeatType | None, application: Application, channel: CandidacyChannel, actor: Person
) -> Candidacy:
    """Staff write down a candidacy for somebody, with the way it was received. Refusals: the same, and ``phone``."""
    require(rules.can_reach(application.email, application.phone, has_account=False))
    return _submit(body, seat_type, application, None, channel, actor)


def accept_candidacy(*, candidacy: Candidacy, actor: Person) -> None:
    """Retains it: the person may be invited to sit. Refusals ``state``, ``own``."""
    candidacy = queries.candidacy_for_update(candidacy.id)
    require(rules.is_not_theirs(candidacy.person_id, actor.id))
    _step(candidacy, "accept_candidacy", actor, CandidacyChannel.ONLINE)
    journal.record("accepted_candidacy", candidacy, actor=actor)
    _tell(
        candidacy, _l("Votre candidature est retenue"),
        _l("%(body)s vous invitera dès qu’un siège sera libre.", body=candidacy.body.name),
    )  # fmt: skip


def decline_candidacy(*, candidacy: Candidacy, reason: str, actor: Person) -> None:
    """Does not retain it; the person reads why. Refusals ``state``, ``own``, ``reason``."""
    candidacy = queries.candidacy_for_update(candidacy.id)
    require(rules.is_not_theirs(candidacy.person_id, actor.id), rules.says_why(reason))
    candidacy.reason = reason
    _step(candidacy, "decline_candidacy", actor, CandidacyChannel.ONLINE)
    journal.record("declined_candidacy", candidacy, actor=actor)
    words = _l(
        "%(body)s n’a pas retenu votre candidature. La raison : %(reason)s", body=candidacy.body.name, reason=reason
    )
    _tell(candidacy, _l("Votre candidature n’est pas retenue"), words)


def invite(*, candidacy: Candidacy, actor: Person) -> None:
    """Offers a free seat to somebody whose candidacy is retained. Refusals ``state``, ``own``, ``room``."""
    candidacy = queries.candidacy_for_update(candidacy.id)
    require(rules.is_not_theirs(candidacy.person_id, actor.id))
    vacant = len(queries.vacant_seats_of([candidacy.seat_type_id]))
    require(CANDIDACY_LIFE.allows("invite", candidacy.state))
    require(rules.has_room(vacant, queries.invited_for(candidacy.seat_type_id)))
    _step(candidacy, "invite", actor, CandidacyChannel.ONLINE)
    journal.record("invited_candidate", candidacy, actor=actor)
    words = _l("%(body)s vous propose un siège. Répondez oui ou non.", body=candidacy.body.name)
    _tell(candidacy, _l("Un siège vous est proposé"), words)


def take_seat(*, candidacy: Candidacy, channel: CandidacyChannel, actor: Person) -> Mandate:
    """The person says yes, from their account or by ``channel``: they sit from today.

    The mandate lasts what the body says. Refusals ``state``, ``room``, and those of ``give_mandate``.
    """
    candidacy = queries.candidacy_for_update(candidacy.id)
    require(CANDIDACY_LIFE.allows("take_seat", candidacy.state))
    seats = [seat for seat in queries.vacant_seats_of([candidacy.seat_type_id]) if _suits(seat.quartier_id, candidacy)]
    if not seats:
        raise Refusal(_l("Plus aucun siège de cette sorte n’est libre pour le moment."), code="room")
    member = add_member(identity=_identity(candidacy), email=candidacy.email, phone=candidacy.phone, actor=actor)
    member.person_id = candidacy.person_id
    db.session.flush()
    mandate = give_mandate(
        seat=seat_for_update(seats[0].id), member=member, standing=Standing.TITULAR,
        recruitment=candidacy.seat_type.recruitment,
        starts_on=clock.today(), ends_on=end_of_mandate(candidacy.body), actor=actor,
        source_kind=Candidacy.__tablename__, source_id=str(candidacy.id),
    )  # fmt: skip
    db.session.flush()
    candidacy.mandate_id = mandate.id
    _step(candidacy, "take_seat", actor, channel)
    journal.record("took_seat", candidacy, actor=actor, channel=channel.value)
    return mandate


def refuse_seat(*, candidacy: Candidacy, channel: CandidacyChannel, actor: Person) -> None:
    """The person says no. Refusal ``state``."""
    candidacy = queries.candidacy_for_update(candidacy.id)
    _step(candidacy, "refuse_seat", actor, channel)
    journal.record("refused_seat", candidacy, actor=actor, channel=channel.value)


def withdraw_candidacy(*, candidacy: Candidacy, actor: Person) -> None:
    """The person no longer asks to sit. Refusal ``state``."""
    candidacy = queries.candidacy_for_update(candidacy.id)
    _step(candidacy, "withdraw_candidacy", actor, CandidacyChannel.ONLINE)
    journal.record("withdrew_candidacy", candidacy, actor=actor)


def forget_candidacies(*, kept_days: int) -> int:
    """Erases what was said in the candidacies that ended so many days ago; gives how many. Their lines stay counted.

    The body, the kind of seat and the dated steps stay, without anybody. Source: minimisation, GDPR article 5.1.e.
    """
    forgotten = queries.candidacies_to_forget(kept_days)
    for candidacy in forgotten:
        _erase(candidacy)
    if forgotten:
        journal.record("forgot_candidacies", Candidacy.__tablename__, actor=None, count=len(forgotten))
    return len(forgotten)


def leave(*, person: Person, actor: Person) -> None:
    """Deals with the candidacies of somebody who closes their account: withdrawn if they wait, then forgotten.

    What led to a mandate stays as long as the mandate: the body still has to know who sits.
    """
    left = [one for one in queries.whole_candidacies_of(person) if one.state is not CandidacyState.SEATED]
    for candidacy in left:
        if candidacy.is_open:
            _step(candidacy, "withdraw_candidacy", actor, CandidacyChannel.ONLINE)
            db.session.flush()
        _erase(candidacy)
    if left:
        journal.record("forgot_candidacies", Candidacy.__tablename__, actor=actor, count=len(left))


def _erase(candidacy: Candidacy) -> None:
    candidacy.first_name = candidacy.last_name = candidacy.email = candidacy.phone = ""
    candidacy.organisation_name = candidacy.quality = candidacy.motivation = candidacy.reason = ""
    candidacy.gender, candidacy.birth_year = Gender.UNDECLARED, None
    candidacy.quartier_id = candidacy.person_id = None
    for step in candidacy.steps:
        step.by_id = None
    candidacy.erased_at = clock.now()


def end_of_mandate(body: Body) -> date | None:
    """The day a mandate that begins today should end: so many months as the body says, none when it says nothing."""
    return None if body.mandate_months is None else rules.planned_end(clock.today(), body.mandate_months)


def _submit(
    body: Body, seat_type: SeatType | None, application: Application, person: Person | None,
    channel: CandidacyChannel, staff: Person | None,
) -> Candidacy:  # fmt: skip
    require(
        rules.is_open_to_all(body),
        rules.can_ask_for(seat_type, application.organisation_name, application.birth_year, clock.today()),
    )
    candidacy = Candidacy(
        body=body, seat_type=seat_type, person_id=person.id if person else None, channel=channel,
        entered_by_id=staff.id if staff else None, submitted_at=clock.now(), state=CandidacyState.SUBMITTED,
        **vars(application),
    )  # fmt: skip
    actor = person or staff
    candidacy.steps = [
        CandidacyStep(
            state=CandidacyState.SUBMITTED, at=clock.now(), by_id=actor.id if actor else None, channel=channel
        )
    ]
    try:
        with db.session.begin_nested():
            db.session.add(candidacy)
    except IntegrityError:
        sentence = _l(
            "Vous avez déjà une candidature en cours dans cette instance. Retirez-la pour en déposer une autre."
        )
        raise Refusal(sentence, code="already") from None
    journal.record("applied", candidacy, actor=actor, body=body.id, channel=channel.value)
    return candidacy


def _step(candidacy: Candidacy, verb: str, actor: Person, channel: CandidacyChannel) -> None:
    candidacy.state = CANDIDACY_LIFE.target(verb, candidacy.state)
    candidacy.steps.append(CandidacyStep(state=candidacy.state, at=clock.now(), by_id=actor.id, channel=channel))


def _suits(quartier_id: int | None, candidacy: Candidacy) -> bool:
    """A seat kept for a quartier goes to somebody of that quartier."""
    return quartier_id is None or candidacy.quartier_id in (None, quartier_id)


def _identity(candidacy: Candidacy) -> Identity:
    quality = ", ".join(word for word in (candidacy.organisation_name, candidacy.quality) if word)
    return Identity(
        first_name=candidacy.first_name, last_name=candidacy.last_name, gender=candidacy.gender,
        birth_year=candidacy.birth_year, quartier_id=candidacy.quartier_id, quality=quality[:200],
    )  # fmt: skip


def _tell(candidacy: Candidacy, subject: object, words: object) -> None:
    """On their account, or by e-mail; nobody else is written to: staff call those who gave a telephone."""
    path = f"/candidatures/{candidacy.id}"
    if candidacy.person is not None:
        tell(candidacy.person, subject, words, path)
    elif candidacy.email:
        outbox.post(candidacy.email, str(subject), str(words), f"/conseils/{candidacy.body_id}/sieger")

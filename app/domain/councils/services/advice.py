"""A conseil writes an avis, adopts it, sends it; the body it is addressed to answers it item by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person, Role, Scope
from app.domain.accounts.queries import people_holding
from app.domain.accounts.services import tell
from app.domain.councils import queries
from app.domain.councils.models import AVIS_LIFE, Avis, AvisItem
from app.domain.councils.rules import advice as rules
from app.domain.councils.rules.advice import Answered
from app.domain.councils.rules.voting import Vote, can_speak
from app.domain.councils.services.voting import check_vote, note_vote
from app.domain.governance.models import Body, RecordKind
from app.domain.governance.queries import function_of, people_inside, record_of_source
from app.domain.governance.services import file_record
from app.domain.shared import clock, journal, reminders
from app.domain.shared.refusals import require


def begin_avis(*, body: Body, subject: str, context: str, items: Sequence[str], actor: Person) -> Avis:
    """Begins a draft, which institutions do not see. Refusals: ``over`` (the body has ended), ``items``."""
    require(can_speak(body), rules.asks_something(items))
    avis = Avis(body=body, subject=subject, context=context, created_at=clock.now(), created_by_id=actor.id, items=[])
    db.session.add(avis)
    _ask(avis, items)
    journal.record("began_avis", avis, actor=actor, body=body.id)
    return avis


def write_avis(*, avis: Avis, subject: str, context: str, items: Sequence[str], actor: Person) -> None:
    """Rewrites a draft. Refusals: ``state`` (adopted already), ``items``."""
    avis = queries.avis_for_update(avis.id)
    require(AVIS_LIFE.allows("write_avis", avis.state), rules.asks_something(items))
    avis.subject, avis.context = subject, context
    avis.items.clear()
    # The places are free again before the new items take them.
    db.session.flush()
    _ask(avis, items)
    journal.record("wrote_avis", avis, actor=actor)


def adopt_avis(*, avis: Avis, vote: Vote, actor: Person) -> None:
    """Notes the vote that adopts it: its text is frozen. Refusals: ``state``, ``items``, those of a vote."""
    avis = queries.avis_for_update(avis.id)
    state = AVIS_LIFE.target("adopt_avis", avis.state)
    require(rules.asks_something([item.text for item in avis.items]), check_vote(vote, avis.body))
    note_vote(avis, vote)
    avis.state = state
    journal.record("adopted_avis", avis, actor=actor, votes_for=vote.votes_for, votes_against=vote.votes_against)


def send_avis(*, avis: Avis, addressed: Body, actor: Person) -> None:
    """Sends it to a body of the contract: it is public, in the register, and those who answer are told.

    The last day of the answer is written now, from the delay (days) that the rulebook of the body addressed says: it is
    its own promise. As long as it has written none, the delay the site proposes. Refusals: ``state``, ``addressed``.
    """
    avis = queries.avis_for_update(avis.id)
    state = AVIS_LIFE.target("send_avis", avis.state)
    require(rules.can_be_addressed(avis.body.contract_id, avis.body_id, addressed.contract_id, addressed.id))
    delay = queries.answer_delay_of(addressed)
    due = rules.due_on(clock.today(), delay.days)
    avis.state, avis.addressed, avis.sent_at, avis.answer_due_on = state, addressed, clock.now(), due
    avis.answer_rulebook = delay.rulebook
    db.session.flush()
    file_record(
        kind=RecordKind.AVIS, title=f"Avis – {avis.body.name} : {avis.subject}", facts=_facts(avis),
        source_kind=Avis.__tablename__, source_id=str(avis.id), contract_id=avis.body.contract_id,
        body_id=avis.body_id, actor=actor,
    )  # fmt: skip
    _tell_those_who_answer(avis)
    journal.record("sent_avis", avis, actor=actor, addressed=addressed.id)


def answer_avis(*, avis: Avis, answers: Mapping[int, Answered], actor: Person) -> None:
    """Answers items, by their numbers; an answer given does not change. The conseil is told, the register keeps it.

    Refusals: ``state``, ``nothing``, ``answered``, ``reason``.
    """
    avis = queries.avis_for_update(avis.id)
    waiting = {item.position: item for item in avis.items if item.answer is None}
    verb = "answer_all" if set(waiting) <= set(answers) else "answer_some"
    state = AVIS_LIFE.target(verb, avis.state)
    require(rules.can_answer(waiting, answers))
    for position, answered in answers.items():
        item = waiting[position]
        item.answer, item.reason, item.answered_at = answered.answer, answered.reason, clock.now()
        item.answered_by_id, item.answered_as = actor.id, function_of(actor)
    avis.state = state
    avis.answered_at = clock.now() if verb == "answer_all" else None
    db.session.flush()
    _file_answer(avis, sorted(answers), actor)
    _tell_the_conseil(avis)
    journal.record("answered_avis", avis, actor=actor, items=len(answers), days_late=avis.days_late)


def drop_avis(*, avis: Avis, actor: Person) -> None:
    """Gives up what was not sent. Refusal ``state``."""
    avis = queries.avis_for_update(avis.id)
    avis.state = AVIS_LIFE.target("drop_avis", avis.state)
    journal.record("dropped_avis", avis, actor=actor)


def remind_of_late_avis() -> int:
    """Tells those who answer, once, that an avis is late and that everybody can see it."""
    told = 0
    for avis in queries.late_avis():
        if avis.addressed is None or not reminders.first_time(f"avis:{avis.id}:late"):
            continue
        subject = _l("Réponse en retard : %(subject)s", subject=avis.subject)
        body = _l("La réponse à cet avis était attendue (%(body)s). Le retard est public.", body=avis.body.name)
        for person in _answerers(avis.addressed):
            tell(person, subject, body, f"/avis/{avis.id}")
        told += 1
    return told


def _ask(avis: Avis, items: Sequence[str]) -> None:
    asked = [item.strip() for item in items if item.strip()]
    avis.items.extend(AvisItem(position=rank, text=text) for rank, text in enumerate(asked, 1))


def _answerers(body: Body) -> Sequence[Person]:
    return people_holding((Role.AGENT,), [(Scope.CONTRACT, body.contract_id)])


def _tell_those_who_answer(avis: Avis) -> None:
    if avis.addressed is None or avis.answer_due_on is None:
        return
    subject = _l("Un avis attend sa réponse : %(subject)s", subject=avis.subject)
    body = _l(
        "%(body)s adresse un avis à %(addressed)s. La réponse, demande par demande, est attendue pour le %(day)s.",
        body=avis.body.name, addressed=avis.addressed.name, day=clock.day_in_words(avis.answer_due_on),
    )  # fmt: skip
    for person in _answerers(avis.addressed):
        tell(person, subject, body, f"/avis/{avis.id}")


def _tell_the_conseil(avis: Avis) -> None:
    left = sum(1 for item in avis.items if item.answer is None)
    subject = _l("Votre avis a reçu une réponse : %(subject)s", subject=avis.subject)
    body = _l("Demandes encore sans réponse : %(count)d.", count=left) if left else _l("Chaque demande a sa réponse.")
    for person in people_inside(avis.body):
        tell(person, subject, body, f"/avis/{avis.id}")


def _facts(avis: Avis) -> dict[str, Any]:
    return {
        "from_body": avis.body.name,
        "to_body": avis.addressed.name if avis.addressed else "",
        "subject": avis.subject,
        "context": avis.context,
        "demands": [{"num": item.position, "demand": item.text} for item in avis.items],
        "votes_for": avis.votes_for,
        "votes_against": avis.votes_against,
        "votes_abstained": avis.votes_abstained,
        "quorum": avis.quorum,
        "minority_view": avis.minority_view,
        "adopted_on": avis.adopted_on.isoformat() if avis.adopted_on else "",
        "answer_due_on": avis.answer_due_on.isoformat() if avis.answer_due_on else "",
    }


def _file_answer(avis: Avis, positions: Sequence[int], actor: Person) -> None:
    """Chained to the avis: it names the record it answers, by number and seal."""
    filed = record_of_source(Avis.__tablename__, str(avis.id), RecordKind.AVIS)
    answered = [item for item in avis.items if item.position in positions]
    file_record(
        kind=RecordKind.REPONSE_AVIS,
        title=f"Réponse à un avis – {avis.body.name} : {avis.subject}",
        facts={
            "answered_record": filed.number if filed else "",
            "to_body": avis.body.name,
            "from_body": avis.addressed.name if avis.addressed else "",
            "answers": [
                {"num": item.position, "demand": item.text, "answer": item.answer.value, "reason": item.reason}
                for item in answered
                if item.answer
            ],
            "left_unanswered": sum(1 for item in avis.items if item.answer is None),
            "days_late": avis.days_late,
        },
        source_kind=Avis.__tablename__,
        source_id=str(avis.id),
        source_sha256=filed.chain_sha256 if filed else "",
        contract_id=avis.body.contract_id,
        body_id=avis.addressed_id,
        actor=actor,
    )

"""A conseil brings a difficulty to the préfet; agents transcribe what he writes; each step is dated and stays."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person, Role, Scope
from app.domain.accounts.queries import people_holding
from app.domain.accounts.services import tell
from app.domain.councils import queries
from app.domain.councils.models import INTERPELLATION_LIFE, Interpellation, InterpellationState, InterpellationStep
from app.domain.councils.rules import referrals as rules
from app.domain.councils.rules.voting import Vote, can_speak
from app.domain.councils.services.voting import check_vote, note_vote
from app.domain.governance.models import Body, ItemKind, RecordKind
from app.domain.governance.queries import function_of, people_inside, record_of_source, seance_by_id
from app.domain.governance.services import ItemDraft, add_item, file_record
from app.domain.shared import clock, journal
from app.domain.shared.refusals import require


@dataclass(frozen=True)
class InterpellationText:
    """What is brought to the préfet: the difficulty, where, what shows it, what is wished."""

    subject: str
    difficulty: str
    evidence: str
    wish: str
    quartier_id: int | None


@dataclass(frozen=True)
class Letter:
    """A letter of the préfet, transcribed: its day, its words, its reference."""

    happened_on: date
    words: str
    letter_reference: str


def begin_interpellation(*, body: Body, text: InterpellationText, actor: Person) -> Interpellation:
    """Begins a draft, which institutions do not see. Refusal ``over`` (the body has ended)."""
    require(can_speak(body))
    interpellation = Interpellation(
        body=body, created_at=clock.now(), created_by_id=actor.id, steps=[], **asdict(text)
    )  # fmt: skip
    db.session.add(interpellation)
    journal.record("began_interpellation", interpellation, actor=actor, body=body.id)
    return interpellation


def write_interpellation(*, interpellation: Interpellation, text: InterpellationText, actor: Person) -> None:
    """Rewrites a draft. Refusal ``state`` (adopted already)."""
    interpellation = queries.interpellation_for_update(interpellation.id)
    require(INTERPELLATION_LIFE.allows("write_interpellation", interpellation.state))
    for name, value in asdict(text).items():
        setattr(interpellation, name, value)
    journal.record("wrote_interpellation", interpellation, actor=actor)


def adopt_interpellation(*, interpellation: Interpellation, vote: Vote, actor: Person) -> None:
    """Notes the vote that adopts it: its text is frozen. Refusals: ``state``, those of a vote."""
    interpellation = queries.interpellation_for_update(interpellation.id)
    state = INTERPELLATION_LIFE.target("adopt_interpellation", interpellation.state)
    require(check_vote(vote, interpellation.body))
    note_vote(interpellation, vote)
    _step(interpellation, state, vote.adopted_on, vote.quorum, actor)
    journal.record("adopted_interpellation", interpellation, actor=actor, votes_for=vote.votes_for)


def send_interpellation(*, interpellation: Interpellation, sent_on: date, words: str, actor: Person) -> None:
    """Notes that it left for the préfet (how, in words): it is public and in the register.

    Refusals: ``state``, ``future``, ``before``.
    """
    interpellation = _next(interpellation, "send_interpellation", sent_on)
    interpellation.sent_at = clock.now()
    _step(interpellation, InterpellationState.SENT, sent_on, words, actor)
    _file(interpellation, RecordKind.INTERPELLATION, "Interpellation du préfet", _facts(interpellation), actor)
    subject = _l("Un conseil interpelle le préfet : %(subject)s", subject=interpellation.subject)
    body = _l("%(body)s a envoyé une interpellation. Elle est publique.", body=interpellation.body.name)
    for person in people_holding((Role.AGENT,), [(Scope.CONTRACT, interpellation.body.contract_id)]):
        tell(person, subject, body, f"/interpellations/{interpellation.id}")
    journal.record("sent_interpellation", interpellation, actor=actor)


def acknowledge(*, interpellation: Interpellation, letter: Letter, actor: Person) -> None:
    """Transcribes the préfet’s acknowledgement. Refusals: ``state``, ``future``, ``before``, ``reference``."""
    require(rules.has_its_reference(letter.letter_reference))
    interpellation = _next(interpellation, "acknowledge", letter.happened_on)
    _step(
        interpellation, InterpellationState.ACKNOWLEDGED, letter.happened_on, letter.words, actor,
        letter.letter_reference,
    )  # fmt: skip
    _tell_the_conseil(interpellation, _l("Le préfet a reçu votre interpellation"))
    journal.record("acknowledged_interpellation", interpellation, actor=actor)


def note_answer(*, interpellation: Interpellation, letter: Letter, actor: Person) -> None:
    """Transcribes the préfet’s answer, which goes in the register beside what it answers.

    Refusals: ``state``, ``future``, ``before``, ``reference``.
    """
    require(rules.has_its_reference(letter.letter_reference))
    interpellation = _next(interpellation, "note_answer", letter.happened_on)
    _step(
        interpellation, InterpellationState.ANSWERED, letter.happened_on, letter.words, actor, letter.letter_reference
    )
    filed = record_of_source(Interpellation.__tablename__, str(interpellation.id), RecordKind.INTERPELLATION)
    facts = {
        "answered_record": filed.number if filed else "",
        "date": letter.happened_on.isoformat(),
        "letter_reference": letter.letter_reference,
        "answer": letter.words,
    }
    seal = filed.chain_sha256 if filed else ""
    _file(interpellation, RecordKind.REPONSE_INTERPELLATION, "Réponse du préfet", facts, actor, seal)
    _tell_the_conseil(interpellation, _l("Le préfet a répondu à votre interpellation"))
    journal.record("noted_prefect_answer", interpellation, actor=actor)


def put_on_agenda(*, interpellation: Interpellation, seance_id: int, words: str, actor: Person) -> None:
    """Puts it on the agenda of a planned séance of the steering committee. Refusals: ``state``, ``seance``."""
    seance = seance_by_id(seance_id)
    require(rules.can_be_heard_at(seance, interpellation.body.contract_id))
    interpellation = _next(interpellation, "put_on_agenda", clock.today())
    interpellation.agenda_seance = seance
    draft = ItemDraft(
        interpellation.subject, ItemKind.DISCUSSION, source_kind=Interpellation.__tablename__,
        source_id=str(interpellation.id),
    )  # fmt: skip
    add_item(seance=seance, draft=draft, actor=actor)
    _step(interpellation, InterpellationState.ON_AGENDA, clock.today(), words, actor)
    _tell_the_conseil(interpellation, _l("Votre interpellation est à l’ordre du jour du comité de pilotage"))
    journal.record("put_on_agenda", interpellation, actor=actor, seance=seance.id)


def close_interpellation(*, interpellation: Interpellation, words: str, actor: Person) -> None:
    """Closes it: the conseil says what came of it. Refusal ``state``."""
    interpellation = _next(interpellation, "close_interpellation", clock.today())
    _step(interpellation, InterpellationState.CLOSED, clock.today(), words, actor)
    journal.record("closed_interpellation", interpellation, actor=actor)


def drop_interpellation(*, interpellation: Interpellation, actor: Person) -> None:
    """Gives up what was not sent. Refusal ``state``."""
    interpellation = queries.interpellation_for_update(interpellation.id)
    interpellation.state = INTERPELLATION_LIFE.target("drop_interpellation", interpellation.state)
    journal.record("dropped_interpellation", interpellation, actor=actor)


def _next(interpellation: Interpellation, verb: str, happened_on: date) -> Interpellation:
    """The interpellation locked, once its state and the day allow the step."""
    held = queries.interpellation_for_update(interpellation.id)
    require(INTERPELLATION_LIFE.allows(verb, held.state))
    require(rules.can_be_noted(happened_on, max(step.happened_on for step in held.steps), clock.today()))
    return held


def _step(
    interpellation: Interpellation, state: InterpellationState, on: date, words: str, actor: Person, reference: str = ""
) -> None:
    interpellation.state = state
    interpellation.steps.append(
        InterpellationStep(
            state=state, happened_on=on, words=words, letter_reference=reference, recorded_at=clock.now(),
            recorded_by_id=actor.id, recorded_as=function_of(actor),
        )
    )  # fmt: skip
    db.session.flush()


def _file(
    interpellation: Interpellation, kind: RecordKind, title: str, facts: dict[str, Any], actor: Person, seal: str = ""
) -> None:
    file_record(
        kind=kind, title=f"{title} : {interpellation.subject}", facts=facts, source_sha256=seal,
        source_kind=Interpellation.__tablename__, source_id=str(interpellation.id),
        contract_id=interpellation.body.contract_id, body_id=interpellation.body_id, actor=actor,
    )  # fmt: skip


def _facts(interpellation: Interpellation) -> dict[str, Any]:
    quartier = interpellation.quartier
    return {
        "from_body": interpellation.body.name,
        "subject": interpellation.subject,
        "quartier": quartier.name if quartier else "",
        "difficulty": interpellation.difficulty,
        "evidence": interpellation.evidence,
        "wish": interpellation.wish,
        "votes_for": interpellation.votes_for,
        "votes_against": interpellation.votes_against,
        "votes_abstained": interpellation.votes_abstained,
        "quorum": interpellation.quorum,
        "minority_view": interpellation.minority_view,
        "adopted_on": interpellation.adopted_on.isoformat() if interpellation.adopted_on else "",
    }


def _tell_the_conseil(interpellation: Interpellation, subject: object) -> None:
    for person in people_inside(interpellation.body):
        tell(person, subject, interpellation.subject, f"/interpellations/{interpellation.id}")

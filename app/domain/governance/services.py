"""What happens in governance: results become records, records are corrected, séances are prepared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts.models import Person, Role, Scope
from app.domain.accounts.queries import people_holding
from app.domain.accounts.services import tell
from app.domain.governance import queries, rules
from app.domain.governance.models import Body, BodyKind, GovernanceRecord, RecordKind, Seance
from app.domain.shared import clock, journal, reminders
from app.domain.shared.canonical import canonical, digest
from app.domain.shared.refusals import Refusal, require
from app.domain.shared.words import fold
from app.domain.territories.models import Quartier


def file_record(
    *,
    kind: RecordKind,
    title: str,
    facts: dict[str, Any],
    source_kind: str,
    source_id: str,
    actor: Person | None,
    summary: str = "",
    source_sha256: str = "",
    contract_id: int | None = None,
    body_id: int | None = None,
    corrects: GovernanceRecord | None = None,
) -> GovernanceRecord:
    """Numbers, freezes, digests and chains a record; gives it back with its number.

    ``facts`` are text, integers, booleans, lists and dictionaries (amounts in cents, dates in ISO 8601): a float is
    refused by ``canonical``. The source is named by its kind and id, with its digest when it has one. The journal
    keeps the number and the seal: it is what tells when the end of the chain was cut or forged.
    Source: droit-et-pratique §6, "records are immutable after signature".
    """
    last = queries.last_record_for_update()
    record = GovernanceRecord(
        **_place_after(last),
        kind=kind,
        title=title[:300],
        title_key=fold(title[:300]),
        summary=summary,
        facts=canonical(facts),
        facts_sha256=digest(facts),
        filed_by_id=actor.id if actor else None,
        filed_as=queries.function_of(actor) if actor else None,
        contract_id=contract_id,
        body_id=body_id,
        source_kind=source_kind,
        source_id=source_id,
        source_sha256=source_sha256,
        corrects_position=corrects.position if corrects else None,
    )
    record.chain_sha256 = queries.sealed_of(record).seal
    db.session.add(record)
    db.session.flush()
    journal.record(
        "filed", GovernanceRecord.__tablename__, actor=actor,
        number=record.number, kind=kind.value, seal=record.chain_sha256,
    )  # fmt: skip
    return record


def _place_after(last: GovernanceRecord | None) -> dict[str, Any]:
    """Where and when the next record stands: its place in the chain, its number in the year, the seal before it."""
    year = clock.today().year
    return {
        "position": (last.position if last else 0) + 1,
        "year": year,
        "rank": queries.next_rank(year),
        "previous_sha256": last.chain_sha256 if last else rules.GENESIS,
        # The seal writes the instant to the second, so that it is read back the same from any database.
        "filed_at": clock.now().replace(microsecond=0),
    }


def correct_record(*, record: GovernanceRecord, reason: str, corrected: str, actor: Person) -> GovernanceRecord:
    """Files a correction: another record, which says why and gives the facts as they should be read.

    The corrected record does not move. Refusal ``corrected`` when it has a correction already, even one filed at the
    same instant by somebody else. Source: droit-et-pratique §6 rule 3, "corrections by rider".
    """
    require(rules.can_be_corrected(record.corrected_by is not None))
    facts = {"corrects": record.number, "reason": reason, "corrected_facts": corrected}
    title = _l("Correction de la pièce %(number)s : %(title)s", number=record.number, title=record.title)
    try:
        with db.session.begin_nested():
            return file_record(
                kind=RecordKind.CORRECTION,
                title=str(title),
                facts=facts,
                source_kind=GovernanceRecord.__tablename__,
                source_id=record.number,
                source_sha256=record.chain_sha256,
                contract_id=record.contract_id,
                body_id=record.body_id,
                corrects=record,
                actor=actor,
            )
    except IntegrityError:
        # The database keeps one correction per record; somebody was quicker.
        require(rules.can_be_corrected(True))
        raise


def create_body(*, contract_id: int, kind: BodyKind, name: str, quartiers: Iterable[Quartier], actor: Person) -> Body:
    """Creates an instance of a contract. Refusal ``taken`` on ``name`` when the contract has one of that name."""
    body = Body(contract_id=contract_id, kind=kind, name=name, quartiers=list(quartiers))
    try:
        with db.session.begin_nested():
            db.session.add(body)
    except IntegrityError:
        sentence = _l("Ce contrat a déjà une instance de ce nom. Choisissez-en un autre.")
        raise Refusal(sentence, field="name", code="taken") from None
    journal.record("created", body, actor=actor, kind=kind.value)
    return body


def plan_seance(
    *, body: Body, title: str, starts_at: datetime, place: str, agenda: str, is_public: bool, actor: Person
) -> Seance:
    """Plans a séance (``starts_at`` in UTC). Place and agenda may come later. Refusal ``past`` on ``starts_at``."""
    require(rules.can_be_planned(starts_at))
    seance = Seance(
        body_id=body.id, title=title, starts_at=starts_at, place=place, agenda=agenda, is_public=is_public,
    )  # fmt: skip
    db.session.add(seance)
    journal.record("planned", seance, actor=actor, body=body.id)
    return seance


def change_seance(
    *, seance: Seance, title: str, starts_at: datetime, place: str, agenda: str, is_public: bool, actor: Person
) -> bool:
    """Changes a séance to come. Says whether its convocation must be sent again.

    A convocation that gave another hour or another place is no longer true: the séance lacks one again. Refusals
    ``past``. Choix de conception.
    """
    require(rules.can_change(seance), rules.can_be_planned(starts_at))
    moved = (seance.starts_at, seance.place) != (starts_at, place)
    again = moved and seance.convocation_sent_at is not None
    seance.title, seance.starts_at, seance.place = title, starts_at, place
    seance.agenda, seance.is_public = agenda, is_public
    if again:
        seance.convocation_sent_at = None
    journal.record("changed", seance, actor=actor, convocation_again=again)
    return again


def convene(*, seance: Seance, actor: Person) -> None:
    """Notes that the convocation was sent. Refusals ``lacks`` (no place, no agenda), ``sent``, ``past``."""
    require(rules.can_convene(seance))
    seance.convocation_sent_at = clock.now()
    journal.record("convened", seance, actor=actor)


def remind_of_unready_seances(*, days: int) -> int:
    """Tells those who prepare a séance, once, what it still lacks when it takes place within so many days."""
    sent = 0
    for seance in queries.seances_within(days):
        missing = rules.lacks(seance)
        if not missing or not reminders.first_time(f"seance:{seance.id}:{seance.starts_at:%Y%m%dT%H%M}"):
            continue
        subject = _l("Séance à préparer : %(title)s", title=seance.title)
        told = " ".join(f"{lack.label}." for lack in missing)
        body = _l("Elle a lieu le %(when)s. %(missing)s", when=clock.in_words(seance.starts_at), missing=told)
        for person in people_holding((Role.ANIMATEUR, Role.AGENT, Role.ADMIN), _places(seance.body)):
            tell(person, subject, body, f"/seances/{seance.id}")
        sent += 1
    return sent


def _places(body: Body) -> list[tuple[Scope, int]]:
    """Where a role must hold to prepare the séances of a body: the same places as ``policies.can_manage_body``."""
    quartiers = [(Scope.QUARTIER, quartier.id) for quartier in body.quartiers]
    return [(Scope.BODY, body.id), (Scope.CONTRACT, body.contract_id), *quartiers]

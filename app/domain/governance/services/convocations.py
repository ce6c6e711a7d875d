"""Convocations: everybody is called in one act, by e-mail, text message or letter; each sending leaves its proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import queries, rules
from app.domain.governance.models import (
    SEANCE_LIFE,
    Convocation,
    ConvocationChannel,
    ReleveSend,
    Seance,
    SendState,
)
from app.domain.shared import clock, journal, outbox
from app.domain.shared.outbox import MessageChannel, OutboxMessage
from app.domain.shared.refusals import Refusal, require


@dataclass(frozen=True)
class Recipient:
    """Somebody to call: which row they are, and where they can be reached."""

    who: dict[str, int]
    email: str
    phone: str = ""
    address: str = ""


def recipients_of(seance: Seance) -> list[Recipient]:
    """Members, guests and those the bodies inform, in one list: residents and institutions alike."""
    found: dict[int, Recipient] = {}
    for line in queries.roll_of(seance).lines:
        member = line.member
        email = member.email or (member.person.email if member.person else "") or ""
        found.setdefault(member.id, Recipient({"mandate_id": line.mandate.id}, email, member.phone, member.address))
    guests = [Recipient({"guest_id": guest.id}, guest.email) for guest in queries.guests_of(seance)]
    informed = [Recipient({"entry_id": entry.id}, entry.email) for entry in queries.distribution_of(seance)]
    return [*found.values(), *guests, *informed]


def convene(*, seance: Seance, actor: Person, texts: bool = False) -> Sequence[Convocation]:
    """Calls everybody at the same instant. Refusals ``lacks`` (no place, no agenda), ``sent``, ``past``.

    A letter goes to whoever has no e-mail; a text message besides to whoever has a telephone, when ``texts`` says that
    a gateway is set. Source: droit-et-pratique §4.1; item 6 of the mission: residents and institutions together.
    """
    require(rules.can_convene(seance))
    now = clock.now()
    last = db.session.scalar(select(func.max(Convocation.round)).where(Convocation.seance_id == seance.id)) or 0
    with force_locale("fr"):
        subject, body, short = _words(seance)
    written = [
        row
        for recipient in recipients_of(seance)
        for row in _called(seance, recipient, last + 1, now, (subject, body, short), texts)
    ]
    db.session.add_all(written)
    seance.convocation_sent_at = now
    seance.state = SEANCE_LIFE.target("convene", seance.state)
    journal.record("convened", seance, actor=actor, recipients=len(written), round=last + 1)
    return written


def _called(
    seance: Seance, recipient: Recipient, number: int, now: datetime, words: tuple[str, str, str], texts: bool
) -> Iterator[Convocation]:
    subject, body, short = words
    channels = [(ConvocationChannel.EMAIL if recipient.email else ConvocationChannel.LETTER)]
    if texts and recipient.phone:
        channels.append(ConvocationChannel.TEXT)
    path = f"/seances/{seance.id}"
    for channel in channels:
        message: OutboxMessage | None = None
        address = recipient.address
        if channel is ConvocationChannel.EMAIL:
            address = recipient.email
            message = outbox.post(recipient.email, subject, body, path)
        elif channel is ConvocationChannel.TEXT:
            address = recipient.phone
            message = outbox.post(recipient.phone, subject, short, path, MessageChannel.TEXT)
        if message is not None:
            db.session.flush()
        yield Convocation(
            seance_id=seance.id, round=number, channel=channel, address=address, written_at=now,
            state=SendState.WAITING, outbox_id=message.id if message else None, proof="", **recipient.who,
        )  # fmt: skip


def _words(seance: Seance) -> tuple[str, str, str]:
    """The subject, the letter and the short message, in French."""
    names = ", ".join(body.name for body in seance.bodies)
    when = clock.in_words(seance.starts_at)
    subject = _("Convocation : %(title)s", title=seance.title)
    practical: list[tuple[Any, str]] = [
        (_("Qui se réunit"), names),
        (_("Quand"), when),
        (_("Lieu"), seance.place),
        (_("Pour entrer"), seance.access),
        (_("Garde d’enfants"), seance.childcare),
        (_("Traduction"), seance.interpreter),
    ]
    lines = [
        seance.introduction,
        *(f"{label} : {value}" for label, value in practical if value),
        _("Ordre du jour :"),
        "\n".join(f"{rank}. {item.title}" for rank, item in enumerate(seance.agenda, start=1)),
        _("Si vous ne pouvez pas venir, dites-le sur cette page ou par téléphone : quelqu’un pourra parler pour vous."),
    ]
    short = _("%(title)s, le %(when)s, %(place)s.", title=seance.title, when=when, place=seance.place)
    return subject, "\n\n".join(line for line in lines if line), short


def note_letter(*, convocation: Convocation, proof: str, actor: Person) -> None:
    """Notes that a letter was posted or handed over, and how. Refusals ``letter``, ``proof``."""
    if convocation.channel is not ConvocationChannel.LETTER or convocation.state is SendState.DELIVERED:
        raise Refusal(_l("Cet envoi est déjà noté."), code="letter")
    if not proof:
        raise Refusal(
            _l("Dites comment la lettre est partie, par exemple « remise en main propre »."), field="proof",
            code="proof",
        )  # fmt: skip
    convocation.proof, convocation.state, convocation.delivered_at = proof, SendState.DELIVERED, clock.now()
    journal.record("posted_letter", convocation, actor=actor, seance=convocation.seance_id)


def note_deliveries() -> int:
    """Copies from the outbox what became of each convocation and relevé, before the outbox forgets; says how many."""
    noted = 0
    sendings: tuple[Any, ...] = (Convocation, ReleveSend)
    for kind in sendings:
        query = (
            select(kind, OutboxMessage)
            .join(OutboxMessage, OutboxMessage.id == kind.outbox_id)
            .where(kind.state != SendState.DELIVERED)
        )
        for row, message in db.session.execute(query):
            stuck = message.delivered_at is None and message.next_try_at is None
            if message.delivered_at is not None:
                row.state, row.delivered_at = SendState.DELIVERED, message.delivered_at
                noted += 1
            elif stuck and row.state is not SendState.FAILED:
                row.state = SendState.FAILED
                noted += 1
    return noted

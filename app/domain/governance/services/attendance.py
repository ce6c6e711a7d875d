"""Who comes: noted by those who lead, on the tablet, by the code of the room, or told beforehand; proxies too."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import queries, rules
from app.domain.governance.models import Attendance, AttendanceWay, Presence, Seance
from app.domain.governance.queries import Line, Roll
from app.domain.governance.services.signatures import forget_signature
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, require


def note_presence(
    *,
    roll: Roll,
    mandate_id: int,
    presence: Presence,
    way: AttendanceWay,
    actor: Person | None,
    proxy_to: int | None = None,
    words: str = "",
) -> Attendance:
    """Notes where a member is; the last word wins until the séance is closed.

    Refusals ``past``, and those of ``rules.can_give_proxy`` when ``presence`` is represented.
    """
    seance = roll.seance
    require(rules.can_prepare(seance))
    line = roll.line_of(mandate_id)
    if presence is Presence.REPRESENTED:
        if proxy_to is None:
            raise Refusal(_l("Choisissez à qui le pouvoir est donné."), field="proxy_to", code="proxy")
        require(rules.can_give_proxy(roll.rules, line.seated(), roll.line_of(proxy_to).seated(), roll.seated()))
    row = line.attendance
    if row is None:
        row = Attendance(seance_id=seance.id, mandate_id=mandate_id)
        db.session.add(row)
    here = presence is Presence.PRESENT
    row.presence, row.way, row.words = presence, way, words
    row.proxy_to_id = proxy_to if presence is Presence.REPRESENTED else None
    row.arrived_at = (row.arrived_at or clock.now()) if here else None
    row.left_at = None
    if not here:
        forget_signature(row)
    row.noted_at, row.noted_by_id = clock.now(), actor.id if actor else None
    journal.record("noted_presence", row, actor=actor, seance=seance.id, presence=presence.value, way=way.value)
    return row


def note_presences(*, roll: Roll, said: Mapping[int, Presence], gone: Collection[int], actor: Person) -> None:
    """Notes at once what changed on the sheet: where members are (``said``), who left before the end (``gone``).

    Only what the person at the sheet touched: what the tablet or the code noted in between stays. Refusals ``nothing``
    (nothing changed), ``past``, ``here``.
    """
    if not said and not gone:
        sentence = _l("Rien n’a changé. Choisissez où est chaque personne, puis enregistrez.")
        raise Refusal(sentence, code="nothing")
    for mandate_id, presence in said.items():
        note_presence(roll=roll, mandate_id=mandate_id, presence=presence, way=AttendanceWay.SHEET, actor=actor)
    for mandate_id in gone:
        leave_room(roll=roll, mandate_id=mandate_id, actor=actor)


def leave_room(*, roll: Roll, mandate_id: int, actor: Person) -> None:
    """Notes that somebody left before the end: they no longer count for what follows. Refusals ``past``, ``here``."""
    require(rules.can_prepare(roll.seance))
    row = roll.line_of(mandate_id).attendance
    if row is None or row.presence is not Presence.PRESENT:
        raise Refusal(_l("Cette personne n’est pas notée comme présente."), code="here")
    row.left_at = clock.now()
    journal.record("noted_departure", row, actor=actor, seance=roll.seance.id)


def tell_absence(*, roll: Roll, actor: Person, words: str, proxy_to: int | None) -> Attendance:
    """A member says beforehand that they will not come, and may give their voice to another.

    Refusals ``member``, ``past``, and those of a proxy.
    """
    presence = Presence.REPRESENTED if proxy_to else Presence.EXCUSED
    return note_presence(
        roll=roll, mandate_id=_own_line(roll, actor).mandate.id, presence=presence, way=AttendanceWay.NOTICE,
        actor=actor, proxy_to=proxy_to, words=words,
    )  # fmt: skip


def _own_line(roll: Roll, actor: Person) -> Line:
    line = roll.line_of_person(actor.id)
    if line is None:
        raise Refusal(_l("Vous ne siégez pas dans cette instance : il n’y a rien à noter."), code="member")
    return line


def show_code(*, seance: Seance, secret: str, actor: Person) -> str:
    """Makes a new six-figure code for the room and gives it back: only its keyed digest is kept. Refusal ``past``."""
    require(rules.can_prepare(seance))
    code = f"{secrets.randbelow(10**6):06d}"
    seance.room_code_hash, seance.room_code_at = _digest(seance, code, secret), clock.now()
    journal.record("showed_code", seance, actor=actor)
    return code


def check_in(*, roll: Roll, code: str, secret: str, minutes: int, actor: Person) -> Attendance:
    """A member types the code shown in the room, good for ``minutes``. Refusals ``member``, ``code``, ``past``."""
    seance, line = roll.seance, _own_line(roll, actor)
    shown = seance.room_code_at
    fresh = shown is not None and clock.now() <= shown + timedelta(minutes=minutes)
    if not fresh or not hmac.compare_digest(seance.room_code_hash, _digest(seance, code, secret)):
        sentence = _l("Ce n’est pas le code affiché dans la salle. Regardez-le de nouveau : il change souvent.")
        raise Refusal(sentence, field="code", code="code")
    return note_presence(
        roll=roll, mandate_id=line.mandate.id, presence=Presence.PRESENT, way=AttendanceWay.CODE, actor=actor
    )


def _digest(seance: Seance, code: str, secret: str) -> str:
    """Keyed by the secret of the site: six figures alone would be found in a moment."""
    return hmac.digest(secret.encode(), f"seance|{seance.id}|{code}".encode(), "sha256").hex()


def note_absents(roll: Roll, actor: Person) -> int:
    """When a séance closes, whoever said nothing was absent."""
    silent = [line for line in queries.roll_of(roll.seance).lines if line.attendance is None]
    for line in silent:
        db.session.add(
            Attendance(
                seance_id=roll.seance.id,
                mandate_id=line.mandate.id,
                presence=Presence.ABSENT,
                way=AttendanceWay.SHEET,
                noted_at=clock.now(),
                noted_by_id=actor.id,
                words="",
            )
        )
    db.session.flush()
    return len(silent)

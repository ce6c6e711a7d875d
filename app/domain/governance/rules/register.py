"""What the register promises: each seal covers the record and the seal before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import zip_longest

from flask_babel import lazy_gettext as _l

from app.domain.shared.canonical import canonical
from app.domain.shared.refusals import YES, Refusal, Verdict

GENESIS = "0" * 64


@dataclass(frozen=True)
class Sealed:
    """What the seal of a record covers. ``source`` is ``kind:id:digest``; ``filed_at`` is UTC, to the second."""

    position: int
    number: str
    kind: str
    title: str
    summary: str
    facts_sha256: str
    filed_at: str
    filed_as: str
    source: str
    corrects: int | None
    previous: str

    @property
    def text(self) -> str:
        """The canonical writing: the very bytes anybody may download and digest."""
        return canonical(asdict(self))

    @property
    def seal(self) -> str:
        """SHA-256 of the canonical writing, in lower-case hexadecimal. Source: architecture §3, choix de conception."""
        return sha256(self.text)


@dataclass(frozen=True)
class Kept:
    """A record as the register keeps it, with what its seal should cover."""

    sealed: Sealed
    facts: str
    seal: str


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold. ``code`` is a stable word, ``number`` the record named."""

    code: str
    number: str
    sentence: str


def sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, in lower-case hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def written_instant(instant: datetime) -> str:
    """An instant as a seal writes it: ``2026-11-21T09:39:12Z``."""
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")


def check_chain(records: Iterable[Kept], filed: Iterable[tuple[str, str]]) -> Iterator[Kept | Break]:
    """Reads the register from its first record: gives back each sound record, then a ``Break`` if one is not.

    ``filed`` is what the journal remembers of each filing, in order: number and seal. It tells when the end of the
    chain was cut, or when somebody computed every seal again. Both are streams: memory does not grow with the register.
    """
    previous, last = GENESIS, 0
    for record, noted in zip_longest(records, filed):
        if record is None:
            number = noted[0]
            yield Break("removed", number, f"La pièce {number}, inscrite au journal, manque à la fin du registre.")
            return
        broken = _break_of(record, last + 1, previous) or _break_with_journal(record, noted)
        if broken:
            yield broken
            return
        yield record
        previous, last = record.seal, record.sealed.position


def _break_of(record: Kept, position: int, previous: str) -> Break | None:
    held, number = record.sealed, record.sealed.number
    if held.position != position:
        return Break("removed", number, f"Il manque une pièce juste avant {number} : la place {position} est vide.")
    if sha256(record.facts) != held.facts_sha256:
        return Break(
            "facts", number, f"Les faits de la pièce {number} ont été changés : leur empreinte ne correspond plus."
        )
    if held.previous != previous:
        return Break(
            "previous", number, f"La pièce {number} ne suit pas celle qui est placée avant elle : les sceaux diffèrent."
        )
    if held.seal != record.seal:
        return Break("seal", number, f"La pièce {number} a été changée : son sceau ne correspond plus.")
    return None


def _break_with_journal(record: Kept, noted: tuple[str, str] | None) -> Break | None:
    number = record.sealed.number
    if noted == (number, record.seal):
        return None
    return Break("journal", number, f"La pièce {number} n’est pas celle que le journal a vu inscrire.")


def can_be_corrected(corrected: bool) -> Verdict:
    """One correction per record: everybody reads the same last word. Choix de conception; code ``corrected``."""
    if corrected:
        sentence = _l("Cette pièce a déjà été corrigée. Ouvrez sa correction : c’est elle que vous pouvez corriger.")
        return Refusal(sentence, code="corrected")
    return YES

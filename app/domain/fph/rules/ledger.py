"""The ledger of an envelope: entries that are only ever added, and balances that are nothing but their sum."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from flask_babel import lazy_gettext as _l

from app.domain.shared.money import MOST_CENTS, format_euros
from app.domain.shared.refusals import YES, Refusal, Verdict


class EntryKind(enum.Enum):
    """What happened to the money."""

    ENDOW = "endow"
    REDUCE = "reduce"
    RESERVE = "reserve"
    FREE = "free"
    COMMIT = "commit"
    DECOMMIT = "decommit"
    PAY = "pay"
    UNPAY = "unpay"
    JUSTIFY = "justify"
    RETURN = "return"
    WAIVE = "waive"

    @property
    def label(self) -> Any:
        return {
            "endow": _l("Versement d’un financeur à l’enveloppe"),
            "reduce": _l("Reprise par un financeur"),
            "reserve": _l("Aide décidée"),
            "free": _l("Aide décidée puis abandonnée"),
            "commit": _l("Engagement signé"),
            "decommit": _l("Somme rendue à l’enveloppe"),
            "pay": _l("Versement"),
            "unpay": _l("Versement rejeté par la banque"),
            "justify": _l("Dépenses acceptées au bilan"),
            "return": _l("Remboursement reçu"),
            "waive": _l("Remboursement abandonné"),
        }[self.value]


@dataclass(frozen=True)
class Entry:
    """One line, in cents and always more than zero: its kind gives the direction.

    ``file`` is empty for what concerns the envelope alone. ``note`` names the funder, the supplier or the reason.
    """

    kind: EntryKind
    amount_cents: int
    envelope: str
    on: date
    file: str = ""
    note: str = ""

    def to_facts(self) -> dict[str, Any]:
        """The line as text and integers, for the accountant."""
        return {
            "on": self.on.isoformat(), "envelope": self.envelope, "file": self.file, "kind": self.kind.value,
            "amount_cents": self.amount_cents, "note": self.note,
        }  # fmt: skip


@dataclass(frozen=True)
class Balances:
    """What the lines add up to, in cents. Reserved: decided, not signed. Committed: signed, not given back."""

    endowed: int = 0
    reserved: int = 0
    committed: int = 0
    paid: int = 0
    justified: int = 0
    returned: int = 0
    waived: int = 0

    @property
    def available(self) -> int:
        """What can still be granted."""
        return self.endowed - self.reserved - self.committed

    @property
    def paid_net(self) -> int:
        """What is out: paid, less what came back."""
        return self.paid - self.returned

    def plus(self, kind: EntryKind, amount_cents: int) -> Balances:
        """The balances after one more line."""
        return replace(
            self, **{name: getattr(self, name) + way * amount_cents for name, way in EFFECTS[kind].items()}
        )  # fmt: skip

    def to_facts(self) -> dict[str, int]:
        """Each balance by its name, ``available`` included."""
        return {**{one.name: getattr(self, one.name) for one in fields(self)}, "available": self.available}


# What each kind of line adds to which balance: the whole arithmetic of the ledger.
EFFECTS: Final[Mapping[EntryKind, Mapping[str, int]]] = {
    EntryKind.ENDOW: {"endowed": 1},
    EntryKind.REDUCE: {"endowed": -1},
    EntryKind.RESERVE: {"reserved": 1},
    EntryKind.FREE: {"reserved": -1},
    EntryKind.COMMIT: {"reserved": -1, "committed": 1},
    EntryKind.DECOMMIT: {"committed": -1},
    EntryKind.PAY: {"paid": 1},
    EntryKind.UNPAY: {"paid": -1},
    EntryKind.JUSTIFY: {"justified": 1},
    EntryKind.RETURN: {"returned": 1},
    EntryKind.WAIVE: {"waived": 1},
}
_OF_THE_ENVELOPE: Final = (EntryKind.ENDOW, EntryKind.REDUCE)


def fold(entries: Iterable[Entry], *, envelope: str | None = None, file: str | None = None) -> Balances:
    """Adds the lines up, those of an envelope or of a file if one is named."""
    balances = Balances()
    for entry in entries:
        if envelope in (None, entry.envelope) and file in (None, entry.file):
            balances = balances.plus(entry.kind, entry.amount_cents)
    return balances


def check_entry(entries: Iterable[Entry], entry: Entry) -> Verdict:
    """Whether a line may be added after these. Codes ``amount``, ``file``, ``envelope``, ``ledger``.

    ``envelope``: more would be promised than the envelope holds. ``ledger``: the line takes back, pays or justifies
    more than there is. Source: droit-et-pratique §1.7 (the invariants).
    """
    if not 0 < entry.amount_cents <= MOST_CENTS:
        return Refusal(_l("Indiquez un montant plus grand que zéro."), field="amount_cents", code="amount")
    if (entry.kind in _OF_THE_ENVELOPE) != (not entry.file):
        return Refusal(_l("Dites de quel dossier parle cette ligne."), field="file", code="file")
    held = [one for one in entries if one.envelope == entry.envelope]
    before = fold(held)
    if before.plus(entry.kind, entry.amount_cents).available < min(0, before.available):
        sentence = _l("Il ne reste que %(left)s dans cette enveloppe.", left=format_euros(before.available))
        return Refusal(sentence, field="amount_cents", code="envelope")
    if entry.file and not is_sound(fold(held, file=entry.file).plus(entry.kind, entry.amount_cents)):
        sentence = _l("Ce montant ne va pas avec ce qui est déjà décidé, versé ou rendu pour ce dossier.")
        return Refusal(sentence, field="amount_cents", code="ledger")
    return YES


def is_sound(of_file: Balances) -> bool:
    """Whether the balances of one file can be true: nothing under zero, nothing out that is not engaged."""
    one = of_file
    return (
        min(one.reserved, one.committed, one.paid, one.justified, one.returned, one.waived) >= 0
        and one.returned <= one.paid
        and one.paid_net <= one.committed
        and one.justified <= one.committed
        and one.waived <= one.paid_net
    )

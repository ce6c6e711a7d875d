"""What is true at one moment of a played fund: files, séances, ledger. Every change makes another world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.fph.rules.budget import BudgetLine, LineSide, Totals
from app.domain.fph.rules.delays import report_due_on
from app.domain.fph.rules.fund_rules import FundRules, HolderKind
from app.domain.fph.rules.granting import Cut, Request
from app.domain.fph.rules.ledger import Balances, Entry, EntryKind, check_entry, fold
from app.domain.fph.rules.lives import FILE_LIFE, MONEY_LIFE, FileState, MoneyState, PvState
from app.domain.fph.rules.payments import PaymentMode, Settlement
from app.domain.governance.models import Presence, SeanceState, Standing
from app.domain.governance.rules import Seated
from app.domain.shared.refusals import Refusal, require


@dataclass(frozen=True)
class PlayedSeat:
    """One seat of the committee; elected members and the State sit without a vote."""

    number: int
    has_vote: bool = True
    is_resident: bool = True


@dataclass(frozen=True)
class PlayedFile:
    """One file. ``stands_cents``: what counts for the holder's year, in cents."""

    ref: str
    envelope: str
    holder: str
    kind: HolderKind
    theme: str
    lines: tuple[BudgetLine, ...]
    totals: Totals
    starts_on: date
    ends_on: date
    state: FileState = FileState.DRAFT
    money: MoneyState | None = None
    submitted_on: date | None = None
    complete_by: date | None = None
    seance: str = ""
    deferrals: int = 0
    granted_cents: int = 0
    stands_cents: int = 0
    cuts: tuple[Cut, ...] = ()
    decided_on: date | None = None
    answer_by: date | None = None
    has_defaulted: bool = False
    settlement: Settlement | None = None


@dataclass(frozen=True)
class PlayedSeance:
    """One séance of the committee: who came, who stepped aside for which file."""

    ref: str
    on: date
    call_number: int = 1
    state: SeanceState = SeanceState.PLANNED
    pv: PvState | None = None
    present: frozenset[int] = frozenset()
    recused: Mapping[str, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """The whole fund at one moment."""

    rules: FundRules
    mode: PaymentMode = PaymentMode.ADVANCE_BALANCE
    seats: tuple[PlayedSeat, ...] = ()
    files: Mapping[str, PlayedFile] = field(default_factory=dict)
    seances: Mapping[str, PlayedSeance] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    # --- Finding --------------------------------------------------------------------------------------------------

    def file(self, ref: str) -> PlayedFile:
        """A file. Refusal ``unknown_file``."""
        if ref not in self.files:
            raise Refusal(_l("Aucun dossier ne porte ce nom : « %(ref)s ».", ref=ref), "file", "unknown_file")
        return self.files[ref]

    def seance(self, ref: str) -> PlayedSeance:
        """A séance. Refusal ``unknown_seance``."""
        if ref not in self.seances:
            raise Refusal(_l("Aucune séance ne porte ce nom : « %(ref)s ».", ref=ref), "seance", "unknown_seance")
        return self.seances[ref]

    def balances(self, *, envelope: str | None = None, file: str | None = None) -> Balances:
        """The balances of the ledger."""
        return fold(self.entries, envelope=envelope, file=file)

    def seated(self, seance: PlayedSeance, file_ref: str = "") -> list[Seated]:
        """The committee of a séance as its quorum sees it, for one file if it is named."""
        away = seance.recused.get(file_ref, frozenset())
        return [
            Seated(
                seat.number, seat.number, "", seat.has_vote, Standing.TITULAR,
                Presence.PRESENT if seat.number in seance.present else Presence.ABSENT, recused=seat.number in away,
            )
            for seat in self.seats
        ]  # fmt: skip

    def others_of(self, file: PlayedFile) -> list[PlayedFile]:
        """The other files of the same holder, in the order of their decisions."""
        others = [one for one in self.files.values() if one.holder == file.holder and one.ref != file.ref]
        return sorted(others, key=lambda one: (one.decided_on or date.min, one.ref))

    def overdue_reports(self, file: PlayedFile, today: date) -> int:
        """How many reports the same holder owes and did not give."""
        awaited = (FileState.REPORT_DUE, FileState.REPORT_TO_COMPLETE)
        return sum(
            one.has_defaulted or (one.state in awaited and today > (report_due_on(self.rules, one.ends_on) or date.max))
            for one in self.others_of(file)
        )

    def standing(self, file: PlayedFile, year: int) -> list[PlayedFile]:
        """The grants of the year that the same holder keeps."""
        return [
            one for one in self.others_of(file)
            if one.stands_cents and one.decided_on is not None and one.decided_on.year == year
        ]  # fmt: skip

    def request_of(self, file: PlayedFile, year: int) -> Request:
        """What the file asks, and what its holder was granted in the year."""
        totals = file.totals
        return Request(
            totals.asked_cents, totals.cost_cents, totals.eligible_cents, file.kind, file.theme,
            totals.other_public_cents, tuple(one.stands_cents for one in self.standing(file, year)),
        )  # fmt: skip

    def times_of(self, file: PlayedFile, year: int) -> dict[str, int]:
        """How many grants of the year already pay each nature of expense for the same holder."""
        held = [
            {line.category for line in one.lines if line.side is LineSide.EXPENSE} for one in self.standing(file, year)
        ]
        return {category: sum(category in one for one in held) for category in set().union(*held)}

    # --- Changing -------------------------------------------------------------------------------------------------

    def with_file(self, file: PlayedFile, **changes: Any) -> World:
        """The world with this file changed."""
        return replace(self, files={**self.files, file.ref: replace(file, **changes)})

    def with_seance(self, seance: PlayedSeance, **changes: Any) -> World:
        """The world with this séance changed."""
        return replace(self, seances={**self.seances, seance.ref: replace(seance, **changes)})

    def moved(self, file: PlayedFile, verb: str, **changes: Any) -> World:
        """The world where the file followed this verb."""
        return self.with_file(file, state=FILE_LIFE.target(verb, file.state), **changes)

    def money_moved(self, file: PlayedFile, verb: str, **changes: Any) -> World:
        """The world where the money of the file followed this verb. Code ``engagement`` when nothing is signed."""
        if file.money is None:
            sentence = _l("L’engagement n’est pas signé : rien ne peut encore être versé.")
            raise Refusal(sentence, code="engagement")
        return self.with_file(file, money=MONEY_LIFE.target(verb, file.money), **changes)

    def posted(
        self, kind: EntryKind, amount_cents: int, envelope: str, on: date, file: str = "", note: str = ""
    ) -> World:
        """The world with one more line in the ledger; the same world for nothing."""
        if amount_cents == 0:
            return self
        entry = Entry(kind, amount_cents, envelope, on, file, note)
        require(check_entry(self.entries, entry))
        return replace(self, entries=(*self.entries, entry))

"""What a vote keeps: its rules and projects, who has voted, and a ballot box nothing can join to who has voted.

The tables of the box have natural or random keys, no timestamp and no sequence; on SQLite they have no rowid. What
the database's own bookkeeping would still tell is dealt with in ``services/sealing.py``; see
docs/decisions/0003-secret-du-vote.md.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.accounts.models import Person
from app.domain.ballots.rules.terms import CountingRules
from app.domain.processes.models import Process
from app.domain.processes.rules import Eligibility
from app.domain.shared import clock
from app.domain.shared.files import StoredFile
from app.domain.territories.models import Contract


class Channel(enum.Enum):
    """By which way somebody voted; paper is foreseen and not yet in use."""

    ONLINE = "online"
    PAPER = "paper"

    @property
    def label(self) -> Any:
        return {"online": _l("En ligne"), "paper": _l("Sur papier")}[self.value]


class Scrutin(Base):
    """A vote: its dates, its rules and its public, frozen once it opens; its result, frozen once it is counted."""

    __tablename__ = "scrutins"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="ordered"),
        # Two people at least open a box that people of the town have filled; a file comes with its box open.
        CheckConstraint("imported OR openers_needed >= 2", name="two_openers"),
        # Under ten ballots a batch would tell who cast them (votes-tirage-questionnaires §6.2).
        CheckConstraint("minimum_batch >= 10", name="batch_of_ten"),
        CheckConstraint(
            "(counted_at IS NULL) = (result IS NULL) AND (result IS NULL) = (result_sha256 IS NULL)",
            name="whole_result",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    process_id: Mapped[int | None] = mapped_column(ForeignKey(Process.id), index=True)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey(Contract.id), index=True)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime] = mapped_column(index=True)
    # Canonical JSON, exactly the text whose digest is beside.
    rules_text: Mapped[str] = mapped_column("rules", Text)
    rules_sha256: Mapped[str] = mapped_column(String(64))
    eligibility_text: Mapped[str] = mapped_column("eligibility", Text)
    openers_needed: Mapped[int]
    minimum_batch: Mapped[int]
    # How many projects were put to the vote: the list that has them all takes no other once the vote has opened.
    projects_listed: Mapped[int] = mapped_column(server_default="0")
    # The public text of the draw, when those who open the count announce one.
    seed: Mapped[str] = mapped_column(String(200), default="")
    counted_at: Mapped[datetime | None]
    result_text: Mapped[str | None] = mapped_column("result", Text)
    result_sha256: Mapped[str | None] = mapped_column(String(64))
    # When what the database itself remembered of the order of the votes was wiped, after the closing.
    wiped_at: Mapped[datetime | None]
    # An election read from a file: the name of the file, and what it says of where and when (canonical JSON).
    imported: Mapped[bool] = mapped_column(default=False)
    source_name: Mapped[str] = mapped_column(String(200), default="")
    about_text: Mapped[str] = mapped_column("about", Text, default="{}")

    projects: Mapped[list[ScrutinProject]] = relationship(
        lazy="raise_on_sql", back_populates="scrutin", order_by="ScrutinProject.ref", cascade="all, delete-orphan"
    )

    @property
    def rules(self) -> CountingRules:
        """The frozen rules of counting."""
        return CountingRules.from_facts(json.loads(self.rules_text))

    @property
    def eligibility(self) -> Eligibility:
        """Who may vote."""
        return Eligibility.from_facts(json.loads(self.eligibility_text))

    @property
    def result(self) -> Mapping[str, Any] | None:
        """The frozen facts of the count, or ``None`` before it."""
        return None if self.result_text is None else json.loads(self.result_text)

    @property
    def is_open(self) -> bool:
        return self.opens_at <= clock.now() < self.closes_at

    @property
    def is_closed(self) -> bool:
        return clock.now() >= self.closes_at

    @property
    def is_counted(self) -> bool:
        return self.counted_at is not None


class ScrutinProject(Base):
    """A project put to the vote, as voters read it: a later change of the project does not change the ballot."""

    __tablename__ = "scrutin_projects"
    __table_args__ = (CheckConstraint("cost_cents >= 0", name="cost"),)

    scrutin_id: Mapped[int] = mapped_column(ForeignKey("scrutins.id"), primary_key=True, autoincrement=False)
    ref: Mapped[str] = mapped_column(Text, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text, default="")
    cost_cents: Mapped[int] = mapped_column(BigInteger)
    sub_envelope: Mapped[str | None] = mapped_column(Text)
    quartier: Mapped[str] = mapped_column(Text, default="")
    pictogram: Mapped[str] = mapped_column(String(40), default="")
    picture_id: Mapped[str | None] = mapped_column(ForeignKey(StoredFile.id))
    category: Mapped[str] = mapped_column(Text, default="")
    # Where the project stands in the file it was read from, to write the file back; never used to show or to count.
    position: Mapped[int] = mapped_column(default=0)

    scrutin: Mapped[Scrutin] = relationship(lazy="raise_on_sql", back_populates="projects")


class Emargement(Base):
    """Somebody has voted, one day, by one channel. That is all there is to know."""

    __tablename__ = "emargements"
    __table_args__ = ({"sqlite_with_rowid": False},)

    scrutin_id: Mapped[int] = mapped_column(ForeignKey("scrutins.id"), primary_key=True, autoincrement=False)
    # No foreign key: PostgreSQL checks one by locking the person's row, which would keep, in its xmax, the number of
    # the transaction that also brought the ballot. The service only ever gives a person it has just loaded.
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info={"personal": True})
    channel: Mapped[Channel]
    day: Mapped[date]


class _Cast:
    """One ballot in the box. Neither person, nor hour, nor number: a digest drawn at random, and the choices."""

    scrutin_id: Mapped[int] = mapped_column(ForeignKey("scrutins.id"), primary_key=True, autoincrement=False)
    # SHA-256 of the scrutin and of the code the voter alone holds.
    receipt_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    # ``rules.ballot.canonical_ballot``.
    content: Mapped[str] = mapped_column(Text)


class BallotArrival(_Cast, Base):
    """Where a ballot lands, until enough of them are there to be moved together."""

    __tablename__ = "ballot_arrivals"
    __table_args__ = ({"sqlite_with_rowid": False},)


class Ballot(_Cast, Base):
    """The box."""

    __tablename__ = "ballots"
    __table_args__ = ({"sqlite_with_rowid": False},)


class Seal(Base):
    """The seal of one batch: as many people as ballots, the digest of the receipts, chained to the seal before."""

    __tablename__ = "seals"
    __table_args__ = (
        CheckConstraint("emargements = ballots", name="as_many_people_as_ballots"),
        CheckConstraint("ballots > 0", name="not_empty"),
        {"sqlite_with_rowid": False},
    )

    scrutin_id: Mapped[int] = mapped_column(ForeignKey("scrutins.id"), primary_key=True, autoincrement=False)
    num: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    emargements: Mapped[int]
    ballots: Mapped[int]
    root: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class CountOpening(Base):
    """Somebody asked for the box to be opened; the last one needed opens it."""

    __tablename__ = "count_openings"

    scrutin_id: Mapped[int] = mapped_column(ForeignKey("scrutins.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), primary_key=True, autoincrement=False)
    at: Mapped[datetime]


# --- What the database itself refuses, its owner included ---------------------------------------------------------

_CHANGED = " OR ".join(
    f"OLD.{name} <> NEW.{name}" for name in ("id", "opens_at", "closes_at", "rules", "rules_sha256", "eligibility",
    "openers_needed", "minimum_batch", "projects_listed", "imported")
)  # fmt: skip
_OPENED = "OLD.opens_at <= CURRENT_TIMESTAMP"
_RECOUNTED = (
    "(OLD.result IS NOT NULL AND (NEW.result IS NULL OR NEW.result <> OLD.result OR NEW.result_sha256 IS NULL "
    "OR NEW.result_sha256 <> OLD.result_sha256 OR NEW.counted_at IS NULL OR NEW.counted_at <> OLD.counted_at "
    "OR NEW.seed <> OLD.seed))"
)
refuse_changes(
    Scrutin.__table__,  # type: ignore[arg-type]
    update=f"({_OPENED} AND ({_CHANGED})) OR {_RECOUNTED}",
    delete=f"{_OPENED} OR OLD.result IS NOT NULL",
)
_PUT_TO_THE_VOTE = (
    "EXISTS (SELECT 1 FROM scrutins WHERE scrutins.id = OLD.scrutin_id AND scrutins.opens_at <= CURRENT_TIMESTAMP)"
)
# The list of an election read from a file, or of a town loaded with its past, is written after its day: until it is
# whole, and never more.
_WHOLE = (
    "EXISTS (SELECT 1 FROM scrutins WHERE scrutins.id = NEW.scrutin_id AND scrutins.opens_at <= CURRENT_TIMESTAMP "
    "AND scrutins.projects_listed <= "
    "(SELECT count(*) FROM scrutin_projects WHERE scrutin_projects.scrutin_id = NEW.scrutin_id))"
)
refuse_changes(
    ScrutinProject.__table__,  # type: ignore[arg-type]
    update=_PUT_TO_THE_VOTE,
    delete=_PUT_TO_THE_VOTE,
    insert=_WHOLE,
)
# Writing a row again as it is lets the closing give every row of the list the same transaction (services/sealing.py).
refuse_changes(
    Emargement.__table__,  # type: ignore[arg-type]
    update="OLD.scrutin_id <> NEW.scrutin_id OR OLD.person_id <> NEW.person_id OR OLD.channel <> NEW.channel "
    "OR OLD.day <> NEW.day",
)
# A ballot leaves the arrivals for the box, and for nowhere else.
refuse_changes(
    BallotArrival.__table__,  # type: ignore[arg-type]
    delete="NOT EXISTS (SELECT 1 FROM ballots WHERE ballots.scrutin_id = OLD.scrutin_id "
    "AND ballots.receipt_hash = OLD.receipt_hash AND ballots.content = OLD.content)",
)
refuse_changes(Ballot.__table__)  # type: ignore[arg-type]
refuse_changes(Seal.__table__)  # type: ignore[arg-type]
refuse_changes(CountOpening.__table__)  # type: ignore[arg-type]

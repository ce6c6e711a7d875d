"""The means of a conseil: places and equipment, its yearly grant and each euro of it, trainings, accompaniment."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.governance.models import Body, Member


class MeansKind(enum.Enum):
    """What is put at the disposal of a conseil."""

    PREMISES = "premises"
    EQUIPMENT = "equipment"

    @property
    def label(self) -> Any:
        return {"premises": _l("Local"), "equipment": _l("Matériel")}[self.value]


class Means(Base):
    """A place or a piece of equipment a conseil may use; withdrawn, it stays written."""

    __tablename__ = "council_means"
    __table_args__ = (CheckConstraint("ended_on IS NULL OR ended_on >= since", name="ordered"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    kind: Mapped[MeansKind]
    name: Mapped[str] = mapped_column(String(200))
    # When it may be used, who holds the key, who pays for the paper.
    conditions: Mapped[str] = mapped_column(Text, default="")
    provider: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[date]
    ended_on: Mapped[date | None]

    body: Mapped[Body] = relationship(lazy="raise_on_sql")


class CouncilEnvelope(Base):
    """What a contract sets aside in a year for the grants of its conseils, and how a grant is proposed."""

    __tablename__ = "council_envelopes"
    __table_args__ = (
        UniqueConstraint("contract_id", "year"),
        CheckConstraint("cents >= 0 AND base_cents >= 0 AND per_seat_cents >= 0", name="amounts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    year: Mapped[int]
    cents: Mapped[int] = mapped_column(BigInteger)
    # A grant is proposed as a base and so much by seat; both are data, and the proposal can be changed.
    base_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    per_seat_cents: Mapped[int] = mapped_column(BigInteger, default=0)


class CouncilGrant(Base):
    """The operating grant of a conseil for a year. Its money is never that of another fund."""

    __tablename__ = "council_grants"
    __table_args__ = (
        UniqueConstraint("body_id", "year"),
        CheckConstraint("cents > 0", name="amount"),
        # Two spendings at once cannot overdraw it: whoever comes second is refused by the database itself.
        CheckConstraint("balance_cents >= 0", name="never_overdrawn"),
        CheckConstraint("received_cents >= 0 AND received_cents <= cents", name="not_over_granted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    year: Mapped[int]
    cents: Mapped[int] = mapped_column(BigInteger)
    # The act that decided it: "délibération du 3 juin".
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    # What its lines add up to, kept so that the database holds the promise above.
    received_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    balance_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    body: Mapped[Body] = relationship(lazy="raise_on_sql")
    lines: Mapped[list[CouncilLedgerLine]] = relationship(
        lazy="raise_on_sql", back_populates="grant", order_by="CouncilLedgerLine.happened_on, CouncilLedgerLine.id"
    )


class LineKind(enum.Enum):
    """What a line of the ledger is."""

    RECEIVED = "received"
    SPENDING = "spending"
    REFUND = "refund"
    CORRECTION = "correction"

    @property
    def label(self) -> Any:
        return {
            "received": _l("Versement de la subvention"),
            "spending": _l("Dépense"),
            "refund": _l("Remboursement reçu"),
            "correction": _l("Correction"),
        }[self.value]


class LineCategory(enum.Enum):
    """What the money serves (contrat-montpellier §2, the uses a contract names)."""

    MEETINGS = "meetings"
    TRAVEL = "travel"
    COMMUNICATION = "communication"
    OTHER = "other"

    @property
    def label(self) -> Any:
        return {
            "meetings": _l("Réunions publiques"),
            "travel": _l("Déplacements"),
            "communication": _l("Communication, mobilisation des habitants"),
            "other": _l("Autre fonctionnement courant"),
        }[self.value]


class CouncilLedgerLine(Base):
    """One movement of a grant, in signed cents. Never changed: a wrong line is corrected by another that names it."""

    __tablename__ = "council_ledger_lines"
    __table_args__ = (
        CheckConstraint(
            "(kind IN ('RECEIVED', 'REFUND') AND cents > 0) OR (kind = 'SPENDING' AND cents < 0) "
            "OR (kind = 'CORRECTION' AND cents <> 0)",
            name="signed",
        ),
        CheckConstraint("(kind = 'CORRECTION') = (corrects_id IS NOT NULL)", name="corrects_a_line"),
        UniqueConstraint("corrects_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("council_grants.id"), index=True)
    kind: Mapped[LineKind]
    category: Mapped[LineCategory | None]
    label: Mapped[str] = mapped_column(String(200))
    cents: Mapped[int] = mapped_column(BigInteger)
    happened_on: Mapped[date]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("council_ledger_lines.id"))
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    grant: Mapped[CouncilGrant] = relationship(lazy="raise_on_sql", back_populates="lines")

    @property
    def body(self) -> Body:
        """The conseil whose money it is. Needs its grant and its body loaded."""
        return self.grant.body


refuse_changes(CouncilLedgerLine.__table__)  # type: ignore[arg-type]


class Training(Base):
    """A training session offered to a conseil."""

    __tablename__ = "council_trainings"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[date]
    provider: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text, default="")

    body: Mapped[Body] = relationship(lazy="raise_on_sql")
    attendances: Mapped[list[TrainingAttendance]] = relationship(
        lazy="raise_on_sql", back_populates="training", order_by="TrainingAttendance.id", cascade="all, delete-orphan"
    )


class TrainingAttendance(Base):
    """A member who came to a training."""

    __tablename__ = "council_training_attendances"
    __table_args__ = (UniqueConstraint("training_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(ForeignKey("council_trainings.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)

    training: Mapped[Training] = relationship(lazy="raise_on_sql", back_populates="attendances")
    member: Mapped[Member] = relationship(lazy="raise_on_sql")


class Accompaniment(Base):
    """Somebody paid or lent to help a conseil for a time: what for, by whom, until when."""

    __tablename__ = "council_accompaniments"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ordered"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    mission: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    words: Mapped[str] = mapped_column(Text, default="")
    is_renewable: Mapped[bool] = mapped_column(default=False)

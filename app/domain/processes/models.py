"""A démarche: its object, what is at stake, who decides, its calendar and its public."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.domain.shared import clock
from app.domain.territories.models import Quartier


class ProcessKind(enum.Enum):
    """What kind of démarche it is; each workflow above adds its own."""

    BUDGET_PARTICIPATIF = "budget_participatif"

    @property
    def label(self) -> Any:
        return {"budget_participatif": _l("Budget participatif")}[self.value]


class Degree(enum.Enum):
    """The degree of participation: what the collectivité promises to do with what people say."""

    INFORMATION = "information"
    CONSULTATION = "consultation"
    CONCERTATION = "concertation"
    CODECISION = "codecision"

    @property
    def label(self) -> Any:
        return {
            "information": _l("Information : on vous explique ce qui est décidé"),
            "consultation": _l("Consultation : on vous demande votre avis avant de décider"),
            "concertation": _l("Concertation : on construit la décision avec vous"),
            "codecision": _l("Codécision : votre choix est suivi, le conseil le confirme"),
        }[self.value]


class PhaseCode(enum.Enum):
    """The six phases of a budget participatif (droit-et-pratique §3.2); other démarches use some of them."""

    FRAMING = "framing"
    CALL = "call"
    STUDY = "study"
    ANNOUNCEMENT = "announcement"
    VOTE = "vote"
    REALISATION = "realisation"

    @property
    def label(self) -> Any:
        return {
            "framing": _l("Cadrage"),
            "call": _l("Appel à idées"),
            "study": _l("Étude des idées"),
            "announcement": _l("Annonce des projets"),
            "vote": _l("Vote"),
            "realisation": _l("Réalisation"),
        }[self.value]


process_quartiers = Table(
    "process_quartiers",
    Base.metadata,
    Column("process_id", Integer, ForeignKey("processes.id"), primary_key=True),
    Column("quartier_id", Integer, ForeignKey("quartiers.id"), primary_key=True),
)


class Process(Base):
    """A démarche people can take part in. Without quartiers it concerns them all."""

    __tablename__ = "processes"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ProcessKind]
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    object: Mapped[str] = mapped_column(Text)
    stakes: Mapped[str] = mapped_column(Text, default="")
    degree: Mapped[Degree]
    decided_by: Mapped[str] = mapped_column(String(300), default="")
    public_words: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    # The act that opened the call, and who may answer it: facts of ``rules.Eligibility``, frozen from the règlement.
    call_opened_at: Mapped[datetime | None]
    proposers: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    quartiers: Mapped[list[Quartier]] = relationship(secondary=process_quartiers, lazy="raise_on_sql")
    phases: Mapped[list[Phase]] = relationship(
        lazy="raise_on_sql", order_by="Phase.starts_at", back_populates="process", cascade="all, delete-orphan"
    )

    def phase(self, code: PhaseCode) -> Phase | None:
        """One phase of the calendar, if it has been dated."""
        return next((phase for phase in self.phases if phase.code is code), None)

    @property
    def accepts_ideas(self) -> bool:
        """Whether ideas may be given now: the call was opened by an act, and its dates say so."""
        return self.call_opened_at is not None and self.is_in(PhaseCode.CALL)

    def is_in(self, code: PhaseCode) -> bool:
        """Whether a phase is running now."""
        phase = self.phase(code)
        return phase is not None and phase.is_open


class Phase(Base):
    """One phase of the calendar: from an instant, until an instant that no longer belongs to it."""

    __tablename__ = "phases"
    __table_args__ = (
        UniqueConstraint("process_id", "code"),
        CheckConstraint("ends_at > starts_at", name="ordered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("processes.id"), index=True)
    code: Mapped[PhaseCode]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    process: Mapped[Process] = relationship(lazy="raise_on_sql", back_populates="phases")

    @property
    def is_open(self) -> bool:
        return self.starts_at <= clock.now() < self.ends_at

    @property
    def is_over(self) -> bool:
        return clock.now() >= self.ends_at

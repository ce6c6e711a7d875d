"""What governance keeps: the bodies and their séances, and the register that proves."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.accounts.models import Role
from app.domain.shared import clock
from app.domain.territories.models import Contract, Quartier


class BodyKind(enum.Enum):
    """The kinds of body a contract knows."""

    COPIL = "copil"
    COTECH = "cotech"
    COMMISSION = "commission"
    CONSEIL_CITOYEN = "conseil_citoyen"
    TABLE_DE_QUARTIER = "table_de_quartier"
    COMITE = "comite"

    @property
    def label(self) -> Any:
        return {
            "copil": _l("Comité de pilotage (COPIL)"),
            "cotech": _l("Comité technique (COTECH)"),
            "commission": _l("Commission thématique"),
            "conseil_citoyen": _l("Conseil citoyen"),
            "table_de_quartier": _l("Table de quartier"),
            "comite": _l("Comité d’habitantes et d’habitants"),
        }[self.value]


body_quartiers = Table(
    "body_quartiers",
    Base.metadata,
    Column("body_id", Integer, ForeignKey("bodies.id"), primary_key=True),
    Column("quartier_id", Integer, ForeignKey("quartiers.id"), primary_key=True),
)


class Body(Base):
    """An instance: a group of people who sit, advise or decide."""

    __tablename__ = "bodies"
    __table_args__ = (UniqueConstraint("contract_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    kind: Mapped[BodyKind]
    name: Mapped[str] = mapped_column(String(200))

    contract: Mapped[Contract] = relationship(lazy="raise_on_sql")
    quartiers: Mapped[list[Quartier]] = relationship(secondary=body_quartiers, lazy="raise_on_sql")


class Seance(Base):
    """A meeting of a body. What it still lacks is derived from what is empty."""

    __tablename__ = "seances"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(String(200), default="")
    agenda: Mapped[str] = mapped_column(Text, default="")
    # Anybody may come; otherwise only the members see it.
    is_public: Mapped[bool] = mapped_column(default=True)
    convocation_sent_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship(lazy="raise_on_sql")

    @property
    def is_over(self) -> bool:
        """Whether its hour has passed."""
        return self.starts_at <= clock.now()


class Lack(enum.Enum):
    """What a séance may still lack."""

    PLACE = "place"
    AGENDA = "agenda"
    CONVOCATION = "convocation"

    @property
    def label(self) -> Any:
        return {
            "place": _l("Le lieu n’est pas choisi"),
            "agenda": _l("L’ordre du jour est vide"),
            "convocation": _l("La convocation n’est pas envoyée"),
        }[self.value]


class RecordKind(enum.Enum):
    """What a governance record may be; each feature adds its own kinds here, in the words of the register."""

    PV_DEPOUILLEMENT = "pv_depouillement"
    REGLEMENT = "reglement"
    CATALOGUE = "catalogue"
    REALISATION = "realisation"
    CORRECTION = "correction"

    @property
    def label(self) -> Any:
        return {
            "pv_depouillement": _l("Procès-verbal de dépouillement"),
            "reglement": _l("Règlement"),
            "catalogue": _l("Liste des projets admis et écartés"),
            "realisation": _l("Bilan de réalisation"),
            "correction": _l("Correction"),
        }[self.value]


class GovernanceRecord(Base):
    """A numbered, frozen, chained act. It is never edited: another record corrects it and names it."""

    __tablename__ = "governance_records"
    __table_args__ = (
        UniqueConstraint("year", "rank"),
        Index("ix_governance_records_kind_position", "kind", "position"),
        CheckConstraint("position > 0 AND rank > 0", name="counted_from_one"),
        CheckConstraint("corrects_position < position", name="corrects_an_earlier_one"),
        CheckConstraint("length(facts_sha256) = 64 AND length(chain_sha256) = 64", name="whole_digests"),
    )

    # The place in the chain, without holes: 1, 2, 3…
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    year: Mapped[int]
    rank: Mapped[int]
    kind: Mapped[RecordKind]
    title: Mapped[str] = mapped_column(String(300))
    # The title without case nor accents, for the search.
    title_key: Mapped[str] = mapped_column(String(600), index=True)
    summary: Mapped[str] = mapped_column(Text, default="")
    # The facts as canonical JSON, exactly the text whose digest is beside.
    facts: Mapped[str] = mapped_column(Text)
    facts_sha256: Mapped[str] = mapped_column(String(64))
    previous_sha256: Mapped[str] = mapped_column(String(64))
    chain_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    filed_at: Mapped[datetime]
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # The function under which it was filed, shown instead of a name; nothing when the platform itself filed it.
    filed_as: Mapped[Role | None]
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    # What the record came from; the page that shows it knows the address.
    source_kind: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[str] = mapped_column(String(60))
    source_sha256: Mapped[str] = mapped_column(String(64), default="")
    corrects_position: Mapped[int | None] = mapped_column(ForeignKey("governance_records.position"), unique=True)

    corrects: Mapped[GovernanceRecord | None] = relationship(
        lazy="raise_on_sql", remote_side=[position], foreign_keys=[corrects_position], back_populates="corrected_by"
    )
    corrected_by: Mapped[GovernanceRecord | None] = relationship(
        lazy="raise_on_sql", foreign_keys=[corrects_position], back_populates="corrects", uselist=False
    )

    @property
    def number(self) -> str:
        """The public number: year and rank in the year, "2026-014"."""
        return f"{self.year}-{self.rank:03d}"


refuse_changes(GovernanceRecord.__table__)  # type: ignore[arg-type]

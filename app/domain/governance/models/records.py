"""The register: numbered, frozen, chained records. Never edited, corrected by another."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.accounts.models import Role
from app.domain.governance.models.bodies import Body


class RecordKind(enum.Enum):
    """What a governance record may be; each feature adds its own kinds here, in the words of the register."""

    PV_DEPOUILLEMENT = "pv_depouillement"
    REGLEMENT = "reglement"
    CATALOGUE = "catalogue"
    REALISATION = "realisation"
    AVIS = "avis"
    REPONSE_AVIS = "reponse_avis"
    INTERPELLATION = "interpellation"
    REPONSE_INTERPELLATION = "reponse_interpellation"
    CORRECTION = "correction"
    PV_SEANCE = "pv_seance"
    RELEVE_DECISIONS = "releve_decisions"
    PV_TIRAGE = "pv_tirage"

    @property
    def label(self) -> Any:
        return {
            "pv_depouillement": _l("Procès-verbal de dépouillement"),
            "reglement": _l("Règlement"),
            "catalogue": _l("Liste des projets admis et écartés"),
            "realisation": _l("Bilan de réalisation"),
            "avis": _l("Avis d’un conseil"),
            "reponse_avis": _l("Réponse à un avis"),
            "interpellation": _l("Interpellation du préfet"),
            "reponse_interpellation": _l("Réponse du préfet"),
            "correction": _l("Correction"),
            "pv_seance": _l("Procès-verbal de séance"),
            "releve_decisions": _l("Relevé de décisions"),
            "pv_tirage": _l("Procès-verbal de tirage au sort"),
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

    body: Mapped[Body | None] = relationship(lazy="raise_on_sql")
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


class RecordWord(Base):
    """A word of the title of a record, in the short form under which it is looked for (``shared/words.py``)."""

    __tablename__ = "record_words"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it on the class

    word: Mapped[str] = mapped_column(String(12), primary_key=True)
    position: Mapped[int] = mapped_column(ForeignKey("governance_records.position"), primary_key=True)


class RecordTally(Base):
    """How many records of a kind a year holds: a register of a century is not counted for each reader."""

    __tablename__ = "record_tallies"
    __table_args__ = (CheckConstraint("count > 0", name="counted"),)

    # No list of kinds here: that of the records is enough.
    kind: Mapped[RecordKind] = mapped_column(Enum(RecordKind, native_enum=False, length=40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]

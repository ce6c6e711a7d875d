"""The minutes of a séance: drafted from what was followed, corrected by versions, approved by a later séance."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.governance.models.seances import Seance


class MinutesState(enum.Enum):
    """Where a version of the minutes is."""

    DRAFT = "draft"
    CORRECTED = "corrected"
    APPROVED = "approved"

    @property
    def label(self) -> Any:
        return {"draft": _l("Projet"), "corrected": _l("Projet corrigé"), "approved": _l("Approuvé")}[self.value]

    @property
    def tone(self) -> str:
        return {"draft": "waiting", "corrected": "waiting", "approved": "done"}[self.value]


class Minutes(Base):
    """One version of the minutes. Its words never change: another version follows, until one is approved.

    ``content`` holds what was said and decided. Who came is read from the attendance, so that no name is frozen here.
    """

    __tablename__ = "minutes"
    __table_args__ = (
        UniqueConstraint("seance_id", "version"),
        CheckConstraint("version > 0", name="counted_from_one"),
        CheckConstraint("(state = 'APPROVED') = (approved_at IS NOT NULL)", name="approved_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seance_id: Mapped[int] = mapped_column(ForeignKey("seances.id"), index=True)
    version: Mapped[int]
    state: Mapped[MinutesState] = mapped_column(default=MinutesState.DRAFT)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]
    # The séance that approved them.
    approved_in_id: Mapped[int | None] = mapped_column(ForeignKey("seances.id"))
    # The record of the register they became.
    record_number: Mapped[str] = mapped_column(String(20), default="")

    seance: Mapped[Seance] = relationship(lazy="raise_on_sql", foreign_keys=[seance_id])
    approved_in: Mapped[Seance | None] = relationship(lazy="raise_on_sql", foreign_keys=[approved_in_id])


refuse_changes(
    Minutes.__table__,  # type: ignore[arg-type]
    "NEW.sha256 <> OLD.sha256 OR NEW.seance_id <> OLD.seance_id OR NEW.version <> OLD.version "
    "OR NEW.written_at <> OLD.written_at OR (OLD.state = 'APPROVED' AND NEW.state <> OLD.state) "
    "OR (OLD.record_number <> '' AND NEW.record_number <> OLD.record_number)",
)

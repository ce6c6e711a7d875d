"""Who came to a séance: present, excused, absent or represented; how it was noted, and who speaks for whom."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.governance.models.seances import Seance
from app.domain.governance.models.seats import Mandate


class Presence(enum.Enum):
    """Where a member is for a séance."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    REPRESENTED = "represented"

    @property
    def label(self) -> Any:
        return {
            "present": _l("Présente ou présent"),
            "excused": _l("Excusée ou excusé"),
            "absent": _l("Absente ou absent"),
            "represented": _l("A donné pouvoir"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {"present": "done", "excused": "quiet", "absent": "refused", "represented": "info"}[self.value]


class AttendanceWay(enum.Enum):
    """How a presence was noted."""

    SHEET = "sheet"
    TABLET = "tablet"
    CODE = "code"
    NOTICE = "notice"

    @property
    def label(self) -> Any:
        return {
            "sheet": _l("Sur la feuille, recopié"),
            "tablet": _l("Sur la tablette"),
            "code": _l("Avec le code de la salle"),
            "notice": _l("Prévenu avant la séance"),
        }[self.value]


class Attendance(Base):
    """One member at one séance. Without a row, nobody knows yet; when the séance closes, that means absent."""

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("seance_id", "mandate_id"),
        CheckConstraint("(presence = 'REPRESENTED') = (proxy_to_id IS NOT NULL)", name="represented_by_somebody"),
        CheckConstraint("proxy_to_id IS NULL OR proxy_to_id <> mandate_id", name="represented_by_another"),
        CheckConstraint("left_at IS NULL OR arrived_at IS NOT NULL", name="left_after_coming"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seance_id: Mapped[int] = mapped_column(ForeignKey("seances.id"), index=True)
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandates.id"), index=True)
    presence: Mapped[Presence]
    way: Mapped[AttendanceWay]
    # The mandate that speaks for this one.
    proxy_to_id: Mapped[int | None] = mapped_column(ForeignKey("mandates.id"))
    arrived_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    # A word of excuse, for those who lead only.
    words: Mapped[str] = mapped_column(String(300), default="", info={"personal": True})
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    seance: Mapped[Seance] = relationship(lazy="raise_on_sql")
    mandate: Mapped[Mandate] = relationship(lazy="raise_on_sql", foreign_keys=[mandate_id])
    proxy_to: Mapped[Mandate | None] = relationship(lazy="raise_on_sql", foreign_keys=[proxy_to_id])


class Signature(Base):
    """What a member drew beside their presence, if they wished: a small picture, printed on the sheet, then erased.

    The presence noted without it is worth as much.
    """

    __tablename__ = "signatures"

    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendances.id"), primary_key=True)
    drawing: Mapped[bytes] = mapped_column(LargeBinary, info={"personal": True})
    drawn_at: Mapped[datetime]
    # The day it goes, written when it was drawn from the delay of the body’s rulebook.
    erase_on: Mapped[date] = mapped_column(index=True)


CLOSED = "EXISTS (SELECT 1 FROM seances WHERE seances.id = OLD.seance_id AND seances.state = 'CLOSED')"
# Who came to a closed séance is written; a word of excuse may still be erased.
refuse_changes(
    Attendance.__table__,  # type: ignore[arg-type]
    f"{CLOSED} AND (NEW.seance_id <> OLD.seance_id OR NEW.mandate_id <> OLD.mandate_id "
    "OR NEW.presence <> OLD.presence OR COALESCE(NEW.proxy_to_id, 0) <> COALESCE(OLD.proxy_to_id, 0))",
    CLOSED,
)

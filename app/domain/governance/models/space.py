"""The space of a conseil: who entered it without being of it, when and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, refuse_changes
from app.domain.accounts.models import Role


class SpaceAccess(Base):
    """An administrator's entry in the space of an independent conseil, which the conseil reads on its own page."""

    __tablename__ = "space_accesses"
    __table_args__ = (
        CheckConstraint("ends_at > entered_at", name="ordered"),
        CheckConstraint("length(reason) > 0", name="reasoned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    # The function under which they entered: what the conseil reads.
    entered_as: Mapped[Role]
    reason: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime]
    ends_at: Mapped[datetime]


refuse_changes(SpaceAccess.__table__)  # type: ignore[arg-type]

"""The space of a conseil: who entered it or read its names without being of it, when and why."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, refuse_changes
from app.domain.accounts.models import Role


class Opened(enum.Enum):
    """What is opened to somebody who is not of the conseil."""

    SPACE = "space"
    NAMES = "names"

    @property
    def label(self) -> Any:
        return {"space": _l("Tout l’espace du conseil"), "names": _l("Les noms des membres")}[self.value]


class SpaceAccess(Base):
    """What somebody who is not of an independent conseil opened there, which the conseil reads on its own page.

    An administrator enters its space; an agent who composes it reads the names of its members.
    """

    __tablename__ = "space_accesses"
    __table_args__ = (
        CheckConstraint("ends_at > entered_at", name="ordered"),
        CheckConstraint("length(reason) > 0", name="reasoned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    opened: Mapped[Opened] = mapped_column(default=Opened.SPACE)
    # The function under which they entered: what the conseil reads.
    entered_as: Mapped[Role]
    reason: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime]
    ends_at: Mapped[datetime]


refuse_changes(SpaceAccess.__table__)  # type: ignore[arg-type]

"""The séances of a body: announced, held, remembered."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.domain.governance.models.bodies import Body
from app.domain.shared import clock


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

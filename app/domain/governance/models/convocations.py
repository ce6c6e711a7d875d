"""How people are called to a séance, and how the relevé of its decisions is sent: each sending leaves its proof."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.governance.models.bodies import DistributionEntry
from app.domain.governance.models.seances import Seance, SeanceGuest
from app.domain.governance.models.seats import Mandate


class ConvocationChannel(enum.Enum):
    """The ways a convocation goes."""

    EMAIL = "email"
    TEXT = "text"
    LETTER = "letter"

    @property
    def label(self) -> Any:
        return {"email": _l("Courriel"), "text": _l("SMS"), "letter": _l("Lettre")}[self.value]


class SendState(enum.Enum):
    """What became of something sent."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"

    @property
    def label(self) -> Any:
        return {
            "waiting": _l("Pas encore parti"),
            "delivered": _l("Parti"),
            "failed": _l("N’est pas parti"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {"waiting": "waiting", "delivered": "done", "failed": "refused"}[self.value]


ONE_RECIPIENT = " + ".join(
    f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in ("mandate_id", "entry_id", "guest_id")
)


class Convocation(Base):
    """One convocation of one person, by one way. Every one of an act bears the same instant: nobody is told first."""

    __tablename__ = "convocations"
    __table_args__ = (
        CheckConstraint(f"{ONE_RECIPIENT} = 1", name="one_recipient"),
        CheckConstraint("round > 0", name="counted_from_one"),
        CheckConstraint("(state = 'DELIVERED') = (delivered_at IS NOT NULL)", name="delivered_once"),
        Index("ix_convocations_outbox", "outbox_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seance_id: Mapped[int] = mapped_column(ForeignKey("seances.id"), index=True)
    # 1 for the first convocation, 2 when the hour or the place changed…
    round: Mapped[int]
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandates.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("distribution_entries.id"))
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("seance_guests.id"))
    channel: Mapped[ConvocationChannel]
    # Where it was sent; wiped when the person is erased.
    address: Mapped[str] = mapped_column(String(300), default="", info={"personal": True})
    written_at: Mapped[datetime]
    state: Mapped[SendState] = mapped_column(default=SendState.WAITING)
    delivered_at: Mapped[datetime | None]
    # The message of the outbox, which is erased some time after its delivery: a number, not a reference.
    outbox_id: Mapped[int | None]
    # Who posted or handed a letter, and how: "remise en main propre".
    proof: Mapped[str] = mapped_column(String(200), default="")

    seance: Mapped[Seance] = relationship(lazy="raise_on_sql")
    mandate: Mapped[Mandate | None] = relationship(lazy="raise_on_sql")
    entry: Mapped[DistributionEntry | None] = relationship(lazy="raise_on_sql")
    guest: Mapped[SeanceGuest | None] = relationship(lazy="raise_on_sql")


# The proof does not move: an address may only be wiped, a delivery is told once.
refuse_changes(
    Convocation.__table__,  # type: ignore[arg-type]
    "NEW.seance_id <> OLD.seance_id OR NEW.round <> OLD.round OR NEW.channel <> OLD.channel "
    "OR NEW.written_at <> OLD.written_at OR (NEW.address <> OLD.address AND NEW.address <> '') "
    "OR COALESCE(NEW.mandate_id, 0) <> COALESCE(OLD.mandate_id, 0) "
    "OR COALESCE(NEW.entry_id, 0) <> COALESCE(OLD.entry_id, 0) "
    "OR COALESCE(NEW.guest_id, 0) <> COALESCE(OLD.guest_id, 0) "
    "OR (OLD.state = 'DELIVERED' AND (NEW.state <> OLD.state OR NEW.delivered_at <> OLD.delivered_at))",
)


class ReleveSend(Base):
    """One relevé de décisions sent to one recipient: when, and which record of the register it was."""

    __tablename__ = "releve_sends"
    __table_args__ = (CheckConstraint("(state = 'DELIVERED') = (delivered_at IS NOT NULL)", name="delivered_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seance_id: Mapped[int] = mapped_column(ForeignKey("seances.id"), index=True)
    record_number: Mapped[str] = mapped_column(String(20))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandates.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("distribution_entries.id"))
    address: Mapped[str] = mapped_column(String(254), default="", info={"personal": True})
    sent_at: Mapped[datetime]
    state: Mapped[SendState] = mapped_column(default=SendState.WAITING)
    delivered_at: Mapped[datetime | None]
    outbox_id: Mapped[int | None]

    mandate: Mapped[Mandate | None] = relationship(lazy="raise_on_sql")
    entry: Mapped[DistributionEntry | None] = relationship(lazy="raise_on_sql")


refuse_changes(
    ReleveSend.__table__,  # type: ignore[arg-type]
    "NEW.seance_id <> OLD.seance_id OR NEW.record_number <> OLD.record_number OR NEW.sent_at <> OLD.sent_at "
    "OR (NEW.address <> OLD.address AND NEW.address <> '') "
    "OR (OLD.state = 'DELIVERED' AND (NEW.state <> OLD.state OR NEW.delivered_at <> OLD.delivered_at))",
)

"""The séances of a body: planned, convened, held, closed; whom they gather, who is invited, who follows their dates."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.governance.models.bodies import Body
from app.domain.shared import clock
from app.domain.shared.states import Lifecycle, transition

if TYPE_CHECKING:
    from app.domain.governance.models.agenda import AgendaItem


class SeanceState(enum.Enum):
    """Where a séance is in its life."""

    PLANNED = "planned"
    CONVENED = "convened"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    NO_QUORUM = "no_quorum"
    CANCELLED = "cancelled"

    @property
    def label(self) -> Any:
        return {
            "planned": _l("Prévue"),
            "convened": _l("Convoquée"),
            "open": _l("Ouverte"),
            "suspended": _l("Suspendue"),
            "closed": _l("Tenue"),
            "no_quorum": _l("Reportée, faute de quorum"),
            "cancelled": _l("Annulée"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {
            "planned": "info",
            "convened": "info",
            "open": "waiting",
            "suspended": "waiting",
            "closed": "done",
            "no_quorum": "refused",
            "cancelled": "refused",
        }[self.value]


SEANCE_LIFE = Lifecycle(
    "seance",
    (
        transition("convene", (SeanceState.PLANNED, SeanceState.CONVENED), SeanceState.CONVENED),
        # Another hour or another place: what was sent is no longer true.
        transition("move", (SeanceState.PLANNED, SeanceState.CONVENED), SeanceState.PLANNED),
        transition("open", (SeanceState.PLANNED, SeanceState.CONVENED), SeanceState.OPEN),
        transition("suspend", SeanceState.OPEN, SeanceState.SUSPENDED),
        transition("resume", SeanceState.SUSPENDED, SeanceState.OPEN),
        transition("close", (SeanceState.OPEN, SeanceState.SUSPENDED), SeanceState.CLOSED),
        transition(
            "note_no_quorum",
            (SeanceState.PLANNED, SeanceState.CONVENED, SeanceState.OPEN, SeanceState.SUSPENDED),
            SeanceState.NO_QUORUM,
        ),
        transition("cancel", (SeanceState.PLANNED, SeanceState.CONVENED), SeanceState.CANCELLED),
    ),
    {
        SeanceState.CLOSED: _l("Cette séance est levée : ce qui s’y est dit reste écrit tel quel."),
        SeanceState.NO_QUORUM: _l("Cette séance n’a pas pu se tenir, faute de quorum."),
        SeanceState.CANCELLED: _l("Cette séance est annulée."),
        SeanceState.OPEN: _l("Cette séance est déjà ouverte."),
        SeanceState.SUSPENDED: _l("Cette séance est suspendue. Reprenez-la d’abord."),
    },
)
ENDED = (SeanceState.CLOSED, SeanceState.NO_QUORUM, SeanceState.CANCELLED)
IN_SESSION = (SeanceState.OPEN, SeanceState.SUSPENDED)

# The bodies that meet together with the one that convenes; that one is ``Seance.body``.
seance_bodies = Table(
    "seance_bodies",
    Base.metadata,
    Column("seance_id", Integer, ForeignKey("seances.id"), primary_key=True),
    Column("body_id", Integer, ForeignKey("bodies.id"), primary_key=True),
)


class Seance(Base):
    """A meeting of a body, or of several at once. What it still lacks is derived from what is empty."""

    __tablename__ = "seances"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ordered"),
        # A séance without quorum has one second call.
        Index("uq_seances_second_call_of_id", "second_call_of_id", unique=True),
        CheckConstraint("call_number > 0", name="counted_from_one"),
        CheckConstraint("state <> 'CLOSED' OR (opened_at IS NOT NULL AND closed_at IS NOT NULL)", name="held"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The body that convenes; ``also`` names those that meet with it.
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(200), default="")
    # How one gets in: floor, lift, loop for the hard of hearing, bus.
    access: Mapped[str] = mapped_column(String(300), default="")
    childcare: Mapped[str] = mapped_column(String(300), default="")
    interpreter: Mapped[str] = mapped_column(String(300), default="")
    introduction: Mapped[str] = mapped_column(Text, default="")
    # Anybody may come; otherwise only the members see it.
    is_public: Mapped[bool] = mapped_column(default=True)
    state: Mapped[SeanceState] = mapped_column(default=SeanceState.PLANNED)
    convocation_sent_at: Mapped[datetime | None]
    # Each change of hour or place counts: calendars then know that theirs is old (RFC 5545, SEQUENCE).
    sequence: Mapped[int] = mapped_column(default=0)
    # A second call takes up the agenda of a séance that had no quorum.
    call_number: Mapped[int] = mapped_column(default=1)
    second_call_of_id: Mapped[int | None] = mapped_column(ForeignKey("seances.id"))
    cancel_reason: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    # Who presided and who wrote, as the minutes must say (CGCT L.2121-15).
    presided_by: Mapped[str] = mapped_column(String(300), default="", info={"personal": True})
    secretaries: Mapped[str] = mapped_column(String(300), default="", info={"personal": True})
    # The code shown in the room, by which members say that they are there: kept as a digest.
    room_code_hash: Mapped[str] = mapped_column(String(64), default="")
    room_code_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship(lazy="raise_on_sql")
    also: Mapped[list[Body]] = relationship(secondary=seance_bodies, lazy="raise_on_sql", order_by=Body.name)
    items: Mapped[list["AgendaItem"]] = relationship(  # noqa: UP037 - known once every model is
        lazy="raise_on_sql", back_populates="seance", order_by="(AgendaItem.position, AgendaItem.id)"
    )
    second_call_of: Mapped[Seance | None] = relationship(lazy="raise_on_sql", remote_side=[id])

    @property
    def is_over(self) -> bool:
        """Whether it has ended, or its hour has passed without anybody opening it."""
        if self.state in ENDED:
            return True
        return self.state not in IN_SESSION and self.starts_at <= clock.now()

    @property
    def is_in_session(self) -> bool:
        """Whether it is being held now, or is suspended."""
        return self.state in IN_SESSION

    @property
    def agenda(self) -> list[AgendaItem]:
        """The items that will be talked about, in order: those proposed or declined apart."""
        return [item for item in self.items if item.on_agenda]

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Every body that meets, the one that convenes first."""
        return (self.body, *self.also)


refuse_changes(
    Seance.__table__,  # type: ignore[arg-type]
    "OLD.state IN ('CLOSED', 'NO_QUORUM', 'CANCELLED') AND NEW.state <> OLD.state",
    "OLD.state <> 'PLANNED'",
)


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


class SeanceGuest(Base):
    """Somebody invited without sitting: an expert, a service, a neighbour. Convened like the members, no vote."""

    __tablename__ = "seance_guests"

    id: Mapped[int] = mapped_column(primary_key=True)
    seance_id: Mapped[int] = mapped_column(ForeignKey("seances.id"), index=True)
    name: Mapped[str] = mapped_column(String(200), info={"personal": True})
    quality: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="", info={"personal": True})
    # Whether they came; unknown until somebody says so.
    came: Mapped[bool | None]


class CalendarKey(Base):
    """The secret address by which somebody’s calendar follows the séances they sit in; renewed, the old one is dead."""

    __tablename__ = "calendar_keys"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    # The key itself is shown once: only its digest is kept.
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]

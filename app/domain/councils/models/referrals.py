"""The interpellation du préfet: a difficulty of residents that a conseil brings to him, and each step that follows."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.accounts.models import Role
from app.domain.governance.models import Body, Seance
from app.domain.shared.states import Lifecycle, transition
from app.domain.territories.models import Quartier


class InterpellationState(enum.Enum):
    """Where an interpellation is: the conseil's own until it is sent, public afterwards."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    ON_AGENDA = "on_agenda"
    CLOSED = "closed"
    DROPPED = "dropped"

    @property
    def label(self) -> Any:
        return {
            "draft": _l("Brouillon"),
            "adopted": _l("Adoptée, pas encore envoyée"),
            "sent": _l("Envoyée au préfet"),
            "acknowledged": _l("Reçue par le préfet"),
            "answered": _l("Réponse du préfet"),
            "on_agenda": _l("À l’ordre du jour du comité de pilotage"),
            "closed": _l("Close par le conseil"),
            "dropped": _l("Abandonnée par le conseil"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {
            "draft": "quiet", "adopted": "info", "sent": "waiting", "acknowledged": "waiting", "answered": "info",
            "on_agenda": "info", "closed": "done", "dropped": "quiet",
        }[self.value]  # fmt: skip


_STATE = InterpellationState
# What everybody reads.
PUBLIC_INTERPELLATIONS = (_STATE.SENT, _STATE.ACKNOWLEDGED, _STATE.ANSWERED, _STATE.ON_AGENDA, _STATE.CLOSED)

INTERPELLATION_LIFE = Lifecycle(
    "interpellation",
    (
        transition("write_interpellation", _STATE.DRAFT, _STATE.DRAFT),
        transition("adopt_interpellation", _STATE.DRAFT, _STATE.ADOPTED),
        transition("send_interpellation", _STATE.ADOPTED, _STATE.SENT),
        transition("acknowledge", _STATE.SENT, _STATE.ACKNOWLEDGED),
        # A préfet may answer without having acknowledged.
        transition("note_answer", (_STATE.SENT, _STATE.ACKNOWLEDGED), _STATE.ANSWERED),
        transition("put_on_agenda", _STATE.ANSWERED, _STATE.ON_AGENDA),
        # The préfet brings it to the steering committee when he finds it justified: the conseil may close without that.
        transition("close_interpellation", (_STATE.ANSWERED, _STATE.ON_AGENDA), _STATE.CLOSED),
        transition("drop_interpellation", (_STATE.DRAFT, _STATE.ADOPTED), _STATE.DROPPED),
    ),
    {
        _STATE.DRAFT: _l("Cette interpellation est encore un brouillon : le conseil doit d’abord l’adopter."),
        _STATE.ADOPTED: _l("Cette interpellation est adoptée : son texte ne change plus."),
        _STATE.SENT: _l("Cette interpellation est envoyée : son texte ne change plus."),
        _STATE.ACKNOWLEDGED: _l("Le préfet a déjà accusé réception de cette interpellation."),
        _STATE.ANSWERED: _l("Le préfet a déjà répondu à cette interpellation."),
        _STATE.ON_AGENDA: _l("Cette interpellation est déjà à l’ordre du jour du comité de pilotage."),
        _STATE.CLOSED: _l("Le conseil a clos cette interpellation."),
        _STATE.DROPPED: _l("Le conseil a abandonné cette interpellation."),
    },
)


class Interpellation(Base):
    """A difficulty met by residents, brought to the préfet (loi du 27 janvier 2017). Frozen once adopted."""

    __tablename__ = "interpellations"
    __table_args__ = (
        CheckConstraint("votes_for >= 0 AND votes_against >= 0 AND votes_abstained >= 0", name="counted_votes"),
        CheckConstraint("state IN ('DRAFT', 'DROPPED') OR adopted_on IS NOT NULL", name="adopted_on_a_day"),
        CheckConstraint("state IN ('DRAFT', 'ADOPTED', 'DROPPED') OR sent_at IS NOT NULL", name="sent_at_an_hour"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    # None when the difficulty is met everywhere.
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"))
    subject: Mapped[str] = mapped_column(String(200))
    difficulty: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text, default="")
    wish: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[InterpellationState] = mapped_column(default=InterpellationState.DRAFT)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    votes_for: Mapped[int] = mapped_column(default=0)
    votes_against: Mapped[int] = mapped_column(default=0)
    votes_abstained: Mapped[int] = mapped_column(default=0)
    quorum: Mapped[str] = mapped_column(String(300), default="")
    minority_view: Mapped[str] = mapped_column(Text, default="")
    adopted_on: Mapped[date | None]
    # The séance of the conseil that adopted it, and the one of the steering committee that hears it.
    seance_id: Mapped[int | None] = mapped_column(ForeignKey("seances.id"))
    agenda_seance_id: Mapped[int | None] = mapped_column(ForeignKey("seances.id"))
    sent_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship(lazy="raise_on_sql")
    quartier: Mapped[Quartier | None] = relationship(lazy="raise_on_sql")
    agenda_seance: Mapped[Seance | None] = relationship(lazy="raise_on_sql", foreign_keys=[agenda_seance_id])
    steps: Mapped[list[InterpellationStep]] = relationship(
        lazy="raise_on_sql", back_populates="interpellation", order_by="InterpellationStep.id"
    )

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it: from the moment it is sent."""
        return self.state in PUBLIC_INTERPELLATIONS


class InterpellationStep(Base):
    """What happened on a day, in words; with the reference of the préfet's letter when one was transcribed."""

    __tablename__ = "interpellation_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    interpellation_id: Mapped[int] = mapped_column(ForeignKey("interpellations.id"), index=True)
    state: Mapped[InterpellationState]
    happened_on: Mapped[date]
    words: Mapped[str] = mapped_column(Text, default="")
    letter_reference: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # The function under which it was written down; nothing for a member of the conseil.
    recorded_as: Mapped[Role | None]

    interpellation: Mapped[Interpellation] = relationship(lazy="raise_on_sql", back_populates="steps")


_ADOPTED = "OLD.state NOT IN ('DRAFT', 'DROPPED')"
_REWRITTEN = (
    "NEW.state = 'DRAFT' OR NEW.body_id <> OLD.body_id OR NEW.subject <> OLD.subject "
    "OR COALESCE(NEW.quartier_id, 0) <> COALESCE(OLD.quartier_id, 0) OR NEW.difficulty <> OLD.difficulty "
    "OR NEW.evidence <> OLD.evidence OR NEW.wish <> OLD.wish OR NEW.votes_for <> OLD.votes_for "
    "OR NEW.votes_against <> OLD.votes_against OR NEW.votes_abstained <> OLD.votes_abstained "
    "OR NEW.quorum <> OLD.quorum OR NEW.minority_view <> OLD.minority_view OR NEW.adopted_on <> OLD.adopted_on "
    "OR (OLD.sent_at IS NOT NULL AND (NEW.state IN ('ADOPTED', 'DROPPED') OR NEW.sent_at <> OLD.sent_at))"
)
# No institution edits it, and nobody else once it was voted (droit-et-pratique §2.2, CC-R28).
refuse_changes(Interpellation.__table__, update=f"{_ADOPTED} AND ({_REWRITTEN})", delete=_ADOPTED)  # type: ignore[arg-type]
refuse_changes(InterpellationStep.__table__)  # type: ignore[arg-type]

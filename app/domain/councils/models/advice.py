"""An avis: what a conseil asks, in numbered items, and what the body it is addressed to answers to each."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.accounts.models import Role
from app.domain.governance.models import Body, BodyRulebook, Seance
from app.domain.shared import clock
from app.domain.shared.states import Lifecycle, transition


class AvisState(enum.Enum):
    """Where an avis is: the conseil's own until it is sent, public afterwards."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    SENT = "sent"
    PARTLY_ANSWERED = "partly_answered"
    ANSWERED = "answered"
    DROPPED = "dropped"

    @property
    def label(self) -> Any:
        return {
            "draft": _l("Brouillon"),
            "adopted": _l("Adopté, pas encore envoyé"),
            "sent": _l("Attend sa réponse"),
            "partly_answered": _l("Réponse incomplète"),
            "answered": _l("Réponse donnée"),
            "dropped": _l("Abandonné par le conseil"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {
            "draft": "quiet", "adopted": "info", "sent": "waiting", "partly_answered": "waiting", "answered": "done",
            "dropped": "quiet",
        }[self.value]  # fmt: skip


# What everybody reads.
PUBLIC_AVIS = (AvisState.SENT, AvisState.PARTLY_ANSWERED, AvisState.ANSWERED)

AVIS_LIFE = Lifecycle(
    "avis",
    (
        transition("write_avis", AvisState.DRAFT, AvisState.DRAFT),
        transition("adopt_avis", AvisState.DRAFT, AvisState.ADOPTED),
        transition("send_avis", AvisState.ADOPTED, AvisState.SENT),
        transition("answer_some", (AvisState.SENT, AvisState.PARTLY_ANSWERED), AvisState.PARTLY_ANSWERED),
        transition("answer_all", (AvisState.SENT, AvisState.PARTLY_ANSWERED), AvisState.ANSWERED),
        transition("drop_avis", (AvisState.DRAFT, AvisState.ADOPTED), AvisState.DROPPED),
    ),
    {
        AvisState.DRAFT: _l("Cet avis est encore un brouillon : le conseil doit d’abord l’adopter."),
        AvisState.ADOPTED: _l("Cet avis est adopté : son texte ne change plus."),
        AvisState.SENT: _l("Cet avis est envoyé : son texte ne change plus, il attend sa réponse."),
        AvisState.PARTLY_ANSWERED: _l("Cet avis a commencé à recevoir sa réponse : son texte ne change plus."),
        AvisState.ANSWERED: _l("Cet avis a reçu toute sa réponse."),
        AvisState.DROPPED: _l("Le conseil a abandonné cet avis."),
    },
)


class Avis(Base):
    """What a conseil says to a body of its contract. From its adoption on nobody can change it, whoever they are."""

    __tablename__ = "avis"
    __table_args__ = (
        CheckConstraint("votes_for >= 0 AND votes_against >= 0 AND votes_abstained >= 0", name="counted_votes"),
        # What is adopted was voted on a day; what is sent went somewhere, at an hour, and is answered before a day.
        CheckConstraint("state IN ('DRAFT', 'DROPPED') OR adopted_on IS NOT NULL", name="adopted_on_a_day"),
        CheckConstraint(
            "state IN ('DRAFT', 'ADOPTED', 'DROPPED') OR "
            "(sent_at IS NOT NULL AND answer_due_on IS NOT NULL AND addressed_id IS NOT NULL)",
            name="sent_somewhere",
        ),
        CheckConstraint("addressed_id IS NULL OR addressed_id <> body_id", name="to_another_body"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    addressed_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    # Why the conseil speaks: what it saw, heard, was asked.
    context: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[AvisState] = mapped_column(default=AvisState.DRAFT)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # The vote by which it was adopted, in the séance when there was one.
    votes_for: Mapped[int] = mapped_column(default=0)
    votes_against: Mapped[int] = mapped_column(default=0)
    votes_abstained: Mapped[int] = mapped_column(default=0)
    # How many were needed and how many were there, in words.
    quorum: Mapped[str] = mapped_column(String(300), default="")
    minority_view: Mapped[str] = mapped_column(Text, default="")
    adopted_on: Mapped[date | None]
    seance_id: Mapped[int | None] = mapped_column(ForeignKey("seances.id"))
    sent_at: Mapped[datetime | None]
    # Written on the day of sending, from the delay then in force.
    answer_due_on: Mapped[date | None]
    # The rulebook of the body addressed that gave the delay; none when that body had not written it.
    answer_rulebook_id: Mapped[int | None] = mapped_column(ForeignKey("body_rulebooks.id"))
    answered_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship(lazy="raise_on_sql", foreign_keys=[body_id])
    addressed: Mapped[Body | None] = relationship(lazy="raise_on_sql", foreign_keys=[addressed_id])
    seance: Mapped[Seance | None] = relationship(lazy="raise_on_sql")
    answer_rulebook: Mapped[BodyRulebook | None] = relationship(lazy="raise_on_sql")
    items: Mapped[list[AvisItem]] = relationship(
        lazy="raise_on_sql", back_populates="avis", order_by="AvisItem.position", cascade="all, delete-orphan"
    )

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it: from the moment it is sent."""
        return self.state in PUBLIC_AVIS

    @property
    def days_late(self) -> int:
        """By how many days its whole answer is late, or was; 0 when it is not, or is not sent."""
        if self.answer_due_on is None or self.sent_at is None:
            return 0
        ended = clock.in_paris(self.answered_at).date() if self.answered_at else clock.today()
        return max(0, (ended - self.answer_due_on).days)


class ItemAnswer(enum.Enum):
    """What the body answers to one item."""

    RETAINED = "retained"
    PARTLY = "partly"
    NOT_RETAINED = "not_retained"

    @property
    def label(self) -> Any:
        return {
            "retained": _l("Retenu"),
            "partly": _l("Retenu en partie"),
            "not_retained": _l("Non retenu"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {"retained": "done", "partly": "waiting", "not_retained": "refused"}[self.value]


class AvisItem(Base):
    """One thing asked, and its answer: given once, with its reason."""

    __tablename__ = "avis_items"
    __table_args__ = (
        UniqueConstraint("avis_id", "position"),
        CheckConstraint("position > 0", name="counted_from_one"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at_an_hour"),
        # What is not retained, or not wholly, says why.
        CheckConstraint("answer IS NULL OR answer = 'RETAINED' OR length(reason) > 0", name="reasoned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    avis_id: Mapped[int] = mapped_column(ForeignKey("avis.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    answer: Mapped[ItemAnswer | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # The function under which it was answered, shown instead of a name.
    answered_as: Mapped[Role | None]

    avis: Mapped[Avis] = relationship(lazy="raise_on_sql", back_populates="items")


_ADOPTED = "OLD.state NOT IN ('DRAFT', 'DROPPED')"
_REWRITTEN = (
    "NEW.state = 'DRAFT' OR NEW.body_id <> OLD.body_id OR NEW.subject <> OLD.subject OR NEW.context <> OLD.context "
    "OR NEW.votes_for <> OLD.votes_for OR NEW.votes_against <> OLD.votes_against "
    "OR NEW.votes_abstained <> OLD.votes_abstained OR NEW.quorum <> OLD.quorum "
    "OR NEW.minority_view <> OLD.minority_view OR NEW.adopted_on <> OLD.adopted_on "
    "OR (OLD.sent_at IS NOT NULL AND (NEW.state IN ('ADOPTED', 'DROPPED') OR NEW.sent_at <> OLD.sent_at "
    "OR NEW.addressed_id <> OLD.addressed_id OR NEW.answer_due_on <> OLD.answer_due_on "
    "OR COALESCE(NEW.answer_rulebook_id, 0) <> COALESCE(OLD.answer_rulebook_id, 0)))"
)
# An avis once adopted is what the conseil voted: not even the conseil rewrites it (droit-et-pratique §6, rule 4).
refuse_changes(Avis.__table__, update=f"{_ADOPTED} AND ({_REWRITTEN})", delete=_ADOPTED)  # type: ignore[arg-type]

_OF_AN_ADOPTED = "EXISTS (SELECT 1 FROM avis WHERE avis.id = {row}.avis_id AND avis.state NOT IN ('DRAFT', 'DROPPED'))"
_ITEM_REWRITTEN = (
    f"({_OF_AN_ADOPTED.format(row='OLD')} AND (NEW.avis_id <> OLD.avis_id OR NEW.position <> OLD.position "
    "OR NEW.text <> OLD.text)) OR (OLD.answer IS NOT NULL AND (NEW.answer IS NULL OR NEW.answer <> OLD.answer "
    "OR NEW.reason <> OLD.reason OR NEW.answered_at <> OLD.answered_at))"
)
refuse_changes(
    AvisItem.__table__,  # type: ignore[arg-type]
    update=_ITEM_REWRITTEN,
    delete=_OF_AN_ADOPTED.format(row="OLD"),
    insert=_OF_AN_ADOPTED.format(row="NEW"),
)

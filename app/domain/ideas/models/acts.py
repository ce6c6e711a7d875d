"""What people do with an idea: support it, report it, moderate it, answer it; and the question put at a merger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.accounts.models import Person
from app.domain.ideas.models.idea import Idea
from app.domain.ideas.models.terms import AbuseOutcome, AbuseReason, AnswerOutcome, ModerationVerb


class Support(Base):
    """One person who finds an idea useful. It is not a vote: it decides nothing."""

    __tablename__ = "idea_supports"

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    at: Mapped[datetime]


class AbuseReport(Base):
    """Somebody asks the moderators to look at an idea; they answer once."""

    __tablename__ = "idea_abuse_reports"
    __table_args__ = (
        # One person does not fill the queue alone.
        UniqueConstraint("idea_id", "by_id"),
        CheckConstraint("(handled_at IS NULL) = (outcome IS NULL)", name="handled_with_an_outcome"),
        Index("ix_idea_abuse_reports_waiting", "handled_at", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[AbuseReason]
    words: Mapped[str] = mapped_column(String(1000), default="", info={"personal": True})
    at: Mapped[datetime]
    outcome: Mapped[AbuseOutcome | None]
    handled_at: Mapped[datetime | None]
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
    by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[by_id])


class ModerationDecision(Base):
    """What a moderator decided, and the reason the author reads. Never changed: another decision follows."""

    __tablename__ = "idea_moderation_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    verb: Mapped[ModerationVerb]
    reason: Mapped[str] = mapped_column(Text, default="")
    # Empty when ideas are published at once and nobody read this one.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class MergeQuestion(Base):
    """A supporter of a merged idea is asked whether they support the other one. Silence changes nothing."""

    __tablename__ = "idea_merge_questions"
    __table_args__ = (
        UniqueConstraint("idea_id", "person_id"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_on_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    answer: Mapped[bool | None]
    answered_at: Mapped[datetime | None]

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql", foreign_keys=[idea_id])
    target: Mapped[Idea] = relationship(lazy="raise_on_sql", foreign_keys=[target_id])


class OfficialAnswer(Base):
    """What the collectivité answers, dated and reasoned. Never changed: a later answer follows it."""

    __tablename__ = "idea_answers"
    __table_args__ = (CheckConstraint("length(text) > 0", name="reasoned"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    outcome: Mapped[AnswerOutcome]
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    by: Mapped[Person | None] = relationship(lazy="raise_on_sql")


refuse_changes(ModerationDecision.__table__)  # type: ignore[arg-type]
refuse_changes(OfficialAnswer.__table__)  # type: ignore[arg-type]

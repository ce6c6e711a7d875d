"""An idea as it is kept, and the two small tables that number it and let it be found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.domain.accounts.models import Person
from app.domain.ideas.models.terms import LISTED, AuthorType, Channel, IdeaState
from app.domain.processes.models import Process
from app.domain.shared.files import StoredFile
from app.domain.territories.models import Quartier, ThematicNode

idea_quartiers = Table(
    "idea_quartiers",
    Base.metadata,
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True),
    Column("quartier_id", Integer, ForeignKey("quartiers.id"), primary_key=True),
    Index("ix_idea_quartiers_quartier", "quartier_id", "idea_id"),
)

_SEEN = ", ".join(f"'{state.name}'" for state in LISTED)


class Idea(Base):
    """What somebody wants to change: a need, a solution, or both; for some quartiers or for all."""

    __tablename__ = "ideas"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        # A public number is given at the first submission: a draft thrown away leaves no hole.
        CheckConstraint("state = 'DRAFT' OR number IS NOT NULL", name="numbered_once_submitted"),
        CheckConstraint("state = 'DRAFT' OR length(title) > 0", name="titled_once_submitted"),
        # Either may be empty, not both.
        CheckConstraint("state = 'DRAFT' OR length(need) + length(solution) > 0", name="need_or_solution"),
        CheckConstraint("length(title) <= 120 AND length(need) <= 3000 AND length(solution) <= 3000", name="lengths"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="whole_point"),
        CheckConstraint("latitude BETWEEN -90000000 AND 90000000", name="latitude"),
        CheckConstraint("longitude BETWEEN -180000000 AND 180000000", name="longitude"),
        CheckConstraint("(state = 'MERGED') = (merged_into_id IS NOT NULL)", name="merged_names_its_target"),
        CheckConstraint("merged_into_id <> id", name="merged_elsewhere"),
        # Nobody writes in somebody's name without their agreement; an idea without account says who typed it.
        CheckConstraint("author_id IS NOT NULL OR entered_by_id IS NOT NULL", name="somebody_gave_it"),
        CheckConstraint("entered_by_id IS NULL OR agreement_recorded", name="agreement"),
        CheckConstraint(f"(listed_at IS NOT NULL) = (state IN ({_SEEN}))", name="listed_when_public"),
        CheckConstraint("support_count >= 0", name="supports_from_zero"),
        # Each way of reading the public list follows one index in its order, so that a page costs the same
        # whatever the number of ideas.
        Index("ix_ideas_newest", "listed_at", "id"),
        Index("ix_ideas_newest_of_theme", "theme_id", "listed_at", "id"),
        Index("ix_ideas_newest_of_process", "process_id", "listed_at", "id"),
        Index("ix_ideas_newest_in_state", "state", "listed_at", "id"),
        Index("ix_ideas_supported", "support_count", "id"),
        Index("ix_ideas_supported_of_theme", "theme_id", "support_count", "id"),
        Index("ix_ideas_supported_of_process", "process_id", "support_count", "id"),
        Index("ix_ideas_supported_in_state", "state", "support_count", "id"),
        # The moderators' queue, the longest waiting first.
        Index("ix_ideas_waiting", "state", "submitted_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Made by the form before it is sent: the same form sent twice finds its first idea again.
    key: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[int | None] = mapped_column(unique=True)
    state: Mapped[IdeaState] = mapped_column(default=IdeaState.DRAFT)

    title: Mapped[str] = mapped_column(String(120), default="")
    need: Mapped[str] = mapped_column(Text, default="")
    solution: Mapped[str] = mapped_column(Text, default="")
    # The language the text is written in, for those who read it aloud or translate it.
    language: Mapped[str] = mapped_column(String(12), default="fr")
    all_quartiers: Mapped[bool] = mapped_column(default=False)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("thematic_nodes.id"))
    process_id: Mapped[int | None] = mapped_column(ForeignKey("processes.id"))
    place_words: Mapped[str] = mapped_column(String(300), default="")
    # In millionths of a degree: integers compare and travel without surprise.
    latitude: Mapped[int | None]
    longitude: Mapped[int | None]
    photo_id: Mapped[str | None] = mapped_column(ForeignKey("stored_files.id"))

    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    author_name: Mapped[str] = mapped_column(String(80), default="", info={"personal": True})
    author_type: Mapped[AuthorType] = mapped_column(default=AuthorType.RESIDENT)
    group_name: Mapped[str] = mapped_column(String(120), default="")
    channel: Mapped[Channel] = mapped_column(default=Channel.ONLINE)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    agreement_recorded: Mapped[bool] = mapped_column(default=False)
    # SHA-256 of the code printed on the copy: whoever holds it may become the author.
    take_over_hash: Mapped[str | None] = mapped_column(String(64), unique=True)

    created_at: Mapped[datetime]
    edited_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    # The first publication; ``listed_at`` is the same while everybody sees the idea, and empty otherwise.
    published_at: Mapped[datetime | None]
    listed_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    study_began_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    merged_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    # Kept equal to the number of rows of ``idea_supports``, so that lists sort and show without counting.
    support_count: Mapped[int] = mapped_column(default=0)

    quartiers: Mapped[list[Quartier]] = relationship(
        secondary=idea_quartiers, lazy="raise_on_sql", order_by=(Quartier.position, Quartier.id)
    )
    theme: Mapped[ThematicNode | None] = relationship(lazy="raise_on_sql")
    process: Mapped[Process | None] = relationship(lazy="raise_on_sql")
    photo: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")
    author: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[author_id])
    entered_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[entered_by_id])
    merged_into: Mapped[Idea | None] = relationship(lazy="raise_on_sql", remote_side=[id])

    @property
    def is_listed(self) -> bool:
        """Whether everybody sees it."""
        return self.state in LISTED

    @property
    def shown_author(self) -> Any:
        """The author as everybody reads it: the collective if there is one, else the name given, else nobody's."""
        if self.author_type.is_collective and self.group_name:
            return self.group_name
        return self.author_name or _l("Une personne qui n’a pas donné son nom")

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, when the place was shown on the map."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude / 1_000_000, self.longitude / 1_000_000


class IdeaNumber(Base):
    """One row: the last public number given, locked while the next is given."""

    __tablename__ = "idea_numbers"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class IdeaWord(Base):
    """A word of a public idea, in the short form under which it is looked for (see ``rules/similarity.py``).

    An ordinary index on an ordinary table: the same on both databases, without extension.
    """

    __tablename__ = "idea_words"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it on the class

    word: Mapped[str] = mapped_column(String(12), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True, index=True)

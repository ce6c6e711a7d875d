"""Who sits: colleges, kinds of seats, seats, the people who hold them, their mandates and their offices."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.domain.accounts.models import Person
from app.domain.governance.models.bodies import Body
from app.domain.territories.models import Organisation, Quartier


class College(Base):
    """A college of a body. One may be added later, or closed: its past stays."""

    __tablename__ = "colleges"
    __table_args__ = (
        UniqueConstraint("body_id", "code"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="ordered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    # Stable: the composition rule names a college by it.
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)
    # The college of residents: the one the law wants large, mixed and drawn.
    is_residents: Mapped[bool] = mapped_column(default=False)
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]

    body: Mapped[Body] = relationship(lazy="raise_on_sql")
    seat_types: Mapped[list[SeatType]] = relationship(
        lazy="raise_on_sql", back_populates="college", order_by="SeatType.position, SeatType.id"
    )


class Recruitment(enum.Enum):
    """How people come to a kind of seat."""

    DRAW = "draw"
    VOLUNTEER = "volunteer"
    APPLICATION = "application"
    NOMINATION = "nomination"
    ELECTION = "election"
    RIGHT = "right"

    @property
    def label(self) -> Any:
        return {
            "draw": _l("Tirage au sort"),
            "volunteer": _l("Volontariat"),
            "application": _l("Candidature d’une association ou d’un acteur local"),
            "nomination": _l("Désignation"),
            "election": _l("Élection"),
            "right": _l("De droit"),
        }[self.value]


class SeatType(Base):
    """A kind of seat in a college: how one comes to it, between which ages, with a vote or not."""

    __tablename__ = "seat_types"
    __table_args__ = (
        UniqueConstraint("college_id", "code"),
        CheckConstraint("min_age IS NULL OR max_age IS NULL OR min_age <= max_age", name="ages"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    college_id: Mapped[int] = mapped_column(ForeignKey("colleges.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)
    recruitment: Mapped[Recruitment]
    # Completed years on the day of nomination; none when any age may sit.
    min_age: Mapped[int | None]
    max_age: Mapped[int | None]
    has_vote: Mapped[bool] = mapped_column(default=True)

    college: Mapped[College] = relationship(lazy="raise_on_sql", back_populates="seat_types")


class Seat(Base):
    """A seat: it outlives those who hold it. A COPIL names it ("Préfet"), a conseil numbers it."""

    __tablename__ = "seats"
    __table_args__ = (
        UniqueConstraint("seat_type_id", "number"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="ordered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    seat_type_id: Mapped[int] = mapped_column(ForeignKey("seat_types.id"), index=True)
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(200), default="")
    # The quartier whose share it is, when seats are shared out by quartier.
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]

    body: Mapped[Body] = relationship(lazy="raise_on_sql")
    seat_type: Mapped[SeatType] = relationship(lazy="raise_on_sql")
    quartier: Mapped[Quartier | None] = relationship(lazy="raise_on_sql")
    mandates: Mapped[list[Mandate]] = relationship(
        lazy="raise_on_sql", back_populates="seat", order_by="Mandate.starts_on, Mandate.id"
    )


class Gender(enum.Enum):
    """What a member declares; never guessed from a first name (CC-R05)."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"
    UNDECLARED = "undeclared"

    @property
    def label(self) -> Any:
        return {
            "woman": _l("Femme"),
            "man": _l("Homme"),
            "other": _l("Autre"),
            "undeclared": _l("Non déclaré"),
        }[self.value]


class Member(Base):
    """Somebody who sits, or may: known to the body, not to the public beyond a first name and an initial (CC-R32)."""

    __tablename__ = "members"
    __table_args__ = (Index("ix_members_person", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Their account, once they have one and it is theirs.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    first_name: Mapped[str] = mapped_column(String(80), info={"personal": True})
    last_name: Mapped[str] = mapped_column(String(80), info={"personal": True})
    email: Mapped[str | None] = mapped_column(String(254), info={"personal": True})
    phone: Mapped[str] = mapped_column(String(40), default="", info={"personal": True})
    # For letters only; never shown in public.
    address: Mapped[str] = mapped_column(String(300), default="", info={"personal": True})
    gender: Mapped[Gender] = mapped_column(default=Gender.UNDECLARED, info={"personal": True})
    # A year and nothing finer: ages of seats and authorisations of minors are checked with it.
    birth_year: Mapped[int | None] = mapped_column(info={"personal": True})
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    # "Association des parents d’élèves, présidente": for whoever sits for others.
    quality: Mapped[str] = mapped_column(String(200), default="")
    # They agreed that their whole name is public.
    name_is_public: Mapped[bool] = mapped_column(default=False)
    # Declared: neither elected, nor of the State, nor an agent of the policy (CC-R11); no tie with an institution of
    # the contract (CC-R12). Unknown until asked.
    declared_free: Mapped[bool | None]
    # A guardian’s authorisation, for somebody under age (CC-R13). Unknown until asked.
    guardian_agreed: Mapped[bool | None]
    created_at: Mapped[datetime]
    # Their name and addresses were erased at the end of the time they are kept.
    erased_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    quartier: Mapped[Quartier | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

    @property
    def full_name(self) -> str:
        """First and last name, for those who may read them."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def public_name(self) -> str:
        """What everybody reads: first name and initial, or the whole name when the person agreed."""
        if self.name_is_public or not self.last_name:
            return self.full_name
        return f"{self.first_name} {self.last_name[0]}."

    def age_in(self, year: int) -> int | None:
        """The age reached in a year; the day is never known."""
        return None if self.birth_year is None else year - self.birth_year


class Standing(enum.Enum):
    """Whether one holds the seat or replaces its holder."""

    TITULAR = "titular"
    ALTERNATE = "alternate"

    @property
    def label(self) -> Any:
        return {"titular": _l("Titulaire"), "alternate": _l("Suppléante ou suppléant")}[self.value]


class EndReason(enum.Enum):
    """Why a mandate ended."""

    TERM = "term"
    RESIGNED = "resigned"
    MOVED = "moved"
    LOST_QUALITY = "lost_quality"
    EXCLUDED = "excluded"
    DECEASED = "deceased"
    BODY_ENDED = "body_ended"
    BECAME_TITULAR = "became_titular"

    @property
    def label(self) -> Any:
        return {
            "term": _l("Fin du mandat"),
            "resigned": _l("Démission"),
            "moved": _l("Départ du quartier"),
            "lost_quality": _l("Perte de la qualité qui donnait le siège"),
            "excluded": _l("Exclusion, après procédure"),
            "deceased": _l("Décès"),
            "body_ended": _l("Fin ou réunion de l’instance"),
            "became_titular": _l("Devenue ou devenu titulaire"),
        }[self.value]


class Mandate(Base):
    """A time somebody holds a seat. It is ended, never overwritten."""

    __tablename__ = "mandates"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ordered"),
        CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", name="ended_for_a_reason"),
        CheckConstraint("rank IS NULL OR rank > 0", name="ranked_from_one"),
        # Two titulars never hold one seat together; services close the first before opening the second.
        Index(
            "uq_mandates_one_titular",
            "seat_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL AND standing = 'TITULAR'"),
            postgresql_where=text("ended_on IS NULL AND standing = 'TITULAR'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seats.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    standing: Mapped[Standing]
    recruitment: Mapped[Recruitment]
    starts_on: Mapped[date]
    # The day it should end, as written in the contract; and the day it did.
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[EndReason | None]
    end_words: Mapped[str] = mapped_column(Text, default="")
    # Sits here for another body: a conseil citoyen’s voice at the COPIL (CC-R24).
    represents_body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    # The place of an alternate in the one order of their kind of seat; without one, they replace this very seat only.
    rank: Mapped[int | None]
    # Where it comes from, by kind and id: a draw and its row, a candidacy, an arrêté.
    source_kind: Mapped[str] = mapped_column(String(40), default="")
    source_id: Mapped[str] = mapped_column(String(60), default="")

    seat: Mapped[Seat] = relationship(lazy="raise_on_sql", back_populates="mandates")
    member: Mapped[Member] = relationship(lazy="raise_on_sql")
    represents_body: Mapped[Body | None] = relationship(lazy="raise_on_sql")

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day. A planned end ends nothing by itself: only an act, or a renewal, does."""
        return self.starts_on <= day and (self.ended_on is None or day < self.ended_on)


class SeatOffer(Base):
    """A vacant seat offered to an alternate, in the public order; their answer stays written (CC-R16)."""

    __tablename__ = "seat_offers"
    __table_args__ = (
        CheckConstraint("(accepted IS NULL) = (answered_at IS NULL)", name="answered_with_a_date"),
        # One question at a time about one seat.
        Index(
            "uq_seat_offers_one_waiting",
            "seat_id",
            unique=True,
            sqlite_where=text("accepted IS NULL"),
            postgresql_where=text("accepted IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seats.id"), index=True)
    # The alternate asked.
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandates.id"), index=True)
    offered_at: Mapped[datetime]
    # Yes, no, or not answered yet.
    accepted: Mapped[bool | None]
    answered_at: Mapped[datetime | None]

    mandate: Mapped[Mandate] = relationship(lazy="raise_on_sql")


class OfficeKind(enum.Enum):
    """What a member may be charged with inside the body."""

    CHAIR = "chair"
    CO_CHAIR = "co_chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"

    @property
    def label(self) -> Any:
        return {
            "chair": _l("Présidence"),
            "co_chair": _l("Coprésidence"),
            "vice_chair": _l("Vice-présidence"),
            "secretary": _l("Secrétariat"),
            "treasurer": _l("Trésorerie"),
        }[self.value]


class Office(Base):
    """A charge held by a member for a time."""

    __tablename__ = "offices"
    __table_args__ = (CheckConstraint("ended_on IS NULL OR ended_on >= starts_on", name="ordered"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandates.id"), index=True)
    kind: Mapped[OfficeKind]
    starts_on: Mapped[date]
    ended_on: Mapped[date | None]

    mandate: Mapped[Mandate] = relationship(lazy="raise_on_sql")

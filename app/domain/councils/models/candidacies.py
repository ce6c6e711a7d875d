"""Candidacies: somebody asks to sit, or an association does; what was decided and answered stays written."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.accounts.models import Person
from app.domain.governance.models import Body, Gender, SeatType
from app.domain.shared.states import Lifecycle, transition
from app.domain.territories.models import Quartier


class CandidacyState(enum.Enum):
    """Where a candidacy is."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    INVITED = "invited"
    SEATED = "seated"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Any:
        return {
            "submitted": _l("Déposée"),
            "accepted": _l("Retenue"),
            "declined": _l("Non retenue"),
            "invited": _l("Invitation envoyée"),
            "seated": _l("Siège au conseil"),
            "refused": _l("Invitation refusée"),
            "withdrawn": _l("Retirée"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {
            "submitted": "waiting", "accepted": "info", "declined": "quiet", "invited": "waiting", "seated": "done",
            "refused": "quiet", "withdrawn": "quiet",
        }[self.value]  # fmt: skip


_STATE = CandidacyState
OPEN_CANDIDACIES = (_STATE.SUBMITTED, _STATE.ACCEPTED, _STATE.INVITED)
# Ended without a seat.
ENDED_CANDIDACIES = (_STATE.DECLINED, _STATE.REFUSED, _STATE.WITHDRAWN)

CANDIDACY_LIFE = Lifecycle(
    "candidacy",
    (
        transition("accept_candidacy", _STATE.SUBMITTED, _STATE.ACCEPTED),
        transition("decline_candidacy", _STATE.SUBMITTED, _STATE.DECLINED),
        transition("invite", _STATE.ACCEPTED, _STATE.INVITED),
        transition("take_seat", _STATE.INVITED, _STATE.SEATED),
        transition("refuse_seat", _STATE.INVITED, _STATE.REFUSED),
        transition("withdraw_candidacy", OPEN_CANDIDACIES, _STATE.WITHDRAWN),
    ),
    {
        _STATE.DECLINED: _l("Cette candidature n’a pas été retenue : la raison est écrite."),
        _STATE.SEATED: _l("Cette personne siège déjà au conseil."),
        _STATE.REFUSED: _l("La personne a répondu non à l’invitation."),
        _STATE.WITHDRAWN: _l("Cette candidature a été retirée."),
    },
)


class CandidacyChannel(enum.Enum):
    """How what somebody said reached the conseil. All weigh the same."""

    ONLINE = "online"
    PHONE = "phone"
    LETTER = "letter"
    IN_PERSON = "in_person"

    @property
    def label(self) -> Any:
        return {
            "online": _l("En ligne"),
            "phone": _l("Par téléphone"),
            "letter": _l("Par courrier"),
            "in_person": _l("De vive voix, sur place"),
        }[self.value]


class Candidacy(Base):
    """A person, for themselves or for an association, asks to sit in a body on one kind of seat."""

    __tablename__ = "candidacies"
    __table_args__ = (
        CheckConstraint("birth_year IS NULL OR birth_year > 1900", name="born"),
        CheckConstraint("(state = 'SEATED') = (mandate_id IS NOT NULL)", name="seated_by_a_mandate"),
        # One candidacy under way for one account and one body.
        Index(
            "uq_candidacies_one_open",
            "body_id",
            "person_id",
            unique=True,
            sqlite_where=text("state IN ('SUBMITTED', 'ACCEPTED', 'INVITED') AND person_id IS NOT NULL"),
            postgresql_where=text("state IN ('SUBMITTED', 'ACCEPTED', 'INVITED') AND person_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    seat_type_id: Mapped[int] = mapped_column(ForeignKey("seat_types.id"))
    # Their account; none when somebody else wrote it down for them.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[CandidacyChannel] = mapped_column(default=CandidacyChannel.ONLINE)
    first_name: Mapped[str] = mapped_column(String(80), info={"personal": True})
    last_name: Mapped[str] = mapped_column(String(80), info={"personal": True})
    email: Mapped[str] = mapped_column(String(254), default="", info={"personal": True})
    phone: Mapped[str] = mapped_column(String(40), default="", info={"personal": True})
    gender: Mapped[Gender] = mapped_column(default=Gender.UNDECLARED, info={"personal": True})
    birth_year: Mapped[int | None] = mapped_column(info={"personal": True})
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"))
    # Empty for somebody who comes for themselves.
    organisation_name: Mapped[str] = mapped_column(String(200), default="")
    quality: Mapped[str] = mapped_column(String(200), default="")
    motivation: Mapped[str] = mapped_column(Text, info={"personal": True})
    state: Mapped[CandidacyState] = mapped_column(default=CandidacyState.SUBMITTED)
    submitted_at: Mapped[datetime]
    # What the person reads when it is not retained.
    reason: Mapped[str] = mapped_column(Text, default="")
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandates.id"))
    # What the person said was erased at the end of the time it is kept; that somebody asked stays counted.
    erased_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship(lazy="raise_on_sql")
    seat_type: Mapped[SeatType] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])
    quartier: Mapped[Quartier | None] = relationship(lazy="raise_on_sql")
    steps: Mapped[list[CandidacyStep]] = relationship(
        lazy="raise_on_sql", back_populates="candidacy", order_by="CandidacyStep.id"
    )

    @property
    def full_name(self) -> str:
        """First and last name, for those who decide and the person."""
        if self.erased_at is not None:
            return str(_l("Personne dont le nom est effacé"))
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_open(self) -> bool:
        """Whether something is still to be decided or answered."""
        return self.state in OPEN_CANDIDACIES


class CandidacyStep(Base):
    """One thing that happened to a candidacy: when, by whom, and how it was known."""

    __tablename__ = "candidacy_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacies.id"), index=True)
    state: Mapped[CandidacyState]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[CandidacyChannel]

    candidacy: Mapped[Candidacy] = relationship(lazy="raise_on_sql", back_populates="steps")


# Who did it may be forgotten with the candidacy, never changed.
refuse_changes(
    CandidacyStep.__table__,  # type: ignore[arg-type]
    update=(
        "NEW.candidacy_id <> OLD.candidacy_id OR NEW.state <> OLD.state OR NEW.at <> OLD.at "
        "OR NEW.channel <> OLD.channel OR (NEW.by_id IS NOT NULL AND NEW.by_id <> COALESCE(OLD.by_id, 0))"
    ),
)

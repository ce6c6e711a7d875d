"""An edition of a budget participatif: where it stands, and the versions of its règlement."""

from __future__ import annotations

import enum
import json
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.budgets.rules.reglement import ReglementContent
from app.domain.governance.models import GovernanceRecord
from app.domain.processes.models import Process
from app.domain.shared.states import Lifecycle, transition


class EditionState(enum.Enum):
    """Where an edition stands: each state is entered by an act of an agent, never by time alone."""

    PREPARATION = "preparation"
    CALL = "call"
    STUDY = "study"
    ANNOUNCED = "announced"
    VOTE = "vote"
    COUNTED = "counted"
    REALISATION = "realisation"
    CLOSED = "closed"

    @property
    def label(self) -> Any:
        return {
            "preparation": _l("En préparation"),
            "call": _l("Appel à idées"),
            "study": _l("Étude des idées"),
            "announced": _l("Liste des projets publiée"),
            "vote": _l("Vote"),
            "counted": _l("Résultats annoncés"),
            "realisation": _l("Réalisation des projets"),
            "closed": _l("Édition terminée"),
        }[self.value]


_STATES = EditionState
EDITION_LIFE = Lifecycle(
    "edition",
    (
        transition("open_call", _STATES.PREPARATION, _STATES.CALL),
        transition("close_call", _STATES.CALL, _STATES.STUDY),
        transition("publish_list", _STATES.STUDY, _STATES.ANNOUNCED),
        transition("open_vote", _STATES.ANNOUNCED, _STATES.VOTE),
        transition("announce_results", _STATES.VOTE, _STATES.COUNTED),
        transition("begin_realisation", _STATES.COUNTED, _STATES.REALISATION),
        transition("close", _STATES.REALISATION, _STATES.CLOSED),
    ),
    {
        _STATES.PREPARATION: _l("Cette édition est encore en préparation. Ouvrez d’abord l’appel à idées."),
        _STATES.CALL: _l("L’appel à idées est ouvert. Clôturez-le avant de passer à la suite."),
        _STATES.STUDY: _l("Les idées sont à l’étude. Publiez d’abord la liste des projets."),
        _STATES.ANNOUNCED: _l("La liste des projets est publiée. L’étape suivante est l’ouverture du vote."),
        _STATES.VOTE: _l("Le vote est engagé. Attendez le dépouillement pour continuer."),
        _STATES.COUNTED: _l("Les résultats sont annoncés. L’étape suivante est la réalisation."),
        _STATES.REALISATION: _l("Les projets sont en cours de réalisation : cette étape est passée."),
        _STATES.CLOSED: _l("Cette édition est terminée : elle ne change plus."),
    },
)


class Edition(Base):
    """One edition: a démarche that goes through the six phases with money to share. Its title is its démarche's."""

    __tablename__ = "editions"

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("processes.id"), unique=True)
    state: Mapped[EditionState] = mapped_column(default=EditionState.PREPARATION, index=True)
    # The versions the call and the vote were opened under: those acts are judged by them for ever.
    call_version: Mapped[int | None]
    vote_version: Mapped[int | None]
    call_closed_at: Mapped[datetime | None]
    list_published_at: Mapped[datetime | None]
    # The places in the register of the published list and of the closing account.
    list_record_position: Mapped[int | None] = mapped_column(ForeignKey("governance_records.position"))
    vote_opened_at: Mapped[datetime | None]
    results_announced_at: Mapped[datetime | None]
    realisation_began_at: Mapped[datetime | None]
    # The délibération by which the council confirms the winners: its reference and its day.
    confirmed_by: Mapped[str] = mapped_column(String(200), default="")
    confirmed_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    closing_record_position: Mapped[int | None] = mapped_column(ForeignKey("governance_records.position"))

    process: Mapped[Process] = relationship(lazy="raise_on_sql")
    reglements: Mapped[list[Reglement]] = relationship(
        lazy="raise_on_sql", order_by="Reglement.version", back_populates="edition"
    )
    list_record: Mapped[GovernanceRecord | None] = relationship(
        lazy="raise_on_sql", foreign_keys=[list_record_position]
    )

    @property
    def reglement(self) -> Reglement:
        """The newest version, draft or frozen. There is always one. Needs ``reglements`` loaded."""
        return self.reglements[-1]

    @property
    def draft(self) -> Reglement | None:
        """The version being written, if there is one."""
        return self.reglement if self.reglement.frozen_at is None else None

    @property
    def reglement_in_force(self) -> Reglement | None:
        """The newest frozen version: the one every act is done under. ``None`` before the call opens."""
        return next((version for version in reversed(self.reglements) if version.frozen_at is not None), None)

    @property
    def reglement_shown(self) -> Reglement:
        """What the public reads: the version in force, or the draft before there is one."""
        return self.reglement_in_force or self.reglement

    def reglement_version(self, version: int | None) -> Reglement | None:
        """One of the versions by its number."""
        return next((one for one in self.reglements if one.version == version), None)


class Reglement(Base):
    """One version of the règlement. Frozen, it never changes again; a change makes the next version."""

    __tablename__ = "reglements"
    __table_args__ = (
        UniqueConstraint("edition_id", "version"),
        CheckConstraint("version >= 1", name="counted_from_one"),
        # A frozen version is in the register, and a draft is not.
        CheckConstraint("(frozen_at IS NULL) = (record_position IS NULL)", name="frozen_in_the_register"),
        # One draft at a time: two would make two truths of what comes next.
        Index("ix_reglements_one_draft", "edition_id", unique=True, sqlite_where=text("frozen_at IS NULL"),
              postgresql_where=text("frozen_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    version: Mapped[int]
    # Canonical JSON of ``ReglementContent``, exactly the text whose digest is beside.
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    frozen_at: Mapped[datetime | None]
    record_position: Mapped[int | None] = mapped_column(ForeignKey("governance_records.position"))

    edition: Mapped[Edition] = relationship(lazy="raise_on_sql", back_populates="reglements")
    record: Mapped[GovernanceRecord | None] = relationship(lazy="raise_on_sql")

    @property
    def rules(self) -> ReglementContent:
        """The content read back."""
        return ReglementContent.from_facts(json.loads(self.content))


# What a version says when it is frozen, it says for ever; while it is a draft it may be written again.
refuse_changes(Reglement.__table__, update="OLD.frozen_at IS NOT NULL", delete="OLD.frozen_at IS NOT NULL")  # type: ignore[arg-type]

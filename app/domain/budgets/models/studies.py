"""The study of an idea by the services: criterion by criterion, then whether it can be done and at what price."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.domain.accounts.models import Person
from app.domain.budgets.models.editions import Edition, Reglement
from app.domain.ideas.models import Idea
from app.domain.shared.states import Lifecycle, transition
from app.domain.territories.models import Organisation


class StudyState(enum.Enum):
    """Where a study stands."""

    IN_PROGRESS = "in_progress"
    ADMITTED = "admitted"
    EXCLUDED = "excluded"

    @property
    def label(self) -> Any:
        return {
            "in_progress": _l("En cours d’étude"),
            "admitted": _l("Admise au vote"),
            "excluded": _l("Écartée"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {"in_progress": "waiting", "admitted": "done", "excluded": "refused"}[self.value]


STUDY_LIFE = Lifecycle(
    "study",
    (
        transition("write", StudyState.IN_PROGRESS, StudyState.IN_PROGRESS),
        transition("admit", StudyState.IN_PROGRESS, StudyState.ADMITTED),
        transition("exclude", StudyState.IN_PROGRESS, StudyState.EXCLUDED),
        transition("reopen", (StudyState.ADMITTED, StudyState.EXCLUDED), StudyState.IN_PROGRESS),
    ),
    {
        StudyState.IN_PROGRESS: _l("Cette étude est en cours."),
        StudyState.ADMITTED: _l("Cette étude est conclue. Rouvrez-la pour la changer."),
        StudyState.EXCLUDED: _l("Cette étude est conclue. Rouvrez-la pour la changer."),
    },
)


class CriterionVerdict(enum.Enum):
    """What the study says of one criterion."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> Any:
        return {
            "met": _l("Respecté"),
            "not_met": _l("Pas respecté"),
            "not_applicable": _l("Sans objet"),
        }[self.value]


class Feasibility(enum.Enum):
    """Whether the services can do it."""

    YES = "yes"
    ADAPTED = "adapted"
    NO = "no"

    @property
    def label(self) -> Any:
        return {
            "yes": _l("Oui, telle quelle"),
            "adapted": _l("Oui, en l’adaptant avec la personne qui l’a proposée"),
            "no": _l("Non"),
        }[self.value]


class Study(Base):
    """The study of one idea, under the version of the règlement the call was opened with."""

    __tablename__ = "studies"
    __table_args__ = (
        # A refusal needs a reason, and a yes needs a price (droit-et-pratique §3.3).
        CheckConstraint("state <> 'EXCLUDED' OR length(reason) > 0", name="refusal_has_a_reason"),
        CheckConstraint(
            "state <> 'ADMITTED' OR (feasibility IN ('YES', 'ADAPTED') AND investment_cents IS NOT NULL "
            "AND running_cents IS NOT NULL AND delay_months IS NOT NULL AND responsible_id IS NOT NULL)",
            name="yes_has_a_price",
        ),
        CheckConstraint(
            "state <> 'ADMITTED' OR feasibility <> 'ADAPTED' "
            "OR (length(adaptation) > 0 AND adaptation_agreed_on IS NOT NULL)",
            name="adaptation_is_agreed",
        ),
        CheckConstraint("investment_cents > 0", name="price"),
        CheckConstraint("running_cents >= 0", name="running"),
        CheckConstraint("(state = 'IN_PROGRESS') = (concluded_at IS NULL)", name="concluded_on_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), unique=True)
    reglement_id: Mapped[int] = mapped_column(ForeignKey("reglements.id"))
    state: Mapped[StudyState] = mapped_column(default=StudyState.IN_PROGRESS)
    # Who studies: the service, and the agent in charge.
    service_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    feasibility: Mapped[Feasibility | None]
    adaptation: Mapped[str] = mapped_column(Text, default="")
    adaptation_agreed_on: Mapped[date | None]
    investment_cents: Mapped[int | None] = mapped_column(BigInteger)
    # What it will cost each year afterwards.
    running_cents: Mapped[int | None] = mapped_column(BigInteger)
    delay_months: Mapped[int | None]
    # Who would do it, and answer for it.
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    # Read by the author and the public when the idea is excluded.
    reason: Mapped[str] = mapped_column(Text, default="")
    # One more at each writing: whoever writes from an older page is told.
    version: Mapped[int] = mapped_column(default=1)
    assigned_at: Mapped[datetime]
    written_at: Mapped[datetime | None]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    concluded_at: Mapped[datetime | None]

    edition: Mapped[Edition] = relationship(lazy="raise_on_sql")
    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
    reglement: Mapped[Reglement] = relationship(lazy="raise_on_sql")
    service: Mapped[Organisation] = relationship(lazy="raise_on_sql", foreign_keys=[service_id])
    responsible: Mapped[Organisation | None] = relationship(lazy="raise_on_sql", foreign_keys=[responsible_id])
    agent: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[agent_id])
    written_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[written_by_id])
    findings: Mapped[list[Finding]] = relationship(
        lazy="raise_on_sql", back_populates="study", order_by="Finding.code", cascade="all, delete-orphan"
    )

    def finding(self, code: str) -> Finding | None:
        """What was found for one criterion. Needs ``findings`` loaded."""
        return next((finding for finding in self.findings if finding.code == code), None)


class Finding(Base):
    """What the study says of one criterion of the règlement."""

    __tablename__ = "study_findings"
    __table_args__ = (CheckConstraint("verdict <> 'NOT_MET' OR length(reason) > 0", name="not_met_has_a_reason"),)

    study_id: Mapped[int] = mapped_column(ForeignKey("studies.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    verdict: Mapped[CriterionVerdict]
    reason: Mapped[str] = mapped_column(Text, default="")

    study: Mapped[Study] = relationship(lazy="raise_on_sql", back_populates="findings")

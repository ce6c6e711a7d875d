"""A project: what an admitted idea becomes, on the ballot, then in the works; each euro spent on it is a line."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.budgets.models.editions import Edition
from app.domain.budgets.models.studies import Study
from app.domain.ideas.models import Idea
from app.domain.shared.files import StoredFile
from app.domain.shared.states import Lifecycle, transition
from app.domain.territories.models import Organisation, Quartier


class WorksState(enum.Enum):
    """What people decide of the works of a winning project."""

    NOT_STARTED = "not_started"
    STARTED = "started"
    DELIVERED = "delivered"
    ABANDONED = "abandoned"

    @property
    def label(self) -> Any:
        return {
            "not_started": _l("Pas encore commencé"),
            "started": _l("En travaux"),
            "delivered": _l("Livré"),
            "abandoned": _l("Abandonné"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {"not_started": "quiet", "started": "waiting", "delivered": "done", "abandoned": "refused"}[self.value]


WORKS_LIFE = Lifecycle(
    "works",
    (
        transition("start_works", WorksState.NOT_STARTED, WorksState.STARTED),
        transition("follow", WorksState.NOT_STARTED, WorksState.NOT_STARTED),
        transition("follow", WorksState.STARTED, WorksState.STARTED),
        transition("deliver", WorksState.STARTED, WorksState.DELIVERED),
        transition("abandon", (WorksState.NOT_STARTED, WorksState.STARTED), WorksState.ABANDONED),
        # The last invoices come after the ribbon, or after the works were given up.
        transition("spend", WorksState.STARTED, WorksState.STARTED),
        transition("spend", WorksState.DELIVERED, WorksState.DELIVERED),
        transition("spend", WorksState.ABANDONED, WorksState.ABANDONED),
    ),
    {
        WorksState.NOT_STARTED: _l("Les travaux de ce projet n’ont pas commencé. Commencez-les d’abord."),
        WorksState.STARTED: _l("Les travaux de ce projet ont déjà commencé."),
        WorksState.DELIVERED: _l("Ce projet est livré : son suivi est terminé."),
        WorksState.ABANDONED: _l("Ce projet est abandonné : son suivi est terminé."),
    },
)


class Project(Base):
    """A project on the list put to the vote. Won or not is told by the count; the works are told here."""

    __tablename__ = "projects"
    __table_args__ = (
        CheckConstraint("cost_cents > 0", name="cost"),
        # Money is never spent over the cost: more needs a revision with its reason first.
        CheckConstraint("spent_cents >= 0 AND spent_cents <= present_cost_cents", name="never_overspent"),
        CheckConstraint("works <> 'ABANDONED' OR length(abandon_reason) > 0", name="abandoned_with_a_reason"),
        CheckConstraint("works <> 'DELIVERED' OR delivered_on IS NOT NULL", name="delivered_on_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("studies.id"), unique=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), unique=True)
    # The one public number, the idea's; it also names the project on the ballot and in the count.
    number: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(600), default="")
    # What people vote on, in cents: fixed by the study.
    cost_cents: Mapped[int] = mapped_column(BigInteger)
    # The same after the revisions decided since.
    present_cost_cents: Mapped[int] = mapped_column(BigInteger)
    # Kept equal to the sum of the lines that were not cancelled, so that the database can refuse to overspend.
    spent_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    # The sub-envelope of the règlement it competes for first.
    reserve_id: Mapped[str | None] = mapped_column(String(20))
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"), index=True)
    photo_id: Mapped[str | None] = mapped_column(ForeignKey("stored_files.id"))
    pictogram: Mapped[str] = mapped_column(String(40), default="")
    service_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    works: Mapped[WorksState] = mapped_column(default=WorksState.NOT_STARTED)
    works_began_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    delivery_note: Mapped[str] = mapped_column(Text, default="")
    abandoned_on: Mapped[date | None]
    abandon_reason: Mapped[str] = mapped_column(Text, default="")

    edition: Mapped[Edition] = relationship(lazy="raise_on_sql")
    study: Mapped[Study] = relationship(lazy="raise_on_sql")
    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
    quartier: Mapped[Quartier | None] = relationship(lazy="raise_on_sql")
    photo: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")
    service: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    milestones: Mapped[list[Milestone]] = relationship(
        lazy="raise_on_sql", back_populates="project", order_by="Milestone.planned_on, Milestone.id"
    )
    spendings: Mapped[list[Spending]] = relationship(
        lazy="raise_on_sql", back_populates="project", order_by="Spending.spent_on, Spending.id"
    )
    revisions: Mapped[list[CostRevision]] = relationship(
        lazy="raise_on_sql", back_populates="project", order_by="CostRevision.id"
    )

    @property
    def ref(self) -> str:
        """How the ballot and the count name it."""
        return str(self.number)

    @property
    def left_cents(self) -> int:
        """What may still be spent, in cents."""
        return self.present_cost_cents - self.spent_cents

    @property
    def is_over(self) -> bool:
        """Whether it is delivered or abandoned."""
        return self.works in {WorksState.DELIVERED, WorksState.ABANDONED}


class Milestone(Base):
    """A step of the works: planned for a day, done on a day, with a note and a photo."""

    __tablename__ = "milestones"
    __table_args__ = (Index("ix_milestones_waiting", "done_on", "planned_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    label: Mapped[str] = mapped_column(String(200))
    planned_on: Mapped[date]
    done_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    photo_id: Mapped[str | None] = mapped_column(ForeignKey("stored_files.id"))

    project: Mapped[Project] = relationship(lazy="raise_on_sql", back_populates="milestones")
    photo: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")

    @property
    def edition(self) -> Edition:
        return self.project.edition


class Spending(Base):
    """A line of spending, in cents. A wrong line is cancelled with a reason, never erased."""

    __tablename__ = "spendings"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("cancelled_at IS NULL OR length(cancel_reason) > 0", name="cancelled_with_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    spent_on: Mapped[date]
    label: Mapped[str] = mapped_column(String(200))
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(String(500), default="")

    project: Mapped[Project] = relationship(lazy="raise_on_sql", back_populates="spendings")

    @property
    def edition(self) -> Edition:
        return self.project.edition


class CostRevision(Base):
    """The cost of a project was decided anew, with a reason. Never changed: another revision follows."""

    __tablename__ = "cost_revisions"
    __table_args__ = (
        CheckConstraint("length(reason) > 0", name="reasoned"),
        CheckConstraint("after_cents > 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    before_cents: Mapped[int] = mapped_column(BigInteger)
    after_cents: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(Text)
    revised_at: Mapped[datetime]
    revised_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    project: Mapped[Project] = relationship(lazy="raise_on_sql", back_populates="revisions")


refuse_changes(CostRevision.__table__)  # type: ignore[arg-type]

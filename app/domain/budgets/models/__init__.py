"""What budgets keep: editions and their règlements, studies, projects and their realisation."""

from __future__ import annotations

from app.domain.budgets.models.editions import EDITION_LIFE, Edition, EditionState, Reglement
from app.domain.budgets.models.projects import (
    WORKS_LIFE,
    CostRevision,
    Milestone,
    Project,
    Spending,
    WorksState,
)
from app.domain.budgets.models.studies import (
    STUDY_LIFE,
    CriterionVerdict,
    Feasibility,
    Finding,
    Study,
    StudyState,
)

__all__ = [
    "EDITION_LIFE",
    "STUDY_LIFE",
    "WORKS_LIFE",
    "CostRevision",
    "CriterionVerdict",
    "Edition",
    "EditionState",
    "Feasibility",
    "Finding",
    "Milestone",
    "Project",
    "Reglement",
    "Spending",
    "Study",
    "StudyState",
    "WorksState",
]

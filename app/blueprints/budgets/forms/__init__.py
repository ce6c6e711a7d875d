"""The forms of budgets: the edition, its règlement part by part, studies, projects and works."""

from __future__ import annotations

from app.blueprints.budgets.forms.edition import CalendarForm, ConfirmForm, DescriptionForm
from app.blueprints.budgets.forms.reglement import (
    BallotPartForm,
    CountForm,
    CriteriaForm,
    EligibilityForm,
    EnvelopeForm,
    PartForm,
    ReserveForm,
    VotersForm,
)
from app.blueprints.budgets.forms.study import AssignForm, SheetForm, StudyForm, study_form
from app.blueprints.budgets.forms.works import (
    AbandonForm,
    CancelForm,
    ConfirmationForm,
    DeliverForm,
    DoneForm,
    MilestoneForm,
    RevisionForm,
    SpendingForm,
    StartForm,
    day_of,
)

__all__ = [
    "AbandonForm",
    "AssignForm",
    "BallotPartForm",
    "CalendarForm",
    "CancelForm",
    "ConfirmForm",
    "ConfirmationForm",
    "CountForm",
    "CriteriaForm",
    "DeliverForm",
    "DescriptionForm",
    "DoneForm",
    "EligibilityForm",
    "EnvelopeForm",
    "MilestoneForm",
    "PartForm",
    "ReserveForm",
    "RevisionForm",
    "SheetForm",
    "SpendingForm",
    "StartForm",
    "StudyForm",
    "VotersForm",
    "day_of",
    "study_form",
]

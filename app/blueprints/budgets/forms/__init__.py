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

__all__ = [
    "BallotPartForm",
    "CalendarForm",
    "ConfirmForm",
    "CountForm",
    "CriteriaForm",
    "DescriptionForm",
    "EligibilityForm",
    "EnvelopeForm",
    "PartForm",
    "ReserveForm",
    "VotersForm",
]

"""The forms of councils: what a conseil says, and what it is answered."""

from __future__ import annotations

from app.blueprints.councils.forms.advice import AvisForm, SendForm, answer_form, answers_in, unanswered
from app.blueprints.councils.forms.means import (
    CorrectLineForm,
    EnvelopeForm,
    GrantForm,
    LineForm,
    MeansForm,
    MissionForm,
    TrainingForm,
)
from app.blueprints.councils.forms.referrals import (
    AgendaForm,
    ClosingForm,
    InterpellationForm,
    LetterForm,
    SendingForm,
)
from app.blueprints.councils.forms.space import ReasonForm
from app.blueprints.councils.forms.voting import VoteForm

__all__ = [
    "AgendaForm",
    "AvisForm",
    "ClosingForm",
    "CorrectLineForm",
    "EnvelopeForm",
    "GrantForm",
    "InterpellationForm",
    "LetterForm",
    "LineForm",
    "MeansForm",
    "MissionForm",
    "ReasonForm",
    "SendForm",
    "SendingForm",
    "TrainingForm",
    "VoteForm",
    "answer_form",
    "answers_in",
    "unanswered",
]

"""What councils keep: who asks to sit or is drawn, avis and interpellations, who entered their space, their means."""

from __future__ import annotations

from app.domain.councils.models.advice import AVIS_LIFE, PUBLIC_AVIS, Avis, AvisItem, AvisState, ItemAnswer
from app.domain.councils.models.candidacies import (
    CANDIDACY_LIFE,
    ENDED_CANDIDACIES,
    OPEN_CANDIDACIES,
    Candidacy,
    CandidacyChannel,
    CandidacyState,
    CandidacyStep,
)
from app.domain.councils.models.draws import (
    DRAW_LIFE,
    PUBLIC_DRAWS,
    CallAnswer,
    Draw,
    DrawCall,
    DrawList,
    DrawRow,
    DrawSeatType,
    DrawState,
)
from app.domain.councils.models.means import (
    Accompaniment,
    CouncilEnvelope,
    CouncilGrant,
    CouncilLedgerLine,
    LineCategory,
    LineKind,
    Means,
    MeansKind,
    Training,
    TrainingAttendance,
)
from app.domain.councils.models.referrals import (
    INTERPELLATION_LIFE,
    PUBLIC_INTERPELLATIONS,
    Interpellation,
    InterpellationState,
    InterpellationStep,
)

__all__ = [
    "AVIS_LIFE",
    "CANDIDACY_LIFE",
    "DRAW_LIFE",
    "ENDED_CANDIDACIES",
    "INTERPELLATION_LIFE",
    "OPEN_CANDIDACIES",
    "PUBLIC_AVIS",
    "PUBLIC_DRAWS",
    "PUBLIC_INTERPELLATIONS",
    "Accompaniment",
    "Avis",
    "AvisItem",
    "AvisState",
    "CallAnswer",
    "Candidacy",
    "CandidacyChannel",
    "CandidacyState",
    "CandidacyStep",
    "CouncilEnvelope",
    "CouncilGrant",
    "CouncilLedgerLine",
    "Draw",
    "DrawCall",
    "DrawList",
    "DrawRow",
    "DrawSeatType",
    "DrawState",
    "Interpellation",
    "InterpellationState",
    "InterpellationStep",
    "ItemAnswer",
    "LineCategory",
    "LineKind",
    "Means",
    "MeansKind",
    "Training",
    "TrainingAttendance",
]

"""What councils keep: their avis and interpellations, who entered their space, and their means."""

from __future__ import annotations

from app.domain.councils.models.advice import AVIS_LIFE, PUBLIC_AVIS, Avis, AvisItem, AvisState, ItemAnswer
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
from app.domain.councils.models.space import SpaceAccess

__all__ = [
    "AVIS_LIFE",
    "INTERPELLATION_LIFE",
    "PUBLIC_AVIS",
    "PUBLIC_INTERPELLATIONS",
    "Accompaniment",
    "Avis",
    "AvisItem",
    "AvisState",
    "CouncilEnvelope",
    "CouncilGrant",
    "CouncilLedgerLine",
    "Interpellation",
    "InterpellationState",
    "InterpellationStep",
    "ItemAnswer",
    "LineCategory",
    "LineKind",
    "Means",
    "MeansKind",
    "SpaceAccess",
    "Training",
    "TrainingAttendance",
]

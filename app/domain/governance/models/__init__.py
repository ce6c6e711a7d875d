"""What governance keeps: the bodies, who sits in them, their séances, and the register that proves."""

from __future__ import annotations

from app.domain.governance.models.bodies import (
    BODY_LIFE,
    Body,
    BodyKind,
    BodyPaper,
    BodyRulebook,
    BodyState,
    DistributionEntry,
    Insiders,
    LegalRegime,
    PaperKind,
    Power,
    RulebookSubject,
    body_quartiers,
)
from app.domain.governance.models.records import GovernanceRecord, RecordKind, RecordTally, RecordWord
from app.domain.governance.models.seances import Lack, Seance
from app.domain.governance.models.seats import (
    College,
    EndReason,
    Gender,
    Mandate,
    Member,
    Office,
    OfficeKind,
    Recruitment,
    Seat,
    SeatOffer,
    SeatType,
    Standing,
)

__all__ = [
    "BODY_LIFE",
    "Body",
    "BodyKind",
    "BodyPaper",
    "BodyRulebook",
    "BodyState",
    "College",
    "DistributionEntry",
    "EndReason",
    "Gender",
    "GovernanceRecord",
    "Insiders",
    "Lack",
    "LegalRegime",
    "Mandate",
    "Member",
    "Office",
    "OfficeKind",
    "PaperKind",
    "Power",
    "RecordKind",
    "RecordTally",
    "RecordWord",
    "Recruitment",
    "RulebookSubject",
    "Seance",
    "Seat",
    "SeatOffer",
    "SeatType",
    "Standing",
    "body_quartiers",
]

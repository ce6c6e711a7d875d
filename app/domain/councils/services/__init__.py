"""What happens in a conseil: one function per act."""

from __future__ import annotations

from app.domain.councils.services.advice import (
    adopt_avis,
    answer_avis,
    begin_avis,
    drop_avis,
    remind_of_late_avis,
    send_avis,
    write_avis,
)
from app.domain.councils.services.referrals import (
    InterpellationText,
    Letter,
    acknowledge,
    adopt_interpellation,
    begin_interpellation,
    close_interpellation,
    drop_interpellation,
    note_answer,
    put_on_agenda,
    send_interpellation,
    write_interpellation,
)
from app.domain.councils.services.space import enter_space

__all__ = [
    "InterpellationText",
    "Letter",
    "acknowledge",
    "adopt_avis",
    "adopt_interpellation",
    "answer_avis",
    "begin_avis",
    "begin_interpellation",
    "close_interpellation",
    "drop_avis",
    "drop_interpellation",
    "enter_space",
    "note_answer",
    "put_on_agenda",
    "remind_of_late_avis",
    "send_avis",
    "send_interpellation",
    "write_avis",
    "write_interpellation",
]

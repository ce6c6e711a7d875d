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
from app.domain.councils.services.means import (
    Mission,
    Movement,
    accompany,
    correct_line,
    end_means,
    give_means,
    grant,
    note_training,
    set_envelope,
    write_line,
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
from app.domain.councils.services.warnings import warn_agents

__all__ = [
    "InterpellationText",
    "Letter",
    "Mission",
    "Movement",
    "accompany",
    "acknowledge",
    "adopt_avis",
    "adopt_interpellation",
    "answer_avis",
    "begin_avis",
    "begin_interpellation",
    "close_interpellation",
    "correct_line",
    "drop_avis",
    "drop_interpellation",
    "end_means",
    "enter_space",
    "give_means",
    "grant",
    "note_answer",
    "note_training",
    "put_on_agenda",
    "remind_of_late_avis",
    "send_avis",
    "send_interpellation",
    "set_envelope",
    "warn_agents",
    "write_avis",
    "write_interpellation",
    "write_line",
]

"""What happens in governance: results become records, records are corrected, bodies live, séances are held."""

from __future__ import annotations

from app.domain.governance.services.actions import abandon_action, finish_action
from app.domain.governance.services.agenda import (
    ItemDraft,
    accept_item,
    add_item,
    attach_paper,
    change_item,
    decline_item,
    invite_guest,
    move_item_up,
    propose_item,
    withdraw_paper,
)
from app.domain.governance.services.attendance import (
    check_in,
    leave_room,
    note_presence,
    show_code,
    tell_absence,
)
from app.domain.governance.services.bodies import create_body
from app.domain.governance.services.conduct import (
    Followed,
    add_action,
    call_again,
    cancel_seance,
    close_seance,
    follow_item,
    open_seance,
    postpone_item,
    resume_seance,
    step_aside,
    suspend_seance,
    take_up,
)
from app.domain.governance.services.convocations import convene, note_deliveries, note_letter
from app.domain.governance.services.functioning import write_functioning
from app.domain.governance.services.minutes import approve_minutes, correct_minutes, send_releve
from app.domain.governance.services.records import correct_record, file_record
from app.domain.governance.services.seances import (
    NOTHING_MORE,
    Practical,
    change_seance,
    plan_seance,
    remind_of_unready_seances,
)

__all__ = [
    "NOTHING_MORE",
    "Followed",
    "ItemDraft",
    "Practical",
    "abandon_action",
    "accept_item",
    "add_action",
    "add_item",
    "approve_minutes",
    "attach_paper",
    "call_again",
    "cancel_seance",
    "change_item",
    "change_seance",
    "check_in",
    "close_seance",
    "convene",
    "correct_minutes",
    "correct_record",
    "create_body",
    "decline_item",
    "file_record",
    "finish_action",
    "follow_item",
    "invite_guest",
    "leave_room",
    "move_item_up",
    "note_deliveries",
    "note_letter",
    "note_presence",
    "open_seance",
    "plan_seance",
    "postpone_item",
    "propose_item",
    "remind_of_unready_seances",
    "resume_seance",
    "send_releve",
    "show_code",
    "step_aside",
    "suspend_seance",
    "take_up",
    "tell_absence",
    "withdraw_paper",
    "write_functioning",
]

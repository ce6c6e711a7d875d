"""What happens to ideas: they are written, given, supported, moderated, merged, studied and answered."""

from __future__ import annotations

from app.domain.ideas.services.answers import answer, begin_study
from app.domain.ideas.services.assisted import PaperIdea, enter_for, renew_code, take_over
from app.domain.ideas.services.merging import answer_merge_question, merge
from app.domain.ideas.services.moderation import (
    handle_report,
    publish,
    report_abuse,
    return_to_author,
    unpublish,
)
from app.domain.ideas.services.naming import leave, rename_author
from app.domain.ideas.services.supports import stop_supporting, support
from app.domain.ideas.services.writing import (
    attach_photo,
    begin,
    classify,
    describe_photo,
    discard,
    place,
    remove_photo,
    sign,
    submit,
    withdraw,
    write,
)

__all__ = [
    "PaperIdea",
    "answer",
    "answer_merge_question",
    "attach_photo",
    "begin",
    "begin_study",
    "classify",
    "describe_photo",
    "discard",
    "enter_for",
    "handle_report",
    "leave",
    "merge",
    "place",
    "publish",
    "remove_photo",
    "rename_author",
    "renew_code",
    "report_abuse",
    "return_to_author",
    "sign",
    "stop_supporting",
    "submit",
    "support",
    "take_over",
    "unpublish",
    "withdraw",
    "write",
]

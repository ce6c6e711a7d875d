"""What happens in a budget participatif: one function per act."""

from __future__ import annotations

from app.domain.budgets.services.editions import close_call, create_edition, describe, open_call, schedule
from app.domain.budgets.services.projects import Sheet, describe_project
from app.domain.budgets.services.reglements import amend, apply_preset, freeze, remove_reserve, write_reserve
from app.domain.budgets.services.studies import assign_study, conclude_study, reopen_study, write_study
from app.domain.budgets.services.votes import announce_results, open_vote, publish_list
from app.domain.budgets.services.works import (
    abandon,
    begin_realisation,
    cancel_spending,
    close,
    complete_milestone,
    deliver,
    plan_milestone,
    revise_cost,
    spend,
    start_works,
)

__all__ = [
    "Sheet",
    "abandon",
    "amend",
    "announce_results",
    "apply_preset",
    "assign_study",
    "begin_realisation",
    "cancel_spending",
    "close",
    "close_call",
    "complete_milestone",
    "conclude_study",
    "create_edition",
    "deliver",
    "describe",
    "describe_project",
    "freeze",
    "open_call",
    "open_vote",
    "plan_milestone",
    "publish_list",
    "remove_reserve",
    "reopen_study",
    "revise_cost",
    "schedule",
    "spend",
    "start_works",
    "write_reserve",
    "write_study",
]

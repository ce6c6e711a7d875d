"""What is there: the records of the register, the bodies, the séances."""

from __future__ import annotations

from app.domain.governance.queries.bodies import (
    all_bodies,
    bodies,
    bodies_beside,
    body_by_id,
    leaders_of,
    led_by,
    with_insiders,
)
from app.domain.governance.queries.register import (
    End,
    Wanted,
    chain,
    end_of_register,
    filings_in_journal,
    function_of,
    kinds_and_years,
    last_record_for_update,
    neighbours,
    next_rank,
    record_by_number,
    record_of_source,
    records,
    sealed_of,
)
from app.domain.governance.queries.seances import (
    next_public_seance,
    public_seances,
    seance_by_id,
    seances_of,
    seances_to_prepare,
    seances_within,
)

__all__ = [
    "End",
    "Wanted",
    "all_bodies",
    "bodies",
    "bodies_beside",
    "body_by_id",
    "chain",
    "end_of_register",
    "filings_in_journal",
    "function_of",
    "kinds_and_years",
    "last_record_for_update",
    "leaders_of",
    "led_by",
    "neighbours",
    "next_public_seance",
    "next_rank",
    "public_seances",
    "record_by_number",
    "record_of_source",
    "records",
    "sealed_of",
    "seance_by_id",
    "seances_of",
    "seances_to_prepare",
    "seances_within",
    "with_insiders",
]

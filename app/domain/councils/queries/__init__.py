"""What is there: avis, interpellations, the space of a conseil and its means."""

from __future__ import annotations

from app.domain.councils.queries.advice import (
    AvisFilter,
    addressable_bodies,
    avis_by_id,
    avis_for_update,
    avis_in_space,
    avis_to_answer,
    counts_of_avis,
    late_avis,
    public_avis,
    public_avis_of,
)
from app.domain.councils.queries.referrals import (
    interpellation_by_id,
    interpellation_for_update,
    interpellations_in_space,
    public_interpellations,
    public_interpellations_of,
    seances_of_copil,
)
from app.domain.councils.queries.space import (
    accesses_of,
    body_in_its_space,
    mandates_in_force,
    next_seances,
    past_seances,
    people_inside,
)

__all__ = [
    "AvisFilter",
    "accesses_of",
    "addressable_bodies",
    "avis_by_id",
    "avis_for_update",
    "avis_in_space",
    "avis_to_answer",
    "body_in_its_space",
    "counts_of_avis",
    "interpellation_by_id",
    "interpellation_for_update",
    "interpellations_in_space",
    "late_avis",
    "mandates_in_force",
    "next_seances",
    "past_seances",
    "people_inside",
    "public_avis",
    "public_avis_of",
    "public_interpellations",
    "public_interpellations_of",
    "seances_of_copil",
]

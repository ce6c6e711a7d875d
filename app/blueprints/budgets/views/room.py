"""The room of budgets, and the loaders of what its addresses name."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from app.domain.budgets import queries
from app.domain.budgets.models import Edition, Reglement
from app.domain.budgets.rules.reglement import Reserve
from app.domain.shared.refusals import Missing

bp = Blueprint("budgets", __name__)


@dataclass(frozen=True)
class PartOfEdition:
    """A part of the règlement of an edition, by the word of its address."""

    edition: Edition
    part: str


@dataclass(frozen=True)
class VersionOfEdition:
    """One version of the règlement of an edition."""

    edition: Edition
    reglement: Reglement


@dataclass(frozen=True)
class ReserveOfEdition:
    """One sub-envelope of the newest règlement of an edition."""

    edition: Edition
    reserve: Reserve


def load_version(edition_id: int, version: int) -> VersionOfEdition:
    """A version of the règlement. Raises ``Missing``; a draft is not for the public and is shown by the preview."""
    edition = queries.edition_by_id(edition_id)
    found = edition.reglement_version(version)
    if found is None or found.frozen_at is None:
        raise Missing(f"version {version} of edition {edition_id}")
    return VersionOfEdition(edition, found)


def load_reserve(edition_id: int, reserve_id: str) -> ReserveOfEdition:
    """A sub-envelope. Raises ``Missing``."""
    edition = queries.edition_by_id(edition_id)
    found = edition.reglement.rules.reserve(reserve_id)
    if found is None:
        raise Missing(f"reserve {reserve_id} of edition {edition_id}")
    return ReserveOfEdition(edition, found)

"""What budgets keep: editions and their règlements, studies, projects and their realisation."""

from __future__ import annotations

from app.domain.budgets.models.editions import EDITION_LIFE, Edition, EditionState, Reglement

__all__ = ["EDITION_LIFE", "Edition", "EditionState", "Reglement"]

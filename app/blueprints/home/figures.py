"""A few figures for the desk, each beside the page where one sees the rest."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from app.domain.governance.queries import end_of_register
from app.domain.ideas import queries as ideas
from app.domain.ideas.queries import COUNTED


@dataclass(frozen=True)
class Figure:
    """A number, its words, and where it comes from."""

    value: str
    label: str
    href: str
    link: str


def figures() -> list[Figure]:
    """What has been done so far, whole numbers only."""
    given = ideas.count_listed(ideas.Filters())
    shown = _("plus de %(count)s", count=COUNTED) if given > COUNTED else str(given)
    records = end_of_register().position
    return [
        Figure(shown, _("idées publiques"), url_for("ideas.index"), _("Voir les idées")),
        Figure(str(records), _("pièces au registre"), url_for("governance.register"), _("Ouvrir le registre")),
    ]

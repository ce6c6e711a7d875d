"""The frame of the pages of administration: the links of its section."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.web.pages import respond


def links() -> list[dict[str, Any]]:
    """The pages of administration."""
    places = [
        (_("Vue d’ensemble"), "accounts.administration"),
        (_("Personnes et rôles"), "accounts.people"),
        (_("Cartes sans e-mail"), "accounts.cards"),
        (_("Journal"), "accounts.journal"),
        (_("Réglages du site"), "territories.settings"),
        (_("Tranches d’âge"), "accounts.brackets"),
        (_("Contrats, quartiers, thèmes"), "territories.overview"),
    ]
    return [
        {"label": label, "href": url_for(endpoint), "current": request.endpoint == endpoint}
        for label, endpoint in places
    ]


def respond_within(template: str, **values: Any) -> Response:
    """Shows a page of administration, with the links of its section."""
    return respond(template, section_title=_("Administration"), section_links=links(), **values)

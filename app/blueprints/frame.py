"""What surrounds every page: the site's name, where one can go, who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, get_flashed_messages, request, url_for
from flask_babel import gettext as _

from app.domain.accounts import policies, queries
from app.domain.accounts.models import Person
from app.domain.territories.queries import site
from app.extensions import login
from app.web.access import current_person


@dataclass(frozen=True)
class Place:
    """A link of the navigation."""

    label: str
    href: str
    current: bool


def load_person(token: str) -> Person | None:
    """The person whose browser holds this session token."""
    return queries.person_of_session(token)


def navigation(person: Person | None) -> list[Place]:
    """Where this person can go: what everybody sees, then what their role opens."""
    places = [
        (_("Idées"), "ideas.index"),
        (_("Budgets participatifs"), "budgets.index"),
        (_("Conseils"), "governance.bodies"),
        (_("Registre"), "governance.register"),
    ]
    if policies.is_agent(person):
        places.append((_("À traiter"), "home.desk"))
    elif policies.is_staff(person):
        places.append((_("Animation"), "home.animation"))
    if policies.is_admin(person):
        places.append((_("Administration"), "accounts.administration"))
    here = request.endpoint
    if here == "home.index" and policies.is_staff(person):
        # The address of the site opens the page of work of those who have one.
        here = "home.desk" if policies.is_agent(person) else "home.animation"
    return [Place(label, url_for(endpoint), here == endpoint) for label, endpoint in places]


def account_links(person: Person | None) -> list[Place]:
    """The links of the signed-in person."""
    if person is None:
        return []
    places = [(_("Mon compte"), "accounts.account"), (_("Mes idées"), "ideas.mine")]
    if policies.is_staff(person):
        places.append((_("Cartes sans e-mail"), "accounts.cards"))
    return [Place(label, url_for(endpoint), request.endpoint == endpoint) for label, endpoint in places]


def values() -> dict[str, Any]:
    """The values every layout reads."""
    person = current_person()
    here = site()
    digest = here.stylesheet_digest
    return {
        "site": here,
        "accent_stylesheet": digest and url_for("territories.accent", v=digest),
        "current_person": person,
        "navigation": navigation(person),
        "account_links": account_links(person),
        "flashed": get_flashed_messages(with_categories=True),
    }


def prepare(app: Flask) -> None:
    """Gives the layouts their values and Flask-Login its loader."""
    login.user_loader(load_person)
    app.context_processor(values)

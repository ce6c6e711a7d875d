"""The public list of ideas: filters, search and order are links, so that every view of it has an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.ideas.views.room import bp
from app.domain.accounts.policies import anyone
from app.domain.ideas import queries
from app.domain.ideas.models import LISTED, IdeaState
from app.domain.ideas.queries import MOST_FOUND, Filters, Order
from app.domain.processes import queries as processes
from app.domain.territories import queries as territories
from app.web.access import access
from app.web.addresses import asked_number
from app.web.pages import respond


@dataclass(frozen=True)
class Asked:
    """What the address asks of the list, under the names it has there."""

    quartier: int | None
    theme: int | None
    demarche: int | None
    etat: str | None
    tri: str | None
    q: str | None

    @property
    def filters(self) -> Filters:
        state = IdeaState(self.etat) if self.etat else None
        return Filters(self.quartier, self.theme, self.demarche, state)

    @property
    def order(self) -> Order:
        return Order(self.tri) if self.tri else Order.NEWEST

    @property
    def is_filtered(self) -> bool:
        """Whether something else than the whole list is asked."""
        return self.filters != Filters()

    def address(self, **changes: Any) -> str:
        """The list with something changed; it begins again at its first page."""
        asked = {**asdict(self), **changes}
        return url_for("ideas.index", **{name: value for name, value in asked.items() if value is not None})


def asked() -> Asked:
    """Reads the address; what it does not understand is left out."""
    states = {state.value for state in LISTED}
    orders = {order.value for order in Order}
    return Asked(
        quartier=asked_number("quartier"),
        theme=asked_number("theme"),
        demarche=asked_number("demarche"),
        etat=request.args.get("etat") if request.args.get("etat") in states else None,
        tri=request.args.get("tri") if request.args.get("tri") in orders else None,
        q=request.args.get("q", "").strip()[:100] or None,
    )


@bp.get("/idees")
@access(anyone)
def index() -> ResponseReturnValue:
    """The ideas everybody sees: those that answer a search, or the list in its order."""
    wanted = asked()
    if wanted.q:
        found = queries.search(wanted.q, wanted.filters)
        return respond(
            "ideas/search.html", asked=wanted, ideas=found[:MOST_FOUND], more=len(found) > MOST_FOUND,
            filters=filter_lists(wanted),
        )  # fmt: skip
    after, before = asked_number("apres"), asked_number("avant")
    piece = queries.listed(wanted.filters, wanted.order, after, before)
    return respond(
        "ideas/index.html", asked=wanted, slice=piece, filters=filter_lists(wanted), orders=order_links(wanted)
    )


def order_links(wanted: Asked) -> list[dict[str, Any]]:
    """The orders as links."""
    return [
        {"label": order.label, "href": wanted.address(tri=order.value), "current": wanted.order is order}
        for order in Order
    ]


def filter_lists(wanted: Asked) -> list[tuple[str, list[dict[str, Any]]]]:
    """The filters as links, each group under its question."""
    shown = (IdeaState.PUBLISHED, IdeaState.IN_STUDY, IdeaState.ANSWERED)
    groups: list[tuple[str, str, list[tuple[Any, Any]]]] = [
        (_("Quel quartier ?"), "quartier", [(q.id, q.name) for q in territories.quartiers()]),
        (_("Quel thème ?"), "theme", [(t.id, t.shown) for t in territories.themes()]),
        (_("Où en est-elle ?"), "etat", [(state.value, state.label) for state in shown]),
        (_("Pour quelle démarche ?"), "demarche", [(p.id, p.title) for p in processes.published()]),
    ]
    return [(title, _links(wanted, name, choices)) for title, name, choices in groups if choices]


def _links(wanted: Asked, name: str, choices: Sequence[tuple[Any, Any]]) -> list[dict[str, Any]]:
    chosen = getattr(wanted, name)
    every = {"label": _("Toutes"), "href": wanted.address(**{name: None}), "current": chosen is None}
    return [every] + [
        {"label": label, "href": wanted.address(**{name: value}), "current": chosen == value}
        for value, label in choices
    ]

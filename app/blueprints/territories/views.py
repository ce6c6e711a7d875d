"""The pages of territories: the settings of the site, its colour, and what the territory is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.administration import respond_within
from app.blueprints.territories.forms import SiteForm
from app.blueprints.territories.kinds import Kind, kind_of, thing_of
from app.domain.accounts.policies import anyone, is_admin
from app.domain.territories import queries, rules, services
from app.domain.territories.models import ThematicNode
from app.web.access import access, current_person
from app.web.pages import done

bp = Blueprint("territories", __name__)

ACCENT = (
    "@layer tokens {{\n"
    "  :root {{ --accent: {light}; --on-accent: #fff; }}\n"
    "  @supports (color: light-dark(#000, #fff)) {{\n"
    "    :root {{ --accent: light-dark({light}, {dark}); --on-accent: light-dark(#fff, #14171d); }}\n"
    "  }}\n"
    "}}\n"
)


@bp.get("/style/accent.css")
@access(anyone)
def accent() -> Response:
    """The colour of the collectivité, as the one sheet of style that a site does not share with the others."""
    site = queries.site()
    colours = {"light": rules.accent_for_light(site.accent), "dark": rules.accent_for_dark(site.accent)}
    response = make_response(ACCENT.format(**colours))
    response.headers["Content-Type"] = "text/css; charset=utf-8"
    # The address changes with the colour: kept for a year under its own digest, asked again under any other.
    kept = request.args.get("v", "") == site.stylesheet_digest
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
    response.set_etag(site.stylesheet_digest or "usual")
    response.make_conditional(request)
    return response


@bp.route("/administration/site", methods=["GET", "POST"])
@access(is_admin)
def settings() -> ResponseReturnValue:
    """Changes the settings of the site."""
    form = SiteForm.of(queries.site())
    if form.validate_on_submit():
        with form.refusals():
            site = services.set_up_site(facts=form.facts(), actor=current_person())
            words = _("Les réglages sont à jour.")
            if site.accent != form.accent.data:
                words += " " + _("La couleur a été foncée pour rester lisible : %(colour)s.", colour=site.accent)
            return done(url_for("territories.settings"), words)
    return respond_within("territories/settings.html", status=form.status, form=form)


@dataclass(frozen=True)
class Branch:
    """A theme, and those under it."""

    node: ThematicNode
    branches: list[Branch]


def tree(nodes: Any, parent_id: int | None = None) -> list[Branch]:
    """The themes of a contract as a tree, in their order."""
    return [Branch(node, tree(nodes, node.id)) for node in nodes if node.parent_id == parent_id]


@bp.get("/administration/territoire")
@access(is_admin)
def overview() -> ResponseReturnValue:
    """What the territory is made of: contracts, their quartiers and themes, services and partners."""
    quartiers, themes = queries.quartiers(), queries.themes()
    contracts = [
        (
            contract,
            [one for one in quartiers if one.contract_id == contract.id],
            tree([one for one in themes if one.contract_id == contract.id]),
        )
        for contract in queries.contracts()
    ]
    return respond_within("territories/overview.html", contracts=contracts, organisations=queries.organisations())


@bp.route("/administration/territoire/<kind>/nouveau", methods=["GET", "POST"])
@access(is_admin, subject=kind_of)
def add(kind: Kind) -> ResponseReturnValue:
    """Adds a contract, a quartier, a theme or an organisation."""
    form = kind.form.of(None)
    if form.validate_on_submit():
        with form.refusals():
            kind.write(None, form.facts(), current_person())
            return done(url_for("territories.overview"), _("C’est ajouté."))
    return respond_within("territories/edit.html", status=form.status, form=form, kind=kind, thing=None)


@bp.route("/administration/territoire/<kind>/<int:number>", methods=["GET", "POST"])
@access(is_admin, subject=thing_of)
def change(found: tuple[Kind, Any]) -> ResponseReturnValue:
    """Corrects a contract, a quartier, a theme or an organisation."""
    kind, thing = found
    form = kind.form.of(thing)
    if form.validate_on_submit():
        with form.refusals():
            kind.write(thing, form.facts(), current_person())
            return done(url_for("territories.overview"), _("C’est modifié."))
    return respond_within("territories/edit.html", status=form.status, form=form, kind=kind, thing=thing)


@bp.post("/administration/territoire/<kind>/<int:number>/retirer")
@access(is_admin, subject=thing_of)
def remove(found: tuple[Kind, Any]) -> ResponseReturnValue:
    """Removes what nothing refers to."""
    services.remove(thing=found[1], actor=current_person())
    return done(url_for("territories.overview"), _("C’est retiré."))

"""What the town stands on: its site, its contract, its quartiers, its thematic framework, its services."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from app.cli.demo.town import Town
from app.domain.territories import queries, services
from app.domain.territories.models import OrganisationKind, Quartier
from app.domain.territories.services import (
    ContractFacts,
    OrganisationFacts,
    QuartierFacts,
    SiteFacts,
    ThemeFacts,
)

SOURCE = "chiffre inventé pour la démonstration"


def lay(town: Town) -> None:
    """Sets the site up and writes the contract with all it holds."""
    admin = town.staff("admin")
    services.set_up_site(facts=_site(town.facts["site"]), actor=admin)
    contract = services.write_contract(contract=None, facts=ContractFacts(**town.facts["contract"]), actor=admin)
    town.contract_id = contract.id
    for position, facts in enumerate(town.facts["quartiers"]):
        _quartier(town, position, facts)
    for position, facts in enumerate(town.facts["themes"]):
        _theme(town, position, facts)
    for kind, names in town.facts["organisations"].items():
        for name in names:
            facts = OrganisationFacts(name=name, kind=OrganisationKind(kind))
            services.write_organisation(organisation=None, facts=facts, actor=admin)


def _site(facts: dict[str, Any]) -> SiteFacts:
    """What the data say, and the usual settings for the rest."""
    usual = queries.site()
    names = [field.name for field in fields(SiteFacts)]
    return SiteFacts(**{name: facts.get(name, getattr(usual, name)) for name in names})


def _quartier(town: Town, position: int, facts: dict[str, Any]) -> Quartier:
    written = QuartierFacts(
        contract_id=town.contract_id, name=facts["name"], qpv_code=None, commune=town.facts["site"]["place"],
        population=facts["population"], population_year=town.today.year - 3, population_source=SOURCE,
        referent_name=facts["referent_name"], referent_phone=facts["referent_phone"],
        meeting_place=facts["meeting_place"], position=position,
    )  # fmt: skip
    quartier = services.write_quartier(quartier=None, facts=written, actor=town.staff("admin"))
    corners = facts["outline"]
    quartier.outline = {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}
    return quartier


def _theme(town: Town, position: int, facts: dict[str, Any]) -> None:
    parent = town.theme(facts["parent"]).id if "parent" in facts else None
    names = ("code", "level", "label", "plain_label", "pictogram")
    written = ThemeFacts(
        contract_id=town.contract_id, parent_id=parent, position=position, **{name: facts[name] for name in names}
    )
    services.write_theme(theme=None, facts=written, actor=town.staff("admin"))

"""The four things a territory is made of, each with its form and its acts: their pages are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.blueprints.territories.forms import ContractForm, OrganisationForm, QuartierForm, ThemeForm
from app.domain.shared.refusals import Missing
from app.domain.territories import queries, services


@dataclass(frozen=True)
class Kind:
    """One kind of thing: its word in addresses, its titles, its form, how it is loaded and written."""

    code: str
    new: Any
    form: Any
    load: Callable[[int], Any]
    write: Callable[..., Any]


def _writes(act: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The act of a kind, called alike: the thing held (or ``None``), the facts, the actor."""
    return lambda held, facts, actor: act(**{name: held}, facts=facts, actor=actor)


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "contrats", _l("Ajouter un contrat de ville"), ContractForm, queries.contract_by_id,
            _writes(services.write_contract, "contract"),
        ),
        Kind(
            "quartiers", _l("Ajouter un quartier"), QuartierForm, queries.quartier_by_id,
            _writes(services.write_quartier, "quartier"),
        ),
        Kind(
            "themes", _l("Ajouter un thème"), ThemeForm, queries.theme_by_id, _writes(services.write_theme, "theme")
        ),
        Kind(
            "organismes", _l("Ajouter un service ou un organisme"), OrganisationForm, queries.organisation_by_id,
            _writes(services.write_organisation, "organisation"),
        ),
    )
}  # fmt: skip


def kind_of(kind: str) -> Kind:
    """The kind an address names. Raises ``Missing``."""
    if kind not in KINDS:
        raise Missing(kind)
    return KINDS[kind]


def thing_of(kind: str, number: int) -> tuple[Kind, Any]:
    """The thing an address names, with its kind. Raises ``Missing``."""
    found = kind_of(kind)
    return found, found.load(number)

"""What is there: the site, contracts, quartiers, themes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.database import db
from app.domain.shared.refusals import Missing
from app.domain.territories.models import Contract, Organisation, OrganisationKind, Quartier, Site, ThematicNode


def site() -> Site:
    """The installation. Before it is set up, a site in memory with the default name."""
    return db.session.get(Site, 1) or Site(
        id=1, name="Agora des quartiers", place="", accent="#a8432a", phone="", email="", address="", footer="",
        moderation_before_publication=True, idea_answer_days=60, small_cell_threshold=10,
        mail_kept_days=30, reminder_days=3,
    )  # fmt: skip


def contracts() -> Sequence[Contract]:
    """The contracts, the newest first."""
    return db.session.scalars(select(Contract).order_by(Contract.starts_on.desc(), Contract.id)).all()


def contract_by_id(contract_id: int) -> Contract:
    """One contract. Raises ``Missing``."""
    found = db.session.get(Contract, contract_id)
    if found is None:
        raise Missing(f"contract {contract_id}")
    return found


def quartiers(contract_id: int | None = None) -> Sequence[Quartier]:
    """The quartiers in the order the collectivité chose."""
    query = select(Quartier).order_by(Quartier.position, Quartier.name, Quartier.id)
    if contract_id is not None:
        query = query.where(Quartier.contract_id == contract_id)
    return db.session.scalars(query).all()


def quartier_by_id(quartier_id: int) -> Quartier:
    """One quartier. Raises ``Missing``."""
    found = db.session.get(Quartier, quartier_id)
    if found is None:
        raise Missing(f"quartier {quartier_id}")
    return found


def themes(contract_id: int | None = None) -> Sequence[ThematicNode]:
    """The nodes of the framework, parents before children by position then code."""
    query = select(ThematicNode).order_by(ThematicNode.position, ThematicNode.code, ThematicNode.id)
    if contract_id is not None:
        query = query.where(ThematicNode.contract_id == contract_id)
    return db.session.scalars(query).all()


def services_of_the_collectivite() -> Sequence[Organisation]:
    """The services that may study a project."""
    query = select(Organisation).where(Organisation.kind == OrganisationKind.SERVICE).order_by(Organisation.name)
    return db.session.scalars(query).all()

"""What is there: the site, contracts, quartiers, themes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.database import db
from app.domain.shared.refusals import Missing
from app.domain.territories.models import (
    CHARTER,
    Contract,
    Organisation,
    OrganisationKind,
    Quartier,
    Site,
    ThematicNode,
)


def site() -> Site:
    """The installation. Before it is set up, a site in memory with the default name."""
    return db.session.get(Site, 1) or Site(
        id=1, name="Agora des quartiers", place="", accent="#a8432a", phone="", email="", address="", footer="",
        moderation_before_publication=True, idea_answer_days=60, small_cell_threshold=10,
        mail_kept_days=30, reminder_days=3, publication_director="", host="", charter=CHARTER,
        sign_up_link_hours=48, reset_link_minutes=60, session_days=30, most_unused_cards=200, opener_wait_days=7,
        avis_answer_days=60, mandate_warning_months=6, silence_warning_months=9, charter_months=6,
        space_access_minutes=30, draw_list_kilobytes=4000, draw_appeal_days=60, draw_witnesses=2,
        candidacy_kept_days=365,
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


def quartier_names(ids: Iterable[int | None]) -> dict[str, str]:
    """What these quartiers are called today, by their numbers as text, as a record freezes them."""
    wanted = {number for number in ids if number is not None}
    if not wanted:
        return {}
    query = select(Quartier.id, Quartier.name).where(Quartier.id.in_(wanted)).order_by(Quartier.id)
    return {str(number): name for number, name in db.session.execute(query)}


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


def themes_for_update(contract_id: int) -> Sequence[ThematicNode]:
    """The nodes of a contract, held until the commit: two moves at once could make a loop together."""
    query = select(ThematicNode).where(ThematicNode.contract_id == contract_id).order_by(ThematicNode.id)
    return db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def theme_by_id(theme_id: int) -> ThematicNode:
    """One node of the framework. Raises ``Missing``."""
    found = db.session.get(ThematicNode, theme_id)
    if found is None:
        raise Missing(f"theme {theme_id}")
    return found


def organisations() -> Sequence[Organisation]:
    """The services and partners, by name."""
    return db.session.scalars(select(Organisation).order_by(Organisation.name, Organisation.id)).all()


def organisation_by_id(organisation_id: int) -> Organisation:
    """One service or partner. Raises ``Missing``."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise Missing(f"organisation {organisation_id}")
    return found


def services_of_the_collectivite() -> Sequence[Organisation]:
    """The services that may study a project."""
    query = select(Organisation).where(Organisation.kind == OrganisationKind.SERVICE).order_by(Organisation.name)
    return db.session.scalars(query).all()

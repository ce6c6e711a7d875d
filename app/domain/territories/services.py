"""What happens to the site and its territory: the administration writes, corrects, and removes what is unused."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.shared import journal
from app.domain.shared.journal import Actor
from app.domain.shared.refusals import Refusal, require
from app.domain.territories import queries, rules
from app.domain.territories.models import Contract, Organisation, OrganisationKind, Quartier, Site, ThematicNode

Thing = TypeVar("Thing", Contract, Quartier, ThematicNode, Organisation)


@dataclass(frozen=True)
class SiteFacts:
    """What the collectivité decides for its site; each duration says its unit in its name."""

    name: str
    place: str
    accent: str
    phone: str
    email: str
    address: str
    footer: str
    charter: str
    moderation_before_publication: bool
    small_cell_threshold: int
    sign_up_link_hours: int
    reset_link_minutes: int
    session_days: int
    idea_answer_days: int
    mail_kept_days: int
    reminder_days: int
    most_unused_cards: int
    opener_wait_days: int
    avis_answer_days: int
    mandate_warning_months: int
    silence_warning_months: int
    charter_months: int
    space_access_minutes: int
    draw_list_kilobytes: int = 4000
    draw_appeal_days: int = 60
    draw_witnesses: int = 2
    candidacy_kept_days: int = 365
    publication_director: str = ""
    host: str = ""


@dataclass(frozen=True)
class ContractFacts:
    """A contrat de ville as written; it runs from one Paris day to another, both included."""

    name: str
    holder: str
    starts_on: date
    ends_on: date
    summary: str


@dataclass(frozen=True)
class QuartierFacts:
    """A quartier as written; ``qpv_code`` is ``None`` for a territory that is not a QPV."""

    contract_id: int
    name: str
    qpv_code: str | None
    commune: str
    population: int | None
    population_year: int | None
    population_source: str
    referent_name: str
    referent_phone: str
    meeting_place: str
    position: int


@dataclass(frozen=True)
class ThemeFacts:
    """A node of the thematic framework as written."""

    contract_id: int
    parent_id: int | None
    code: str
    level: str
    label: str
    plain_label: str
    pictogram: str
    position: int


@dataclass(frozen=True)
class OrganisationFacts:
    """A service or a partner as written."""

    name: str
    kind: OrganisationKind


def set_up_site(*, facts: SiteFacts, actor: Actor) -> Site:
    """Writes the settings of the site; an accent too pale is darkened until it can be read. Refusal ``accent``."""
    require(rules.can_be_accent(facts.accent))
    site = db.session.get(Site, 1) or Site(id=1)
    db.session.add(site)
    _fill(site, {**asdict(facts), "accent": rules.accent_for_light(facts.accent)})
    journal.record(
        "set_up_site", site, actor=actor, moderation=facts.moderation_before_publication,
        small_cells=facts.small_cell_threshold, sign_up_link_hours=facts.sign_up_link_hours,
        reset_link_minutes=facts.reset_link_minutes, session_days=facts.session_days,
        idea_answer_days=facts.idea_answer_days, mail_kept_days=facts.mail_kept_days,
        reminder_days=facts.reminder_days, most_unused_cards=facts.most_unused_cards,
        opener_wait_days=facts.opener_wait_days,
        avis_answer_days=facts.avis_answer_days,
        mandate_warning_months=facts.mandate_warning_months, silence_warning_months=facts.silence_warning_months,
        charter_months=facts.charter_months, space_access_minutes=facts.space_access_minutes,
        draw_list_kilobytes=facts.draw_list_kilobytes, draw_appeal_days=facts.draw_appeal_days,
        draw_witnesses=facts.draw_witnesses, candidacy_kept_days=facts.candidacy_kept_days,
    )  # fmt: skip
    return site


def write_contract(*, contract: Contract | None, facts: ContractFacts, actor: Actor) -> Contract:
    """Adds a contract, or corrects one. Refusal ``dates``."""
    require(rules.dates_in_order(facts.starts_on, facts.ends_on))
    return _write(contract, Contract, facts, actor, _inconsistent())


def write_quartier(*, quartier: Quartier | None, facts: QuartierFacts, actor: Actor) -> Quartier:
    """Adds a quartier, or corrects one. Refusals: ``qpv_code``, ``population``, ``taken`` (name or code)."""
    require(
        rules.can_be_qpv_code(facts.qpv_code),
        rules.population_has_its_source(facts.population, facts.population_year, facts.population_source),
    )
    sentence = _l("Ce contrat a déjà un quartier avec ce nom ou ce code. Vérifiez la liste.")
    return _write(quartier, Quartier, facts, actor, Refusal(sentence, field="name", code="taken"))


def write_theme(*, theme: ThematicNode | None, facts: ThemeFacts, actor: Actor) -> ThematicNode:
    """Adds a node to the framework, or corrects one. Refusals: ``parent``, ``taken`` (code, in a contract)."""
    parents = {node.id: node.parent_id for node in queries.themes_for_update(facts.contract_id)}
    require(rules.parent_makes_a_tree(theme.id if theme else None, facts.parent_id, parents))
    sentence = _l("Ce contrat a déjà un thème avec ce code. Choisissez-en un autre.")
    return _write(theme, ThematicNode, facts, actor, Refusal(sentence, field="reference", code="taken"))


def write_organisation(*, organisation: Organisation | None, facts: OrganisationFacts, actor: Actor) -> Organisation:
    """Adds a service or a partner, or corrects one. Refusal ``taken`` (name)."""
    sentence = _l("Un organisme porte déjà ce nom. Vérifiez la liste.")
    return _write(organisation, Organisation, facts, actor, Refusal(sentence, field="name", code="taken"))


def remove(*, thing: Contract | Quartier | ThematicNode | Organisation, actor: Actor) -> None:
    """Removes something written by mistake. Refusal ``used``: what people or acts refer to stays."""
    kind, number = thing.__tablename__, thing.id
    try:
        with db.session.begin_nested():
            db.session.delete(thing)
            db.session.flush()
    except IntegrityError:
        sentence = _l("Des personnes, des idées ou d’autres éléments s’y rattachent : il ne peut plus être retiré.")
        raise Refusal(sentence, code="used") from None
    journal.record("removed", kind, actor=actor, number=number)


def _write(held: Thing | None, model: type[Thing], facts: Any, actor: Actor, when_taken: Refusal) -> Thing:
    thing = held if held is not None else model()
    verb = "added" if held is None else "changed"
    try:
        with db.session.begin_nested():
            _fill(thing, asdict(facts))
            db.session.add(thing)
            db.session.flush()
    except IntegrityError:
        raise when_taken from None
    journal.record(verb, thing, actor=actor)
    return thing


def _inconsistent() -> Refusal:
    return Refusal(_l("Ces informations ne vont pas ensemble. Vérifiez-les."), code="taken")


def _fill(thing: object, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)

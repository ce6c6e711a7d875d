"""What happens to a règlement: it is written, then frozen at each opening and filed in the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.budgets import queries
from app.domain.budgets.models import Edition, Reglement
from app.domain.budgets.rules import checks, phases
from app.domain.budgets.rules.presets import ballot_preset
from app.domain.budgets.rules.reglement import ReglementContent, Reserve
from app.domain.governance.models import RecordKind
from app.domain.governance.services import file_record
from app.domain.shared import clock, journal
from app.domain.shared.canonical import canonical
from app.domain.shared.refusals import Refusal, require
from app.domain.territories.queries import quartier_names


def amend(*, edition: Edition, change: Callable[[ReglementContent], ReglementContent], actor: Person) -> Reglement:
    """Writes the règlement as ``change`` makes it from its newest content; gives the draft.

    A draft is written again in place. A frozen version is left as it is and the change makes the next one, unless
    nothing changes. ``change`` receives the content as it is once locked, so that two agents writing two parts lose
    nothing. Raises the refusals of ``may_amend``, ``check_content`` and, once the call is open, ``check_amendment``.
    """
    edition = queries.edition_for_update(edition.id)
    require(phases.may_amend(edition))
    before = edition.reglement
    content = change(before.rules)
    if edition.call_version is None:
        # Who decides is told once, in the presentation of the démarche; the règlement repeats it.
        content = replace(content, decided_by=edition.process.decided_by)
    require(checks.check_content(content))
    called = edition.reglement_version(edition.call_version)
    if called is not None:
        require(checks.check_amendment(called.rules, content))
    if content == before.rules:
        return before
    draft = edition.draft or _next_version(edition)
    draft.content, draft.sha256 = canonical(content.to_facts()), content.sha256
    draft.written_at, draft.written_by_id = clock.now(), actor.id
    journal.record("amended_reglement", edition, actor=actor, version=draft.version, sha256=draft.sha256)
    return draft


def first_version(edition: Edition, actor: Person) -> Reglement:
    """The empty first draft an edition is created with."""
    content = ReglementContent(decided_by=edition.process.decided_by)
    draft = _next_version(edition)
    draft.content, draft.sha256 = canonical(content.to_facts()), content.sha256
    draft.written_at, draft.written_by_id = clock.now(), actor.id
    return draft


def _next_version(edition: Edition) -> Reglement:
    draft = Reglement(version=len(edition.reglements) + 1)
    edition.reglements.append(draft)
    return draft


def freeze(*, edition: Edition, opening: str, actor: Person) -> Reglement:
    """Freezes the newest version at an opening (``call`` or ``vote``) and files it in the register.

    A version already frozen stays in force and is not filed twice. Nothing is required here: the opening did.
    """
    reglement = edition.reglement
    if reglement.frozen_at is not None:
        return reglement
    db.session.flush()
    reglement.record = file_record(
        kind=RecordKind.REGLEMENT,
        title=f"Règlement du {edition.process.title}, version {reglement.version}",
        facts={
            "edition": edition.id, "title": edition.process.title, "version": reglement.version, "opening": opening,
            "content": reglement.rules.to_facts(), "sha256": reglement.sha256,
            "names": _names(edition, reglement.rules),
        },
        source_kind=Reglement.__tablename__,
        source_id=str(reglement.id),
        source_sha256=reglement.sha256,
        contract_id=edition.process.contract_id,
        actor=actor,
    )  # fmt: skip
    reglement.frozen_at = clock.now()
    db.session.flush()
    return reglement


def _names(edition: Edition, content: ReglementContent) -> dict[str, Any]:
    """What the numbers of the content are called when it is frozen, for those who read the record."""
    reserved = [reserve.quartier_id for reserve in content.reserves]
    ids = [*content.proposers.quartier_ids, *content.voters.quartier_ids, *reserved]
    return {"edition": edition.process.title, "quartiers": quartier_names(ids)}


def write_reserve(*, edition: Edition, reserve: Reserve, actor: Person) -> Reglement:
    """Adds a sub-envelope (its id empty) or writes one again. Raises what ``amend`` raises."""

    def change(content: ReglementContent) -> ReglementContent:
        if not reserve.id:
            return replace(content, reserves=(*content.reserves, replace(reserve, id=_next_id(content))))
        kept = [reserve if one.id == reserve.id else one for one in content.reserves]
        return replace(content, reserves=tuple(kept))

    return amend(edition=edition, change=change, actor=actor)


def remove_reserve(*, edition: Edition, reserve_id: str, actor: Person) -> Reglement:
    """Takes a sub-envelope away; its money goes back to the general envelope. Raises what ``amend`` raises."""

    def change(content: ReglementContent) -> ReglementContent:
        return replace(content, reserves=tuple(one for one in content.reserves if one.id != reserve_id))

    return amend(edition=edition, change=change, actor=actor)


def _next_id(content: ReglementContent) -> str:
    """An id never given before in this content: one more than the largest."""
    return f"s{max((int(reserve.id[1:]) for reserve in content.reserves), default=0) + 1}"


def apply_preset(*, edition: Edition, code: str, actor: Person) -> Reglement:
    """Takes a known way of voting as a start: ballot, score and overflow. Raises ``Refusal`` (code ``preset``)."""
    preset = ballot_preset(code)
    if preset is None:
        raise Refusal(_l("Ce modèle de vote n’existe pas. Choisissez-en un dans la liste."), code="preset")
    return amend(edition=edition, change=preset.applied_to, actor=actor)

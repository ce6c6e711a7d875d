"""Minutes: drafted from what was followed, corrected by versions, approved, filed in the register, sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import queries
from app.domain.governance.models import (
    AgendaItem,
    DecisionKind,
    GovernanceRecord,
    ItemKind,
    ItemState,
    Minutes,
    MinutesState,
    RecordKind,
    ReleveSend,
    Seance,
    SeanceState,
    SendState,
)
from app.domain.governance.services.agenda import ItemDraft, add_item
from app.domain.governance.services.records import file_record
from app.domain.shared import clock, journal, outbox
from app.domain.shared.canonical import digest
from app.domain.shared.refusals import Refusal


def draft_minutes(*, seance: Seance, items: Sequence[AgendaItem], actor: Person) -> Minutes:
    """The first version, from what was followed; its approval enters the agenda of the next séance by itself."""
    content = {"introduction": "", "items": [_told(item) for item in items if item.on_agenda]}
    minutes = _version(seance, content, MinutesState.DRAFT, 1, actor)
    following = queries.next_seance_of(seance)
    if following is not None:
        put_on_agenda(seance=seance, following=following, actor=actor)
    return minutes


def put_on_agenda(*, seance: Seance, following: Seance, actor: Person | None) -> None:
    """Writes "approve the minutes" first on the agenda of a séance, once."""
    if any(item.source_kind == "minutes" and item.source_id == str(seance.id) for item in following.items):
        return
    with force_locale("fr"):
        day = clock.day_in_words(clock.in_paris(seance.starts_at))
        title = _("Approuver le compte rendu de la séance du %(day)s", day=day)
    draft = ItemDraft(title, ItemKind.DECISION, source_kind="minutes", source_id=str(seance.id))
    add_item(seance=following, draft=draft, actor=actor).position = 0


def _told(item: AgendaItem) -> dict[str, Any]:
    """An item as the minutes hold it."""
    return {
        "id": item.id,
        "title": item.title,
        "state": item.state.value,
        "points": item.points,
        "decision": item.decision,
        "decision_kind": item.decision_kind.value if item.decision_kind else "",
        "dissent": item.dissent,
        "funding": item.funding,
        "vote_kind": item.vote_kind.value if item.vote_kind else "",
        "votes": {
            "for": item.votes_for, "against": item.votes_against, "abstain": item.votes_abstain,
            "blank": item.votes_blank,
        },
        "reason": item.reason,
    }  # fmt: skip


def _version(seance: Seance, content: dict[str, Any], state: MinutesState, number: int, actor: Person) -> Minutes:
    minutes = Minutes(
        seance_id=seance.id, version=number, state=state, content=content, sha256=digest(content),
        written_at=clock.now(), written_by_id=actor.id, record_number="",
    )  # fmt: skip
    db.session.add(minutes)
    journal.record("wrote_minutes", minutes, actor=actor, seance=seance.id, version=number)
    return minutes


def correct_minutes(*, seance: Seance, introduction: str, texts: dict[int, dict[str, str]], actor: Person) -> Minutes:
    """Writes the next version: points, decision and dissent of each item may change, votes may not.

    ``texts`` goes by item id. Refusals ``approved``, ``missing``.
    """
    last = _last(seance.id)
    if last.state is MinutesState.APPROVED:
        sentence = _l(
            "Ce compte rendu est approuvé : il ne change plus. Une pièce du registre se corrige par une autre."
        )
        raise Refusal(sentence, code="approved")
    items = [{**item, **texts.get(item["id"], {})} for item in last.content["items"]]
    content = {"introduction": introduction, "items": items}
    return _version(seance, content, MinutesState.CORRECTED, last.version + 1, actor)


def _last(seance_id: int) -> Minutes:
    last = queries.last_minutes(seance_id)
    if last is None:
        raise Refusal(_l("Cette séance n’a pas encore de compte rendu."), code="missing")
    return last


def approve_minutes(*, seance_id: int, approved_in: Seance, actor: Person) -> tuple[GovernanceRecord, GovernanceRecord]:
    """Approves the last version and files it: minutes and relevé de décisions, without personal data.

    Refusals ``approved``, ``missing``. Source: CGCT L.2121-15, minutes are approved at the following séance.
    """
    seance, last = queries.seance_by_id(seance_id), _last(seance_id)
    if last.state is MinutesState.APPROVED:
        raise Refusal(_l("Ce compte rendu est déjà approuvé."), code="approved")
    with force_locale("fr"):
        day = clock.day_in_words(clock.in_paris(seance.starts_at))
        common: dict[str, Any] = {
            "source_kind": "seances",
            "source_id": str(seance.id),
            "source_sha256": last.sha256,
            "contract_id": seance.body.contract_id,
            "body_id": seance.body_id,
            "actor": actor,
        }
        facts = _public_facts(seance, last)
        minutes = file_record(
            kind=RecordKind.PV_SEANCE, title=_("Procès-verbal : %(title)s, %(day)s", title=seance.title, day=day),
            facts=facts, **common,
        )  # fmt: skip
        decisions = [item for item in facts["agenda"] if item.get("decision")]
        releve = file_record(
            kind=RecordKind.RELEVE_DECISIONS,
            title=_("Relevé de décisions : %(title)s, %(day)s", title=seance.title, day=day),
            facts={"body": facts["body"], "held_at": facts["held_at"], "minutes": minutes.number,
                   "decisions": decisions, "actions": facts["actions"]},
            **common,
        )  # fmt: skip
    last.state, last.approved_at, last.approved_in_id = MinutesState.APPROVED, clock.now(), approved_in.id
    last.record_number = minutes.number
    journal.record("approved_minutes", last, actor=actor, seance=seance.id, record=minutes.number)
    return minutes, releve


def _public_facts(seance: Seance, minutes: Minutes) -> dict[str, Any]:
    """The legal minimum of minutes, with public names only."""
    roll = queries.roll_of(seance)
    quorum = roll.quorum()
    presences: dict[str, list[str]] = {}
    for line in roll.lines:
        if line.presence is not None:
            presences.setdefault(f"members_{line.presence.value}", []).append(line.member.public_name)
    return {
        "body": ", ".join(body.name for body in seance.bodies),
        "held_at": seance.starts_at.isoformat(timespec="minutes"),
        "closed_at": seance.closed_at.isoformat(timespec="minutes") if seance.closed_at else "",
        "place": seance.place,
        **presences,
        "quorum": {"here": quorum.whole.here, "needed": quorum.whole.needed} if quorum else {},
        "introduction": minutes.content["introduction"],
        "agenda": [_public_item(item) for item in minutes.content["items"]],
        "actions": [
            {"what": action.what, "due_on": action.due_on.isoformat() if action.due_on else ""}
            for item in queries.items_of(seance)
            for action in item.actions
        ],
        "version": minutes.version,
    }


def _public_item(item: dict[str, Any]) -> dict[str, Any]:
    """One item of the public minutes: what is empty is left out."""
    shown = {"title": item["title"], "points": item["points"], "decision": item["decision"]}
    if item["decision_kind"]:
        shown["outcome"] = str(DecisionKind(item["decision_kind"]).label)
    if item["vote_kind"] in ("hands", "secret"):
        shown["ballot"] = item["vote_kind"]
        shown.update({f"votes_{name}": number for name, number in item["votes"].items()})
    shown["dissent"] = item["dissent"]
    if item["state"] == ItemState.POSTPONED.value:
        shown["outcome"] = str(ItemState.POSTPONED.label)
    return {name: value for name, value in shown.items() if value != ""}


def send_releve(*, seance: Seance, actor: Person) -> int:
    """Sends the relevé of decisions to the members and to those the bodies inform; gives the number of sendings.

    Refusals ``state`` (not held), ``approved`` (the minutes are not approved yet), ``sent``.
    """
    last = _last(seance.id)
    if seance.state is not SeanceState.CLOSED or last.state is not MinutesState.APPROVED:
        raise Refusal(_l("Le relevé s’envoie une fois le compte rendu approuvé."), code="approved")
    if queries.releve_sends(seance):
        raise Refusal(_l("Le relevé de cette séance est déjà envoyé."), code="sent")
    record = queries.record_of_source("seances", str(seance.id), RecordKind.RELEVE_DECISIONS)
    number, now = (record.number if record else last.record_number), clock.now()
    with force_locale("fr"):
        subject = _("Relevé de décisions : %(title)s", title=seance.title)
        body = _("Les décisions de la séance du %(when)s sont inscrites au registre sous le numéro %(number)s.",
                 when=clock.in_words(seance.starts_at), number=number)  # fmt: skip
    sent = 0
    for who, email in queries.readers_of(seance):
        message = outbox.post(email, subject, body, f"/registre/{number}")
        db.session.flush()
        db.session.add(
            ReleveSend(
                seance_id=seance.id,
                record_number=number,
                address=email,
                sent_at=now,
                state=SendState.WAITING,
                outbox_id=message.id if message else None,
                **who,
            )
        )
        sent += 1
    journal.record("sent_releve", seance, actor=actor, recipients=sent, record=number)
    return sent

"""The agenda of a séance: items are proposed, accepted or declined, put in order, given papers; guests are invited."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.adapters.files import Store
from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import queries, rules
from app.domain.governance.models import (
    ITEM_LIFE,
    AgendaItem,
    AgendaPaper,
    ItemKind,
    ItemState,
    Seance,
    SeanceGuest,
)
from app.domain.shared import clock, journal
from app.domain.shared.files import keep_document
from app.domain.shared.refusals import Refusal, require


@dataclass(frozen=True)
class ItemDraft:
    """What is asked of a séance: a subject, in which spirit, by whom, for how long (minutes)."""

    title: str
    kind: ItemKind = ItemKind.DISCUSSION
    words: str = ""
    presenter: str = ""
    minutes_foreseen: int | None = None
    source_kind: str = ""
    source_id: str = ""
    source_digest: str = ""


def add_item(*, seance: Seance, draft: ItemDraft, actor: Person | None) -> AgendaItem:
    """Puts a subject on the agenda, at its end. Refusal ``past`` once the séance has ended."""
    require(rules.can_prepare(seance))
    item = _written(seance, draft, ItemState.ACCEPTED)
    journal.record("added_item", item, actor=actor, seance=seance.id)
    return item


def propose_item(*, seance: Seance, draft: ItemDraft, leads: bool, actor: Person) -> AgendaItem:
    """Proposes a subject to those who lead. Refusals ``past``, ``rules``, ``proposers``, ``late``."""
    functioning = queries.functioning_of(seance.body_id)
    require(rules.can_change(seance), rules.can_propose(functioning, leads, seance.starts_at))
    item = _written(seance, draft, ItemState.PROPOSED)
    item.proposed_by_id = actor.id
    journal.record("proposed_item", item, actor=actor, seance=seance.id)
    return item


def _written(seance: Seance, draft: ItemDraft, state: ItemState) -> AgendaItem:
    last = max((item.position for item in seance.items), default=0)
    item = AgendaItem(
        seance_id=seance.id, position=last + 1, title=draft.title, kind=draft.kind, words=draft.words,
        presenter=draft.presenter, minutes_foreseen=draft.minutes_foreseen, source_kind=draft.source_kind,
        source_id=draft.source_id, source_digest=draft.source_digest, state=state,
    )  # fmt: skip
    item.papers, item.recusals, item.actions, item.named_votes = [], [], [], []
    seance.items.append(item)
    db.session.flush()
    return item


def accept_item(*, item: AgendaItem, seance: Seance, actor: Person) -> None:
    """Puts a proposed subject on the agenda. Refusals ``state``, ``past``."""
    require(rules.can_prepare(seance))
    item.state = ITEM_LIFE.target("accept", item.state)
    item.reason = ""
    journal.record("accepted_item", item, actor=actor, seance=seance.id)


def decline_item(*, item: AgendaItem, seance: Seance, reason: str, actor: Person) -> None:
    """Declines a proposed subject, with the reason its author reads. Refusals ``reason``, ``state``, ``past``."""
    require(rules.can_prepare(seance))
    if not reason:
        sentence = _l("Écrivez pourquoi ce sujet n’est pas retenu : la personne qui l’a proposé le lira.")
        raise Refusal(sentence, field="reason", code="reason")
    item.reason = reason
    item.state = ITEM_LIFE.target("decline", item.state)
    journal.record("declined_item", item, actor=actor, seance=seance.id)


def change_item(*, item: AgendaItem, seance: Seance, draft: ItemDraft, actor: Person) -> None:
    """Writes a subject again before it is treated. Refusals ``past``, ``state``."""
    require(rules.can_prepare(seance))
    if item.state is ItemState.TREATED:
        raise Refusal(_l("Ce sujet est déjà traité : corrigez-le dans le compte rendu."), code="state")
    item.title, item.kind, item.words = draft.title, draft.kind, draft.words
    item.presenter, item.minutes_foreseen = draft.presenter, draft.minutes_foreseen
    journal.record("changed_item", item, actor=actor, seance=seance.id)


def take_off_item(*, item: AgendaItem, seance: Seance, reason: str, actor: Person) -> None:
    """Takes a subject off the agenda before the séance, with the reason; it may be put back.

    Refusals ``reason``, ``state``, ``past``, ``session`` (one postpones it instead), ``tied`` (it is about something).
    """
    require(rules.can_prepare(seance), rules.can_be_taken_off(item, seance))
    if not reason:
        raise Refusal(_l("Écrivez pourquoi ce sujet est retiré."), field="reason", code="reason")
    item.state, item.reason = ITEM_LIFE.target("take_off", item.state), reason
    journal.record("took_off_item", item, actor=actor, seance=seance.id)


def move_item_up(*, item: AgendaItem, seance: Seance, actor: Person) -> None:
    """Puts a subject one place earlier; the first stays first. Refusal ``past``."""
    require(rules.can_prepare(seance))
    order = sorted(seance.items, key=lambda one: (one.position, one.id))
    place = order.index(item)
    if place:
        order[place - 1], order[place] = order[place], order[place - 1]
    for rank, one in enumerate(order, start=1):
        one.position = rank
    journal.record("moved_item", item, actor=actor, seance=seance.id)


def attach_paper(
    *, item: AgendaItem, seance: Seance, title: str, upload: bytes, most_bytes: int, store: Store, actor: Person
) -> AgendaPaper:
    """Attaches a document (PDF or photo). Refusals ``past``, ``document`` on ``paper``."""
    require(rules.can_prepare(seance))
    file = keep_document(
        upload=upload, description=title, store=store, most_bytes=most_bytes, field="paper", actor=actor
    )
    paper = AgendaPaper(item_id=item.id, title=title, file_id=file.id, added_at=clock.now(), added_by_id=actor.id)
    item.papers.append(paper)
    journal.record("attached_paper", item, actor=actor, seance=seance.id)
    return paper


def tie_item(
    *, item: AgendaItem, seance: Seance, source_kind: str, source_id: str, source_digest: str, actor: Person
) -> None:
    """Says what a subject is about: an avis, a record of the register; empty unties it. Refusals ``past``, ``minutes``.

    The digest is that of what is read on this day; whoever reads later sees whether it is still the same.
    """
    require(rules.can_prepare(seance))
    if item.source_kind == "minutes":
        sentence = _l("Ce sujet sert à approuver un compte rendu : il ne peut pas porter sur autre chose.")
        raise Refusal(sentence, code="minutes")
    item.source_kind, item.source_id, item.source_digest = source_kind, source_id, source_digest
    journal.record("tied_item", item, actor=actor, seance=seance.id)


def withdraw_paper(*, item: AgendaItem, seance: Seance, paper_id: int, actor: Person) -> None:
    """Takes a document away from those who read; it stays on its shelf. Refusal ``past``."""
    require(rules.can_prepare(seance))
    for paper in item.papers:
        if paper.id == paper_id and paper.withdrawn_at is None:
            paper.withdrawn_at = clock.now()
    journal.record("withdrew_paper", item, actor=actor, seance=seance.id)


def invite_guest(*, seance: Seance, name: str, quality: str, email: str, actor: Person) -> SeanceGuest:
    """Invites somebody who does not sit. Refusal ``past``."""
    require(rules.can_prepare(seance))
    guest = SeanceGuest(seance_id=seance.id, name=name, quality=quality, email=email)
    db.session.add(guest)
    journal.record("invited_guest", guest, actor=actor, seance=seance.id)
    return guest

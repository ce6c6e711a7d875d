"""A séance as it is lived: opened, followed item by item, suspended, closed; or put off when there is no quorum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts.models import Person
from app.domain.governance import queries, rules
from app.domain.governance.models import (
    ITEM_LIFE,
    SEANCE_LIFE,
    ActionState,
    AgendaItem,
    DecidedAction,
    DecisionKind,
    ItemState,
    Minutes,
    NamedVote,
    Recusal,
    Seance,
    SeanceState,
    VoteChoice,
    VoteKind,
)
from app.domain.governance.queries import Roll
from app.domain.governance.services.agenda import ItemDraft, add_item
from app.domain.governance.services.attendance import note_absents
from app.domain.governance.services.minutes import approve_minutes, draft_minutes
from app.domain.shared import clock, journal
from app.domain.shared.refusals import YES, Refusal, Verdict, require


@dataclass(frozen=True)
class Followed:
    """What is typed while an item is treated. ``version`` is the one the page showed.

    ``named`` (mandate → choice) is kept only where the rulebook asks for votes by name; then it gives the counts.
    """

    version: int
    points: str = ""
    decision: str = ""
    decision_kind: DecisionKind | None = None
    dissent: str = ""
    funding: str = ""
    vote_kind: VoteKind | None = None
    votes_for: int = 0
    votes_against: int = 0
    votes_abstain: int = 0
    votes_blank: int = 0
    counted_by: str = ""
    named: Mapping[int, VoteChoice] = field(default_factory=dict)


def open_seance(*, seance: Seance, presided_by: str, secretaries: str, actor: Person) -> None:
    """Opens a séance on its day or later. Refusals ``state``, ``early``, ``agenda``."""
    state = SEANCE_LIFE.target("open", seance.state)
    require(rules.can_open(seance, clock.today()))
    seance.state, seance.opened_at = state, clock.now()
    seance.presided_by, seance.secretaries = presided_by, secretaries
    journal.record("opened_seance", seance, actor=actor)


def suspend_seance(*, seance: Seance, actor: Person) -> None:
    """Suspends a séance: a pause, a noise, a vote to prepare. Refusal ``state``."""
    seance.state = SEANCE_LIFE.target("suspend", seance.state)
    seance.suspended_at = clock.now()
    journal.record("suspended_seance", seance, actor=actor)


def resume_seance(*, seance: Seance, actor: Person) -> None:
    """Takes up a suspended séance. Refusal ``state``."""
    seance.state = SEANCE_LIFE.target("resume", seance.state)
    seance.suspended_at = None
    journal.record("resumed_seance", seance, actor=actor)


def take_up(*, seance: Seance, item: AgendaItem, actor: Person) -> None:
    """Goes to an item; the one before is left as it is. Refusals ``state``, ``session``."""
    require(_in_session(seance))
    for other in seance.items:
        if other.state is ItemState.CURRENT and other.id != item.id:
            other.state = ItemState.TREATED if _says_something(other) else ItemState.ACCEPTED
            other.ended_at = clock.now()
    if item.state is not ItemState.CURRENT:
        item.state = ITEM_LIFE.target("take_up", item.state)
    item.began_at = item.began_at or clock.now()
    item.ended_at = None
    journal.record("took_up_item", item, actor=actor, seance=seance.id)


def _says_something(item: AgendaItem) -> bool:
    return bool(item.points or item.decision or item.decision_kind)


def _in_session(seance: Seance) -> Verdict:
    if seance.state is not SeanceState.OPEN:
        return Refusal(_l("La séance n’est pas ouverte. Ouvrez-la, ou reprenez-la."), code="session")
    return YES


def follow_item(*, roll: Roll, item: AgendaItem, followed: Followed, actor: Person) -> None:
    """Writes what was said and decided. Refusals ``session``, ``changed``, ``votes``, ``tellers``, ``voters``.

    Somebody else may have typed in between: the form comes back with both, nothing is lost.
    """
    require(_in_session(roll.seance))
    if item.version != followed.version:
        sentence = _l("Quelqu’un d’autre a écrit pendant ce temps. Relisez ce qui est affiché, puis enregistrez.")
        raise Refusal(sentence, code="changed")
    recused = frozenset(one.mandate_id for one in item.recusals)
    named = _named(roll, followed, recused)
    counts = _counts(followed, named)
    require(rules.can_count_votes(sum(counts), rules.voices(roll.seated(recused))))
    _keep_names(item, named)
    item.points, item.decision, item.decision_kind = followed.points, followed.decision, followed.decision_kind
    item.dissent, item.funding, item.vote_kind = followed.dissent, followed.funding, followed.vote_kind
    item.votes_for, item.votes_against, item.votes_abstain, item.votes_blank = counts
    item.counted_by = followed.counted_by if followed.vote_kind in COUNTED else ""
    item.version += 1
    journal.record("followed_item", item, actor=actor, seance=roll.seance.id)


COUNTED = (VoteKind.HANDS, VoteKind.SECRET)


def _counts(followed: Followed, named: Mapping[int, VoteChoice]) -> list[int]:
    """For, against, abstentions, blank; from the names when there are some."""
    if followed.vote_kind not in COUNTED:
        return [0, 0, 0, 0]
    if followed.vote_kind is VoteKind.SECRET and not followed.counted_by:
        sentence = _l("Écrivez le nom des deux personnes qui ont compté les bulletins.")
        raise Refusal(sentence, field="counted_by", code="tellers")
    if named:
        return [*(list(named.values()).count(choice) for choice in VoteChoice), 0]
    return [followed.votes_for, followed.votes_against, followed.votes_abstain, followed.votes_blank]


def _named(roll: Roll, followed: Followed, recused: frozenset[int]) -> Mapping[int, VoteChoice]:
    """The names to keep: none unless the rulebook asks for them, and never of a secret vote."""
    if roll.rules is None or not roll.rules.named_votes or followed.vote_kind is not VoteKind.HANDS:
        return {}
    require(rules.can_vote_by_name(followed.named, rules.voters(roll.seated(recused))))
    return followed.named


def _keep_names(item: AgendaItem, named: Mapping[int, VoteChoice]) -> None:
    """One row per voter: what was noted before is changed in place, what is no longer noted goes."""
    held = {vote.mandate_id: vote for vote in item.named_votes}
    for mandate_id, choice in named.items():
        if mandate_id in held:
            held[mandate_id].choice = choice
        else:
            item.named_votes.append(NamedVote(item_id=item.id, mandate_id=mandate_id, choice=choice))
    for mandate_id in held.keys() - named.keys():
        item.named_votes.remove(held[mandate_id])


def postpone_item(*, seance: Seance, item: AgendaItem, reason: str, actor: Person) -> None:
    """Puts an item off to another séance. Refusals ``session``, ``state``."""
    require(_in_session(seance))
    item.state, item.reason = ITEM_LIFE.target("postpone", item.state), reason
    journal.record("postponed_item", item, actor=actor, seance=seance.id)


def step_aside(*, roll: Roll, item: AgendaItem, mandate_id: int, reason: str, actor: Person) -> None:
    """A member steps aside for an item: no voice on it. Refusals ``session``, ``reason``, ``twice``."""
    require(_in_session(roll.seance))
    roll.line_of(mandate_id)
    if not reason:
        raise Refusal(_l("Écrivez pourquoi cette personne se retire."), field="reason", code="reason")
    if any(one.mandate_id == mandate_id for one in item.recusals):
        raise Refusal(_l("Cette personne s’est déjà retirée de ce point."), code="twice")
    item.recusals.append(Recusal(item_id=item.id, mandate_id=mandate_id, reason=reason, noted_at=clock.now()))
    _forget_vote(item, mandate_id)
    journal.record("stepped_aside", item, actor=actor, seance=roll.seance.id, mandate=mandate_id)


def _forget_vote(item: AgendaItem, mandate_id: int) -> None:
    """Whoever steps aside after voting did not vote: their name goes, and so does their voice."""
    for vote in [held for held in item.named_votes if held.mandate_id == mandate_id]:
        item.named_votes.remove(vote)
        name = {VoteChoice.FOR: "votes_for", VoteChoice.AGAINST: "votes_against"}.get(vote.choice, "votes_abstain")
        setattr(item, name, max(0, getattr(item, name) - 1))


def take_back_recusal(*, seance: Seance, item: AgendaItem, recusal_id: int, actor: Person) -> None:
    """Takes back a recusal noted by mistake, while the item is open. Refusals ``session``, ``item``."""
    require(_in_session(seance))
    if item.state is not ItemState.CURRENT:
        sentence = _l("Ce sujet n’est plus en cours : revenez-y d’abord pour changer qui s’en retire.")
        raise Refusal(sentence, code="item")
    for one in [held for held in item.recusals if held.id == recusal_id]:
        item.recusals.remove(one)
        journal.record("took_back_recusal", item, actor=actor, seance=seance.id, mandate=one.mandate_id)


def add_action(
    *, seance: Seance, item: AgendaItem, what: str, responsible: str, due_on: date | None, actor: Person
) -> DecidedAction:
    """Writes what was decided to be done. Refusals ``session``, ``what``."""
    require(_in_session(seance))
    if not what:
        raise Refusal(_l("Écrivez ce qu’il faut faire."), field="what", code="what")
    action = DecidedAction(
        item_id=item.id, what=what, responsible=responsible, due_on=due_on, state=ActionState.TO_DO, words=""
    )
    item.actions.append(action)
    journal.record("decided_action", item, actor=actor, seance=seance.id)
    return action


def close_seance(*, seance: Seance, actor: Person) -> Minutes:
    """Closes a séance: what was not treated is put off, whoever said nothing was absent, the minutes are drafted.

    Approving the minutes of an earlier séance, when that was on the agenda and was validated, is done here.
    Refusal ``state``.
    """
    state = SEANCE_LIFE.target("close", seance.state)
    items = queries.items_of(seance)
    for item in items:
        if item.state is ItemState.CURRENT:
            item.state = ItemState.TREATED if _says_something(item) else ItemState.POSTPONED
        elif item.state is ItemState.ACCEPTED:
            item.state = ItemState.POSTPONED
        item.ended_at = item.ended_at or clock.now()
    note_absents(queries.roll_of(seance), actor)
    db.session.flush()
    # The database refuses what comes after: the state changes last.
    seance.state, seance.closed_at = state, clock.now()
    journal.record("closed_seance", seance, actor=actor)
    minutes = draft_minutes(seance=seance, items=items, actor=actor)
    for item in items:
        if item.source_kind == "minutes" and item.decision_kind is DecisionKind.VALIDATION:
            approve_minutes(seance_id=int(item.source_id), approved_in=seance, actor=actor)
    return minutes


def cancel_seance(*, seance: Seance, reason: str, actor: Person) -> None:
    """Cancels a séance to come. Refusals ``state``, ``reason``."""
    if not reason:
        raise Refusal(_l("Écrivez pourquoi la séance est annulée."), field="reason", code="reason")
    seance.state, seance.cancel_reason = SEANCE_LIFE.target("cancel", seance.state), reason
    seance.sequence += 1
    journal.record("cancelled_seance", seance, actor=actor)


def call_again(*, seance: Seance, starts_at: datetime, actor: Person) -> Seance:
    """Ends a séance without quorum and plans the second call, with the same agenda.

    Refusals ``rules``, ``quorum`` (it is reached), ``early`` (the rulebook asks for more days), ``past``, ``state``.
    """
    roll = queries.roll_of(seance)
    quorum = roll.quorum()
    if roll.rules is None or quorum is None:
        raise Refusal(rules.NO_RULES, code="rules")
    if quorum.reached:
        raise Refusal(_l("Le quorum est atteint : la séance peut se tenir."), code="quorum")
    require(rules.can_be_planned(starts_at), rules.far_enough(seance.starts_at, starts_at, roll.rules))
    items = [item for item in queries.items_of(seance) if item.on_agenda]
    for item in items:
        if item.state in (ItemState.ACCEPTED, ItemState.CURRENT):
            item.state = ItemState.POSTPONED
    db.session.flush()
    seance.state = SEANCE_LIFE.target("note_no_quorum", seance.state)
    second = _second_call(seance, starts_at)
    for item in items:
        draft = ItemDraft(
            item.title, item.kind, item.words, item.presenter, item.minutes_foreseen, item.source_kind,
            item.source_id, item.source_digest,
        )  # fmt: skip
        add_item(seance=second, draft=draft, actor=actor)
    journal.record("called_again", seance, actor=actor, second=second.id)
    return second


def _second_call(seance: Seance, starts_at: datetime) -> Seance:
    second = Seance(
        body_id=seance.body_id, title=seance.title, starts_at=starts_at, place=seance.place, access=seance.access,
        childcare=seance.childcare, interpreter=seance.interpreter, introduction="", is_public=seance.is_public,
        state=SeanceState.PLANNED, sequence=0, call_number=seance.call_number + 1, second_call_of_id=seance.id,
    )  # fmt: skip
    second.body, second.also, second.items = seance.body, list(seance.also), []
    db.session.add(second)
    db.session.flush()
    return second

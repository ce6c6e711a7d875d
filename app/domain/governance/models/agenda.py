"""What a séance talks about: items proposed, accepted, treated; their papers, decisions, recusals and actions."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.governance.models.seances import Seance
from app.domain.governance.models.seats import Mandate
from app.domain.shared.files import StoredFile
from app.domain.shared.states import Lifecycle, transition


class ItemKind(enum.Enum):
    """What is expected of an item of an agenda."""

    INFORMATION = "information"
    DISCUSSION = "discussion"
    DECISION = "decision"

    @property
    def label(self) -> Any:
        return {
            "information": _l("Pour information"),
            "discussion": _l("Pour en discuter"),
            "decision": _l("Pour décider"),
        }[self.value]


class ItemState(enum.Enum):
    """Where an item of an agenda is."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CURRENT = "current"
    TREATED = "treated"
    POSTPONED = "postponed"

    @property
    def label(self) -> Any:
        return {
            "proposed": _l("Proposé"),
            "accepted": _l("À l’ordre du jour"),
            "declined": _l("Non retenu"),
            "current": _l("En cours"),
            "treated": _l("Traité"),
            "postponed": _l("Reporté"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {
            "proposed": "waiting",
            "accepted": "info",
            "declined": "refused",
            "current": "waiting",
            "treated": "done",
            "postponed": "quiet",
        }[self.value]


ITEM_LIFE = Lifecycle(
    "agenda_item",
    (
        transition("accept", (ItemState.PROPOSED, ItemState.DECLINED), ItemState.ACCEPTED),
        transition("decline", ItemState.PROPOSED, ItemState.DECLINED),
        transition("take_off", ItemState.ACCEPTED, ItemState.DECLINED),
        # During the séance one may come back to an item: until it is closed, nothing is final.
        transition("take_up", (ItemState.ACCEPTED, ItemState.POSTPONED, ItemState.TREATED), ItemState.CURRENT),
        transition("leave", ItemState.CURRENT, ItemState.ACCEPTED),
        transition("treat", ItemState.CURRENT, ItemState.TREATED),
        transition("postpone", (ItemState.ACCEPTED, ItemState.CURRENT), ItemState.POSTPONED),
    ),
    {
        ItemState.DECLINED: _l("Ce sujet n’a pas été retenu pour cette séance."),
        ItemState.PROPOSED: _l("Ce sujet est proposé : acceptez-le d’abord."),
    },
)
ON_AGENDA = (ItemState.ACCEPTED, ItemState.CURRENT, ItemState.TREATED, ItemState.POSTPONED)


class DecisionKind(enum.Enum):
    """The nature of what was decided (droit-et-pratique §4.1)."""

    VALIDATION = "validation"
    REPORT = "report"
    REFUS = "refus"
    PREND_ACTE = "prend_acte"
    DEMANDE_ETUDE = "demande_etude"

    @property
    def label(self) -> Any:
        return {
            "validation": _l("Validé"),
            "report": _l("Reporté"),
            "refus": _l("Refusé"),
            "prend_acte": _l("L’instance prend acte"),
            "demande_etude": _l("Une étude est demandée"),
        }[self.value]


class VoteKind(enum.Enum):
    """How an item was voted on. Only counts are kept, unless the body’s own rules ask for names (``NamedVote``)."""

    CONSENSUS = "consensus"
    HANDS = "hands"
    SECRET = "secret"  # noqa: S105 - a way of voting

    @property
    def label(self) -> Any:
        return {
            "consensus": _l("Par consensus, sans vote"),
            "hands": _l("À main levée"),
            "secret": _l("À bulletin secret"),
        }[self.value]


CLOSED_SEANCE = "EXISTS (SELECT 1 FROM seances WHERE seances.id = OLD.seance_id AND seances.state = 'CLOSED')"
# What a closed séance keeps as it was; the names typed beside may have to be erased one day.
HELD_FACTS = (
    "seance_id", "position", "title", "kind", "words", "state", "reason", "points", "decision", "dissent", "funding",
    "votes_for", "votes_against", "votes_abstain", "votes_blank",
)  # fmt: skip
CHANGED_FACTS = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in HELD_FACTS)


class AgendaItem(Base):
    """One subject of a séance: what is asked, what was said, what was decided, how it was voted."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        CheckConstraint("minutes_foreseen IS NULL OR minutes_foreseen > 0", name="lasting"),
        CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND votes_abstain >= 0 AND votes_blank >= 0", name="counts"
        ),
        # A consensus has no counts: there was no vote.
        CheckConstraint(
            "vote_kind IN ('HANDS', 'SECRET') OR (votes_for = 0 AND votes_against = 0 AND votes_abstain = 0 "
            "AND votes_blank = 0)",
            name="counts_of_a_vote",
        ),
        CheckConstraint("state <> 'DECLINED' OR reason <> ''", name="declined_for_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seance_id: Mapped[int] = mapped_column(ForeignKey("seances.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[ItemKind] = mapped_column(default=ItemKind.DISCUSSION)
    words: Mapped[str] = mapped_column(Text, default="")
    minutes_foreseen: Mapped[int | None]
    presenter: Mapped[str] = mapped_column(String(200), default="", info={"personal": True})
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[ItemState] = mapped_column(default=ItemState.ACCEPTED)
    # Why it was declined or postponed.
    reason: Mapped[str] = mapped_column(Text, default="")
    # What is considered, by kind and id: an avis, a result, the minutes to approve ("seances").
    source_kind: Mapped[str] = mapped_column(String(40), default="")
    source_id: Mapped[str] = mapped_column(String(60), default="")
    # The digest of what was read, when it has one: what is looked at later is what the séance looked at.
    source_digest: Mapped[str] = mapped_column(String(64), default="")
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    # What was said, without naming who said it.
    points: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[str] = mapped_column(Text, default="")
    decision_kind: Mapped[DecisionKind | None]
    dissent: Mapped[str] = mapped_column(Text, default="")
    funding: Mapped[str] = mapped_column(String(300), default="")
    vote_kind: Mapped[VoteKind | None]
    votes_for: Mapped[int] = mapped_column(default=0)
    votes_against: Mapped[int] = mapped_column(default=0)
    votes_abstain: Mapped[int] = mapped_column(default=0)
    votes_blank: Mapped[int] = mapped_column(default=0)
    # The two names of those who counted a secret vote.
    counted_by: Mapped[str] = mapped_column(String(300), default="", info={"personal": True})
    # Grows at each writing of what is followed: two people typing at once are told.
    version: Mapped[int] = mapped_column(default=0)

    seance: Mapped[Seance] = relationship(lazy="raise_on_sql", back_populates="items")
    papers: Mapped[list[AgendaPaper]] = relationship(lazy="raise_on_sql", order_by="AgendaPaper.id")
    recusals: Mapped[list[Recusal]] = relationship(
        lazy="raise_on_sql", order_by="Recusal.id", cascade="all, delete-orphan"
    )
    named_votes: Mapped[list[NamedVote]] = relationship(
        lazy="raise_on_sql", order_by="NamedVote.id", cascade="all, delete-orphan"
    )
    actions: Mapped[list[DecidedAction]] = relationship(
        lazy="raise_on_sql", order_by="DecidedAction.id", back_populates="item", cascade="all, delete-orphan"
    )

    @property
    def on_agenda(self) -> bool:
        """Whether it is part of the agenda: neither waiting for an answer nor declined."""
        return self.state in ON_AGENDA

    @property
    def votes_cast(self) -> int:
        """For, against and blank: an abstention is not a vote."""
        return self.votes_for + self.votes_against + self.votes_blank


refuse_changes(
    AgendaItem.__table__,  # type: ignore[arg-type]
    f"{CLOSED_SEANCE} AND ({CHANGED_FACTS})",
    CLOSED_SEANCE,
)


class AgendaPaper(Base):
    """A document attached to an item, for those who may see the séance."""

    __tablename__ = "agenda_papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    file_id: Mapped[str] = mapped_column(ForeignKey("stored_files.id"))
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]

    file: Mapped[StoredFile] = relationship(lazy="raise_on_sql")


OF_CLOSED_ITEM = (
    "EXISTS (SELECT 1 FROM agenda_items JOIN seances ON seances.id = agenda_items.seance_id "
    "WHERE agenda_items.id = OLD.item_id AND seances.state = 'CLOSED')"
)


class Recusal(Base):
    """A member who steps aside for one item, and why: no voice, and no place in the quorum when the rule says so."""

    __tablename__ = "recusals"
    __table_args__ = (UniqueConstraint("item_id", "mandate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id"), index=True)
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandates.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    noted_at: Mapped[datetime]

    mandate: Mapped[Mandate] = relationship(lazy="raise_on_sql")


refuse_changes(Recusal.__table__, "", OF_CLOSED_ITEM)  # type: ignore[arg-type]


class VoteChoice(enum.Enum):
    """What somebody voted, when the body votes by name."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"

    @property
    def label(self) -> Any:
        return {"for": _l("Pour"), "against": _l("Contre"), "abstain": _l("Abstention")}[self.value]


class NamedVote(Base):
    """Who voted what on one item: kept only when the rules of the body say that its votes are by name."""

    __tablename__ = "named_votes"
    __table_args__ = (UniqueConstraint("item_id", "mandate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id"), index=True)
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandates.id"), index=True)
    choice: Mapped[VoteChoice]


# A vote of a closed séance is not rewritten, nor taken away.
refuse_changes(NamedVote.__table__, OF_CLOSED_ITEM, OF_CLOSED_ITEM)  # type: ignore[arg-type]


class ActionState(enum.Enum):
    """What became of something that was decided to be done."""

    TO_DO = "to_do"
    DONE = "done"
    ABANDONED = "abandoned"

    @property
    def label(self) -> Any:
        return {"to_do": _l("À faire"), "done": _l("Fait"), "abandoned": _l("Abandonné")}[self.value]


ACTION_LIFE = Lifecycle(
    "decided_action",
    (
        transition("finish", ActionState.TO_DO, ActionState.DONE),
        transition("abandon", ActionState.TO_DO, ActionState.ABANDONED),
    ),
    {
        ActionState.DONE: _l("Cette action est déjà notée comme faite."),
        ActionState.ABANDONED: _l("Cette action est déjà notée comme abandonnée."),
    },
)


class DecidedAction(Base):
    """Something a séance decided to have done: what, by whom, before when, and what became of it."""

    __tablename__ = "decided_actions"
    __table_args__ = (CheckConstraint("(state = 'TO_DO') = (settled_at IS NULL)", name="settled_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id"), index=True)
    what: Mapped[str] = mapped_column(String(300))
    # A service, an organisation, somebody: as the minutes say it.
    responsible: Mapped[str] = mapped_column(String(200), default="", info={"personal": True})
    due_on: Mapped[date | None] = mapped_column(index=True)
    state: Mapped[ActionState] = mapped_column(default=ActionState.TO_DO)
    words: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    item: Mapped[AgendaItem] = relationship(lazy="raise_on_sql", back_populates="actions")

    def is_late(self, day: date) -> bool:
        """Whether its deadline has passed while it was still to do."""
        return self.state is ActionState.TO_DO and self.due_on is not None and self.due_on < day


# What was decided stays: an action is settled once, never rewritten; before the end of the séance it may be taken away.
refuse_changes(DecidedAction.__table__, "OLD.state <> 'TO_DO'", OF_CLOSED_ITEM)  # type: ignore[arg-type]

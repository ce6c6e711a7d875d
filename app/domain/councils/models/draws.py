"""Draws by lot on the platform: the rule and the lists, frozen before the public event; the result; the calls."""

from __future__ import annotations

import enum
import json
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.governance.models import Body, BodyRulebook, Mandate, SeatType, Standing
from app.domain.shared.states import Lifecycle, transition


class DrawState(enum.Enum):
    """Where a draw is: lists, then the frozen rule, then the result, then nothing personal is left."""

    PREPARING = "preparing"
    PUBLISHED = "published"
    DRAWN = "drawn"
    CLOSED = "closed"
    DROPPED = "dropped"

    @property
    def label(self) -> Any:
        return {
            "preparing": _l("En préparation"),
            "published": _l("Annoncé : la règle et les listes sont figées"),
            "drawn": _l("Tirage fait"),
            "closed": _l("Terminé : les listes sont détruites"),
            "dropped": _l("Abandonné"),
        }[self.value]

    @property
    def tone(self) -> str:
        return {
            "preparing": "quiet", "published": "waiting", "drawn": "info", "closed": "done", "dropped": "quiet",
        }[self.value]  # fmt: skip


_STATE = DrawState
PUBLIC_DRAWS = (_STATE.PUBLISHED, _STATE.DRAWN, _STATE.CLOSED)

DRAW_LIFE = Lifecycle(
    "draw",
    (
        transition("write_rule", _STATE.PREPARING, _STATE.PREPARING),
        transition("load_list", _STATE.PREPARING, _STATE.PREPARING),
        transition("remove_list", _STATE.PREPARING, _STATE.PREPARING),
        transition("publish_draw", _STATE.PREPARING, _STATE.PUBLISHED),
        transition("draw_lots", _STATE.PUBLISHED, _STATE.DRAWN),
        transition("call", _STATE.DRAWN, _STATE.DRAWN),
        transition("answer_call", _STATE.DRAWN, _STATE.DRAWN),
        transition("close_draw", _STATE.DRAWN, _STATE.CLOSED),
        # Once everybody knows the rule and the event, a draw is given up in public, never quietly.
        transition("drop_draw", (_STATE.PREPARING, _STATE.PUBLISHED), _STATE.DROPPED),
    ),
    {
        _STATE.PUBLISHED: _l("Ce tirage est annoncé : sa règle, ses listes et l’événement ne changent plus."),
        _STATE.DRAWN: _l("Ce tirage est fait : son résultat ne change plus."),
        _STATE.CLOSED: _l("Ce tirage est terminé et ses listes sont détruites."),
        _STATE.DROPPED: _l("Ce tirage a été abandonné."),
    },
)


class Draw(Base):
    """A draw of so many seats of a body. Rule, digests and event never change once published; nor does the result."""

    __tablename__ = "draws"
    __table_args__ = (
        CheckConstraint("appeal_days > 0 AND witnesses_needed > 0", name="delays"),
        CheckConstraint("seats > 0", name="some_seats"),
        CheckConstraint(
            "state IN ('PREPARING', 'DROPPED') OR (published_at IS NOT NULL AND event_at IS NOT NULL "
            "AND length(list_sha256) = 64 AND length(rule_sha256) = 64)",
            name="published_whole",
        ),
        CheckConstraint("state NOT IN ('DRAWN', 'CLOSED') OR (drawn_at IS NOT NULL AND length(seed) = 64)",
                        name="drawn_whole"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    state: Mapped[DrawState] = mapped_column(default=DrawState.PREPARING)
    seats: Mapped[int]
    # The rule of the draw engine as canonical JSON: exactly the text whose digest is beside.
    rule: Mapped[str] = mapped_column(Text)
    rule_sha256: Mapped[str] = mapped_column(String(64), default="")
    # After the result anybody may contest it during so many days; then the lists are destroyed. Both figures are those
    # of the rulebook of the body, on the day it is announced; no rulebook, those the site proposes.
    appeal_days: Mapped[int]
    witnesses_needed: Mapped[int]
    rulebook_id: Mapped[int | None] = mapped_column(ForeignKey("body_rulebooks.id"))
    # Blurs the identifiers of the lists in what is published; destroyed with the lists.
    list_key: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    published_at: Mapped[datetime | None]
    list_sha256: Mapped[str] = mapped_column(String(64), default="")
    people: Mapped[int] = mapped_column(default=0)
    # The published list itself, when no combination of categories points at too few people; nothing otherwise.
    public_list: Mapped[str] = mapped_column(Text, default="")
    event_words: Mapped[str] = mapped_column(Text, default="")
    event_at: Mapped[datetime | None]

    drawn_at: Mapped[datetime | None]
    event_value: Mapped[str] = mapped_column(String(500), default="")
    seed: Mapped[str] = mapped_column(String(64), default="")
    # The record of the engine, as JSON; names nobody.
    result: Mapped[str] = mapped_column(Text, default="")
    # Who saw the event and the draw, one per line: they agreed to be named in the procès-verbal.
    witnesses: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None]
    drop_reason: Mapped[str] = mapped_column(Text, default="")

    body: Mapped[Body] = relationship(lazy="raise_on_sql")
    rulebook: Mapped[BodyRulebook | None] = relationship(lazy="raise_on_sql")
    seat_types: Mapped[list[DrawSeatType]] = relationship(
        lazy="raise_on_sql", order_by="DrawSeatType.id", cascade="all, delete-orphan"
    )
    lists: Mapped[list[DrawList]] = relationship(lazy="raise_on_sql", back_populates="draw", order_by="DrawList.id")
    calls: Mapped[list[DrawCall]] = relationship(lazy="raise_on_sql", back_populates="draw", order_by="DrawCall.rank")

    @property
    def rule_facts(self) -> dict[str, Any]:
        """The rule, parsed."""
        return dict(json.loads(self.rule))

    @property
    def record(self) -> dict[str, Any]:
        """The record of the draw, parsed; empty before the draw."""
        return dict(json.loads(self.result)) if self.result else {}

    @property
    def witness_names(self) -> list[str]:
        """The witnesses, in the order they were written."""
        return [name for name in self.witnesses.splitlines() if name]

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it."""
        return self.published_at is not None

    @property
    def appeal_ends_at(self) -> datetime | None:
        """When the lists are to be destroyed."""
        return None if self.drawn_at is None else self.drawn_at + timedelta(days=self.appeal_days)


class DrawSeatType(Base):
    """How many seats of a kind a draw fills."""

    __tablename__ = "draw_seat_types"
    __table_args__ = (UniqueConstraint("draw_id", "seat_type_id"), CheckConstraint("seats > 0", name="some_seats"))

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"))
    seat_type_id: Mapped[int] = mapped_column(ForeignKey("seat_types.id"))
    seats: Mapped[int]

    seat_type: Mapped[SeatType] = relationship(lazy="raise_on_sql")


class DrawList(Base):
    """A list that was read: where it comes from, its digest, how its columns are named. Its lines do not outlive it."""

    __tablename__ = "draw_lists"
    __table_args__ = (
        UniqueConstraint("draw_id", "source"),
        CheckConstraint("length(sha256) = 64", name="whole_digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"), index=True)
    # The source of the rule it is; without sources, its own name.
    source: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(200))
    # Of the file as it was given.
    sha256: Mapped[str] = mapped_column(String(64))
    rows_count: Mapped[int] = mapped_column(default=0)
    # Which column is what, by the names of the draw engine and those of contacts.
    columns: Mapped[dict[str, str]] = mapped_column(JSON)
    # Nothing is read of a list before its columns are known.
    mapped_at: Mapped[datetime | None]
    # The file in UTF-8, until its lines become rows or it is removed.
    content: Mapped[bytes | None] = mapped_column(LargeBinary, info={"personal": True})
    loaded_at: Mapped[datetime]
    loaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    destroyed_at: Mapped[datetime | None]

    draw: Mapped[Draw] = relationship(lazy="raise_on_sql", back_populates="lists")


class DrawRow(Base):
    """Somebody on a list of a published draw: who is called and how. Destroyed after the appeal period."""

    __tablename__ = "draw_rows"
    __table_args__ = (UniqueConstraint("draw_id", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"))
    list_id: Mapped[int] = mapped_column(ForeignKey("draw_lists.id"), index=True)
    # The blurred identifier, and the categories, as in the published list.
    row_id: Mapped[str] = mapped_column(String(64))
    labels: Mapped[list[str]] = mapped_column(JSON)
    household: Mapped[str] = mapped_column(String(64), default="")
    first_name: Mapped[str] = mapped_column(String(80), default="", info={"personal": True})
    last_name: Mapped[str] = mapped_column(String(80), default="", info={"personal": True})
    address: Mapped[str] = mapped_column(String(300), default="", info={"personal": True})
    email: Mapped[str] = mapped_column(String(254), default="", info={"personal": True})
    phone: Mapped[str] = mapped_column(String(40), default="", info={"personal": True})
    birth_year: Mapped[int | None] = mapped_column(info={"personal": True})

    @property
    def full_name(self) -> str:
        """First and last name, for those who call."""
        return f"{self.first_name} {self.last_name}".strip()


class CallAnswer(enum.Enum):
    """What somebody who was called said, or did not say."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"

    @property
    def label(self) -> Any:
        return {
            "accepted": _l("A accepté"),
            "refused": _l("A refusé"),
            "unreachable": _l("N’a pas pu être joint"),
        }[self.value]


class DrawCall(Base):
    """Somebody called, in the public order. Answered once; whoever takes their place is another call."""

    __tablename__ = "draw_calls"
    __table_args__ = (
        UniqueConstraint("draw_id", "rank"),
        UniqueConstraint("draw_id", "row_id"),
        CheckConstraint("rank > 0", name="ranked_from_one"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_with_a_date"),
        CheckConstraint("mandate_id IS NULL OR answer = 'ACCEPTED'", name="seated_who_accepted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"), index=True)
    # The order of the calls of this draw, titulars first.
    rank: Mapped[int]
    row_id: Mapped[str] = mapped_column(String(64))
    standing: Mapped[Standing]
    called_at: Mapped[datetime]
    # Whose place they take: a call that was refused. The rule of the engine says why.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("draw_calls.id"))
    why: Mapped[str] = mapped_column(String(40), default="")
    answer: Mapped[CallAnswer | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandates.id"))

    draw: Mapped[Draw] = relationship(lazy="raise_on_sql", back_populates="calls")
    mandate: Mapped[Mandate | None] = relationship(lazy="raise_on_sql")


_ANNOUNCED = "OLD.state <> 'PREPARING' AND OLD.published_at IS NOT NULL"
_REWRITTEN = (
    "NEW.state = 'PREPARING' OR NEW.body_id <> OLD.body_id OR NEW.seats <> OLD.seats OR NEW.rule <> OLD.rule "
    "OR NEW.rule_sha256 <> OLD.rule_sha256 OR NEW.list_sha256 <> OLD.list_sha256 OR NEW.people <> OLD.people "
    "OR NEW.public_list <> OLD.public_list OR NEW.event_words <> OLD.event_words OR NEW.event_at IS NULL "
    "OR NEW.event_at <> OLD.event_at OR NEW.published_at IS NULL OR NEW.published_at <> OLD.published_at "
    "OR NEW.appeal_days <> OLD.appeal_days OR NEW.witnesses_needed <> OLD.witnesses_needed "
    "OR COALESCE(NEW.rulebook_id, 0) <> COALESCE(OLD.rulebook_id, 0) "
    "OR (OLD.drawn_at IS NOT NULL AND (NEW.state IN ('PUBLISHED', 'DROPPED') OR NEW.drawn_at IS NULL "
    "OR NEW.drawn_at <> OLD.drawn_at OR NEW.event_value <> OLD.event_value OR NEW.seed <> OLD.seed "
    "OR NEW.result <> OLD.result OR NEW.witnesses <> OLD.witnesses))"
)
# Whoever could change the rule or the lists after the event would choose who sits.
refuse_changes(Draw.__table__, update=f"{_ANNOUNCED} AND ({_REWRITTEN})", delete="")  # type: ignore[arg-type]
_OF_AN_ANNOUNCED = "EXISTS (SELECT 1 FROM draws WHERE draws.id = OLD.draw_id AND draws.published_at IS NOT NULL)"
refuse_changes(
    DrawList.__table__,  # type: ignore[arg-type]
    update=(
        f"{_OF_AN_ANNOUNCED} AND (NEW.draw_id <> OLD.draw_id OR NEW.source <> OLD.source "
        "OR NEW.sha256 <> OLD.sha256 OR NEW.rows_count <> OLD.rows_count)"
    ),
    delete=_OF_AN_ANNOUNCED,
    insert=_OF_AN_ANNOUNCED.replace("OLD.", "NEW."),
)
# Nobody is called twice, and an answer given is given.
refuse_changes(
    DrawCall.__table__,  # type: ignore[arg-type]
    update=(
        "NEW.draw_id <> OLD.draw_id OR NEW.rank <> OLD.rank OR NEW.row_id <> OLD.row_id "
        "OR NEW.standing <> OLD.standing OR NEW.called_at <> OLD.called_at "
        "OR COALESCE(NEW.replaces_id, 0) <> COALESCE(OLD.replaces_id, 0) "
        "OR (OLD.answer IS NOT NULL AND (NEW.answer IS NULL OR NEW.answer <> OLD.answer "
        "OR NEW.answered_at <> OLD.answered_at)) "
        "OR (OLD.mandate_id IS NOT NULL AND COALESCE(NEW.mandate_id, 0) <> OLD.mandate_id)"
    ),
)

"""What the platform stands on: the site, the contract, its framework and its quartiers."""

from __future__ import annotations

import enum
import hashlib
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base

# The colour the stylesheets already have: with it, no sheet of the site's own is needed.
ACCENT = "#a8432a"
# Demonstration value: each collectivité writes its own.
CHARTER = (
    "Je parle aux autres avec respect, je ne publie pas leur vie privée, et je n’ai qu’un seul compte. "
    "Mes messages contraires à la loi peuvent être retirés."
)


class Site(Base):
    """The installation, one row: its name, its face, and the settings a collectivité decides."""

    __tablename__ = "site"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("sign_up_link_hours > 0 AND reset_link_minutes > 0 AND session_days > 0", name="lasting"),
        CheckConstraint("small_cell_threshold > 0", name="small_cells"),
        CheckConstraint("most_unused_cards > 0", name="some_cards"),
        CheckConstraint("opener_wait_days > 0", name="openers_wait"),
        CheckConstraint(
            "avis_answer_days > 0 AND mandate_warning_months > 0 AND silence_warning_months > 0 "
            "AND charter_months > 0 AND space_access_minutes > 0",
            name="councils",
        ),
        CheckConstraint(
            "draw_list_kilobytes > 0 AND draw_appeal_days > 0 AND draw_witnesses > 0",
            name="draws",
        ),
        CheckConstraint("candidacy_kept_days > 0", name="candidacies_forgotten"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(120), default="")
    accent: Mapped[str] = mapped_column(String(7), default=ACCENT)
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    footer: Mapped[str] = mapped_column(Text, default="")
    # What the law asks a site to say of itself.
    publication_director: Mapped[str] = mapped_column(String(200), default="")
    host: Mapped[str] = mapped_column(String(300), default="")
    # When true an idea waits for a moderator before it is public; otherwise it is public at once.
    moderation_before_publication: Mapped[bool] = mapped_column(default=True)
    # Within how many days of its publication an idea outside any démarche must be answered (demonstration value).
    idea_answer_days: Mapped[int] = mapped_column(default=60)
    # Published tables hide the counts under this number, and what would let them be computed.
    small_cell_threshold: Mapped[int] = mapped_column(default=10)
    # How long a delivered letter is kept, and how early those who prepare are reminded. Demonstration values.
    mail_kept_days: Mapped[int] = mapped_column(default=30)
    reminder_days: Mapped[int] = mapped_column(default=3)
    # The line everybody accepts on joining, and how long links and sessions live. Demonstration values.
    charter: Mapped[str] = mapped_column(String(400), default=CHARTER)
    sign_up_link_hours: Mapped[int] = mapped_column(default=48)
    reset_link_minutes: Mapped[int] = mapped_column(default=60)
    session_days: Mapped[int] = mapped_column(default=30)
    # How many cards nobody uses yet one person may have made: each opens an account. Demonstration value.
    most_unused_cards: Mapped[int] = mapped_column(default=200, server_default="200")
    # How many days a role given after the closing of a vote waits before it opens the box. Demonstration value.
    opener_wait_days: Mapped[int] = mapped_column(default=7, server_default="7")
    # The conseils: the delay to answer an avis; how early a mandate that ends is told, after how long a silence is, and
    # when a charter is late; how long an administrator stays in their space. Demonstration values.
    # The first is only proposed: the body that answers writes its own in its rulebook.
    avis_answer_days: Mapped[int] = mapped_column(default=60)
    mandate_warning_months: Mapped[int] = mapped_column(default=6)
    silence_warning_months: Mapped[int] = mapped_column(default=9)
    charter_months: Mapped[int] = mapped_column(default=6)
    space_access_minutes: Mapped[int] = mapped_column(default=30)
    # The draws: the largest list taken, how long lists are kept for appeals, how many witnesses sign (two at least is
    # what the cadre de référence practises). Demonstration values; the last two are only proposed: the rulebook of a
    # body says its own, and each draw keeps the version it was published under.
    draw_list_kilobytes: Mapped[int] = mapped_column(default=4000)
    draw_appeal_days: Mapped[int] = mapped_column(default=60)
    draw_witnesses: Mapped[int] = mapped_column(default=2)
    # How long after its end a candidacy keeps what the person said of themselves. Demonstration value.
    candidacy_kept_days: Mapped[int] = mapped_column(default=365)

    @property
    def stylesheet_digest(self) -> str | None:
        """Changes when the accent does, so that browsers keep its sheet for long; ``None`` for the usual accent."""
        if self.accent == ACCENT:
            return None
        return hashlib.sha256(self.accent.encode()).hexdigest()[:10]


class Contract(Base):
    """A contrat de ville."""

    __tablename__ = "contracts"
    __table_args__ = (CheckConstraint("ends_on > starts_on", name="ordered"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    holder: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    summary: Mapped[str] = mapped_column(Text, default="")


class ThematicNode(Base):
    """A node of the contract's thematic framework; level names belong to the site."""

    __tablename__ = "thematic_nodes"
    __table_args__ = (UniqueConstraint("contract_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("thematic_nodes.id"))
    code: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(String(300))
    # The same thing in everyday words, shown first to residents.
    plain_label: Mapped[str] = mapped_column(String(300), default="")
    pictogram: Mapped[str] = mapped_column(String(40), default="")
    position: Mapped[int] = mapped_column(default=0)

    @property
    def shown(self) -> str:
        """The everyday words when there are some, otherwise the official label."""
        return self.plain_label or self.label


class Quartier(Base):
    """A quartier of the contract: a QPV with its code, or another territory without one."""

    __tablename__ = "quartiers"
    __table_args__ = (
        UniqueConstraint("contract_id", "name"),
        UniqueConstraint("contract_id", "qpv_code"),
        # A population means nothing without its year and its source.
        CheckConstraint("population IS NULL OR (population >= 0 AND population_year IS NOT NULL)", name="population"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    # Validated, never invented: empty when the territory has none.
    qpv_code: Mapped[str | None] = mapped_column(String(8))
    commune: Mapped[str] = mapped_column(String(120), default="")
    population: Mapped[int | None]
    population_year: Mapped[int | None]
    population_source: Mapped[str] = mapped_column(String(200), default="")
    outline: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    referent_name: Mapped[str] = mapped_column(String(120), default="")
    referent_phone: Mapped[str] = mapped_column(String(40), default="")
    meeting_place: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)


class OrganisationKind(enum.Enum):
    """What an organisation is."""

    ASSOCIATION = "association"
    SERVICE = "service"
    LANDLORD = "landlord"
    STATE = "state"
    SCHOOL = "school"
    OTHER = "other"

    @property
    def label(self) -> Any:
        return {
            "association": _l("Association"),
            "service": _l("Service de la collectivité"),
            "landlord": _l("Bailleur social"),
            "state": _l("Service de l’État"),
            "school": _l("Établissement scolaire"),
            "other": _l("Autre organisme"),
        }[self.value]


class Organisation(Base):
    """A partner, an association, a service that studies projects."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[OrganisationKind]

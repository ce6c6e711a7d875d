"""The bodies of a contract: what each is, what it may, how it lives; its rulebooks, its papers, whom it informs."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, refuse_changes
from app.domain.shared.files import StoredFile
from app.domain.shared.states import Lifecycle, transition
from app.domain.territories.models import Contract, Organisation, Quartier


class BodyKind(enum.Enum):
    """The kinds of body a contract knows; a preset proposes the rest, and everything it proposes can be changed."""

    COPIL = "copil"
    COTECH = "cotech"
    COMMISSION = "commission"
    CONSEIL_CITOYEN = "conseil_citoyen"
    CONSEIL_COMMUNAUTAIRE = "conseil_communautaire"
    CONSEIL_DEVELOPPEMENT = "conseil_developpement"
    CONSEIL_DES_JEUNES = "conseil_des_jeunes"
    TABLE_DE_QUARTIER = "table_de_quartier"
    GROUPE_EVALUATION = "groupe_evaluation"
    COMITE = "comite"

    @property
    def label(self) -> Any:
        return {
            "copil": _l("Comité de pilotage (COPIL)"),
            "cotech": _l("Comité technique (COTECH)"),
            "commission": _l("Commission thématique"),
            "conseil_citoyen": _l("Conseil citoyen"),
            "conseil_communautaire": _l("Conseil communautaire de citoyens"),
            "conseil_developpement": _l("Conseil de développement"),
            "conseil_des_jeunes": _l("Conseil des jeunes"),
            "table_de_quartier": _l("Table de quartier"),
            "groupe_evaluation": _l("Groupe d’évaluation territoriale"),
            "comite": _l("Comité d’habitantes et d’habitants"),
        }[self.value]


class LegalRegime(enum.Enum):
    """Which text a conseil citoyen lives under (droit-et-pratique §2.1): decided by the date of the act."""

    LAMY_2014 = "LAMY_2014"
    DECRET_2024_1037 = "DECRET_2024_1037"

    @property
    def label(self) -> Any:
        return {
            "LAMY_2014": _l("Loi du 21 février 2014, article 7"),
            "DECRET_2024_1037": _l("Décret n° 2024-1037 du 15 novembre 2024"),
        }[self.value]


class Power(enum.Enum):
    """What a body may do about what it discusses."""

    DECIDES = "decides"
    PREPARES = "prepares"
    ADVISES = "advises"

    @property
    def label(self) -> Any:
        return {
            "decides": _l("Elle décide"),
            "prepares": _l("Elle prépare les décisions"),
            "advises": _l("Elle donne son avis"),
        }[self.value]


class BodyState(enum.Enum):
    """Where a body is in its life."""

    PREPARATION = "preparation"
    ACTIVE = "active"
    DORMANT = "dormant"
    CLOSED = "closed"
    MERGED = "merged"

    @property
    def label(self) -> Any:
        return {
            "preparation": _l("En préparation"),
            "active": _l("Active"),
            "dormant": _l("En sommeil"),
            "closed": _l("Terminée"),
            "merged": _l("Réunie à une autre"),
        }[self.value]


BODY_LIFE = Lifecycle(
    "body",
    (
        transition("install", BodyState.PREPARATION, BodyState.ACTIVE),
        transition("put_to_sleep", BodyState.ACTIVE, BodyState.DORMANT),
        transition("wake", BodyState.DORMANT, BodyState.ACTIVE),
        transition("merge", (BodyState.PREPARATION, BodyState.ACTIVE, BodyState.DORMANT), BodyState.MERGED),
        transition("close", (BodyState.PREPARATION, BodyState.ACTIVE, BodyState.DORMANT), BodyState.CLOSED),
    ),
    {
        BodyState.CLOSED: _l("Cette instance est terminée : son passé reste lisible, rien ne peut plus y être ajouté."),
        BodyState.MERGED: _l("Cette instance a été réunie à une autre : c’est là que sa vie continue."),
    },
)

body_quartiers = Table(
    "body_quartiers",
    Base.metadata,
    Column("body_id", Integer, ForeignKey("bodies.id"), primary_key=True),
    Column("quartier_id", Integer, ForeignKey("quartiers.id"), primary_key=True),
)


@dataclass(frozen=True)
class Insiders:
    """The accounts that are inside a body today: what policies need, loaded beforehand since they never query."""

    # Members whose mandate is in force.
    members: frozenset[int | None] = frozenset()
    # Those of them who hold an office.
    officers: frozenset[int | None] = frozenset()
    # Administrators let in for a time, by an act the body can read.
    visitors: frozenset[int | None] = frozenset()
    # Agents who said, for a time, why they read the names of its members.
    readers: frozenset[int | None] = frozenset()


class Body(Base):
    """An instance: a group of people who sit, advise or decide. Without quartiers it concerns them all."""

    __tablename__ = "bodies"
    # ``loaded_insiders`` below is not a column.
    __allow_unmapped__ = True
    __table_args__ = (
        UniqueConstraint("contract_id", "name"),
        CheckConstraint("yearly_seances IS NULL OR yearly_seances > 0", name="some_seances"),
        CheckConstraint("mandate_months IS NULL OR mandate_months > 0", name="lasting_mandates"),
        # A body that went into another names it.
        CheckConstraint("(state = 'MERGED') = (merged_into_id IS NOT NULL)", name="merged_somewhere"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    kind: Mapped[BodyKind]
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[BodyState] = mapped_column(default=BodyState.ACTIVE)
    # The text it lives under, where one applies.
    regime: Mapped[LegalRegime | None]
    power: Mapped[Power] = mapped_column(default=Power.ADVISES)
    # Institutions neither write nor moderate in its space, and do not see its drafts.
    is_independent: Mapped[bool] = mapped_column(default=False)
    purpose: Mapped[str] = mapped_column(Text, default="")
    # The perimeter in words, when quartiers do not say it all.
    perimeter: Mapped[str] = mapped_column(String(300), default="")
    # At least so many séances in twelve months, and mandates of so many months, as the contract writes them.
    yearly_seances: Mapped[int | None]
    mandate_months: Mapped[int | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    created_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    # Who carries it in law: nothing, its own association, or another organisation with a convention.
    host_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    is_association: Mapped[bool] = mapped_column(default=False)

    contract: Mapped[Contract] = relationship(lazy="raise_on_sql")
    quartiers: Mapped[list[Quartier]] = relationship(secondary=body_quartiers, lazy="raise_on_sql")
    parent: Mapped[Body | None] = relationship(lazy="raise_on_sql", remote_side=[id], foreign_keys=[parent_id])
    merged_into: Mapped[Body | None] = relationship(
        lazy="raise_on_sql", remote_side=[id], foreign_keys=[merged_into_id]
    )
    host_organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

    # Set by the loaders of queries; asked for without having been loaded, it is an error and not "nobody".
    loaded_insiders: Insiders | None = None

    @property
    def insiders(self) -> Insiders:
        """Who is inside it today. Raises ``LookupError`` when the query did not load it."""
        if self.loaded_insiders is None:
            raise LookupError(f"body {self.id} was loaded without its insiders")
        return self.loaded_insiders

    @property
    def is_over(self) -> bool:
        """Whether its life has ended: it can be read, nothing is added."""
        return self.state in {BodyState.CLOSED, BodyState.MERGED}


class RulebookSubject(enum.Enum):
    """What a rulebook of a body is about."""

    COMPOSITION = "composition"
    FUNCTIONING = "functioning"

    @property
    def label(self) -> Any:
        return {
            "composition": _l("Qui siège"),
            "functioning": _l("Comment elle se réunit et décide"),
        }[self.value]


class BodyRulebook(Base):
    """One version of what a body's own rules say: frozen when written, followed by another when they change.

    ``content`` is what ``rules.composition`` or ``rules.functioning`` reads: seats, shares, quorum, delays, proxies.
    """

    __tablename__ = "body_rulebooks"
    __table_args__ = (
        UniqueConstraint("body_id", "subject", "version"),
        CheckConstraint("version > 0", name="counted_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    subject: Mapped[RulebookSubject]
    version: Mapped[int]
    in_force_on: Mapped[date]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    # What was decided and by whom: "délibération du 3 juin", "séance du 12 mai".
    source: Mapped[str] = mapped_column(String(300), default="")
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]


refuse_changes(BodyRulebook.__table__)  # type: ignore[arg-type]


class PaperKind(enum.Enum):
    """The papers that make a body lawful and known (droit-et-pratique §2.2)."""

    DIAGNOSTIC = "diagnostic"
    CHARTER = "charter"
    PREFECT_ORDER = "prefect_order"
    MAYOR_OPINION = "mayor_opinion"
    EPCI_OPINION = "epci_opinion"
    NOTICE_TO_SIGNATORIES = "notice_to_signatories"
    HOST_CONVENTION = "host_convention"
    MISSION_LETTER = "mission_letter"
    CONTRACT_CLAUSE = "contract_clause"
    OTHER = "other"

    @property
    def label(self) -> Any:
        return {
            "diagnostic": _l("Diagnostic des pratiques participatives"),
            "charter": _l("Charte ou règlement intérieur"),
            "prefect_order": _l("Arrêté du préfet"),
            "mayor_opinion": _l("Avis du maire"),
            "epci_opinion": _l("Avis de la présidence de l’agglomération"),
            "notice_to_signatories": _l("Information des signataires du contrat"),
            "host_convention": _l("Convention avec la structure porteuse"),
            "mission_letter": _l("Lettre de mission des animateurs du démarrage"),
            "contract_clause": _l("Article du contrat : lieu, moyens, formation"),
            "other": _l("Autre document"),
        }[self.value]


class BodyPaper(Base):
    """A dated paper of a body: what it is, its number, its words or its file, how many members signed it."""

    __tablename__ = "body_papers"
    __table_args__ = (CheckConstraint("signatures IS NULL OR signatures >= 0", name="signatures"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    kind: Mapped[PaperKind]
    title: Mapped[str] = mapped_column(String(200))
    reference: Mapped[str] = mapped_column(String(120), default="")
    dated_on: Mapped[date]
    words: Mapped[str] = mapped_column(Text, default="")
    signatures: Mapped[int | None]
    file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_files.id"))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]
    # Added by mistake: it stays written and is no longer counted.
    withdrawn_at: Mapped[datetime | None]

    file: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")


class DistributionEntry(Base):
    """Somebody a body sends its relevés to, besides its members."""

    __tablename__ = "distribution_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    name: Mapped[str] = mapped_column(String(200), info={"personal": True})
    email: Mapped[str] = mapped_column(String(254), info={"personal": True})
    # In what quality: "préfecture, délégué du préfet".
    quality: Mapped[str] = mapped_column(String(200), default="")
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

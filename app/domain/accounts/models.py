"""People, what links them to the territory, the roles they hold, and how they sign in."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.domain.shared import clock
from app.domain.territories.models import Quartier


class AgeBracket(Base):
    """An age bracket people choose from: no birth date is ever asked. The collectivité may change the list."""

    __tablename__ = "age_brackets"
    __table_args__ = (CheckConstraint("max_age IS NULL OR max_age >= min_age", name="ordered"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    min_age: Mapped[int] = mapped_column(unique=True)
    max_age: Mapped[int | None]

    @property
    def label(self) -> Any:
        if self.max_age is None:
            return _l("%(age)d ans ou plus", age=self.min_age)
        if self.min_age == 0:
            return _l("moins de %(age)d ans", age=self.max_age + 1)
        return _l("de %(first)d à %(last)d ans", first=self.min_age, last=self.max_age)


class Link(enum.Enum):
    """How a person is linked to the territory."""

    LIVES = "lives"
    WORKS = "works"
    STUDIES = "studies"
    VOLUNTEERS = "volunteers"
    OTHER = "other"

    @property
    def label(self) -> Any:
        return {
            "lives": _l("J’y habite"),
            "works": _l("J’y travaille"),
            "studies": _l("J’y étudie ou j’y suis une formation"),
            "volunteers": _l("J’y suis membre d’une association"),
            "other": _l("J’ai un autre lien avec lui"),
        }[self.value]


class Role(enum.Enum):
    """What a person may be trusted with, besides being a resident."""

    ANIMATEUR = "animateur"
    AGENT = "agent"
    ADMIN = "admin"
    ELU = "elu"

    @property
    def label(self) -> Any:
        return {
            "animateur": _l("Animatrice ou animateur"),
            "agent": _l("Agente ou agent de la collectivité"),
            "admin": _l("Administratrice ou administrateur"),
            "elu": _l("Élue ou élu"),
        }[self.value]


class Scope(enum.Enum):
    """Where a role holds."""

    EVERYWHERE = "everywhere"
    CONTRACT = "contract"
    QUARTIER = "quartier"
    BODY = "body"

    @property
    def label(self) -> Any:
        return {
            "everywhere": _l("Partout"),
            "contract": _l("Un contrat de ville"),
            "quartier": _l("Un quartier"),
            "body": _l("Une instance"),
        }[self.value]


class Person(Base):
    """Somebody with an account: a pseudonym, a bracket, a link. Neither name, nor birth date, nor address."""

    __tablename__ = "people"
    # ``sign_in_token`` below is not a column.
    __allow_unmapped__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    pseudonym: Mapped[str] = mapped_column(String(40), info={"personal": True})
    # The pseudonym without case nor accents: two people cannot look the same.
    pseudonym_key: Mapped[str] = mapped_column(String(80), unique=True, info={"personal": True})
    email: Mapped[str | None] = mapped_column(String(254), unique=True, info={"personal": True})
    # The identifier printed on the card of somebody without e-mail.
    card_identifier: Mapped[str | None] = mapped_column(String(20), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"), index=True)
    link: Mapped[Link]
    age_bracket_id: Mapped[int] = mapped_column(ForeignKey("age_brackets.id"))
    language: Mapped[str] = mapped_column(String(12), default="fr")
    created_at: Mapped[datetime]
    deactivated_at: Mapped[datetime | None]

    quartier: Mapped[Quartier | None] = relationship(lazy="raise_on_sql")
    age_bracket: Mapped[AgeBracket] = relationship(lazy="raise_on_sql")
    grants: Mapped[list[RoleGrant]] = relationship(
        lazy="raise_on_sql", foreign_keys="RoleGrant.person_id", back_populates="person", order_by="RoleGrant.id"
    )

    # What Flask-Login asks of a signed-in person. ``sign_in_token`` is set by the loader for the present session.
    is_authenticated = True
    is_anonymous = False
    sign_in_token: str | None = None

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None

    def get_id(self) -> str:
        return self.sign_in_token or ""

    @property
    def grants_in_force(self) -> list[RoleGrant]:
        """The grants that hold today."""
        return [grant for grant in self.grants if grant.holds_on(clock.today())]

    @property
    def held_roles(self) -> list[Role]:
        """The roles held today, wherever they hold, each once."""
        return list(dict.fromkeys(grant.role for grant in self.grants_in_force))

    def holds(self, role: Role, scope: Scope | None = None, scope_id: int | None = None) -> bool:
        """Whether the person holds the role today: anywhere, or (given a scope) there or everywhere."""
        return any(
            grant.role is role and grant.holds_on(clock.today()) and grant.covers(scope, scope_id)
            for grant in self.grants
        )


class RoleGrant(Base):
    """A role given to a person, somewhere, until some day. Withdrawn, it stays written."""

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ordered"),
        # A scope names its object, and "everywhere" has none.
        CheckConstraint("(scope = 'EVERYWHERE') = (scope_id IS NULL)", name="scope_names_its_object"),
        # Administration opens every door: a narrow scope would promise a limit that is not there.
        CheckConstraint("role <> 'ADMIN' OR scope = 'EVERYWHERE'", name="admin_everywhere"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role]
    scope: Mapped[Scope]
    scope_id: Mapped[int | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    granted_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    person: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[person_id], back_populates="grants")

    def holds_on(self, day: date) -> bool:
        """Whether the role is in force on a day."""
        return self.withdrawn_at is None and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def covers(self, scope: Scope | None, scope_id: int | None) -> bool:
        """Whether the role reaches a place; asked for nowhere in particular, any place will do."""
        return scope is None or self.scope is Scope.EVERYWHERE or (self.scope is scope and self.scope_id == scope_id)


class SignIn(Base):
    """One session of one person on one device. The token is kept hashed; ending the row ends the session."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    begun_on: Mapped[date]
    # The last day the token serves, from the setting in force when the session began.
    ends_on: Mapped[date]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class PendingAccount(Base):
    """A sign-up waiting for the link sent to its e-mail to be confirmed; the row goes when the link has served."""

    __tablename__ = "pending_accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254), info={"personal": True})
    pseudonym: Mapped[str] = mapped_column(String(40), info={"personal": True})
    password_hash: Mapped[str] = mapped_column(String(200))
    quartier_id: Mapped[int | None] = mapped_column(ForeignKey("quartiers.id"))
    link: Mapped[Link]
    age_bracket_id: Mapped[int] = mapped_column(ForeignKey("age_brackets.id"))
    language: Mapped[str] = mapped_column(String(12), default="fr")
    expires_at: Mapped[datetime]


class PasswordReset(Base):
    """A link to choose a new password; the row goes when the link has served."""

    __tablename__ = "password_resets"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    expires_at: Mapped[datetime]


class AddressChange(Base):
    """An e-mail somebody wants for their account, until the link sent there is confirmed; one person has one."""

    __tablename__ = "address_changes"
    __table_args__ = (
        # Asked again, the former request is forgotten: two links never wait for one account.
        UniqueConstraint("person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    email: Mapped[str] = mapped_column(String(254), info={"personal": True})
    expires_at: Mapped[datetime]


class CardState(enum.Enum):
    """Where a card is: nobody's yet, somebody's, or good for nothing."""

    UNUSED = "unused"
    USED = "used"
    CANCELLED = "cancelled"

    @property
    def label(self) -> Any:
        return {
            "unused": _l("Pas encore utilisée"),
            "used": _l("Utilisée"),
            "cancelled": _l("Annulée"),
        }[self.value]


class Card(Base):
    """A printed card for somebody without e-mail: an identifier and a code, made by an animator."""

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("person_id"),
        # The same request to make cards, sent twice, makes them once.
        UniqueConstraint("batch", "batch_rank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    identifier: Mapped[str] = mapped_column(String(20), unique=True)
    code_hash: Mapped[str] = mapped_column(String(200))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    activated_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    # The sheet the card was printed with, and its place there.
    batch: Mapped[str] = mapped_column(String(32))
    batch_rank: Mapped[int]

    person: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])
    made_by: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[made_by_id])

    @property
    def state(self) -> CardState:
        if self.cancelled_at is not None:
            return CardState.CANCELLED
        return CardState.USED if self.activated_at is not None else CardState.UNUSED


class Notice(Base):
    """A message to a person, read on their own page; those who gave an e-mail receive it there too."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    # A path of this site where to see more.
    path: Mapped[str] = mapped_column(String(200), default="")

"""What is there: people, by the ways they sign in; links and cards; roles; brackets; the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.accounts.models import (
    AddressChange,
    AgeBracket,
    Card,
    Notice,
    PasswordReset,
    PendingAccount,
    Person,
    Role,
    RoleGrant,
    Scope,
    SignIn,
)
from app.domain.accounts.rules import hash_token, normal_identifier, pseudonym_key
from app.domain.shared import clock
from app.domain.shared.journal import JournalEntry
from app.domain.shared.paging import Page, page_of
from app.domain.shared.refusals import Missing

WITH_FRAME = (joinedload(Person.quartier), joinedload(Person.age_bracket), selectinload(Person.grants))

# Asked by every page: written once, and one statement for everything, a third of the time of two written each time.
_OF_SESSION = (
    select(Person)
    .join(SignIn, SignIn.person_id == Person.id)
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        SignIn.ends_on >= bindparam("today"),
        Person.deactivated_at.is_(None),
    )
    .options(joinedload(Person.quartier), joinedload(Person.age_bracket), joinedload(Person.grants))
)


# --- People -------------------------------------------------------------------------------------------------------


def person_of_session(token: str) -> Person | None:
    """The person whose browser holds this token, with what every page needs; ``None`` when the session ended."""
    asked = {"token_hash": hash_token(token), "today": clock.today()}
    person = db.session.execute(_OF_SESSION, asked).unique().scalar_one_or_none()
    if person is not None:
        person.sign_in_token = token
    return person


def person_by_identifier(identifier: str) -> Person | None:
    """The person who signs in with this e-mail or this card identifier, active or not."""
    known = normal_identifier(identifier)
    column = Person.email if "@" in known else Person.card_identifier
    return db.session.scalar(select(Person).where(column == known).options(*WITH_FRAME))


def person_by_id(person_id: int) -> Person:
    """One person with roles and links. Raises ``Missing``."""
    person = db.session.scalar(select(Person).where(Person.id == person_id).options(*WITH_FRAME))
    if person is None:
        raise Missing(f"person {person_id}")
    return person


def person_by_id_for_update(person_id: int) -> Person:
    """One person as they are now, held until the commit: two acts on the same roles come one after the other."""
    query = select(Person).where(Person.id == person_id).options(*WITH_FRAME).with_for_update(of=Person)
    person = db.session.scalar(query.execution_options(populate_existing=True))
    if person is None:
        raise Missing(f"person {person_id}")
    return person


def person_by_pseudonym(pseudonym: str) -> Person | None:
    """The active person of this public name, whatever its case and accents."""
    query = select(Person).where(Person.pseudonym_key == pseudonym_key(pseudonym), Person.deactivated_at.is_(None))
    return db.session.scalar(query)


def pseudonym_is_taken(pseudonym: str, but: int | None = None) -> bool:
    """Whether somebody (other than ``but``) has this name, or one that looks the same."""
    query = select(Person.id).where(Person.pseudonym_key == pseudonym_key(pseudonym), Person.id != (but or 0))
    return db.session.scalar(query) is not None


def people_found(terms: str, number: int) -> Page[Person]:
    """People by a part of their pseudonym, or by a whole e-mail or card identifier: nobody leafs through addresses."""
    known = normal_identifier(terms)
    part = pseudonym_key(terms)
    condition: ColumnElement[bool] = (Person.email == known) | (Person.card_identifier == known)
    if part and "@" not in terms:
        condition |= Person.pseudonym_key.contains(part, autoescape=True)
    rows = select(Person).where(condition).order_by(Person.pseudonym_key, Person.id).options(*WITH_FRAME)
    return page_of(rows, select(func.count(Person.id)).where(condition), number)


def pseudonyms_of(ids: Iterable[int | None]) -> dict[int, str]:
    """The names of several people at once."""
    wanted = {one for one in ids if one is not None}
    rows = db.session.execute(select(Person.id, Person.pseudonym).where(Person.id.in_(wanted))) if wanted else ()
    return {person_id: pseudonym for person_id, pseudonym in rows}


def age_brackets() -> Sequence[AgeBracket]:
    """The brackets, youngest first."""
    return db.session.scalars(select(AgeBracket).order_by(AgeBracket.min_age)).all()


def age_brackets_for_update() -> Sequence[AgeBracket]:
    """The brackets, held until the commit: two people do not change the list at once."""
    return db.session.scalars(select(AgeBracket).order_by(AgeBracket.min_age).with_for_update()).all()


def open_sessions(person: Person) -> Sequence[SignIn]:
    """The sessions of a person that have not ended."""
    return db.session.scalars(select(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))).all()


def people_holding(roles: Iterable[Role], places: Iterable[tuple[Scope, int]]) -> Sequence[Person]:
    """The active people who hold one of these roles today, everywhere or at one of these places, by number."""
    today = clock.today()
    reached = [and_(RoleGrant.scope == scope, RoleGrant.scope_id == place) for scope, place in places]
    query = (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            Person.deactivated_at.is_(None),
            RoleGrant.role.in_(list(roles)),
            RoleGrant.withdrawn_at.is_(None),
            RoleGrant.starts_on <= today,
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
            or_(RoleGrant.scope == Scope.EVERYWHERE, *reached),
        )
        .distinct()
        .order_by(Person.id)
    )
    return db.session.scalars(query).all()


def notices_of(person: Person, number: int = 1) -> Page[Notice]:
    """What a person has been told, the newest first."""
    rows = select(Notice).where(Notice.person_id == person.id).order_by(Notice.at.desc(), Notice.id.desc())
    return page_of(rows, select(func.count(Notice.id)).where(Notice.person_id == person.id), number, size=10)


def all_notices_of(person: Person) -> Sequence[Notice]:
    """Everything a person has been told, the oldest first, for their own copy."""
    return db.session.scalars(select(Notice).where(Notice.person_id == person.id).order_by(Notice.at, Notice.id)).all()


# --- Links and cards ----------------------------------------------------------------------------------------------


def _pending_accounts(token: str) -> Select[PendingAccount]:
    alive = PendingAccount.expires_at > clock.now()
    return select(PendingAccount).where(PendingAccount.token_hash == hash_token(token), alive)


def pending_account(token: str) -> PendingAccount | None:
    """The sign-up whose link holds this token, if it still lives."""
    return db.session.scalar(_pending_accounts(token))


def pending_account_for_update(token: str) -> PendingAccount | None:
    """The same, held until the commit: a link pressed twice serves once."""
    query = _pending_accounts(token).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def _password_resets(token: str) -> Select[PasswordReset]:
    alive = PasswordReset.expires_at > clock.now()
    return select(PasswordReset).where(PasswordReset.token_hash == hash_token(token), alive)


def password_reset(token: str) -> PasswordReset | None:
    """The request for a new password whose link holds this token, if it still lives."""
    return db.session.scalar(_password_resets(token))


def password_reset_for_update(token: str) -> PasswordReset | None:
    """The same, held until the commit: a link serves once."""
    query = _password_resets(token).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def _address_changes(person: Person) -> Select[AddressChange]:
    alive = AddressChange.expires_at > clock.now()
    return select(AddressChange).where(AddressChange.person_id == person.id, alive)


def address_change_of(person: Person) -> AddressChange | None:
    """The e-mail a person has asked for and not confirmed yet, if its link still lives."""
    return db.session.scalar(_address_changes(person))


def address_change(person: Person, token: str) -> AddressChange | None:
    """The same, if its link holds this token. That of somebody else is no link at all."""
    return db.session.scalar(_address_changes(person).where(AddressChange.token_hash == hash_token(token)))


WITH_HOLDER = (joinedload(Card.person).options(*WITH_FRAME),)


def card_by_identifier(identifier: str) -> Card | None:
    """The card with this identifier, whatever its state."""
    return db.session.scalar(select(Card).where(Card.identifier == normal_identifier(identifier)))


def card_by_identifier_for_update(identifier: str) -> Card | None:
    """The card with this identifier, held until the commit: a card is activated once."""
    query = select(Card).where(Card.identifier == normal_identifier(identifier)).with_for_update(of=Card)
    return db.session.scalar(query.execution_options(populate_existing=True))


def card_by_id(card_id: int) -> Card:
    """One card, with whose it is. Raises ``Missing``."""
    found = db.session.scalar(select(Card).where(Card.id == card_id).options(*WITH_HOLDER))
    if found is None:
        raise Missing(f"card {card_id}")
    return found


def card_by_id_for_update(card_id: int) -> Card:
    """The same, as it is now and held until the commit."""
    # Not who made it: reading that person anew would drop what the page has loaded of whoever acts.
    query = select(Card).where(Card.id == card_id).options(*WITH_HOLDER).with_for_update(of=Card)
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()


def count_unused_cards(made_by_id: int) -> int:
    """How many of the cards a person made are nobody's yet."""
    unused = (Card.made_by_id == made_by_id, Card.activated_at.is_(None), Card.cancelled_at.is_(None))
    return db.session.scalar(select(func.count(Card.id)).where(*unused)) or 0


def cards(number: int, identifier: str = "") -> Page[Card]:
    """The cards, the newest first, or the one with an identifier; with their holders and the roles these hold."""
    rows, count = select(Card), select(func.count(Card.id))
    if identifier:
        condition = Card.identifier == normal_identifier(identifier)
        rows, count = rows.where(condition), count.where(condition)
    holder = joinedload(Card.person).selectinload(Person.grants)
    return page_of(rows.order_by(Card.id.desc()).options(holder, joinedload(Card.made_by)), count, number)


# --- Roles --------------------------------------------------------------------------------------------------------


def grant_by_id(grant_id: int) -> RoleGrant:
    """One role of one person. Raises ``Missing``."""
    found = db.session.scalar(select(RoleGrant).where(RoleGrant.id == grant_id).options(joinedload(RoleGrant.person)))
    if found is None:
        raise Missing(f"grant {grant_id}")
    return found


def grant_by_id_for_update(grant_id: int) -> RoleGrant:
    """The same role as it is now, held until the commit."""
    query = select(RoleGrant).where(RoleGrant.id == grant_id).with_for_update(of=RoleGrant)
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()


_ADMINISTRATION = select(RoleGrant).where(RoleGrant.role == Role.ADMIN, RoleGrant.withdrawn_at.is_(None))


def administration() -> Sequence[RoleGrant]:
    """The roles of administration not withdrawn."""
    return db.session.scalars(_ADMINISTRATION.order_by(RoleGrant.id)).all()


def administration_for_update() -> Sequence[RoleGrant]:
    """The same, held until the commit: two people cannot remove each other at once."""
    query = _ADMINISTRATION.order_by(RoleGrant.id).with_for_update(of=RoleGrant)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def has_administration() -> bool:
    """Whether somebody administers the site today."""
    today = clock.today()
    return any(grant.holds_on(today) for grant in administration())


# --- The journal --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class JournalFilter:
    """What is looked for in the journal: empty means everything. ``day`` is a Paris day."""

    verb: str = ""
    subject_kind: str = ""
    actor_name: str = ""
    day: date | None = None


def journal_page(wanted: JournalFilter, number: int) -> Page[JournalEntry]:
    """The entries of the journal, the newest first."""
    conditions = _journal_conditions(wanted)
    rows = select(JournalEntry).where(*conditions).order_by(JournalEntry.at.desc(), JournalEntry.id.desc())
    return page_of(rows, select(func.count(JournalEntry.id)).where(*conditions), number, size=50)


def _journal_conditions(wanted: JournalFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.verb:
        conditions.append(JournalEntry.verb == wanted.verb)
    if wanted.subject_kind:
        conditions.append(JournalEntry.subject_kind == wanted.subject_kind)
    if wanted.actor_name:
        named = select(Person.id).where(Person.pseudonym_key == pseudonym_key(wanted.actor_name))
        conditions.append(JournalEntry.actor_id.in_(named))
    if wanted.day is not None:
        conditions += [JournalEntry.at >= clock.start_of(wanted.day), JournalEntry.at < clock.end_of(wanted.day)]
    return conditions


def journal_words() -> tuple[Sequence[str], Sequence[str]]:
    """The verbs and the kinds of subject met in the journal, to choose from."""
    verbs = db.session.scalars(select(JournalEntry.verb).distinct().order_by(JournalEntry.verb)).all()
    kinds = db.session.scalars(select(JournalEntry.subject_kind).distinct().order_by(JournalEntry.subject_kind)).all()
    return verbs, kinds


def acts_of(person: Person) -> Sequence[JournalEntry]:
    """What the journal says a person did, the oldest first."""
    query = select(JournalEntry).where(JournalEntry.actor_id == person.id).order_by(JournalEntry.at, JournalEntry.id)
    return db.session.scalars(query).all()

"""What is there: people, by the ways they sign in; roles; brackets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.database import db
from app.domain.accounts.models import AgeBracket, Person, Role, RoleGrant, Scope, SignIn
from app.domain.accounts.rules import hash_token, normal_identifier
from app.domain.shared import clock
from app.domain.shared.refusals import Missing

WITH_FRAME = (joinedload(Person.quartier), joinedload(Person.age_bracket), selectinload(Person.grants))


def person_of_session(token: str) -> Person | None:
    """The person whose session holds this token, with what every page needs; ``None`` when the session ended."""
    query = (
        select(Person)
        .join(SignIn, SignIn.person_id == Person.id)
        .where(SignIn.token_hash == hash_token(token), SignIn.ended_at.is_(None), Person.deactivated_at.is_(None))
        .options(*WITH_FRAME)
    )
    person = db.session.scalar(query)
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


def age_brackets() -> Sequence[AgeBracket]:
    """The brackets, youngest first."""
    return db.session.scalars(select(AgeBracket).order_by(AgeBracket.min_age)).all()


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

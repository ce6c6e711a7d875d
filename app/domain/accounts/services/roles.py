"""Roles: given and withdrawn by the administration, never by oneself, and never taken from the last who administers."""

from __future__ import annotations

import secrets
from datetime import date

from flask_babel import lazy_gettext as _l

from app.database import db
from app.domain.accounts import queries, rules
from app.domain.accounts.models import Link, Person, Role, RoleGrant, Scope
from app.domain.accounts.services.brackets import set_brackets
from app.domain.accounts.services.joining import Profile, add_person
from app.domain.accounts.services.telling import tell
from app.domain.shared import clock, journal
from app.domain.shared.refusals import Refusal, require


def give_role(
    *, person: Person, role: Role, scope: Scope, scope_id: int | None, ends_on: date | None, actor: Person
) -> RoleGrant:
    """Gives a role somewhere, from today until a Paris day (included) or without end.

    ``scope_id`` is the contract, the quartier or the body; the caller has chosen it among those that exist. Refusals:
    those of ``rules.can_give``, and ``role`` when the actor has just lost the administration.
    """
    today = clock.today()
    require(rules.administers(actor.id, queries.administration_for_update(), today))
    person = queries.person_by_id_for_update(person.id)
    require(
        rules.can_give(
            actor_id=actor.id, person=person, role=role, scope=scope, scope_id=scope_id, ends_on=ends_on, today=today
        )
    )
    grant = _add(person, role, scope, scope_id, ends_on, actor)
    tell(person, _l("Vous avez un nouveau rôle"), role.label, "/mon-compte")
    return grant


def withdraw_role(*, grant: RoleGrant, actor: Person) -> None:
    """Withdraws a role at once; it stays written. Refusals: ``withdrawn`` (already), ``last_admin``, ``role``."""
    administration = queries.administration_for_update()
    require(rules.administers(actor.id, administration, clock.today()))
    grant = queries.grant_by_id_for_update(grant.id)
    if grant.withdrawn_at is not None:
        raise Refusal(_l("Ce rôle est déjà retiré."), code="withdrawn")
    require(rules.somebody_administers_without([grant], administration, clock.today()))
    grant.withdrawn_at, grant.withdrawn_by_id = clock.now(), actor.id
    person = queries.person_by_id(grant.person_id)
    journal.record(
        "withdrew_role", person, actor=actor, grant=grant.id, role=grant.role.value, scope=grant.scope.value,
        scope_id=grant.scope_id,
    )  # fmt: skip
    tell(person, _l("Un rôle vous a été retiré"), grant.role.label, "/mon-compte")


def appoint_first_administrator(*, email: str, pseudonym: str) -> tuple[Person, str]:
    """Makes the account that administers a new installation; gives it with a random password, shown once.

    An installation without age brackets receives the demonstration ones, to be changed in its settings. Refusals:
    ``first`` (somebody administers already), ``email``, ``email_taken``, and those of a profile.
    """
    if queries.has_administration():
        sentence = _l("Quelqu’un administre déjà ce site. Demandez-lui de donner le rôle depuis l’administration.")
        raise Refusal(sentence, code="first")
    require(rules.can_be_email(email))
    if queries.person_by_identifier(email) is not None:
        raise Refusal(_l("Un compte existe déjà avec cette adresse."), field="email", code="email_taken")
    if not queries.age_brackets():
        set_brackets(starts=rules.DEMONSTRATION_STARTS, actor=None)
    adult = next((one for one in queries.age_brackets() if one.min_age >= 18), queries.age_brackets()[-1])
    password = secrets.token_urlsafe(18)
    profile = Profile(pseudonym, Link.WORKS, None, adult.id)
    person = add_person(profile, email=rules.normal_identifier(email), password_hash=rules.hash_password(password))
    journal.record("joined", person, actor=None, channel="terminal")
    _add(person, Role.ADMIN, Scope.EVERYWHERE, None, None, None)
    return person, password


def _add(
    person: Person, role: Role, scope: Scope, scope_id: int | None, ends_on: date | None, actor: Person | None
) -> RoleGrant:
    grant = RoleGrant(
        person_id=person.id, role=role, scope=scope, scope_id=scope_id, starts_on=clock.today(), ends_on=ends_on,
        granted_by_id=actor.id if actor else None, granted_at=clock.now(),
    )  # fmt: skip
    db.session.add(grant)
    journal.record(
        "gave_role", person, actor=actor, role=role.value, scope=scope.value, scope_id=scope_id,
        ends_on=ends_on.isoformat() if ends_on else None,
    )  # fmt: skip
    return grant

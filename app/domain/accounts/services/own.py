"""What people do with their own account: change what they said, take a copy, close it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.database import db
from app.domain.accounts import queries, rules
from app.domain.accounts.models import Card, Link, Notice, PendingAccount, Person, RoleGrant
from app.domain.accounts.services import letters
from app.domain.accounts.services.addresses import forget_address_change
from app.domain.accounts.services.joining import Profile, pseudonym_is_free, taken
from app.domain.accounts.services.passwords import forget_resets
from app.domain.accounts.services.sessions import end_all_sessions
from app.domain.shared import clock, journal, outbox
from app.domain.shared.refusals import Refusal, require

# No password has this hash: nobody signs in any more with an account that holds it.
NOBODY_S = "!"


def change_profile(*, person: Person, profile: Profile, actor: Person) -> None:
    """Changes what somebody says of themselves. The journal keeps codes, never the names.

    Refusals: ``pseudonym``, ``pseudonym_taken``, ``quartier``.
    """
    if profile.pseudonym != person.pseudonym:
        require(rules.can_be_pseudonym(profile.pseudonym), pseudonym_is_free(profile.pseudonym, but=person.id))
    require(rules.link_names_its_place(profile.link, profile.quartier_id))
    renamed = profile.pseudonym != person.pseudonym
    person.pseudonym, person.pseudonym_key = profile.pseudonym, _key(person, profile.pseudonym)
    person.link, person.quartier_id = profile.link, profile.quartier_id
    person.age_bracket_id, person.language = profile.age_bracket_id, profile.language
    try:
        with db.session.begin_nested():
            db.session.flush()
    except IntegrityError:
        raise taken() from None
    journal.record(
        "changed_profile", person, actor=actor, link=profile.link.value, quartier=profile.quartier_id,
        bracket=profile.age_bracket_id, renamed=renamed,
    )  # fmt: skip


def _key(person: Person, pseudonym: str) -> str:
    return person.pseudonym_key if pseudonym == person.pseudonym else rules.pseudonym_key(pseudonym)


def close_account(*, person: Person, actor: Person, password: str | None = None) -> None:
    """Closes an account and wipes what it holds of the person; what they published stays, without their name.

    ``password`` is asked of who closes their own account. Refusals: ``password`` (wrong), ``closed`` (already),
    ``last_admin``. Source: RGPD, article 17 (erasure) with 17.3 (what the public interest keeps).
    """
    administration = queries.administration_for_update()
    person = queries.person_by_id_for_update(person.id)
    if not person.is_active:
        raise Refusal(_l("Ce compte est déjà fermé."), code="closed")
    if actor.id == person.id:
        _require_password(person, password or "")
    require(rules.somebody_administers_without(person.grants, administration, clock.today()))
    end_all_sessions(person=person, actor=actor)
    outbox.post(person.email, *letters.closed())
    _withdraw_all(person.grants, actor)
    _wipe(person)
    journal.record("closed_account", person, actor=actor)


def _require_password(person: Person, password: str) -> None:
    if not rules.knows_secret(person, password):
        sentence = _l("Ce n’est pas votre mot de passe. Le compte reste ouvert.")
        raise Refusal(sentence, field="password", code="password")


def _withdraw_all(grants: list[RoleGrant], actor: Person) -> None:
    for grant in grants:
        if grant.withdrawn_at is None:
            grant.withdrawn_at, grant.withdrawn_by_id = clock.now(), actor.id


def _wipe(person: Person) -> None:
    """Removes what says who somebody is. The bracket stays: alone, it says nothing."""
    db.session.execute(delete(PendingAccount).where(PendingAccount.email == person.email))
    forget_resets(person)
    forget_address_change(person)
    db.session.execute(delete(Notice).where(Notice.person_id == person.id))
    card = db.session.scalar(db.select(Card).where(Card.person_id == person.id))
    if card is not None:
        card.cancelled_at = clock.now()
    person.pseudonym = rules.closed_pseudonym(person.id)
    person.pseudonym_key = rules.pseudonym_key(person.pseudonym)
    person.email = person.card_identifier = person.quartier_id = None
    person.link, person.language = Link.OTHER, "fr"
    person.password_hash = NOBODY_S
    person.deactivated_at = clock.now()


def export_own_data(*, person: Person, actor: Person) -> dict[str, Any]:
    """Everything accounts hold about a person, as text, numbers and lists; the taking leaves a trace.

    Source: RGPD, articles 15 and 20. Hashes of passwords and tokens are left out: they would only serve a thief.
    """
    wanted = queries.address_change_of(person)
    held = {
        "account": {
            "pseudonym": person.pseudonym,
            "email": person.email,
            "email_to_confirm": wanted.email if wanted else None,
            "card_identifier": person.card_identifier,
            "quartier": person.quartier.name if person.quartier else None,
            "link": person.link.value,
            "age_bracket": str(person.age_bracket.label),
            "language": person.language,
            "created_at": person.created_at.isoformat(),
        },
        "roles": [_role(grant) for grant in person.grants],
        "open_sessions": [session.begun_on.isoformat() for session in queries.open_sessions(person)],
        "notices": [
            {"at": notice.at.isoformat(), "subject": notice.subject, "body": notice.body}
            for notice in queries.all_notices_of(person)
        ],
        "acts": [
            {"at": act.at.isoformat(), "verb": act.verb, "subject": f"{act.subject_kind} {act.subject_id}".strip()}
            for act in queries.acts_of(person)
        ],
    }
    journal.record("exported_own_data", person, actor=actor)
    return held


def _role(grant: RoleGrant) -> dict[str, Any]:
    return {
        "role": grant.role.value,
        "scope": grant.scope.value,
        "scope_id": grant.scope_id,
        "starts_on": grant.starts_on.isoformat(),
        "ends_on": grant.ends_on.isoformat() if grant.ends_on else None,
        "withdrawn_at": grant.withdrawn_at.isoformat() if grant.withdrawn_at else None,
    }
